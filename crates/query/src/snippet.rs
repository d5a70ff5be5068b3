//! Cuts the text of a moment: whole sentences where they are short enough, and what is lit in them.

use std::{collections::HashMap, ops::Range};

use verbatim_french::{Analyzer, OwnedToken, Rule};
use verbatim_indexer::{Record, Stretch, Word};
use verbatim_transcript::{Time, sentences};

use crate::{
    engine::Occurrences,
    moments::Moment,
    plan::{Field, Phrase, Plan},
};

/// A passage as a reader sees it. How it is spelt in HTML, JSON or colours is decided at the rim.
#[derive(Debug, Clone, PartialEq)]
pub struct Snippet {
    /// The text, with an ellipsis where a sentence was cut.
    pub text: String,
    /// What is lit: byte ranges of `text`, rising, on character boundaries.
    pub highlights: Vec<Range<usize>>,
    /// The segment in which the moment begins; `None` for the description.
    pub segment: Option<usize>,
    /// When that word is said, as finely as the source tells.
    pub time: Option<Time>,
    /// Who says it.
    pub speaker: Option<String>,
    /// The address of the video at that moment, where there is a time and a video whose player takes one.
    pub video: Option<String>,
}

/// Below this many bytes a passage takes its neighbours in, to be understood.
const SHORT: usize = 120;
/// Above this many bytes it is cut.
const LONG: usize = 320;
/// What is kept before a lit word where there are no sentences to cut at, in bytes.
const LEAD: usize = 80;

const ELLIPSIS: char = '…';

/// A stretch of the transcript: from a byte of one segment to a byte of the same or a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Extent {
    start: (usize, usize),
    end: (usize, usize),
    /// Where the first word of the moment stands: its segment, and its byte there.
    first: (usize, usize),
}

/// Finds what is lit, and cuts snippets.
pub(crate) struct Cutter<'a> {
    plan: &'a Plan,
    record: &'a Record,
    found: &'a Occurrences,
    analyzer: &'a mut Analyzer,
    /// The segments that were looked at, by their index.
    seen: HashMap<usize, Seen>,
}

/// What is known of the words of a stretch.
#[derive(Default)]
struct Seen {
    /// What is lit: byte ranges of its text, rising, not overlapping.
    lit: Vec<Range<usize>>,
    /// Its words, in order.
    words: Vec<Word>,
}

impl<'a> Cutter<'a> {
    pub(crate) fn new(plan: &'a Plan, record: &'a Record, found: &'a Occurrences, analyzer: &'a mut Analyzer) -> Self {
        Self { plan, record, found, analyzer, seen: HashMap::new() }
    }

    /// The snippets of `moments`, in their order; those that touch become one.
    pub(crate) fn snippets(&mut self, moments: &[Moment]) -> Vec<Snippet> {
        let mut extents: Vec<Extent> = Vec::new();
        for moment in moments {
            let Some(mut extent) = self.extent(moment) else {
                continue;
            };
            // What grows by one neighbour may then touch another.
            while let Some(at) = extents.iter().position(|other| self.touch(other, &extent)) {
                let other = extents.remove(at);
                extent = Extent {
                    start: extent.start.min(other.start),
                    end: extent.end.max(other.end),
                    first: extent.first.min(other.first),
                };
            }
            extents.push(extent);
        }
        extents.into_iter().map(|extent| self.cut(extent)).collect()
    }

    /// The description, with what is lit in it.
    pub(crate) fn description(&mut self) -> Option<Snippet> {
        let description = self.record.description()?;
        let highlights = self.lit(description);
        let text = description.text.to_owned();
        Some(Snippet { text, highlights, segment: None, time: None, speaker: None, video: None })
    }

    /// What is lit in a stretch: byte ranges of its text, rising, not overlapping.
    pub(crate) fn lit(&mut self, stretch: Stretch<'_>) -> Vec<Range<usize>> {
        self.look(stretch).lit
    }

    /// A segment and its words; looked at once, however often it is asked for.
    fn seen(&mut self, segment: usize) -> &Seen {
        if !self.seen.contains_key(&segment) {
            let seen = self.look(self.record.segment(segment));
            self.seen.insert(segment, seen);
        }
        &self.seen[&segment]
    }

