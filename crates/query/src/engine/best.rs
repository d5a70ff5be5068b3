//! Keeps the best of many candidates.

use super::{Candidate, Engine};

/// The best so far, at most twice as many as are wanted.
pub(super) struct Best<'e> {
    engine: &'e Engine,
    limit: usize,
    kept: Vec<Candidate>,
    /// The least score that may still be among the best.
    least: f32,
}

impl<'e> Best<'e> {
    /// Keeps `limit`.
    pub(super) fn new(engine: &'e Engine, limit: usize) -> Self {
        let least = if limit == 0 { f32::INFINITY } else { f32::NEG_INFINITY };
        Self { engine, limit, kept: Vec::new(), least }
    }

    /// Keeps a candidate, if it is good enough.
    pub(super) fn offer(&mut self, candidate: Candidate) {
        if candidate.score < self.least {
            return;
        }
        self.kept.push(candidate);
        if self.kept.len() / 2 > self.limit {
            self.cut();
        }
    }

    /// Those that were kept, best first, equals by id.
    pub(super) fn sorted(mut self) -> Vec<Candidate> {
        self.cut();
        self.engine.sort(&mut self.kept);
        self.kept
    }

    fn cut(&mut self) {
        let Some(last) = self.limit.checked_sub(1).filter(|_| self.kept.len() > self.limit) else { return };
        let (_, worst, _) = self.kept.select_nth_unstable_by(last, |left, right| self.engine.compare(left, right));
        self.least = worst.score;
        self.kept.truncate(self.limit);
    }
}
