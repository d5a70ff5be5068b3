//! Finds the sentences and headings that are written in capitals: their words are words, not acronyms.

use crate::{
    acronym::is_word_in_capitals,
    pieces::{Class, Letters, Piece},
};

/// A word in capitals of this many letters is hardly an acronym. The longest in use have six (UNESCO); a longer one in
/// a sentence of its own is told from a heading by whoever knows the index.
const LONG_WORD: usize = 7;

/// Marks the pieces of each sentence in capitals.
pub(crate) fn mark(text: &str, pieces: &mut [Piece]) {
    let mut rest = pieces;
    // Most sentences have no word in capitals, and need no closer look.
    while let Some(at) = rest.iter().position(may_be_in_capitals) {
        let is_end = |piece: &Piece| matches!(piece.class, Class::Sign('.' | '!' | '?' | '…' | ':'));
        let start = rest[..at].iter().rposition(is_end).map_or(0, |end| end + 1);
        let end = rest[at..].iter().position(is_end).map_or(rest.len(), |end| at + end + 1);
        let (sentence, after) = rest.split_at_mut(end);
        if is_in_capitals(text, &sentence[start..]) {
            sentence[start..].iter_mut().for_each(|piece| piece.capitals = true);
        }
        rest = after;
    }
}

/// Whether a piece may be a word in capitals of two letters or more: a single one shows nothing.
fn may_be_in_capitals(piece: &Piece) -> bool {
    !piece.letters.has(Letters::SMALL.with(Letters::DIGIT))
        && piece.class == Class::Word
        && (piece.length() > 2 || piece.length() == 2 && piece.letters == Letters::CAPITAL)
}

/// Whether at least 60 % of the words are in capitals, and one of them is a function word or too long for an acronym.
fn is_in_capitals(text: &str, sentence: &[Piece]) -> bool {
    let (mut words, mut capitals, mut evidence) = (0, 0, false);
    for piece in sentence.iter().filter(|piece| piece.class == Class::Word) {
        let word = &text[piece.range()];
        if word.len() < 2 || word.contains(|c: char| c.is_numeric()) {
            continue;
        }
        words += 1;
        if !word.contains(char::is_lowercase) {
            capitals += 1;
            evidence = evidence || word.chars().count() >= LONG_WORD || is_word_in_capitals(word);
        }
    }
    evidence && capitals * 10 >= words * 6
}
