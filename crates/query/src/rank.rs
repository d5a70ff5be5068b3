//! The second stage of ranking: what the best candidates gain by words said close together.

use crate::{bm25::Bm25, engine::Occurrences, plan::Plan};

/// How many of the best candidates are looked at again.
pub(crate) const CANDIDATES: usize = 200;

/// How far apart two neighbouring words of the query may stand, in words: both lie in a window of four.
pub(crate) const NEAR: u32 = 3;

/// What ordered pairs of neighbouring words are worth in a transcript: BM25 of the pair as if it were a word as rare as the
/// rarer of the two. `idf` says how rare each concept is. Ordered windows are those of Metzler and Croft's sequential
/// dependence model (SIGIR 2005).
pub(crate) fn nearness(plan: &Plan, idf: &[f32], bm25: Bm25, found: &Occurrences) -> f32 {
    let norm = bm25.norm(found.length);
    let worth = |&(left, right): &(usize, usize)| {
        let times = near(&found.concepts[left], &found.concepts[right]);
        idf[left].max(idf[right]) * bm25.saturated(times as f32, norm)
    };
    plan.pairs.iter().map(worth).sum()
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
    use super::near;

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
