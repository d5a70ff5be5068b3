//! How well a ranking answers judged queries, as `trec_eval` counts it.

use std::collections::HashMap;

use serde::{Serialize, Serializer};

/// The judgements of one query: how relevant each transcript is; what is not judged is not relevant.
pub(crate) type Judgements = HashMap<String, u32>;

/// How far down a ranking is looked for the first page's measures,
pub(crate) const PAGE: usize = 10;
/// and for recall.
pub(crate) const DEPTH: usize = 100;

/// The measures: one over the rank of the first relevant result among the first ten; whether the first result is
/// relevant; whether one of the first ten is; the discounted cumulative gain of the first ten, linear in relevance, as a
/// part of the best possible; the part of what is relevant that is among the first hundred.
pub(crate) const MEASURES: [&str; 5] = ["MRR@10", "hit@1", "hit@10", "nDCG@10", "recall@100"];

/// The measures of one query, or their means over many, in the order of [`MEASURES`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Scores(pub(crate) [f64; MEASURES.len()]);

impl Scores {
    /// The measures of a ranking, best first. What has no relevant transcript counts 0.
    pub(crate) fn of(ranking: &[String], judgements: &Judgements) -> Self {
        let gain = |id: &String| judgements.get(id).copied().unwrap_or_default();
        let first = ranking.iter().take(PAGE).position(|id| gain(id) > 0);
        let mut ideal: Vec<u32> = judgements.values().copied().filter(|&gain| gain > 0).collect();
        ideal.sort_unstable_by(|left, right| right.cmp(left));
        let found = ranking.iter().take(DEPTH).filter(|id| gain(id) > 0).count();
        let best = discounted(ideal.iter().copied());
        Self([
            first.map_or(0.0, |rank| 1.0 / (rank + 1) as f64),
            f64::from(first == Some(0)),
            f64::from(first.is_some()),
            if best > 0.0 { discounted(ranking.iter().map(gain)) / best } else { 0.0 },
            if ideal.is_empty() { 0.0 } else { found as f64 / ideal.len() as f64 },
        ])
    }

    /// The means of many; zero of none.
    pub(crate) fn mean(all: &[Self]) -> Self {
        let count = all.len().max(1) as f64;
        Self(all.iter().fold(Self::default(), |sum, scores| sum.plus(scores)).0.map(|sum| sum / count))
    }

    pub(crate) fn plus(self, other: &Self) -> Self {
        self.zip(other, |left, right| left + right)
    }

    pub(crate) fn minus(self, other: &Self) -> Self {
        self.zip(other, |left, right| left - right)
    }

    fn zip(mut self, other: &Self, both: impl Fn(f64, f64) -> f64) -> Self {
        for (left, right) in self.0.iter_mut().zip(other.0) {
            *left = both(*left, right);
        }
        self
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        by_measure(serializer, &self.0)
    }
}

/// Something for each measure, under its name in JSON.
pub(crate) fn by_measure<S: Serializer, T: Serialize>(
    serializer: S,
    values: &[T; MEASURES.len()],
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(MEASURES.iter().map(|name| name.to_lowercase()).zip(values))
}

fn discounted(gains: impl Iterator<Item = u32>) -> f64 {
    gains.take(PAGE).enumerate().map(|(rank, gain)| f64::from(gain) / (rank as f64 + 2.0).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::{Judgements, Scores};

    #[test]
    fn measures_agree_with_sums_by_hand() {
        let judgements = Judgements::from([("a".to_owned(), 2), ("b".to_owned(), 1), ("x".to_owned(), 0)]);
        // (ranking, reciprocal rank, hit at 1, hit at 10, nDCG, recall)
        let rows = [
            ("a b", [1.0, 1.0, 1.0, 1.0, 1.0]),
            ("c a", [0.5, 0.0, 1.0, (2.0 / 3_f64.log2()) / (2.0 + 1.0 / 3_f64.log2()), 0.5]),
            ("1 2 3 4 5 6 7 8 9 10 b", [0.0, 0.0, 0.0, 0.0, 0.5]),
            ("x c", [0.0; 5]),
            ("", [0.0; 5]),
        ];
        for (ranking, expected) in rows {
            let ranking: Vec<String> = ranking.split_whitespace().map(str::to_owned).collect();
            let Scores(scores) = Scores::of(&ranking, &judgements);
            for (score, expected) in scores.into_iter().zip(expected) {
                assert!((score - expected).abs() < 1e-12, "{ranking:?}: {scores:?}");
            }
        }
        assert_eq!(Scores::of(&["x".to_owned()], &Judgements::from([("x".to_owned(), 0)])), Scores::default());
        assert_eq!(Scores::mean(&[]), Scores::default());
    }
}
