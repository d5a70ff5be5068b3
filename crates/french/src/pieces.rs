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
    /// What a word is made of.
    pub(crate) letters: Letters,
    /// An elided word was cut off before it.
    pub(crate) elided: bool,
    /// It stands in a sentence that is written in capitals.
    pub(crate) capitals: bool,
    /// The number of a word that was met before and begins nothing longer.
    pub(crate) known: Option<u32>,
}

impl Piece {
    fn new(range: Range<usize>, class: Class, letters: Letters) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, end) = (offset(range.start), offset(range.end));
        Self { start, end, class, letters, elided: false, capitals: false, known: None }
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How long it is, in bytes.
    pub(crate) fn length(&self) -> usize {
        self.range().len()
    }
}

/// Which sorts of characters a word holds: most rules need a look only at words with one that is not usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Letters(u8);

impl Letters {
    /// A letter from `a` to `z`.
    pub(crate) const SMALL: Self = Self(1);
    /// A digit from `0` to `9`.
    pub(crate) const DIGIT: Self = Self(1 << 1);
    pub(crate) const APOSTROPHE: Self = Self(1 << 2);
    /// A letter from `A` to `Z`.
    pub(crate) const CAPITAL: Self = Self(1 << 3);
    const ACCENTED: Self = Self(1 << 4);
    /// What may be half of `×` or `÷`, which stand among the accented letters.
    const DOUBTFUL: Self = Self(1 << 5);

    /// What each byte of a plain word says; nothing where it is no part of one.
    const OF_BYTE: [Self; 256] = {
        let mut all = [Self(0); 256];
        let mut byte = 0;
        while byte < all.len() {
            all[byte] = match byte as u8 {
                b'a'..=b'z' => Self::SMALL,
                b'A'..=b'Z' => Self::CAPITAL,
                b'0'..=b'9' => Self::DIGIT,
                0x97 | 0xB7 => Self::DOUBTFUL,
                // The first bytes of À to ſ, and the second ones, which never come first.
                0xC3..=0xC5 | 0x80..=0xBF => Self::ACCENTED,
                _ => Self(0),
            };
            byte += 1;
        }
        all
    };

