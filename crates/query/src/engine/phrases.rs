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
                let mut rest = positions.as_slice();
                starts.retain(|start| {
                    rest = not_before(rest, start + *offset);
                    rest.first() == Some(&(start + *offset))
                });
            }
            if starts.is_empty() {
                break;
            }
        }
        starts
    }
}

/// Those of `positions`, which rise, that do not come before `position`: looked for in steps that double, as it is near where
/// both texts are dense, and far where one says the word a hundred times.
fn not_before(positions: &[u32], position: u32) -> &[u32] {
    let mut step = 1;
    while positions.get(step).is_some_and(|&next| next < position) {
        step *= 2;
    }
    let from = step / 2;
    let reach = positions.len().min(step + 1);
    &positions[from + positions[from..reach].partition_point(|&next| next < position)..]
}
