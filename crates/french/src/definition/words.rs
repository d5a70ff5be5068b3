//! A text as words and the signs between them, the way definitions are read.

use std::{ops::Range, sync::LazyLock};

use rustc_hash::FxHashSet;

use crate::{fold::fold, list::entries};

const STOP_WORDS: &str = include_str!("../../lists/definition_stop_words.txt");
const BREAKS: &str = include_str!("../../lists/definition_breaks.txt");

static IS_STOP: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(STOP_WORDS).collect());
static IS_BREAK: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(BREAKS).collect());

/// The longest ending of inclusive writing that stands in brackets: `instituteur(trice)`.
const LONGEST_ENDING: usize = 5;

/// The most letters that dots part in an acronym; a longer row is none, and is not read again at each letter.
const MOST_DOTTED: usize = 12;

/// What a word may do inside an expansion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It carries the meaning, and should give the acronym a letter.
    Content,
    /// It may be passed over, and neither begins nor ends an expansion.
    Stop,
    /// No expansion contains it.
    Break,
}

/// A word, cut at spaces, hyphens and apostrophes.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) span: Range<usize>,
    pub(super) folded: String,
    pub(super) role: Role,
}

/// The signs between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Gap(u16);

impl Gap {
    pub(super) const SPACE: Self = Self(1);
    pub(super) const HYPHEN: Self = Self(1 << 1);
    pub(super) const APOSTROPHE: Self = Self(1 << 2);
    pub(super) const COMMA: Self = Self(1 << 3);
    /// A colon, an equals sign, or a dash between spaces.
    pub(super) const COLON: Self = Self(1 << 4);
    pub(super) const OPEN: Self = Self(1 << 5);
    pub(super) const CLOSE: Self = Self(1 << 6);
    pub(super) const QUOTE: Self = Self(1 << 7);
    /// The end of a sentence or of the text, or a sign that no definition is written across.
    pub(super) const HARD: Self = Self(1 << 8);

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether an expansion ends before it, other than by its own words.
    pub(super) fn closes(self) -> bool {
        self.has(Self::HARD.with(Self::COMMA).with(Self::COLON).with(Self::OPEN).with(Self::CLOSE).with(Self::QUOTE))
    }

    /// Whether no expansion is written across it.
    pub(super) fn parts(self) -> bool {
        self.has(Self::HARD.with(Self::COLON).with(Self::OPEN).with(Self::CLOSE).with(Self::QUOTE))
    }
}

/// A text, cut. There is a gap before each word and one after the last.
#[derive(Debug)]
pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    pub(super) words: Vec<Word>,
    pub(super) gaps: Vec<Gap>,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let (mut words, mut gaps) = (Vec::new(), Vec::new());
        let (mut at, mut from) = (0, 0);
        while let Some(c) = text[at..].chars().next() {
            if !c.is_alphanumeric() {
                at += c.len_utf8();
                continue;
            }
            gaps.push(gap(&text[from..at], words.is_empty()));
            let end = at + dotted(&text[at..]).unwrap_or_else(|| word(&text[at..]));
            words.push(Word::new(text, at..end));
            (at, from) = (end, end);
        }
        gaps.push(gap(&text[from..], true));
        Self { text, words, gaps }
    }

    pub(super) fn written(&self, at: usize) -> &'t str {
        &self.text[self.words[at].span.clone()]
    }

    pub(super) fn get(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    pub(super) fn starts_with_capital(&self, at: usize) -> bool {
        self.written(at).starts_with(char::is_uppercase)
    }
}

impl Word {
    fn new(text: &str, span: Range<usize>) -> Self {
        let folded = fold(&text[span.clone()]);
        let role = match folded.as_str() {
            folded if IS_STOP.contains(folded) => Role::Stop,
            folded if IS_BREAK.contains(folded) => Role::Break,
            _ => Role::Content,
        };
        Self { span, folded, role }
    }
}

/// How long the word at the head of `text` is: letters and digits, `R&D`, `M@gistère`, `étudiant·e·s`, `étudiant(e)s`.
fn word(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '&' | '@' | '·' | '•' | '\u{2027}' | '\u{22C5}')
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if c.is_alphanumeric() || is_mark(c) || joins {
            end = at + c.len_utf8();
        } else if let Some(length) = bracketed_ending(&text[at..]) {
            return at + length;
        } else {
            break;
        }
    }
    end
}

/// Signs inside a word that are no letters: accents apart, soft hyphens, joiners.
fn is_mark(c: char) -> bool {
    c >= '\u{300}' && unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{FEFF}')
}

/// The `(e)s` of `étudiant(e)s`, at the head of `text`.
fn bracketed_ending(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let letters = inner.chars().take(LONGEST_ENDING + 1).take_while(|c| c.is_lowercase()).map(char::len_utf8).sum();
    if letters == 0 || !inner[letters..].starts_with(')') {
        return None;
    }
    let plural = inner[letters + 1..].chars().take_while(|c| *c == 's').take(1).count();
    Some(1 + letters + 1 + plural)
}

/// How long the `G.A.R.` at the head of `text` is. Its last dot belongs to it unless a sentence ends there.
fn dotted(text: &str) -> Option<usize> {
    let mut chars = text.chars().peekable();
    let (mut letters, mut end, mut length) = (0, 0, 0);
    while let Some(letter) = chars.next_if(|c| c.is_uppercase()) {
        if letters == MOST_DOTTED {
            return None;
        }
        length += letter.len_utf8();
        letters += 1;
        end = length;
        if chars.next_if_eq(&'.').is_none() {
            break;
        }
        length += 1;
    }
    let lone = !text[end..].starts_with(char::is_alphanumeric);
    let closed = length > end && {
        let mut rest = text[length..].chars();
        rest.next().is_some_and(|c| !c.is_alphanumeric()) && !rest.next().is_some_and(char::is_uppercase)
    };
    (letters >= 2 && lone).then_some(if closed { length } else { end })
}

fn gap(signs: &str, rim: bool) -> Gap {
    let mut gap = if rim { Gap::HARD } else { Gap::default() };
    for (at, c) in signs.char_indices() {
        gap = gap.with(match c {
            ',' => Gap::COMMA,
            ':' | '=' | '–' | '—' | '→' => Gap::COLON,
            '-' | '‐' | '‑' | '−' if signs.len() > c.len_utf8() => dash(signs, at),
            '-' | '‐' | '‑' | '−' => Gap::HYPHEN,
            '(' | '[' => Gap::OPEN,
            ')' | ']' => Gap::CLOSE,
            '«' | '»' | '“' | '”' | '"' | '„' | '*' | '_' => Gap::QUOTE,
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '＇' | 'ʻ' | '‛' | 'ʹ' => apostrophe(signs, at),
            '.' | '?' | '!' | ';' | '…' | '/' | '|' | '<' | '>' | '•' => Gap::HARD,
            c if c.is_whitespace() => Gap::SPACE,
            c if is_mark(c) => Gap::default(),
            _ => Gap::HARD,
        });
    }
    gap
}

/// `-` among other signs: a dash, unless it is half of a word that is broken off (`pré- et`), or a list's.
fn dash(signs: &str, at: usize) -> Gap {
    if signs[..at].ends_with(char::is_whitespace) { Gap::COLON } else { Gap::HARD }
}

/// An apostrophe leans on the word before it; one that does not is a quotation mark.
fn apostrophe(signs: &str, at: usize) -> Gap {
    if at == 0 && signs.chars().skip(1).all(|c| c.is_whitespace() || matches!(c, '«' | '"' | '“')) {
        Gap::APOSTROPHE
    } else {
        Gap::QUOTE
    }
}
