//! Takes a sample of the transcripts to be indexed, for the dictionary they will be packed with.

use rayon::prelude::*;

use crate::{
    dictionary::{Dictionary, LARGEST_SAMPLE},
    record::Record,
    source::Source,
};

/// The most files that are looked into.
const SOURCES: usize = 256;

/// A dictionary learnt from some of the transcripts in `sources`. What cannot be read teaches nothing.
pub(crate) fn learn(sources: &[Source]) -> Dictionary {
    let chosen: Vec<&Source> = sources.iter().step_by(sources.len().div_ceil(SOURCES).max(1)).collect();
    let share = LARGEST_SAMPLE / chosen.len().max(1);
    let pieces: Vec<Vec<u8>> = chosen.par_iter().flat_map_iter(|source| sample(source, share)).collect();
    Dictionary::learn(&pieces)
}

/// Pieces of the transcripts in a source, from all over it, of some `share` bytes.
fn sample(source: &Source, share: usize) -> Vec<Vec<u8>> {
    let Ok(parsed) = source.load() else { return Vec::new() };
    let segments = parsed.transcripts.iter().flat_map(|transcript| &transcript.segments);
    let bytes: usize = segments.map(|segment| segment.text.len()).sum();
    let pieces = parsed.transcripts.iter().flat_map(Record::pieces);
    pieces.step_by(bytes.div_ceil(share).max(1)).collect()
}
