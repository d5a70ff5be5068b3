//! How well a ranking answers judged queries, as `trec_eval` counts it.

use std::collections::HashMap;

use serde::Serialize;

/// The judgements of one query: how relevant each transcript is; what is not judged is not relevant.
pub(crate) type Judgements = HashMap<String, u32>;

/// How far down a ranking is looked for the first page's measures,
pub(crate) const PAGE: usize = 10;
/// and for recall.
pub(crate) const DEPTH: usize = 100;

/// The measures of one query, or their means over many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct Scores {
    /// One over the rank of the first relevant result, among the first ten.
    #[serde(rename = "mrr@10")]
    pub(crate) reciprocal_rank: f64,
    /// Whether the first result is relevant.
    #[serde(rename = "hit@1")]
    pub(crate) hit_1: f64,
    /// Whether one of the first ten is.
    #[serde(rename = "hit@10")]
    pub(crate) hit_10: f64,
    /// Discounted cumulative gain of the first ten, linear in relevance, as a part of the best possible.
    #[serde(rename = "ndcg@10")]
    pub(crate) ndcg: f64,
    /// The part of what is relevant that is among the first hundred.
    #[serde(rename = "recall@100")]
    pub(crate) recall: f64,
}

impl Scores {
    /// The measures of a ranking, best first.
    pub(crate) fn of(ranking: &[String], judgements: &Judgements) -> Self {
        let gain = |id: &String| judgements.get(id).copied().unwrap_or_default();
        let first = ranking.iter().take(PAGE).position(|id| gain(id) > 0);
        let mut ideal: Vec<u32> = judgements.values().copied().filter(|&gain| gain > 0).collect();
        ideal.sort_unstable_by(|left, right| right.cmp(left));
        let found = ranking.iter().take(DEPTH).filter(|id| gain(id) > 0).count();
        let best = discounted(ideal.iter().copied());
        Self {
            reciprocal_rank: first.map_or(0.0, |rank| 1.0 / (rank + 1) as f64),
            hit_1: f64::from(first == Some(0)),
            hit_10: f64::from(first.is_some()),
            ndcg: if best > 0.0 { discounted(ranking.iter().map(gain)) / best } else { 0.0 },
            recall: if ideal.is_empty() { 0.0 } else { found as f64 / ideal.len() as f64 },
        }
    }

    /// The means of many; zero of none.
    pub(crate) fn mean<'a>(all: impl ExactSizeIterator<Item = &'a Self>) -> Self {
        let count = all.len().max(1) as f64;
        let sum = all.fold(Self::default(), |sum, scores| Self {
            reciprocal_rank: sum.reciprocal_rank + scores.reciprocal_rank,
            hit_1: sum.hit_1 + scores.hit_1,
            hit_10: sum.hit_10 + scores.hit_10,
            ndcg: sum.ndcg + scores.ndcg,
            recall: sum.recall + scores.recall,
        });
        Self {
            reciprocal_rank: sum.reciprocal_rank / count,
            hit_1: sum.hit_1 / count,
            hit_10: sum.hit_10 / count,
            ndcg: sum.ndcg / count,
            recall: sum.recall / count,
        }
    }
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
        // (ranking, reciprocal rank, nDCG, recall)
        let rows = [
            ("a b", 1.0, 1.0, 1.0),
            ("c a", 0.5, (2.0 / 3_f64.log2()) / (2.0 + 1.0 / 3_f64.log2()), 0.5),
            ("x c", 0.0, 0.0, 0.0),
            ("", 0.0, 0.0, 0.0),
        ];
        for (ranking, reciprocal_rank, ndcg, recall) in rows {
            let ranking: Vec<String> = ranking.split_whitespace().map(str::to_owned).collect();
            let scores = Scores::of(&ranking, &judgements);
            assert_eq!((scores.reciprocal_rank, scores.recall), (reciprocal_rank, recall), "{ranking:?}");
            assert!((scores.ndcg - ndcg).abs() < 1e-12, "{ranking:?}");
        }
    }
}
