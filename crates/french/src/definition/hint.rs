//! Finds the sentences that may define an acronym. Most do not, and need not be read word by word.

use std::ops::Range;

use super::words::{is_letter, letters};
use crate::scan;

/// The next sentence that may define an acronym, in a text of which a sentence begins at byte `start`.
pub(super) fn next_sentence(text: &str, start: usize) -> Option<Range<usize>> {
    hint(&text[start..]).map(|hint| sentence(text, start, start + hint))
}

/// The sentence around byte `at` of a text in which one begins at `start`; it ends where one ends for sure.
fn sentence(text: &str, start: usize, at: usize) -> Range<usize> {
    let is_end = |window: &[u8]| matches!(window, [b'a'..=b'z', b'.' | b'?' | b'!', b' ']);
    let bytes = text.as_bytes();
    let first = bytes[start..at].windows(3).rposition(is_end).map_or(start, |end| start + end + 3);
    let last = bytes[at..].windows(3).position(is_end).map_or(text.len(), |end| at + end + 3);
    first..last
}

/// Where the first thing like an acronym is: brackets, a word with a capital inside, or one with a capital before a comma
/// (Clemi, centre…).
fn hint(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += scan::position(&text.as_bytes()[at..], may_be_capital)?;
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let (before, rest) = text.split_at(at);
        let first = rest.chars().next()?;
        let is_inside = || before.ends_with(|c: char| is_letter(c) || matches!(c, '.' | '&'));
        let is_name = || rest[letters(rest)..].starts_with(',');
        if first == '(' || first.is_uppercase() && (is_inside() || is_name()) {
            return Some(at);
        }
        at += first.len_utf8();
    }
}

/// Whether a byte may belong to a bracket or a capital, which the small letters of Latin-1 do not: à to ÿ begin with 0xC3
/// and end above 0x9F.
pub(super) fn may_be_capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() | (byte == b'(') | (0x80..=0x9E).contains(&byte) | (byte > 0xC3)
}
