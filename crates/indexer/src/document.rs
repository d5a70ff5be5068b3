//! From a transcript to the engine's document, but for what is heard in it and what is shown of it.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;
use verbatim_transcript::Transcript;

use crate::{analysis::Terms, glossary, schema::Fields};

/// The order of transcripts that say nothing about theirs: after all that do.
const NO_PRIORITY: i64 = i64::MAX;

/// A transcript that is to be in the index.
pub(crate) struct Accepted {
    /// The name of its source.
    pub(crate) source: String,
    /// What the source was when it was read.
    pub(crate) fingerprint: u64,
    pub(crate) transcript: Transcript,
}

/// The document of a transcript, of which `terms` was heard: its columns, and the fields that hold values.
pub(crate) fn document(accepted: &Accepted, terms: &Terms, fields: &Fields) -> TantivyDocument {
    let Accepted { source, fingerprint, transcript } = accepted;
    let metadata = &transcript.metadata;
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, &transcript.id);
    document.add_text(fields.source, source);
    document.add_u64(fields.fingerprint, *fingerprint);
    if let Some(area) = &metadata.area {
        document.add_text(fields.area, area);
    }
    let speakers: BTreeSet<&String> =
        transcript.segments.iter().filter_map(|segment| segment.speaker.as_ref()).collect();
    for speaker in speakers {
        document.add_text(fields.speaker, speaker);
    }
    document.add_i64(fields.priority, metadata.priority.unwrap_or(NO_PRIORITY));
    document.add_u64(fields.words, u64::from(terms.words));
    for definition in glossary::terms(transcript) {
        document.add_text(fields.definition, definition);
    }
    document
}
