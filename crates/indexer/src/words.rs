//! Where the words of a text stand: stored with it, so that what was found is lit without analysing the text again.
//!
//! Most words stand where a look at the text expects them, so only the odd ones are stored: a compound, a filler that
//! takes no place, a number with its unit.

use std::ops::Range;

use verbatim_french::{Rule, Token};

use crate::varint::{self, Numbers};

/// A word of a stored text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its position.
    pub position: u32,
    /// Where it stands in the text: bytes, on character boundaries.
    pub span: Range<usize>,
    /// Whether it has its position for itself; what fills time, or repeats, stands at that of the word before.
    pub takes_place: bool,
}

/// Where the words of a text stand.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// The position of the first word.
    pub(crate) position: u32,
    /// The words that do not stand where they are expected: three [`varint`]s for each. How many words before it, since
    /// the last of these, do; how far it begins behind the end of the word before, in bytes; twice its length in bytes,
    /// and one more where it takes a place. No length: the text has no further words.
    pub(crate) odd: Vec<u8>,
}

/// Notes the words of a text, in order.
pub(crate) struct Recorder<'t> {
    text: &'t str,
    /// Where the word before ends.
    end: usize,
    /// How many words stood where they were expected, since the last that did not.
    expected: usize,
    layout: Layout,
}

impl<'t> Recorder<'t> {
    /// For a text whose first word stands at `position`.
    pub(crate) fn new(text: &'t str, position: u32) -> Self {
        Self { text, end: 0, expected: 0, layout: Layout { position, odd: Vec::new() } }
    }

    /// Notes the next word.
    pub(crate) fn note(&mut self, token: &Token<'_>) {
        let span = &token.span;
        let takes_place = !token.rules.contains(Rule::Filler) && !token.rules.contains(Rule::Repeat);
        if takes_place && expected(self.text, self.end).as_ref() == Some(span) {
            self.expected += 1;
        } else {
            self.push(span.start - self.end, 2 * span.len() + usize::from(takes_place));
        }
        self.end = span.end;
    }

    /// What was noted.
    pub(crate) fn finish(mut self) -> Layout {
        if expected(self.text, self.end).is_some() {
            self.push(0, 0);
        }
        self.layout
    }

    fn push(&mut self, gap: usize, size: usize) {
        varint::push_all(&mut self.layout.odd, &[std::mem::take(&mut self.expected), gap, size]);
    }
}

/// The words of a stored text, in order. Where what is stored of them is damaged, they end.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    /// Those of the odd words that are not read yet.
    rest: Numbers<'a>,
    /// The next odd word: how many come before it, its gap, its size.
    odd: Option<[usize; 3]>,
    /// Where the word before ends.
    end: usize,
    /// The position of the first word,
    first: u32,
    /// and how many places are taken so far.
    taken: u32,
}

impl<'a> Words<'a> {
    /// The words of `text`, the first at `position`, with the odd ones of its [`Layout`].
    pub(crate) fn new(text: &'a str, position: u32, odd: &'a [u8]) -> Self {
        let mut words = Self { text, rest: Numbers::new(odd), odd: None, end: 0, first: position, taken: 0 };
        words.read();
        words
    }

    fn read(&mut self) {
        let mut number = || self.rest.next();
        self.odd = number().zip(number()).zip(number()).map(|((before, gap), size)| [before, gap, size]);
    }

    /// Where the next word stands, and whether it takes a place.
    fn step(&mut self) -> Option<(Range<usize>, bool)> {
        match &mut self.odd {
            Some([0, gap, size]) => {
                let start = self.end.checked_add(*gap)?;
                let span = start..start.checked_add(*size / 2)?;
                let takes_place = *size % 2 == 1;
                // The last one stays, so that there are no further words however often one asks.
                if !span.is_empty() {
                    self.read();
                }
                Some((span, takes_place))
            }
            Some([before, ..]) => {
                *before -= 1;
                Some((expected(self.text, self.end)?, true))
            }
            None => Some((expected(self.text, self.end)?, true)),
        }
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let (span, takes_place) = self.step()?;
        if self.text.get(span.clone())?.is_empty() {
            return None;
        }
        self.end = span.end;
        self.taken += u32::from(takes_place);
        Some(Word { position: self.first.saturating_add(self.taken.saturating_sub(1)), span, takes_place })
    }
}

/// The most characters of a word that is expected: without a limit, a text without spaces would be read again for each
/// of its words.
const LONGEST: usize = 64;

