//! Whether a difference between two rankings may be chance: the paired bootstrap.

use fastrand::Rng;
use serde::{Serialize, Serializer};

use crate::metrics::{MEASURES, Scores, by_measure};

/// How often the queries are drawn again.
pub(crate) const RESAMPLES: usize = 10_000;
/// How much of the drawn means an interval holds.
pub(crate) const LEVEL: f64 = 0.95;
/// The draws are the same each time.
const SEED: u64 = 1;

/// A difference of means, and between which values it may lie by the luck of the queries.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Difference {
    pub(crate) mean: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// The differences in each of the [`MEASURES`].
pub(crate) struct Differences(pub(crate) [Difference; MEASURES.len()]);

impl Serialize for Differences {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        by_measure(serializer, &self.0)
    }
}

impl Differences {
    /// How much better `ours` is than `theirs`; the same place in both is the same query.
    ///
    /// The intervals are percentiles of the means of as many queries drawn with replacement, each with both its scores
    /// (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
    pub(crate) fn new(ours: &[Scores], theirs: &[Scores]) -> Self {
        let differences: Vec<Scores> = ours.iter().zip(theirs).map(|(ours, theirs)| ours.minus(theirs)).collect();
        let mut rng = Rng::with_seed(SEED);
        let draws: Vec<Scores> = (0..RESAMPLES).map(|_| Scores::mean(&draw(&differences, &mut rng))).collect();
        let mean = Scores::mean(&differences);
        Self(std::array::from_fn(|measure| {
            let mut draws: Vec<f64> = draws.iter().map(|scores| scores.0[measure]).collect();
            draws.sort_unstable_by(f64::total_cmp);
            let outside = (RESAMPLES as f64 * (1.0 - LEVEL) / 2.0).round() as usize;
            Difference { mean: mean.0[measure], low: draws[outside], high: draws[RESAMPLES - 1 - outside] }
        }))
    }
}

fn draw(from: &[Scores], rng: &mut Rng) -> Vec<Scores> {
    (0..from.len()).map(|_| from[rng.usize(..from.len())]).collect()
}

#[cfg(test)]
mod tests {
    use super::Differences;
    use crate::metrics::Scores;

    fn scores(value: f64) -> Scores {
        Scores([value; 5])
    }

    #[test]
    fn intervals_are_those_of_the_binomial_law() {
        // Better by 1 in a part p of n queries: about p ± 1.96 √(p (1 - p) / n).
        for (better, of, half) in [(50, 100, 0.098), (20, 400, 0.0214), (0, 30, 0.0), (30, 30, 0.0)] {
            let ours: Vec<Scores> = (0..of).map(|at| scores(f64::from(at < better))).collect();
            let Differences(differences) = Differences::new(&ours, &vec![scores(0.0); ours.len()]);
            let mean = f64::from(better) / f64::from(of);
            for difference in differences {
                assert!((difference.mean - mean).abs() < 1e-12, "{difference:?}");
                // Means of n queries are steps of 1/n.
                let step = 1.0 / f64::from(of) + 1e-12;
                assert!((difference.low - (mean - half)).abs() <= step, "{better} of {of}: {difference:?}");
                assert!((difference.high - (mean + half)).abs() <= step, "{better} of {of}: {difference:?}");
            }
        }
    }

    #[test]
    fn the_queries_are_drawn_in_pairs() {
        // Easy and hard queries, each better by the same: what they differ among themselves says nothing.
        let theirs: Vec<Scores> = (0..40).map(|at| scores(f64::from(at % 2) * 0.5)).collect();
        let ours: Vec<Scores> = theirs.iter().map(|theirs| theirs.plus(&scores(0.25))).collect();
        for difference in Differences::new(&ours, &theirs).0 {
            assert_eq!((difference.low, difference.mean, difference.high), (0.25, 0.25, 0.25));
        }
    }
}
