//! The acronyms of a text, as candidates: what is spelt like one, with the letters that an expansion must give.

use std::ops::Range;

use super::{
    hint::may_be_capital,
    words::{Gap, Words},
};
use crate::{acronym::is_word_in_capitals, fold::push_folded};

/// The fewest and the most letters an acronym has.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=12;

/// The fewest and the most letters of an acronym that is written like a name: `Orna`, `Cnesco`.
const NAME_LETTERS: std::ops::RangeInclusive<usize> = 4..=9;

/// The longest second word of an acronym in two words: `CRCN Édu`.
const SECOND_WORD: usize = 4;

/// More digits than these are not read in each possible way.
const MOST_DIGITS: usize = 2;

/// A letter of an acronym, folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) folded: char,
    pub(super) small: bool,
}

/// Something written like an acronym.
#[derive(Debug, Clone)]
pub(super) struct Short {
    /// Its words, of which `CRCN-E` has two.
    pub(super) words: Range<usize>,
    /// Whether it is written like a name or the first word of a sentence: `Cnesco`.
    pub(super) name: bool,
    /// Whether it has one small letter, which may be that of a plural.
    one_small: bool,
}

/// What begins at word `at` and is written like an acronym, the longest first.
pub(super) fn at(words: &Words<'_>, at: usize) -> Vec<Short> {
    if words.gaps[at] == Gap::HYPHEN && !words.gaps[at].has(Gap::SPACE) {
        return Vec::new();
    }
    let mut end = at + 1;
    while end < words.words.len() && words.gaps[end] == Gap::HYPHEN && end - at < 4 {
        end += 1;
    }
    let mut found = Vec::new();
    // Most words have no capital.
    if !(at..end).any(|at| words.written(at).bytes().any(may_be_capital)) {
        return found;
    }
    let capitals = words.written(at).chars().filter(|c| c.is_uppercase()).count();
    if capitals >= 2 && words.gaps[end] == Gap::SPACE && is_second_word(words, end) {
        found.extend(Short::new(words, at..end + 1).filter(|short| !short.name));
    }
    found.extend(Short::new(words, at..end));
    found
}

/// `Édu` of `CRCN Édu`.
fn is_second_word(words: &Words<'_>, at: usize) -> bool {
    let mut chars = words.written(at).chars();
    chars.next().is_some_and(char::is_uppercase)
        && chars.clone().all(char::is_lowercase)
        && (1..SECOND_WORD).contains(&chars.count())
}

impl Short {
    fn new(words: &Words<'_>, range: Range<usize>) -> Option<Self> {
        let first = words.written(range.start);
        let (mut capitals, mut small, mut digits) = (0, 0, 0);
        for c in range.clone().flat_map(|at| words.written(at).chars()) {
            capitals += usize::from(c.is_uppercase());
            small += usize::from(c.is_lowercase());
            digits += usize::from(c.is_ascii_digit());
            if capitals + small + digits > *LETTERS.end() {
                return None;
            }
        }
        let letters = capitals + small + digits;
        let name = capitals == 1 && digits == 0 && range.len() == 1 && first.starts_with(char::is_uppercase);
        let acronym = capitals + digits >= 2 || capitals == 1 && !name;
        if !first.starts_with(char::is_alphabetic)
            || capitals == 0
            || !LETTERS.contains(&letters)
            || name && !NAME_LETTERS.contains(&letters)
            || !name && !acronym
            || range.len() == 1 && small == 0 && is_word_in_capitals(first)
        {
            return None;
        }
        Some(Self { words: range, name, one_small: small == 1 })
    }

    /// Its letters, in each way that its digits can be read.
    pub(super) fn readings(&self, words: &Words<'_>) -> Vec<Vec<Letter>> {
        let written: Vec<char> = self.words.clone().flat_map(|at| words.written(at).chars()).collect();
        readings(&written, self.one_small)
    }

    pub(super) fn span(&self, words: &Words<'_>) -> Range<usize> {
        words.words[self.words.start].span.start..words.words[self.words.end - 1].span.end
    }
}

/// The letters of an acronym. A digit repeats the letter after it (`UPE2A`) or before it (`W3C`), or stands for
/// itself (`CM2`); the `s` of `ENTs` is none of its letters.
fn readings(written: &[char], one_small: bool) -> Vec<Vec<Letter>> {
    let digits = written.iter().filter(|c| c.is_ascii_digit()).count();
    let plural = one_small && written.len() > 2 && written.ends_with(&['s']);
    let written = if plural { &written[..written.len() - 1] } else { written };
    let ways = if digits > MOST_DIGITS { 1 } else { 3_usize.pow(digits as u32) };
    let mut readings = Vec::new();
    for way in 0..ways {
        let reading = reading(written, way);
        if reading.len() >= 2 && reading.len() <= *LETTERS.end() && !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

fn reading(written: &[char], mut way: usize) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(*LETTERS.end());
    let mut repeat = 1;
    let mut folded = String::new();
    for c in written {
        let Some(digit) = c.to_digit(10) else {
            folded.clear();
            push_folded(*c, &mut folded);
            for folded in folded.chars().filter(|c| c.is_alphanumeric()) {
                letters.extend(std::iter::repeat_n(Letter { folded, small: c.is_lowercase() }, repeat));
                repeat = 1;
            }
            continue;
        };
        let times = (digit as usize).max(1);
        match (way % 3, letters.last().copied()) {
            (1, _) => repeat = times,
            (2, Some(letter)) => letters.extend(std::iter::repeat_n(letter, times - 1)),
            _ => letters.push(Letter { folded: *c, small: false }),
        }
        way /= 3;
    }
    letters
}
