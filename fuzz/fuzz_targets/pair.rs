//! A text and its captions, set apart by a byte zero. Run it with `cargo +nightly fuzz run pair`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (text, captions) =
        bytes.iter().position(|byte| *byte == 0).map_or((bytes, bytes), |at| (&bytes[..at], &bytes[at + 1..]));
    verbatim_fuzz::reading::pair(text, captions);
});
