//! A query that ends when its time is up: what was collected by then is kept.

use tantivy::{
    COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SegmentReader, TERMINATED,
    query::{EnableScoring, Explanation, Query, Scorer, Weight},
};

use crate::budget::{Budget, Clock};

/// Finds what `query` finds, as far as it comes within `budget`.
#[derive(Debug)]
pub(super) struct Timed {
    pub(super) query: Box<dyn Query>,
    pub(super) budget: Budget,
}

impl Clone for Timed {
    fn clone(&self) -> Self {
        Self { query: self.query.box_clone(), budget: self.budget }
    }
}

impl Query for Timed {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(TimedWeight { weight: self.query.weight(scoring)?, budget: self.budget }))
    }
}

struct TimedWeight {
    weight: Box<dyn Weight>,
    budget: Budget,
}

/// The engine calls back for every document, or for those that are better than the worst kept so far: there the clock is
/// looked at. What it does between two calls is bounded by the words of a query.
impl Weight for TimedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.weight.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }

    fn for_each(&self, reader: &SegmentReader, callback: &mut dyn FnMut(DocId, Score)) -> tantivy::Result<()> {
        let mut clock = Clock::new(self.budget);
        if clock.is_spent() {
            return Ok(());
        }
        let mut scorer = self.weight.scorer(reader, 1.0)?;
        while scorer.doc() != TERMINATED && !clock.is_spent() {
            callback(scorer.doc(), scorer.score());
            scorer.advance();
        }
        Ok(())
    }

    fn for_each_no_score(&self, reader: &SegmentReader, callback: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        if self.budget.is_spent() {
            return Ok(());
        }
        let mut scorer = self.weight.scorer(reader, 1.0)?;
        let mut buffer = [0; COLLECT_BLOCK_BUFFER_LEN];
        loop {
            let filled = scorer.fill_buffer(&mut buffer);
            callback(&buffer[..filled]);
            if filled < buffer.len() || self.budget.is_spent() {
                return Ok(());
            }
        }
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let mut clock = Clock::new(self.budget);
        if clock.is_spent() {
            return Ok(());
        }
        // Nothing is better than infinity, so the engine goes through the rest without reading it.
        self.weight.for_each_pruning(threshold, reader, &mut |doc, score| {
            if clock.is_spent() { Score::INFINITY } else { callback(doc, score) }
        })
    }
}
