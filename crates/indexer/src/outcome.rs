//! What becomes of a source: it is read, unless it is as it was.

use std::collections::HashMap;

use verbatim_transcript::Format;

use crate::{
    column::value,
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

/// What became of a source.
pub(crate) enum Outcome {
    Unchanged {
        skipped: Vec<Skipped>,
    },
    Read {
        fingerprint: u64,
        loaded: Loaded,
    },
    /// The records of a file that may be larger than memory are read when it is its turn.
    Records {
        fingerprint: u64,
    },
    Unreadable(String),
}

/// Reads one source, unless it is as it was.
pub(crate) fn read(source: &Source, known: Option<&Known>) -> Outcome {
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
        Ok(loaded) => {
            let incomplete = if loaded.skipped.is_empty() { 0 } else { INCOMPLETE };
            Outcome::Read { fingerprint: fingerprint | incomplete, loaded }
        }
    }
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
