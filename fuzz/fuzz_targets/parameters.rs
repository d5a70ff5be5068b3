//! Addresses: paths and parameters. Run it with `cargo +nightly fuzz run parameters`.

#![no_main]

libfuzzer_sys::fuzz_target!(|address: &str| verbatim_fuzz::asking::address(address));
