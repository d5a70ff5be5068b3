//! A text as words and the signs between them, the way definitions are read.

use std::{borrow::Cow, cell::OnceCell, ops::Range, sync::LazyLock};

use rustc_hash::FxHashSet;

use crate::{fold::folded, list::entries};

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
pub(super) struct Word<'t> {
    pub(super) span: Range<usize>,
    written: &'t str,
    /// Few words are asked what they are, so each is read when it is.
    read: OnceCell<(Cow<'t, str>, Role)>,
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
    pub(super) words: Vec<Word<'t>>,
    pub(super) gaps: Vec<Gap>,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let expected = text.len() / 5;
        let (mut words, mut gaps) = (Vec::with_capacity(expected), Vec::with_capacity(expected));
        let (mut at, mut from) = (0, 0);
        while let Some(c) = text[at..].chars().next() {
            if !is_letter(c) {
                at += c.len_utf8();
                continue;
            }
            gaps.push(gap(&text[from..at], words.is_empty()));
            let dotted = if c.is_uppercase() { dotted(&text[at..]) } else { None };
            let end = at + dotted.unwrap_or_else(|| word(&text[at..]));
            words.push(Word::new(text, at..end));
            (at, from) = (end, end);
        }
        gaps.push(gap(&text[from..], true));
        Self { text, words, gaps }
    }

    pub(super) fn written(&self, at: usize) -> &'t str {
        self.words[at].written
    }

    pub(super) fn get(&self, at: usize) -> Option<&Word<'t>> {
        self.words.get(at)
    }

    pub(super) fn starts_with_capital(&self, at: usize) -> bool {
        self.written(at).starts_with(char::is_uppercase)
    }
}

impl<'t> Word<'t> {
    fn new(text: &'t str, span: Range<usize>) -> Self {
        Self { written: &text[span.clone()], span, read: OnceCell::new() }
    }

    pub(super) fn folded(&self) -> &str {
        &self.read().0
    }

    pub(super) fn role(&self) -> Role {
        self.read().1
    }

    fn read(&self) -> &(Cow<'t, str>, Role) {
        self.read.get_or_init(|| {
            let folded = folded(self.written);
            let role = match &*folded {
                folded if IS_STOP.contains(folded) => Role::Stop,
                folded if IS_BREAK.contains(folded) => Role::Break,
                _ => Role::Content,
            };
            (folded, role)
        })
    }
}

/// How long the word at the head of `text` is: letters and digits, `R&D`, `M@gistère`, `étudiant·e·s`, `étudiant(e)s`.
fn word(text: &str) -> usize {
    let mut end = letters(text);
    let start = end;
    let mut chars = text[start..].char_indices().map(|(at, c)| (start + at, c)).peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '&' | '@' | '·' | '•' | '\u{2027}' | '\u{22C5}')
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if is_letter(c) || is_mark(c) || joins {
            end = at + c.len_utf8();
        } else if let Some(length) = bracketed_ending(&text[at..]) {
            return at + length;
        } else {
            break;
        }
    }
    end
}

/// How many bytes of letters and digits are at the head of `text`.
pub(super) fn letters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        match bytes[at..] {
            // À to ÿ, but for × and ÷.
            [0xC3, last, ..] if !matches!(last, 0x97 | 0xB7) => at += 2,
            [] | [0..0x80, ..] => return at,
            _ => return text.len() - text[at..].trim_start_matches(char::is_alphanumeric).len(),
        }
    }
}

/// Whether a character is a letter or a digit; what French has is known without a look at the tables.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ') || !c.is_ascii() && c.is_alphanumeric()
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
    if letters < 2 {
        return None;
    }
    let lone = !text[end..].starts_with(char::is_alphanumeric);
    let closed = length > end && {
        let mut rest = text[length..].chars();
        rest.next().is_some_and(|c| !c.is_alphanumeric()) && !rest.next().is_some_and(char::is_uppercase)
    };
    lone.then_some(if closed { length } else { end })
}

fn gap(signs: &str, rim: bool) -> Gap {
    if signs == " " && !rim {
        return Gap::SPACE;
    }
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
