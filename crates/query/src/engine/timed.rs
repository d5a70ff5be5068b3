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
/// looked at. What it does between two calls is bounded by the words of a query, but for what it excludes, of which it
/// goes through any number without a call: what is left when something is excluded must be timed itself.
impl Weight for TimedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.weight.scorer(reader, boost)?;
        Ok(Box::new(TimedScorer { scorer, clock: Clock::new(self.budget), is_over: false }))
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

/// Goes through documents until the time is up; after that there are none.
struct TimedScorer {
    scorer: Box<dyn Scorer>,
    clock: Clock,
    is_over: bool,
}

impl DocSet for TimedScorer {
    fn advance(&mut self) -> DocId {
        self.is_over |= self.clock.is_spent();
        if self.is_over { TERMINATED } else { self.scorer.advance() }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.is_over |= self.clock.is_spent();
        if self.is_over { TERMINATED } else { self.scorer.seek(target) }
    }

    fn doc(&self) -> DocId {
        if self.is_over { TERMINATED } else { self.scorer.doc() }
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn cost(&self) -> u64 {
        self.scorer.cost()
    }
}

impl Scorer for TimedScorer {
    fn score(&mut self) -> Score {
        self.scorer.score()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tantivy::{
        DocSet, TERMINATED,
        query::{AllScorer, Exclude, Scorer},
    };

    use super::TimedScorer;
    use crate::budget::{Budget, Clock};

    #[test]
    fn out_of_time_there_are_no_more_documents_even_where_all_are_excluded() {
        let all = || -> Box<dyn Scorer> { Box::new(AllScorer::new(TERMINATED)) };
        let timed = || {
            let clock = Clock::new(Budget::lasting(Duration::from_millis(5)));
            TimedScorer { scorer: all(), clock, is_over: false }
        };
        let mut scorer = timed();
        assert_eq!(scorer.doc(), 0);
        // To go through all there could be takes seconds.
        let last = std::iter::from_fn(|| Some(scorer.advance())).take_while(|&doc| doc != TERMINATED).last();
        assert!(last.is_some_and(|last| last < TERMINATED / 2), "{last:?}");
        assert_eq!((scorer.doc(), scorer.seek(TERMINATED)), (TERMINATED, TERMINATED));
        assert_eq!(Exclude::new(timed(), all()).doc(), TERMINATED);
    }
}
