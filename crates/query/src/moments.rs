//! Chooses the moments of a transcript that answer best.

use std::ops::RangeInclusive;

use crate::{
    budget::{Budget, Clock},
    engine::Occurrences,
    plan::Plan,
    rank::NEAR,
};

/// The length of a moment, in words: what one reads in a glance.
const WORDS: u32 = 30;

/// What each further occurrence of the same word adds to a moment, as a part of the first.
const AGAIN: f32 = 0.15;

/// What a phrase is worth for each of its words, as a multiple of the rarest word there can be.
const PHRASE_WORTH: f32 = 10.0;

/// A stretch of positions, from the first word that was asked for to the last.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Moment {
    pub(crate) positions: RangeInclusive<u32>,
}

/// An occurrence of a part of the plan.
struct Hit {
    position: u32,
    last: u32,
    /// Which part: concepts first, then phrases.
    part: usize,
}

/// The best moments among the positions that `counts`, best first, at most `limit`, none overlapping another. Out of time,
/// the best of those that begin first.
pub(crate) fn moments(
    plan: &Plan,
    found: &Occurrences,
    idf: &[f32],
    limit: usize,
    budget: Budget,
    counts: impl Fn(u32) -> bool,
) -> Vec<Moment> {
    if limit == 0 {
        return Vec::new();
    }
    let hits = hits(plan, found, counts);
    let mut windows: Vec<(f32, usize, usize)> = Vec::with_capacity(hits.len());
    let mut times = vec![0; idf.len() + plan.phrases.len()];
    let mut end = 0;
    let mut clock = Clock::new(budget);
    for start in 0..hits.len() {
        if clock.is_spent_after(end - start) {
            break;
        }
        while end < hits.len() && hits[end].position < hits[start].position + WORDS {
            end += 1;
        }
        times.fill(0);
        windows.push((worth(plan, &hits[start..end], idf, &mut times), start, end));
    }
    windows.sort_by(|(left, ..), (right, ..)| right.total_cmp(left));
    let mut chosen: Vec<Moment> = Vec::new();
    for (_, start, end) in windows {
        if chosen.len() == limit {
            break;
        }
        let last = hits[start..end].iter().map(|hit| hit.last).max().unwrap_or_default();
        let positions = hits[start].position..=last;
        let free = |other: &Moment| last < *other.positions.start() || *other.positions.end() < hits[start].position;
        if chosen.iter().all(free) {
            chosen.push(Moment { positions });
        }
    }
    chosen
}

fn hits(plan: &Plan, found: &Occurrences, counts: impl Fn(u32) -> bool) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (part, positions) in found.concepts.iter().enumerate() {
        hits.extend(positions.iter().map(|&position| Hit { position, last: position, part }));
    }
    for (at, (phrase, positions)) in plan.phrases.iter().zip(&found.phrases).enumerate() {
        let part = found.concepts.len() + at;
        hits.extend(positions.iter().map(|&position| Hit { position, last: position + phrase.length(), part }));
    }
    hits.retain(|hit| counts(hit.position));
    hits.sort_by_key(|hit| (hit.position, hit.part));
    hits
}

/// What a window is worth: each part that occurs in it by its rarity, repeats a little, pairs in order a lot. `times` counts
/// how often each part does, from 0.
fn worth(plan: &Plan, hits: &[Hit], idf: &[f32], times: &mut [u32]) -> f32 {
    hits.iter().for_each(|hit| times[hit.part] += 1);
    let value = |part: usize| match part.checked_sub(idf.len()) {
        None => idf[part],
        Some(phrase) => PHRASE_WORTH * plan.phrases[phrase].terms.len() as f32,
    };
    let words: f32 = (0..times.len())
        .filter(|&part| times[part] > 0)
        .map(|part| value(part) * (1.0 + AGAIN * (times[part] - 1).min(5) as f32))
        .sum();
    let in_order = |&&(left, right): &&(usize, usize)| {
        hits.iter().filter(|hit| hit.part == left).any(|left| {
            hits.iter()
                .any(|hit| hit.part == right && left.position < hit.position && hit.position <= left.position + NEAR)
        })
    };
    words + plan.pairs.iter().filter(in_order).map(|&(left, right)| idf[left].max(idf[right])).sum::<f32>()
}
