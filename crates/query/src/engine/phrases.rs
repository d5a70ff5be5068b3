//! Finds phrases: terms that stand where they should, each at its distance from the first.

use tantivy::{
    DocId, DocSet, SegmentReader, TERMINATED,
    postings::{Postings, SegmentPostings},
};

use super::Engine;
use crate::{budget::Clock, error::Error, plan::Phrase};

/// Where a phrase occurs in a segment.
pub(super) struct PhrasePostings {
    /// The terms, the rarest first, each with its distance from the first of the phrase.
    terms: Vec<(u32, SegmentPostings)>,
    /// The positions at which the phrase begins in the transcript that was looked at last; rising.
    starts: Vec<u32>,
    /// Where the positions of one term are read to.
    positions: Vec<u32>,
}

impl PhrasePostings {
    /// Those of `phrase`; `None` where one of its terms does not occur in the segment.
    ///
    /// # Errors
    /// The index cannot be read.
    pub(super) fn open(engine: &Engine, segment: &SegmentReader, phrase: &Phrase) -> Result<Option<Self>, Error> {
        let terms = phrase.terms.iter().map(|(_, term)| (phrase.field, term.as_str()));
        let Some(postings) = engine.postings(segment, terms)?.into_iter().collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        let offsets = phrase.terms.iter().map(|(offset, _)| *offset);
        let mut terms: Vec<_> = offsets.zip(postings).collect();
        terms.sort_by_key(|(_, postings)| postings.doc_freq());
        Ok(Some(Self { terms, starts: Vec::new(), positions: Vec::new() }))
    }

    /// How many terms it has.
    pub(super) fn length(&self) -> usize {
        self.terms.len()
    }

    /// Hands every transcript that has the phrase to `each`, and how often it does; those that come within the time.
    pub(super) fn for_each(&mut self, clock: &mut Clock, mut each: impl FnMut(DocId, u32)) {
        let mut doc = self.terms.first().map_or(TERMINATED, |(_, rarest)| rarest.doc());
        while doc != TERMINATED && !clock.is_spent_after(self.terms.len()) {
            let next = self.first_at_or_after(doc);
            if next == doc {
                let times = u32::try_from(self.starts_here().len()).unwrap_or(u32::MAX);
                if times > 0 {
                    each(doc, times);
                }
                doc += 1;
            }
            doc = self.terms[0].1.seek(doc.max(next));
        }
    }

    /// Where the phrase begins in a transcript, rising. Transcripts must be asked for in their order.
    pub(super) fn starts(&mut self, doc: DocId) -> &[u32] {
        if self.first_at_or_after(doc) == doc {
            return self.starts_here();
        }
        &[]
    }

    /// `doc`, if it has all terms; else the first after it that may.
    fn first_at_or_after(&mut self, doc: DocId) -> DocId {
        for (_, postings) in &mut self.terms {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() > doc {
                return postings.doc();
            }
        }
        doc
    }

    /// Where the phrase begins in the transcript that all terms are at.
    fn starts_here(&mut self) -> &[u32] {
        let Self { terms, starts, positions } = self;
        starts.clear();
        // What is said least there is read first: often nothing is left for the others.
        let first = (0..terms.len()).min_by_key(|&at| terms[at].1.term_freq()).unwrap_or_default();
        for at in std::iter::once(first).chain((0..terms.len()).filter(|&at| at != first)) {
            let (offset, postings) = &mut terms[at];
            positions.clear();
            postings.append_positions_with_offset(0, positions);
            if at == first {
                starts.extend(positions.iter().filter_map(|position| position.checked_sub(*offset)));
                // What is said twice in a row stands at one place.
                starts.dedup();
            } else {
                keep_where(starts, *offset, positions);
            }
            if starts.is_empty() {
                break;
            }
        }
        starts
    }
}

/// Keeps those `starts` after which, at a distance, one of `positions` follows; both rise.
fn keep_where(starts: &mut Vec<u32>, distance: u32, positions: &[u32]) {
    // A word that is said now and then, beside one that is said in every sentence.
    const FEW: usize = 8;
    if starts.len() * FEW < positions.len() {
        let mut rest = positions;
        starts.retain(|start| {
            let wanted = start + distance;
            rest = &rest[rest.partition_point(|&position| position < wanted)..];
            rest.first() == Some(&wanted)
        });
        return;
    }
    // Which of two frequent words comes next cannot be foretold, so there is no branch on it.
    let (mut at, mut next, mut kept) = (0, 0, 0);
    while let (Some(&start), Some(&position)) = (starts.get(at), positions.get(next)) {
        let wanted = start + distance;
        starts[kept] = start;
        kept += usize::from(wanted == position);
        at += usize::from(wanted <= position);
        next += usize::from(wanted >= position);
    }
    starts.truncate(kept);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::keep_where;

    proptest! {
        #[test]
        fn what_follows_at_a_distance_is_kept(
            starts in prop::collection::btree_set(0..400_u32, 0..90),
            positions in prop::collection::btree_set(0..400_u32, 0..90),
            distance in 0..5_u32,
        ) {
            let rising = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            let mut kept = rising(&starts);
            keep_where(&mut kept, distance, &rising(&positions));
            let expected = starts.iter().filter(|&start| positions.contains(&(start + distance)));
            prop_assert_eq!(kept, expected.copied().collect::<Vec<_>>());
        }
    }
}
