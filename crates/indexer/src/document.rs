//! From a transcript to the engine's document.

use std::{cell::RefCell, collections::BTreeSet};

use tantivy::TantivyDocument;
use verbatim_french::Analyzer;
use verbatim_transcript::Transcript;

use crate::{analysis::Terms, dictionary::Dictionary, glossary, record::Record, schema::Fields};

/// The order of transcripts that say nothing about theirs: after all that do.
const NO_PRIORITY: i64 = i64::MAX;

thread_local! {
    /// An analyzer remembers the words it has met, so each thread keeps its own.
    static ANALYZER: RefCell<Analyzer> = RefCell::new(Analyzer::new());
}

/// The document of `transcript`, which was read from the source called `name` with this fingerprint.
pub(crate) fn document(
    fields: &Fields,
    name: &str,
    fingerprint: u64,
    transcript: &Transcript,
    dictionary: &Dictionary,
) -> TantivyDocument {
    let terms = ANALYZER.with_borrow_mut(|analyzer| Terms::of(transcript, analyzer));
    let metadata = &transcript.metadata;
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, &transcript.id);
    document.add_text(fields.source, name);
    document.add_u64(fields.fingerprint, fingerprint);
    if let Some(area) = &metadata.area {
        document.add_text(fields.area, area);
    }
    let speakers: BTreeSet<&String> =
        transcript.segments.iter().filter_map(|segment| segment.speaker.as_ref()).collect();
    for speaker in speakers {
        document.add_text(fields.speaker, speaker);
    }
    document.add_i64(fields.priority, metadata.priority.unwrap_or(NO_PRIORITY));
    document.add_u64(fields.words, terms.words);
    for definition in glossary::terms(transcript) {
        document.add_text(fields.definition, definition);
    }
    document.add_bytes(fields.record, &Record::encode(transcript, &terms, dictionary));
    document.add_text(fields.stem, terms.stem.text);
    document.add_text(fields.fold, terms.fold.text);
    document.add_text(fields.written, terms.written.text);
    document.add_text(fields.title, terms.title.text);
    document
}
