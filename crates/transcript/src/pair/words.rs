//! The words of segments as they are compared: without case, accents, apostrophes and punctuation; numbers are none,
//! for one writes `1000` where the other writes `mille`.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::model::{Segment, Time};

/// More words are not looked at, so that memory is bounded: a hundred hours of speech.
const MOST_WORDS: usize = 1_000_000;

/// Where a word stands: its segment, and its first byte there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) segment: usize,
    pub(super) offset: usize,
}

/// When a word is said, and in which segment of the captions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) segment: usize,
    pub(super) time: Time,
}

/// The words of all segments, and where they stand.
pub(super) fn placed(segments: &[Segment]) -> impl Iterator<Item = (Place, String)> {
    let words = segments.iter().enumerate().flat_map(|(segment, Segment { text, .. })| {
        Words { text, at: 0 }.map(move |(offset, word)| (Place { segment, offset }, word))
    });
    words.take(MOST_WORDS)
}

/// The words of all segments that have a time, and when they are said.
pub(super) fn timed(segments: &[Segment]) -> impl Iterator<Item = (Moment, String)> {
    let words = segments.iter().enumerate().flat_map(|(segment, said)| {
        let mut cues = said.cues.as_slice();
        Words { text: &said.text, at: 0 }.filter_map(move |(offset, word)| {
            while cues.get(1).is_some_and(|next| next.offset <= offset) {
                cues = &cues[1..];
            }
            Some((Moment { segment, time: cues.first()?.time }, word))
        })
    });
    words.take(MOST_WORDS)
}

/// The folded words of a text, each with its first byte.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = (usize, String);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let begin = self.at + self.text[self.at..].find(char::is_alphanumeric)?;
            let rest = &self.text[begin..];
            let length = rest.find(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).unwrap_or(rest.len());
            self.at = begin + length;
            let word = &rest[..length];
            if !word.contains(char::is_numeric) {
                return Some((begin, folded(word)));
            }
        }
    }
}

fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            c => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_what_a_listener_does_not_hear() {
        let check = |text: &str, expected: &str| {
            let words: Vec<String> = Words { text, at: 0 }.map(|(_, word)| word).collect();
            assert_eq!(words.join(" "), expected, "{text}");
        };
        check("L’élève, l'ÉLÈVE…", "l eleve l eleve");
        check("E\u{301}cole : c’est-à-dire « œuvre »", "ecole c est a dire oeuvre");
        check("1000 mots, le 3e, H5P, 12,5 %", "mots le");
        check("", "");
        check("— …", "");
    }
}
