//! Queries, read, planned and answered. Run it with `cargo +nightly fuzz run query`.

#![no_main]

libfuzzer_sys::fuzz_target!(|typed: &str| verbatim_fuzz::asking::query(typed));
