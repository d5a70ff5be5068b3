//! Metadata beside captions. Run it with `cargo +nightly fuzz run sidecar`.

#![no_main]

use verbatim_transcript::{Metadata, Sidecar};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok((sidecar, _)) = Sidecar::of_folder(bytes) {
        let mut metadata = Metadata { title: "x".to_owned(), ..Metadata::default() };
        sidecar.give(&mut metadata);
        assert_eq!(metadata.title, "x", "a folder gives no title");
    }
});