    fn look(&mut self, stretch: Stretch<'_>) -> Seen {
        let words: Vec<Word> = stretch.words().collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Seen::default() };
        let mut lit: Vec<Range<usize>> = Vec::new();
        let mut in_doubt = false;
        for positions in &self.found.concepts {
            for &position in within(positions, first.position, last.position) {
                match &words[at(&words, position)] {
                    [word] => lit.push(word.span.clone()),
                    several => in_doubt |= !several.is_empty(),
                }
            }
        }
        if in_doubt {
            lit = self.hear(stretch.text);
        }
        for (phrase, starts) in self.plan.phrases.iter().zip(&self.found.phrases) {
            let here = within(starts, first.position.saturating_sub(phrase.length()), last.position);
            if !here.is_empty() {
                let typed = self.analyzer.tokens(&phrase.typed);
                let fillers: Vec<_> = words.iter().map(|word| self.filler(stretch.text, word)).collect();
                lit.extend(here.iter().filter_map(|&start| lit_phrase(phrase, &typed, start, &words, &fillers)));
            }
        }
        lit.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        lit.dedup_by(|next, range| {
            let overlap = next.start < range.end;
            if overlap {
                range.end = range.end.max(next.end);
            }
            overlap
        });
        Seen { lit, words }
    }

    /// The words of a text that were asked for, by what they become: where several share a place, the place does not tell
    /// which of them it is.
    fn hear(&mut self, text: &str) -> Vec<Range<usize>> {
        let mut heard = Vec::new();
        let asked_for: Vec<&(Field, String)> = self.plan.concepts.iter().flat_map(|concept| &concept.lit).collect();
        self.analyzer.analyze(text, |token| {
            let is_lit = asked_for.iter().any(|(field, lit)| match field {
                Field::Stem | Field::Title => lit == token.stem,
                Field::Fold => lit == token.fold || token.also == Some(lit.as_str()),
                Field::Written => lit == token.written,
            });
            if is_lit {
                heard.push(token.span.clone());
            }
        });
        heard
    }

    /// The folded word, where it fills time; nothing else but a repeat shares the place of another.
    fn filler(&mut self, text: &str, word: &Word) -> Option<String> {
        if word.takes_place {
            return None;
        }
        let tokens = self.analyzer.tokens(&text[word.span.clone()]);
        tokens.into_iter().find(|token| token.rules.contains(Rule::Filler)).map(|token| token.fold)
    }

    /// The stretch of text around a moment; `None` where it lies outside of the segments.
    fn extent(&mut self, moment: &Moment) -> Option<Extent> {
        let first = self.record.segment_at(*moment.positions.start())?;
        let last = self.record.segment_at(*moment.positions.end())?;
        let core_start = self.offset(first, *moment.positions.start(), |span| span.start);
        let core_end = self.offset(last, *moment.positions.end(), |span| span.end);
        if first == last && self.text(first).len() > LONG {
            let range = cut_at_sentences(self.text(first), core_start..core_end);
            return Some(Extent { start: (first, range.start), end: (first, range.end), first: (first, core_start) });
        }
        let mut extent = Extent { start: (first, 0), end: (last, self.text(last).len()), first: (first, core_start) };
        if self.length(&extent) > LONG {
            // Over a border, only as much of each side as is needed.
            extent.start.1 = sentence_around(self.text(first), core_start).start;
            let text = self.text(last);
            extent.end.1 = sentence_around(text, last_char(text, core_end)).end;
        }
        self.take_neighbours(&mut extent);
        Some(extent)
    }

    /// Where the word at a position begins or ends in its segment, in bytes.
    fn offset(&mut self, segment: usize, position: u32, edge: impl Fn(&Range<usize>) -> usize) -> usize {
        let words = &self.seen(segment).words;
        words[at(words, position)].last().map_or(0, |word| edge(&word.span))
    }

    /// Captions and short answers are understood with what is said around them.
    fn take_neighbours(&self, extent: &mut Extent) {
        while self.length(extent) < SHORT {
            let (first, last) = (extent.start.0, extent.end.0);
            let next = last + 1;
            if next < self.record.len() && self.length(extent) + self.text(next).len() <= LONG {
                extent.end = (next, self.text(next).len());
            } else if first > 0 && self.length(extent) + self.text(first - 1).len() <= LONG {
                extent.start = (first - 1, 0);
            } else {
                break;
            }
        }
    }

    fn length(&self, extent: &Extent) -> usize {
        (extent.start.0..=extent.end.0).map(|segment| self.range(extent, segment).len() + 1).sum()
    }

    /// The part of a segment that lies in an extent, in bytes.
    fn range(&self, extent: &Extent, segment: usize) -> Range<usize> {
        let start = if segment == extent.start.0 { extent.start.1 } else { 0 };
        let end = if segment == extent.end.0 { extent.end.1 } else { self.text(segment).len() };
        start..end.max(start)
    }

    fn text(&self, segment: usize) -> &str {
        self.record.segment(segment).text
    }

    /// Whether there is nothing between two extents, or less than nothing.
    fn touch(&self, left: &Extent, right: &Extent) -> bool {
        let (left, right) = if left.start <= right.start { (left, right) } else { (right, left) };
        let (segment, offset) = left.end;
        let after = if offset >= self.text(segment).len() { (segment + 1, 0) } else { (segment, offset + 1) };
        right.start <= after
    }

    fn cut(&mut self, extent: Extent) -> Snippet {
        let mut text = String::new();
        let mut highlights = Vec::new();
        for segment in extent.start.0..=extent.end.0 {
            let range = self.range(&extent, segment);
            let stretch = self.record.segment(segment);
            if segment == extent.start.0 && range.start > 0 && !begins_sentence(stretch.text, range.start) {
                text.push(ELLIPSIS);
                text.push(' ');
            }
            if segment > extent.start.0 {
                text.push(' ');
            }
            let shift = text.len();
            text.push_str(&stretch.text[range.clone()]);
            for lit in &self.seen(segment).lit {
                let lit = lit.start.max(range.start)..lit.end.min(range.end);
                if lit.start < lit.end {
                    highlights.push(lit.start - range.start + shift..lit.end - range.start + shift);
                }
            }
            if segment == extent.end.0 && range.end < stretch.text.len() && !ends_sentence(&text) {
                text.push(' ');
                text.push(ELLIPSIS);
            }
        }
        let (segment, offset) = extent.first;
        let first = self.record.segment(segment);
        Snippet {
            text,
            highlights,
            segment: Some(segment),
            time: self.record.time_at(segment, offset),
            speaker: first.speaker.map(str::to_owned),
            video: None,
        }
    }
}