/// Where the next word is expected: letters and digits, after what is elided before them.
fn expected(text: &str, from: usize) -> Option<Range<usize>> {
    let word = letters(text, from)?;
    let rest = &text[word.end..];
    let without = rest.strip_prefix(['\'', '’']).filter(|_| is_clitic(&text[word.clone()]));
    let elided = without.map(|without| text.len() - without.len());
    let host = elided.and_then(|start| letters(text, start).filter(|host| host.start == start));
    Some(host.unwrap_or(word))
}

/// The next letters and digits in a row.
fn letters(text: &str, from: usize) -> Option<Range<usize>> {
    let mut start = from;
    let mut rest = text.get(from..)?.bytes();
    // Byte by byte as long as it can be: most characters are one.
    loop {
        match rest.next()? {
            byte if byte.is_ascii_alphanumeric() => break,
            byte if byte.is_ascii() => start += 1,
            _ => {
                let c = text[start..].chars().next()?;
                if is_letter(c) {
                    break;
                }
                start += c.len_utf8();
                rest = text[start..].bytes();
            }
        }
    }
    let ascii = text[start..].bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let more = text[start + ascii..].chars().take(LONGEST - ascii).take_while(|&c| is_letter(c));
    Some(start..start + ascii + more.map(char::len_utf8).sum::<usize>())
}

/// Whether a character is a letter or a digit. The tables of Unicode are not needed for those of French.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ' => true,
        _ => c.is_alphanumeric(),
    }
}

/// Whether letters before an apostrophe are expected to be elided: one alone, or `qu`, `lorsqu`, `jusqu`.
fn is_clitic(word: &str) -> bool {
    word.len() == 1 || word.ends_with("qu") || word == "Qu"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use verbatim_french::{Analyzer, Rule};

    use super::{Layout, Recorder, Word, Words, is_letter};

    fn layout(text: &str, position: u32) -> Layout {
        let mut recorder = Recorder::new(text, position);
        Analyzer::new().analyze(text, |token| recorder.note(token));
        recorder.finish()
    }

    fn check(text: &str) {
        let layout = layout(text, 7);
        let found: Vec<Word> = Words::new(text, 7, &layout.odd).collect();
        let tokens = Analyzer::new().tokens(text);
        let expected: Vec<Word> = tokens
            .into_iter()
            .map(|token| Word {
                position: 7 + token.position,
                span: token.span,
                takes_place: !token.rules.contains(Rule::Filler) && !token.rules.contains(Rule::Repeat),
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_come_back_where_the_analysis_found_them() {
        let rows = [
            "",
            "Bonjour à toutes et à tous.",
            "L’élève d'aujourd’hui qu’on a vu jusqu'au G.A.R., l’E N T ou le C++",
            "euh donc donc le le rendez-vous de 17 h 30, euh, 3,5 % et l'",
            "[Musique] Y a-t-il (rires) quelqu’un ? …",
            "ÉTÉ e\u{301}te\u{301} œuvre ﬁn ２０ № ½",
            "你好世界",
            "…",
        ];
        rows.into_iter().for_each(check);
        check(&"a".repeat(300));
        check(&"ab ".repeat(300));
    }

    #[test]
    fn letters_are_those_of_unicode() {
        assert!(('\0'..=char::MAX).all(|c| is_letter(c) == c.is_alphanumeric()));
    }

    #[test]
    fn few_words_of_prose_are_odd() {
        let text = "Dans cette vidéo, nous verrons comment un élève se connecte à l’espace numérique de travail : \
                    d’abord depuis la page d’accueil, puis par le portail qu’il connaît déjà.";
        assert!(layout(text, 0).odd.is_empty());
    }

    proptest! {
        #[test]
        fn the_words_of_any_text_come_back(
            text in "([lLdDqQ]u?['’]|euh |le le |[a-zé]{1,9}[ -]|[A-Z]{1,5}[. ]|[0-9]{1,3}[ ,.]|[.!?…;:,»\"()\\[\\]] ?|\\PC|\u{301}){0,60}",
        ) {
            check(&text);
        }

        #[test]
        fn damaged_bytes_panic_nowhere(text in "\\PC{0,40}", odd in prop::collection::vec(any::<u8>(), 0..40)) {
            for word in Words::new(&text, u32::MAX, &odd) {
                prop_assert!(text.get(word.span).is_some());
            }
        }
    }
}
