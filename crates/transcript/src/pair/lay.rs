//! Times of captions laid onto the paragraphs of a text.

use std::ops::Range;

use super::align::Run;
use super::words::{Moment, Place};
use crate::model::{Cue, Segment, Time};

/// Words that differ have the time of words so many words away at most, some four seconds of speech.
const REACH: usize = 12;

/// And at most so long before or after the next word that agrees, in milliseconds.
const MAX_SILENCE: u32 = 10_000;

/// The moment of each word of the text, where it can be told; begins never go back.
pub(super) fn spread(places: &[Place], said: &[Moment], runs: &[Run]) -> Vec<Option<Moment>> {
    let mut moments: Vec<Option<Moment>> = vec![None; places.len()];
    let mut before: Option<Anchor> = None;
    for run in runs {
        let after = Some(Anchor { text: run.text, said: run.said });
        Gap { places, said, before, after }.fill(&mut moments);
        for at in 0..run.length {
            moments[run.text + at] = said.get(run.said + at).copied();
        }
        before = Some(Anchor { text: run.text + run.length - 1, said: run.said + run.length - 1 });
    }
    Gap { places, said, before, after: None }.fill(&mut moments);
    let mut latest = 0;
    for Moment { time: Time { start_ms, end_ms }, .. } in moments.iter_mut().flatten() {
        // Captions may overlap.
        latest = latest.max(*start_ms);
        *start_ms = latest;
        *end_ms = latest.max(*end_ms);
    }
    moments
}

/// A word that agrees: which one it is in the text, and in the captions.
#[derive(Clone, Copy)]
struct Anchor {
    text: usize,
    said: usize,
}

/// Words that differ, between two that agree.
///
/// Words of the text and words of the captions are counted from both ends: what differs is mostly a word for a word.
struct Gap<'a> {
    places: &'a [Place],
    said: &'a [Moment],
    before: Option<Anchor>,
    after: Option<Anchor>,
}

impl Gap<'_> {
    fn fill(&self, moments: &mut [Option<Moment>]) {
        let end = self.after.map_or(self.places.len(), |after| after.text);
        let mut at = self.before.map_or(0, |before| before.text + 1);
        for paragraph in self.places[at..end].chunk_by(|word, next| word.segment == next.segment) {
            let words = at..at + paragraph.len();
            let backwards = self.first_counted_back(&words);
            for at in words.clone() {
                moments[at] = if at < backwards { self.counted_on(at, &words) } else { self.counted_back(at, &words) };
            }
            at = words.end;
        }
    }

    /// From which word of a paragraph on the words go with the next word that agrees.
    fn first_counted_back(&self, words: &Range<usize>) -> usize {
        match (self.is_here(self.before, words), self.is_here(self.after, words)) {
            (true, true) => words.start + words.len() / 2,
            (true, false) => words.end,
            (false, true) => words.start,
            // What stands alone announces what follows, like a heading.
            (false, false) if self.after.is_some_and(|after| after.text - words.start <= REACH) => words.start,
            (false, false) => words.end,
        }
    }

    /// Whether a word that agrees is in the same paragraph.
    fn is_here(&self, anchor: Option<Anchor>, words: &Range<usize>) -> bool {
        anchor.is_some_and(|anchor| self.places[anchor.text].segment == self.places[words.start].segment)
    }

    fn counted_on(&self, at: usize, words: &Range<usize>) -> Option<Moment> {
        let before = self.before?;
        if !self.is_here(self.before, words) && words.end - before.text > REACH {
            return None;
        }
        let (room, fits) = self.room();
        let steps = (at - before.text).min(REACH).min(if fits { room } else { room / 2 });
        self.near(before.said, before.said + steps)
    }

    fn counted_back(&self, at: usize, words: &Range<usize>) -> Option<Moment> {
        let after = self.after?;
        if !self.is_here(self.after, words) && after.text - words.start > REACH {
            return None;
        }
        let (room, fits) = self.room();
        let steps = (after.text - at).min(REACH).min(if fits { room } else { room - room / 2 });
        self.near(after.said, after.said - steps)
    }

    /// How many words of the captions lie in the gap, and whether these are enough for those of the text: if not, what
    /// is counted on and what is counted back must not cross.
    fn room(&self) -> (usize, bool) {
        let between = |before: Option<usize>, after: Option<usize>, all: usize| {
            after.unwrap_or(all) - before.map_or(0, |before| before + 1)
        };
        let (before, after) = (self.before, self.after);
        let text = between(before.map(|word| word.text), after.map(|word| word.text), self.places.len());
        let said = between(before.map(|word| word.said), after.map(|word| word.said), self.said.len());
        (said, text <= said)
    }

    /// The moment of a word of the captions; the anchor's, where that is too far from it in time.
    fn near(&self, anchor: usize, word: usize) -> Option<Moment> {
        let (anchor, word) = (self.said.get(anchor)?, self.said.get(word)?);
        let silence = anchor.time.start_ms.abs_diff(word.time.start_ms);
        Some(if silence <= MAX_SILENCE { *word } else { *anchor })
    }
}

/// Gives segments their times and cues; a cue begins where the words of another caption begin.
pub(super) fn times(segments: &mut [Segment], places: &[Place], moments: &[Option<Moment>]) {
    for segment in segments.iter_mut() {
        segment.time = None;
        segment.cues.clear();
    }
    for (place, moment) in places.iter().zip(moments) {
        let (segment, Some(Moment { time, .. })) = (&mut segments[place.segment], *moment) else { continue };
        let Time { start_ms, end_ms } = segment.time.unwrap_or(time);
        segment.time = Some(Time { start_ms, end_ms: end_ms.max(time.end_ms) });
        if segment.cues.last().is_none_or(|cue| cue.time != time) {
            let offset = if segment.cues.is_empty() { 0 } else { place.offset };
            segment.cues.push(Cue { offset, time });
        }
    }
}

/// Names who speaks in each segment, as the captions tell, where all its words are of one voice.
pub(super) fn speakers(segments: &mut [Segment], captions: &[Segment], places: &[Place], moments: &[Option<Moment>]) {
    let words = places.iter().zip(moments).filter_map(|(place, moment)| Some((place.segment, (*moment)?.segment)));
    let words: Vec<(usize, usize)> = words.collect();
    for voices in words.chunk_by(|(segment, _), (next, _)| segment == next) {
        let (segment, caption) = voices[0];
        let speaker = &captions[caption].speaker;
        if voices.iter().all(|(_, other)| captions[*other].speaker == *speaker) {
            segments[segment].speaker.clone_from(speaker);
        }
    }
}
