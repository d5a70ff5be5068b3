//! SubRip. Run it with `cargo +nightly fuzz run subrip`.

#![no_main]

use verbatim_transcript::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| verbatim_fuzz::reading::read(Format::SubRip, bytes));
