//! The second stage of ranking: what the best candidates gain by words said often and close together.

use crate::{engine::Occurrences, plan::Plan};

/// How many of the best candidates are looked at again.
pub(crate) const CANDIDATES: usize = 200;

/// How far apart two neighbouring words of the query may stand, in words: both lie in a window of four.
pub(crate) const NEAR: u32 = 3;

/// The constants of BM25 as the engine has them.
const ENGINE_K1: f32 = 1.2;
const B: f32 = 0.75;

/// The average length of transcripts, in words, for which k1 is 1. In a paragraph a word said twice says little more than
/// one said once; in a talk of an hour one said twice is a passing remark, and it takes many to make a subject. In a model
/// of this scoring, judged questions over the same paragraphs, joined to documents of 110, 340, 1100, 2200 and 4300 words,
/// were answered best with k1 near 0.5, 1.2, 2, 2 and 3: as the square root of the length. Any constant from 150 to 500
/// does nearly as well.
const LENGTH_OF_UNIT_K1: f32 = 250.0;

/// BM25 for the candidates of one query: the k1 of the collection, which the engine's is not.
pub(crate) struct Rescorer<'a> {
    plan: &'a Plan,
    /// How rare each concept is.
    idf: &'a [f32],
    average_length: f32,
    k1: f32,
}

impl<'a> Rescorer<'a> {
    /// For transcripts that have `average_length` words on average.
    pub(crate) fn new(plan: &'a Plan, idf: &'a [f32], average_length: f32) -> Self {
        let average_length = average_length.max(1.0);
        Self { plan, idf, average_length, k1: (average_length / LENGTH_OF_UNIT_K1).sqrt() }
    }

    /// What a transcript gains, or loses, over the engine's score.
    pub(crate) fn gain(&self, found: &Occurrences) -> f32 {
        let norm = 1.0 - B + B * found.length as f32 / self.average_length;
        self.repetition(found, norm) + self.nearness(found, norm)
    }

    /// What the words of the query are worth with this k1, less what the engine gave for them with its own.
    fn repetition(&self, found: &Occurrences, norm: f32) -> f32 {
        let concepts = self.plan.concepts.iter().zip(&found.concepts).zip(self.idf);
        concepts
            .map(|((concept, positions), idf)| {
                let times = positions.len() as f32;
                let gain = saturated(times, self.k1, norm) - saturated(times, ENGINE_K1, norm);
                concept.weight() * idf * gain
            })
            .sum()
    }

    /// What ordered pairs of neighbouring words are worth: BM25 of the pair as if it were a word as rare as the rarer of
    /// the two. Ordered windows are those of Metzler and Croft's sequential dependence model (SIGIR 2005).
    fn nearness(&self, found: &Occurrences, norm: f32) -> f32 {
        let pairs = self.plan.pairs.iter();
        pairs
            .map(|&(left, right)| {
                let times = near(&found.concepts[left], &found.concepts[right]) as f32;
                self.idf[left].max(self.idf[right]) * saturated(times, self.k1, norm)
            })
            .sum()
    }
}

/// How much a word counts that stands `times` in a text: each time adds less.
fn saturated(times: f32, k1: f32, norm: f32) -> f32 {
    (1.0 + k1) * times / (times + k1 * norm)
}

/// How many of `rights` stand at most [`NEAR`] after one of `lefts`. Both rise.
fn near(lefts: &[u32], rights: &[u32]) -> usize {
    let mut at = 0;
    rights
        .iter()
        .filter(|&&right| {
            while at < lefts.len() && lefts[at] + NEAR < right {
                at += 1;
            }
            lefts.get(at).is_some_and(|&left| left < right)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::{Rescorer, near};
    use crate::{
        engine::Occurrences,
        plan::{Concept, Field, Plan, Step, Weighted},
    };

    #[test]
    fn repetition_counts_for_more_where_transcripts_are_long() {
        let word = Weighted { field: Field::Stem, term: "mot".to_owned(), weight: 1.0 };
        let concept = Concept { typed: "mot".to_owned(), step: Step::Typed, terms: vec![word], lit: Vec::new() };
        let plan = Plan { concepts: vec![concept], ..Plan::default() };
        // (words in a transcript of average length, whether six times gain more than the engine gave for them)
        let rows = [(20, false), (100, false), (1000, true), (20_000, true)];
        for (length, gains) in rows {
            let rescorer = Rescorer::new(&plan, &[1.0], length as f32);
            let said = |times| Occurrences { concepts: vec![(0..times).collect()], length, ..Occurrences::default() };
            assert_eq!(rescorer.gain(&said(6)) > 0.0, gains, "{length}");
            // Once in a transcript of average length is worth the same, whatever k1.
            assert!(rescorer.gain(&said(1)).abs() < 1e-6, "{length}");
        }
    }

    #[test]
    fn pairs_count_in_order_and_close_by() {
        // (first word at, second word at, pairs)
        let rows: [(&[u32], &[u32], usize); 7] = [
            (&[1], &[2], 1),
            (&[1], &[4], 1),
            (&[1], &[5], 0),
            (&[2], &[1], 0),
            (&[1, 10], &[2, 11, 12], 3),
            (&[], &[1], 0),
            (&[3], &[3], 0),
        ];
        for (lefts, rights, pairs) in rows {
            assert_eq!(near(lefts, rights), pairs, "{lefts:?} {rights:?}");
        }
    }
}
