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
    // Most transcripts have no two capitals in a row but for acronyms.
    if !pieces.iter().any(may_be_in_capitals) {
        return;
    }
    for sentence in pieces.split_inclusive_mut(|piece| matches!(piece.class, Class::Sign('.' | '!' | '?' | '…' | ':')))
    {
        if is_in_capitals(text, sentence) {
            sentence.iter_mut().for_each(|piece| piece.capitals = true);
        }
    }
}

fn may_be_in_capitals(piece: &Piece) -> bool {
    piece.class == Class::Word && piece.length() >= 2 && !piece.letters.has(Letters::SMALL.with(Letters::DIGIT))
}

/// Whether at least 60 % of the words are in capitals, and one of them is a function word or too long for an acronym.
fn is_in_capitals(text: &str, sentence: &[Piece]) -> bool {
    if !sentence.iter().any(may_be_in_capitals) {
        return false;
    }
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
