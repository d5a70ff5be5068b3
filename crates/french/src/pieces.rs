//! Cuts a normalised text into words, spaces and signs.
//!
//! Words are those of [UAX #29](https://www.unicode.org/reports/tr29/), then cut at every sign inside them: the rules
//! that join pieces again (`E.N.T.`, `3,14`, `visio-conférence`) each know which signs they mean. Only an apostrophe
//! may stay inside a word: elision decides about it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Letters, digits, marks, and apostrophes inside.
    Word,
    /// White space.
    Space,
    /// One sign: punctuation or a symbol.
    Sign(char),
}

/// A stretch of one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) class: Class,
    /// An elided word was cut off before it.
    pub(crate) elided: bool,
    /// It stands in a sentence that is written in capitals.
    pub(crate) capitals: bool,
}

impl Piece {
    fn new(range: Range<usize>, class: Class) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: offset(range.start), end: offset(range.end), class, elided: false, capitals: false }
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Cuts `text` into `pieces`, which concatenate to it.
pub(crate) fn cut(text: &str, pieces: &mut Vec<Piece>) {
    pieces.clear();
    if !cut_plain(text, pieces) {
        pieces.clear();
        cut_any(text, pieces);
    }
}

/// What a character is for the rules of UAX #29, as far as French without foreign words needs them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    Letter,
    Digit,
    Space,
    Sign,
}

impl Plain {
    /// `None` for characters that may take part in the rules in other ways.
    fn of(c: char) -> Option<Self> {
        match c {
            'a'..='z' | 'A'..='Z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ' => Some(Self::Letter),
            '0'..='9' => Some(Self::Digit),
            ' ' => Some(Self::Space),
            '!'..='~' | '«' | '»' | '“' | '”' | '…' | '—' | '€' | '°' => Some(Self::Sign),
            _ => None,
        }
    }
}

/// Cuts a text of characters that are all plain, which most are, in a quarter of the time; else returns false.
fn cut_plain(text: &str, pieces: &mut Vec<Piece>) -> bool {
    let mut chars = text.char_indices().peekable();
    let (mut start, mut last) = (0, Plain::Sign);
    let class = |last: Plain| if last == Plain::Space { Class::Space } else { Class::Word };
    while let Some((at, c)) = chars.next() {
        let Some(plain) = Plain::of(c) else { return false };
        let mut next = || chars.peek().and_then(|&(_, next)| Plain::of(next));
        let continues = match plain {
            Plain::Letter | Plain::Digit => matches!(last, Plain::Letter | Plain::Digit),
            Plain::Space => last == Plain::Space,
            // Between two letters or two digits, an apostrophe does not part them.
            Plain::Sign if c == '\'' && matches!(last, Plain::Letter | Plain::Digit) && next() == Some(last) => {
                continue;
            }
            Plain::Sign => false,
        };
        if continues {
            last = plain;
            continue;
        }
        if start < at {
            pieces.push(Piece::new(start..at, class(last)));
        }
        start = at;
        last = plain;
        if plain == Plain::Sign {
            start = at + c.len_utf8();
            pieces.push(Piece::new(at..start, Class::Sign(c)));
        }
    }
    if start < text.len() {
        pieces.push(Piece::new(start..text.len(), class(last)));
    }
    true
}

fn cut_any(text: &str, pieces: &mut Vec<Piece>) {
    for (at, word) in text.split_word_bound_indices() {
        if word.as_bytes().iter().all(u8::is_ascii_alphanumeric) {
            pieces.push(Piece::new(at..at + word.len(), Class::Word));
        } else {
            cut_at_signs(at, word, pieces);
        }
    }
}

fn cut_at_signs(offset: usize, word: &str, pieces: &mut Vec<Piece>) {
    let mut open: Option<(usize, Class)> = None;
    for (at, c) in word.char_indices() {
        let at = offset + at;
        let class = match c {
            c if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => Class::Word,
            // An apostrophe at the edge of a word is a quotation mark.
            '\'' if open.is_some_and(|(_, class)| class == Class::Word) && !word.ends_with('\'') => Class::Word,
            c if c.is_whitespace() => Class::Space,
            c => Class::Sign(c),
        };
        if open.is_some_and(|(_, current)| current != class || matches!(class, Class::Sign(_))) {
            let (start, class) = open.take().expect("just seen to be there");
            pieces.push(Piece::new(start..at, class));
        }
        open.get_or_insert((at, class));
    }
    if let Some((start, class)) = open {
        pieces.push(Piece::new(start..offset + word.len(), class));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{cut_any, cut_plain};

    proptest! {
        #[test]
        fn plain_text_is_cut_as_any_text_is(text in "([a-cA-C0-9éÉœŸſ'’ .,:;_\\-\n\t\r\"!«»…—€°²·]|l'|d'a|1'2|a\\.b){0,40}") {
            let (mut plain, mut any) = (Vec::new(), Vec::new());
            if cut_plain(&text, &mut plain) {
                cut_any(&text, &mut any);
                prop_assert_eq!(plain, any);
            }
        }

        #[test]
        fn all_plain_characters_are_cut_so(text in "[ -~À-ÖØ-öø-ſ«»“”…—€°]{0,40}") {
            let (mut plain, mut any) = (Vec::new(), Vec::new());
            prop_assert!(cut_plain(&text, &mut plain));
            cut_any(&text, &mut any);
            prop_assert_eq!(plain, any);
        }
    }
}
