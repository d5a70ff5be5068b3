//! Lit words and the text they stand in, rendered. Run it with `cargo +nightly fuzz run snippet`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: (u64, &str)| verbatim_fuzz::asking::snippet(input.0, input.1));
