//! What becomes of a source: it is read and analysed, unless it is as it was.

use std::{collections::HashMap, path::PathBuf};

use rayon::prelude::*;
use tantivy::TantivyDocument;
use verbatim_transcript::{Format, Note, Transcript};

use crate::{
    column::value,
    document::document,
    load::{Files, Loaded},
    source::{Skipped, Source},
    store::Opened,
};

/// In a fingerprint: something that belongs to the source could not be read, which is to be said at each run.
const INCOMPLETE: u64 = 1;

/// A source in the index.
pub(crate) struct Known {
    /// What it was when it was read.
    fingerprint: u64,
    /// The ids of its transcripts.
    pub(crate) ids: Vec<String>,
}

impl Known {
    /// Whether the files of the source are as they were.
    pub(crate) fn is_of(&self, files: &Files<'_>) -> bool {
        self.fingerprint & !INCOMPLETE == files.fingerprint() & !INCOMPLETE
    }
}

/// A document with the id of its transcript.
pub(crate) type Named = (String, TantivyDocument);

/// What became of a source.
pub(crate) enum Outcome {
    Unchanged {
        skipped: Vec<Skipped>,
    },
    Read {
        documents: Vec<Named>,
        notes: Vec<(PathBuf, Note)>,
        skipped: Vec<Skipped>,
    },
    /// The records of a file that may be larger than memory are read when it is its turn.
    Records {
        fingerprint: u64,
    },
    Unreadable(String),
}

/// Reads and analyses one source, unless it is as it was.
pub(crate) fn analyze(source: &Source, known: Option<&Known>, opened: &Opened) -> Outcome {
    let files = match Files::read(source) {
        Ok(files) => files,
        Err(reason) => return Outcome::Unreadable(reason),
    };
    let fingerprint = files.fingerprint() & !INCOMPLETE;
    let known = known.filter(|known| known.is_of(&files));
    if known.is_some_and(|known| known.fingerprint & INCOMPLETE == 0) {
        return Outcome::Unchanged { skipped: Vec::new() };
    }
    if source.format == Format::JsonLines {
        return Outcome::Records { fingerprint };
    }
    match files.parse() {
        Err(reason) => Outcome::Unreadable(reason),
        Ok(Loaded { skipped, .. }) if known.is_some() => Outcome::Unchanged { skipped },
        Ok(Loaded { transcripts, notes, skipped }) => {
            let fingerprint = if skipped.is_empty() { fingerprint } else { fingerprint | INCOMPLETE };
            let (fields, dictionary) = (&opened.fields, &opened.dictionary);
            let document = |transcript: &Transcript| {
                (transcript.id.clone(), document(fields, &source.name, fingerprint, transcript, dictionary))
            };
            Outcome::Read { documents: transcripts.iter().map(document).collect(), notes, skipped }
        }
    }
}

/// The documents of records that were read from `source`, analysed side by side.
pub(crate) fn documents(source: &Source, fingerprint: u64, transcripts: &[Transcript], opened: &Opened) -> Vec<Named> {
    let (fields, dictionary) = (&opened.fields, &opened.dictionary);
    let document = |transcript: &Transcript| {
        (transcript.id.clone(), document(fields, &source.name, fingerprint, transcript, dictionary))
    };
    transcripts.par_iter().map(document).collect()
}

/// The sources in the index.
pub(crate) fn known(opened: &Opened) -> tantivy::Result<HashMap<String, Known>> {
    let mut known = HashMap::new();
    for segment in opened.index.reader()?.searcher().segment_readers() {
        let columns = segment.fast_fields();
        let (Some(sources), Some(ids)) = (columns.str("source")?, columns.str("id")?) else {
            continue;
        };
        let fingerprints = columns.u64("fingerprint")?;
        for doc in segment.doc_ids_alive() {
            let [name, id] = [value(Some(&sources), doc)?, value(Some(&ids), doc)?].map(Option::unwrap_or_default);
            let fingerprint = fingerprints.first(doc).unwrap_or_default();
            known.entry(name).or_insert_with(|| Known { fingerprint, ids: Vec::new() }).ids.push(id);
        }
    }
    Ok(known)
}