    pub(crate) fn of(word: &str) -> Self {
        let of_byte = |byte| if byte == b'\'' { Self::APOSTROPHE } else { Self::OF_BYTE[usize::from(byte)] };
        word.bytes().fold(Self::default(), |letters, byte| letters.with(of_byte(byte)))
    }

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Cuts `text` into `pieces`, which concatenate to it.
pub(crate) fn cut(text: &str, pieces: &mut Vec<Piece>) {
    pieces.clear();
    let mut at = 0;
    while let Some(odd) = cut_plain(text, at, pieces) {
        // The rules do not look across a space that something plain stands behind: what is odd is cut by itself.
        while pieces.pop_if(|piece| piece.class != Class::Space).is_some() {}
        let start = pieces.pop().map_or(0, |space| space.start as usize);
        at = end_of_odd(text, odd);
        cut_any(start, &text[start..at], pieces);
    }
}

/// Where the plain text goes on after something odd: at a space that parts what is before it, being no
/// space, from something plain.
fn end_of_odd(text: &str, odd: usize) -> usize {
    let is_plain_space = |at: &usize| {
        let (before, after) = (&text[..*at], &text[at + 1..]);
        !before.ends_with(char::is_whitespace) && after.starts_with(|c| Plain::of(c).is_some())
    };
    text[odd..].match_indices(' ').map(|(at, _)| odd + at).find(is_plain_space).unwrap_or(text.len())
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

/// Cuts the text that begins at byte `at`, where a piece begins, as long as all characters are plain, which most are;
/// returns where the first is that is not.
fn cut_plain(text: &str, mut at: usize, pieces: &mut Vec<Piece>) -> Option<usize> {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        if byte == b' ' {
            at += 1;
            while bytes.get(at) == Some(&b' ') {
                at += 1;
            }
            pieces.push(Piece::new(start..at, Class::Space, Letters::default()));
            continue;
        }
        let letters = plain_word(text, &mut at);
        if letters.has(Letters::DOUBTFUL)
            && let Some(sign) = text[start..at].find(['×', '÷'])
        {
            return Some(start + sign);
        }
        if start < at {
            pieces.push(Piece::new(start..at, Class::Word, letters));
            continue;
        }
        let sign = text[at..].chars().next().filter(|&c| Plain::of(c) == Some(Plain::Sign));
        let Some(sign) = sign else { return Some(at) };
        at += sign.len_utf8();
        pieces.push(Piece::new(start..at, Class::Sign(sign), Letters::default()));
    }
    None
}

/// Passes over the plain word that begins at byte `at`, if one does.
fn plain_word(text: &str, at: &mut usize) -> Letters {
    let bytes = text.as_bytes();
    let mut letters = Letters::default();
    let start = *at;
    loop {
        for byte in &bytes[*at..] {
            let letter = Letters::OF_BYTE[usize::from(*byte)];
            if letter == Letters::default() {
                break;
            }
            letters = letters.with(letter);
            *at += 1;
        }
        // Between two letters or two digits, an apostrophe does not part them.
        if bytes.get(*at) != Some(&b'\'') || *at == start || !is_between_likes(text, *at) {
            return letters;
        }
        letters = letters.with(Letters::APOSTROPHE);
        *at += 1;
    }
}

/// Whether the apostrophe at byte `at` stands between two letters or two digits.
fn is_between_likes(text: &str, at: usize) -> bool {
    let before = if text.as_bytes()[at - 1].is_ascii_digit() { Plain::Digit } else { Plain::Letter };
    text[at + 1..].chars().next().and_then(Plain::of) == Some(before)
}

fn cut_any(offset: usize, text: &str, pieces: &mut Vec<Piece>) {
    for (at, word) in text.split_word_bound_indices() {
        let at = offset + at;
        if word.as_bytes().iter().all(u8::is_ascii_alphanumeric) {
            pieces.push(Piece::new(at..at + word.len(), Class::Word, Letters::of(word)));
        } else {
            cut_at_signs(at, word, pieces);
        }
    }
}

fn cut_at_signs(offset: usize, word: &str, pieces: &mut Vec<Piece>) {
    let mut piece = |range: Range<usize>, class| {
        let letters = if class == Class::Word { Letters::of(&word[range.clone()]) } else { Letters::default() };
        pieces.push(Piece::new(offset + range.start..offset + range.end, class, letters));
    };
    let mut open: Option<(usize, Class)> = None;
    for (at, c) in word.char_indices() {
        let class = match c {
            c if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => Class::Word,
            // An apostrophe at the edge of a word is a quotation mark.
            '\'' if open.is_some_and(|(_, class)| class == Class::Word) && !word.ends_with('\'') => Class::Word,
            c if c.is_whitespace() => Class::Space,
            c => Class::Sign(c),
        };
        if open.is_some_and(|(_, current)| current != class || matches!(class, Class::Sign(_))) {
            let (start, class) = open.take().expect("just seen to be there");
            piece(start..at, class);
        }
        open.get_or_insert((at, class));
    }
    if let Some((start, class)) = open {
        piece(start..word.len(), class);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{cut, cut_any, cut_plain};

    proptest! {
        #[test]
        fn plain_text_is_cut_as_any_text_is(text in "([a-cA-C0-9éÉœŸſ×÷ė'’ .,:;_\\-\n\t\r\"!«»…—€°²·]|l'|d'a|1'2|a\\.b){0,40}") {
            let (mut plain, mut any) = (Vec::new(), Vec::new());
            if cut_plain(&text, 0, &mut plain).is_none() {
                cut_any(0, &text, &mut any);
                prop_assert_eq!(plain, any);
            }
        }

        #[test]
        fn all_plain_characters_are_cut_so(text in "[ -~À-ÖØ-öø-ſ«»“”…—€°]{0,40}") {
            let (mut plain, mut any) = (Vec::new(), Vec::new());
            prop_assert!(cut_plain(&text, 0, &mut plain).is_none());
            cut_any(0, &text, &mut any);
            prop_assert_eq!(plain, any);
        }

        #[test]
        fn what_is_odd_changes_nothing_of_what_is_plain(
            text in "([a-c ]{1,3}|[1é'.]|[·\n\r\u{300}\u{3000}\u{200D}\u{AD}×👍🏽🇫🇷あカ字א\"_]|\\PC){0,40}",
        ) {
            let (mut parts, mut whole) = (Vec::new(), Vec::new());
            cut(&text, &mut parts);
            cut_any(0, &text, &mut whole);
            prop_assert_eq!(parts, whole);
        }
    }
}
