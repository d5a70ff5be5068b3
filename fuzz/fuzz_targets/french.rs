//! The analysis of French. Run it with `cargo +nightly fuzz run french`.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| verbatim_fuzz::hearing::hear(text));