/// Those of `positions`, which rise, from `first` to `last`.
fn within(positions: &[u32], first: u32, last: u32) -> &[u32] {
    let from = positions.partition_point(|position| *position < first);
    let length = positions[from..].partition_point(|position| *position <= last);
    &positions[from..from + length]
}

/// Which of `words` stand at a position.
fn at(words: &[Word], position: u32) -> Range<usize> {
    words.partition_point(|word| word.position < position)..words.partition_point(|word| word.position <= position)
}

/// What is lit of a phrase that begins at `start`, in a stretch of these words, of which some are `fillers`; `None` where
/// it lies outside. `typed` are its words as the query has them.
fn lit_phrase(
    phrase: &Phrase,
    typed: &[OwnedToken],
    start: u32,
    words: &[Word],
    fillers: &[Option<String>],
) -> Option<Range<usize>> {
    let here = at(words, start).start..at(words, start + phrase.length()).end;
    if here.is_empty() {
        return None;
    }
    let filler = |token: &OwnedToken| token.rules.contains(Rule::Filler).then(|| token.fold.clone());
    let before: Vec<String> = typed.iter().map_while(filler).collect();
    let after: Vec<String> = typed.iter().rev().map_while(filler).collect();
    let only_fillers = before.len() == typed.len();
    // What fills time is no part of a phrase, unless it stands inside, or was typed.
    let is_part = |at: &usize| match &fillers[*at] {
        Some(filler) => only_fillers && before.contains(filler),
        None => !only_fillers,
    };
    let mut first = here.clone().find(is_part)?;
    let mut last = here.clone().rfind(is_part)?;
    for typed in before.iter().rev() {
        if first > 0 && fillers[first - 1].as_ref() == Some(typed) {
            first -= 1;
        }
    }
    for typed in after.iter().rev() {
        if fillers.get(last + 1).is_some_and(|filler| filler.as_ref() == Some(typed)) {
            last += 1;
        }
    }
    Some(words[first].span.start..words[last].span.end)
}

