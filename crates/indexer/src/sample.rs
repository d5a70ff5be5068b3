//! Takes a sample of the transcripts to be indexed, for the dictionary they will be packed with.

use std::ops::ControlFlow;

use rayon::prelude::*;

use crate::{
    dictionary::{Dictionary, LARGEST_SAMPLE},
    load::Loaded,
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
    let mut sample = Vec::new();
    // Of a large file of records, the first ones are enough.
    let _ = source.read(|Loaded { transcripts, .. }| {
        let segments = transcripts.iter().flat_map(|transcript| &transcript.segments);
        let bytes: usize = segments.map(|segment| segment.text.len()).sum();
        let pieces = transcripts.iter().flat_map(Record::pieces);
        sample.extend(pieces.step_by(bytes.div_ceil(share).max(1)));
        ControlFlow::Break(())
    });
    sample
}
