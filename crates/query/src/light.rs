//! Finds what is lit in a stretch of a transcript: the words that were asked for, where the index says they stand.

use std::ops::Range;

use verbatim_french::{Analyzer, OwnedToken, Rule};
use verbatim_indexer::{Stretch, Word};

use crate::{
    engine::Occurrences,
    plan::{Field, Phrase, Plan},
};

/// What a plan lights in one transcript.
pub(crate) struct Light<'a> {
    plan: &'a Plan,
    found: &'a Occurrences,
    analyzer: &'a mut Analyzer,
}

/// What is known of the words of a stretch.
#[derive(Default)]
pub(crate) struct Seen {
    /// What is lit: byte ranges of its text, rising, not overlapping.
    pub(crate) lit: Vec<Range<usize>>,
    /// Its words, in order, up to the last that was found.
    words: Vec<Word>,
}

impl Seen {
    /// The words at a position: one, and what shares its place.
    pub(crate) fn at(&self, position: u32) -> &[Word] {
        &self.words[at(&self.words, position)]
    }
}

impl<'a> Light<'a> {
    /// For a transcript in which the parts of `plan` were `found`.
    pub(crate) fn new(plan: &'a Plan, found: &'a Occurrences, analyzer: &'a mut Analyzer) -> Self {
        Self { plan, found, analyzer }
    }

    /// A stretch of it, with what is lit in it.
    pub(crate) fn look(&mut self, stretch: Stretch<'_>) -> Seen {
        let here =
            |positions: &'a [u32], length: u32| within(positions, stretch.position.saturating_sub(length)..stretch.end);
        let concepts = self.found.concepts.iter().map(|positions| (here(positions, 0), 0));
        let phrases = self.plan.phrases.iter().zip(&self.found.phrases);
        let phrases = phrases.map(|(phrase, starts)| (here(starts, phrase.length()), phrase.length()));
        let ends = concepts.chain(phrases).filter_map(|(starts, length)| Some(starts.last()?.saturating_add(length)));
        // Behind the last word that was found, nothing is lit.
        let Some(last) = ends.max() else { return Seen::default() };
        let mut words =
            Vec::with_capacity((last.saturating_sub(stretch.position) as usize).min(stretch.text.len()) + 1);
        words.extend(stretch.words().take_while(|word| word.position <= last));
        let mut lit: Vec<Range<usize>> = Vec::new();
        let mut in_doubt = false;
        for positions in &self.found.concepts {
            for &position in here(positions, 0) {
                match &words[at(&words, position)] {
                    [word] => lit.push(word.span.clone()),
                    several => in_doubt |= !several.is_empty(),
                }
            }
        }
        if in_doubt {
            lit = self.hear(stretch.text);
        }
        // Looked for once, where a phrase wants to know.
        let mut fillers: Vec<Option<String>> = Vec::new();
        for (phrase, starts) in self.plan.phrases.iter().zip(&self.found.phrases) {
            let here = here(starts, phrase.length());
            if !here.is_empty() {
                if fillers.is_empty() {
                    fillers = words.iter().map(|word| self.filler(stretch.text, word)).collect();
                }
                let typed = self.analyzer.tokens(&phrase.typed);
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
}

/// Those of `positions`, which rise, that lie in a range.
fn within(positions: &[u32], range: Range<u32>) -> &[u32] {
    let from = positions.partition_point(|position| *position < range.start);
    let length = positions[from..].partition_point(|position| *position < range.end);
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