/// The sentences around `core`, as many as are short enough together; words where a sentence is not. Trimmed, in bytes.
fn cut_at_sentences(text: &str, core: Range<usize>) -> Range<usize> {
    let bounds: Vec<Range<usize>> = sentences(text).map(|sentence| sentence.range).collect();
    let first = bounds.partition_point(|sentence| sentence.end <= core.start);
    let last = bounds.partition_point(|sentence| sentence.start < core.end).saturating_sub(1).max(first);
    let (Some(from), Some(to)) = (bounds.get(first), bounds.get(last)) else {
        return 0..text.len();
    };
    let mut range = from.start..to.end;
    if range.len() > LONG {
        return trim(text, cut_at_words(text, range, core));
    }
    let (mut before, mut after) = (first, last + 1);
    loop {
        if after < bounds.len() && range.len() + bounds[after].len() <= LONG {
            range.end = bounds[after].end;
            after += 1;
        } else if before > 0 && range.len() + bounds[before - 1].len() <= LONG {
            before -= 1;
            range.start = bounds[before].start;
        } else {
            return trim(text, range);
        }
        if range.len() >= SHORT {
            return trim(text, range);
        }
    }
}

/// The sentence in which a byte stands; the words around it where the sentence is too long.
fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let sentence = sentences(text).map(|sentence| sentence.range).find(|sentence| at < sentence.end);
    let sentence = sentence.unwrap_or(0..text.len());
    let core = at..at;
    trim(text, if sentence.len() > LONG { cut_at_words(text, sentence, core) } else { sentence })
}

/// The words around `core` within `sentence`.
fn cut_at_words(text: &str, sentence: Range<usize>, core: Range<usize>) -> Range<usize> {
    let start = if core.start.saturating_sub(LEAD) <= sentence.start {
        sentence.start
    } else {
        let from = ceil_boundary(text, core.start - LEAD);
        text[from..core.start].find(char::is_whitespace).map_or(core.start, |at| from + at)
    };
    let most = ceil_boundary(text, (start + LONG).min(text.len()));
    if most >= sentence.end {
        return start..sentence.end;
    }
    let end = text[start..most].rfind(char::is_whitespace).map_or(most, |at| start + at);
    start..if end > core.start { end } else { most }
}

/// Where the last character before `end` begins; `end` is a boundary.
fn last_char(text: &str, end: usize) -> usize {
    text[..end].char_indices().next_back().map_or(0, |(at, _)| at)
}

fn ceil_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Without white space at its ends, nor what closes the sentence before.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let cut = &text[range.clone()];
    let head = cut.trim_start_matches(|c: char| c.is_whitespace() || ".,;:!?)]»”".contains(c));
    let start = range.start + cut.len() - head.len();
    start..start + head.trim_end().len()
}

/// Whether a sentence begins at `at`.
fn begins_sentence(text: &str, at: usize) -> bool {
    ends_sentence(text[..at].trim_end())
}

pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '»', '”', ')', ' ', '\u{A0}', '\u{202F}']).ends_with(['.', '!', '?', '…', ':'])
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::Index};
    use verbatim_french::Analyzer;

    use super::{LEAD, LONG, cut_at_sentences, sentence_around};

    proptest! {
        #[test]
        fn a_cut_lies_on_whole_letters_and_shows_the_word_it_is_made_for(
            text in "GAR ([a-zé]{1,9} |[A-Z]{1,5} |[.!?…;:,»\"] ?|\\PC|\u{a0}|\n|.NET|[a-z]{90}){0,60}",
            word in any::<Index>(),
        ) {
            let words = Analyzer::new().tokens(&text);
            let word = word.get(&words).span.clone();
            for cut in [cut_at_sentences(&text, word.clone()), sentence_around(&text, word.start)] {
                prop_assert!(text.get(cut.clone()).is_some(), "{cut:?} of {text:?}");
                prop_assert!(cut.start < word.end && word.start < cut.end, "{cut:?} without {word:?} of {text:?}");
                prop_assert!(cut.len() <= LEAD + LONG + word.len(), "{cut:?} of {text:?}");
            }
        }
    }
}
