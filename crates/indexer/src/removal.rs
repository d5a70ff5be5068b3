//! Removes what an index held of sources before a run.

use std::{collections::HashSet, sync::Arc};

use tantivy::{
    DocId, Score, SegmentReader, Term,
    index::SegmentId,
    query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermSetQuery, Weight},
};

/// The transcripts of sources in some segments. The engine keeps count of what came first, a document or a removal, for
/// documents that it writes itself; in a segment that was made elsewhere it would remove the new transcripts too.
#[derive(Debug, Clone)]
pub(crate) struct Removal {
    sources: TermSetQuery,
    segments: Arc<HashSet<SegmentId>>,
}

impl Removal {
    pub(crate) fn new(sources: Vec<Term>, segments: HashSet<SegmentId>) -> Self {
        Self { sources: TermSetQuery::new(sources), segments: Arc::new(segments) }
    }
}

impl Query for Removal {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(Within { sources: self.sources.weight(scoring)?, segments: Arc::clone(&self.segments) }))
    }
}

/// A [`Removal`] at work.
struct Within {
    sources: Box<dyn Weight>,
    segments: Arc<HashSet<SegmentId>>,
}

impl Weight for Within {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.segments.contains(&segment.segment_id()) {
            self.sources.scorer(segment, boost)
        } else {
            Ok(Box::new(EmptyScorer))
        }
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.sources.explain(segment, doc)
    }
}
