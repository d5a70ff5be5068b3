//! Finds phrases: terms that stand where they should, each at its distance from the first.

use tantivy::{DocId, SegmentOrdinal, TERMINATED, postings::TermInfo};

use super::{Engine, cursor::Cursor};
use crate::{budget::Clock, error::Error, plan::Phrase};

/// Where a phrase occurs in a segment.
pub(super) struct PhrasePostings<C> {
    /// The terms, the one that is said least first, each with its distance from the first of the phrase.
    terms: Vec<(u32, C)>,
    /// The positions at which the phrase begins in the transcript that was looked at last; rising.
    starts: Vec<u32>,
}

impl<C: Cursor> PhrasePostings<C> {
    /// Those of `phrase` in the segment number `ord`, which knows `infos` of its terms; `None` where it has not all of them.
    ///
    /// # Errors
    /// The index cannot be read.
    pub(super) fn open<'i>(
        engine: &Engine,
        ord: SegmentOrdinal,
        phrase: &Phrase,
        infos: impl Iterator<Item = Option<&'i TermInfo>>,
    ) -> Result<Option<Self>, Error> {
        let field = engine.field(phrase.field);
        let index = engine.searcher.segment_reader(ord).inverted_index(field)?;
        let Some(positions) = engine.columns[ord as usize].positions(field) else { return Ok(None) };
        let offsets = phrase.terms.iter().map(|(offset, _)| *offset);
        let infos = infos.zip(offsets).map(|(info, offset)| Some((info?, offset)));
        let Some(mut infos) = infos.collect::<Option<Vec<_>>>() else { return Ok(None) };
        infos.sort_by_key(|(info, _)| info.positions_range.len());
        let terms = infos.iter().map(|&(info, offset)| Ok((offset, C::open(&index, &positions, info)?)));
        Ok(Some(Self { terms: terms.collect::<tantivy::Result<_>>()?, starts: Vec::new() }))
    }

    /// How many terms it has.
    pub(super) fn length(&self) -> usize {
        self.terms.len()
    }

    /// Hands every transcript that has the phrase to `each`, and how often it does; those that come within the time.
    pub(super) fn for_each(&mut self, clock: &mut Clock, mut each: impl FnMut(DocId, u32)) {
        let mut doc = 0;
        while !clock.is_spent_after(self.terms.len()) {
            let [(_, rarest), others @ ..] = self.terms.as_mut_slice() else { return };
            // What another one passed over does not have all of them.
            let next = others.first().map_or(doc, |(_, next)| next.doc());
            doc = rarest.seek(doc.max(next));
            if doc == TERMINATED {
                return;
            }
            let times = u32::try_from(self.starts(doc).len()).unwrap_or(u32::MAX);
            if times > 0 {
                each(doc, times);
            }
            doc += 1;
        }
    }

    /// Where the phrase begins in a transcript, rising. Transcripts must be asked for in their order.
    pub(super) fn starts(&mut self, doc: DocId) -> &[u32] {
        let Self { terms, starts } = self;
        starts.clear();
        for (at, (offset, term)) in terms.iter_mut().enumerate() {
            if term.seek(doc) > doc {
                starts.clear();
            } else if at == 0 {
                let mut position = 0;
                starts.extend(term.steps().iter().filter_map(|step| {
                    position += step;
                    position.checked_sub(*offset)
                }));
                // What is said twice in a row stands at one place.
                starts.dedup();
            } else {
                keep_followed(starts, *offset, term.steps());
            }
            // Often nothing is left for the terms that are said most.
            if starts.is_empty() {
                break;
            }
        }
        starts
    }
}

/// Keeps those `starts` after which, at a distance, a term stands whose positions are so many `steps` from each other, the
/// first from 0. The starts rise.
fn keep_followed(starts: &mut Vec<u32>, distance: u32, steps: &[u32]) {
    /// Steps that are added at once, to see whether anything that is looked for lies among them.
    const STRIDE: usize = 16;
    let (mut kept, mut next, mut before) = (0, 0, 0);
    let (strides, rest) = steps.as_chunks::<STRIDE>();
    let mut last = [0; STRIDE];
    last[..rest.len()].copy_from_slice(rest);
    for steps in strides.iter().chain((!rest.is_empty()).then_some(&last)) {
        let end = before + steps.iter().sum::<u32>();
        while let Some(start) = starts.get(next).copied().filter(|start| start + distance <= end) {
            let mut position = before;
            let mut is_followed = false;
            // Without a branch: at which of them it is found, if at all, cannot be foretold.
            for step in steps {
                position += step;
                is_followed |= position == start + distance;
            }
            starts[kept] = start;
            kept += usize::from(is_followed);
            next += 1;
        }
        before = end;
    }
    starts.truncate(kept);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::keep_followed;

    proptest! {
        #[test]
        fn what_follows_at_a_distance_is_kept(
            starts in prop::collection::btree_set(0..400_u32, 0..90),
            positions in prop::collection::btree_set(0..400_u32, 0..90),
            distance in 0..5_u32,
        ) {
            let mut kept: Vec<u32> = starts.iter().copied().collect();
            let before = [0].iter().chain(&positions);
            let steps: Vec<u32> = positions.iter().zip(before).map(|(position, before)| position - before).collect();
            keep_followed(&mut kept, distance, &steps);
            let expected = starts.iter().filter(|&start| positions.contains(&(start + distance)));
            prop_assert_eq!(kept, expected.copied().collect::<Vec<_>>());
        }
    }
}
