//! A token: one place in the text, and what it became for each field of the index.

use std::ops::Range;

/// One token, borrowed from the analyzer for as long as it is being looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// What a reader should see lit: a byte range of the text as given, on character boundaries.
    pub span: Range<usize>,
    /// Its place in the text, from 0. Never goes back; only what speech repeats or fills shares a place.
    pub position: u32,
    /// What sort of token it is.
    pub kind: Kind,
    /// As written: case and accents kept, Unicode composed.
    pub written: &'a str,
    /// Case and accents taken off, inflection kept; an acronym in capitals.
    pub fold: &'a str,
    /// Stemmed, then folded; an acronym in capitals.
    pub stem: &'a str,
    /// Another folded form that stands at the same place: the feminine of inclusive writing.
    pub also: Option<&'a str>,
    /// The rules that made it what it is.
    pub rules: Rules,
    /// A number for the word, which the same analyzer gives no other: whoever has seen it knows `written`, `fold` and
    /// `stem`. Numbers count up from 0; a word that was forgotten gets a new one. `None` where it was joined from
    /// pieces.
    pub word: Option<u32>,
}

/// A [`Token`] that owns its texts, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedToken {
    /// See [`Token::span`].
    pub span: Range<usize>,
    /// See [`Token::position`].
    pub position: u32,
    /// See [`Token::kind`].
    pub kind: Kind,
    /// See [`Token::written`].
    pub written: String,
    /// See [`Token::fold`].
    pub fold: String,
    /// See [`Token::stem`].
    pub stem: String,
    /// See [`Token::also`].
    pub also: Option<String>,
    /// See [`Token::rules`].
    pub rules: Rules,
}

impl From<&Token<'_>> for OwnedToken {
    fn from(token: &Token<'_>) -> Self {
        Self {
            span: token.span.clone(),
            position: token.position,
            kind: token.kind,
            written: token.written.to_owned(),
            fold: token.fold.to_owned(),
            stem: token.stem.to_owned(),
            also: token.also.map(str::to_owned),
            rules: token.rules,
        }
    }
}

/// What sort of token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An ordinary word.
    Word,
    /// An acronym or a name written like one; never stemmed, never the same term as the word that looks like it.
    Acronym,
    /// Begins with a digit.
    Number,
}

/// Something done to a token on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A clitic was cut off before it: `l'`, `d'`, `jusqu'`.
    Elision,
    /// Spoken contractions written out: `p'tit` is `petit`.
    Contraction,
    /// It is written in capitals, or in mixed case, and the sentence around it is not.
    Acronym,
    /// Letters with dots, `E.N.T.`, or spelt with spaces, `G A R`.
    Spelt,
    /// The plural `s` of an acronym is taken off.
    Plural,
    /// In capitals because the whole sentence is.
    Capitals,
    /// A Roman numeral.
    Roman,
    /// Parts joined into one token: `e-mail`, `visio-conférence`.
    Compound,
    /// Digits joined or an ordinal brought to one form.
    Number,
    /// Inclusive writing, read as the masculine: `enseignant·e·s`.
    Inclusive,
    /// A filler, which takes no place of its own.
    Filler,
    /// Said again at once, and so at the place of the word before.
    Repeat,
}

impl Rule {
    const ALL: [Self; 12] = [
        Self::Elision,
        Self::Contraction,
        Self::Acronym,
        Self::Spelt,
        Self::Plural,
        Self::Capitals,
        Self::Roman,
        Self::Compound,
        Self::Number,
        Self::Inclusive,
        Self::Filler,
        Self::Repeat,
    ];

    /// Its name, as `verbatim analyze` shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Elision => "elision",
            Self::Contraction => "contraction",
            Self::Acronym => "acronym",
            Self::Spelt => "spelt",
            Self::Plural => "plural",
            Self::Capitals => "capitals",
            Self::Roman => "roman",
            Self::Compound => "compound",
            Self::Number => "number",
            Self::Inclusive => "inclusive",
            Self::Filler => "filler",
            Self::Repeat => "repeat",
        }
    }
}

/// A set of [`Rule`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules(u16);

impl Rules {
    /// This set and one more rule.
    #[must_use]
    pub fn with(self, rule: Rule) -> Self {
        Self(self.0 | 1 << rule as u16)
    }

    /// The rules of both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the rule is in the set.
    pub fn contains(self, rule: Rule) -> bool {
        self.0 & 1 << rule as u16 != 0
    }

    /// The rules of the set, in the order in which they are applied.
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(move |&rule| self.contains(rule))
    }
}
