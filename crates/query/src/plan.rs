//! What an engine is to do for a query, as plain data: only terms and weights, no French and no engine.
//!
//! A plan can be printed (`verbatim explain`), and another engine that holds the same terms can carry it out.

use std::fmt;

use crate::facet::Facet;

/// A field of the index that terms are looked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Stems of title, description and speech.
    Stem,
    /// Folded words of the same.
    Fold,
    /// Words as written.
    Written,
    /// Stems of the title alone.
    Title,
}

/// What an engine is to do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Words of which an answer has at least one, unless phrases are required.
    pub concepts: Vec<Concept>,
    /// Neighbouring concepts, by their places in `concepts`, which answer better close together and in this order.
    pub pairs: Vec<(usize, usize)>,
    /// Phrases that an answer has, or that make it a better one.
    pub phrases: Vec<Phrase>,
    /// What no answer has.
    pub excluded: Vec<Phrase>,
    /// What answers are restricted to; at most one filter for each facet.
    pub filters: Vec<Filter>,
}

/// What answers are restricted to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// By what.
    pub facet: Facet,
    /// The values of which an answer has one, as they are written in the index.
    pub values: Vec<String>,
}

/// A word that was asked for, and the terms that stand for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Concept {
    /// As it was typed.
    pub typed: String,
    /// How it was understood.
    pub step: Step,
    /// The terms that make a transcript an answer, with their weights. Their scores add up.
    pub terms: Vec<Weighted>,
    /// The terms by which its occurrences are found and lit; all in fields with positions.
    pub lit: Vec<(Field, String)>,
}

/// How a word was understood: the first step that led to words of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// As it was typed.
    Typed,
    /// As the beginning of words.
    Prefix,
    /// As this word, which is spelt nearly so.
    Spelling(String),
    /// As these words, written in one.
    Split(String),
    /// As this word, which sounds so.
    Sound(String),
}

/// A term and how much it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighted {
    /// The field.
    pub field: Field,
    /// The term.
    pub term: String,
    /// What its BM25 score is multiplied by.
    pub weight: f32,
}

/// Terms that stand side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// As it was typed.
    pub typed: String,
    /// The field.
    pub field: Field,
    /// The terms, each with its distance from the first.
    pub terms: Vec<(u32, String)>,
    /// What its BM25 score is multiplied by.
    pub weight: f32,
    /// Whether every answer has it.
    pub required: bool,
}

impl Plan {
    /// Whether nothing in it ranks one transcript before another.
    pub fn is_unranked(&self) -> bool {
        self.concepts.is_empty() && self.phrases.is_empty()
    }

    /// What answers are restricted to by a facet.
    pub fn filter(&self, facet: Facet) -> Option<&Filter> {
        self.filters.iter().find(|filter| filter.facet == facet)
    }

    /// Whether there is a phrase that every answer has.
    pub fn has_required_phrases(&self) -> bool {
        self.phrases.iter().any(|phrase| phrase.required)
    }
}

impl Phrase {
    /// How far its last term stands from its first.
    pub(crate) fn length(&self) -> u32 {
        self.terms.last().map_or(0, |(offset, _)| *offset)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stem => "stem",
            Self::Fold => "fold",
            Self::Written => "written",
            Self::Title => "title",
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Typed => f.write_str("as typed"),
            Self::Prefix => f.write_str("the beginning of words"),
            Self::Spelling(word) => write!(f, "not in the index; spelt nearly as {word}"),
            Self::Split(words) => write!(f, "not in the index; written in two, {words}"),
            Self::Sound(word) => write!(f, "not in the index; sounds as {word}"),
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let terms: Vec<&str> = self.terms.iter().map(|(_, term)| term.as_str()).collect();
        write!(f, "{}:\"{}\"^{}", self.field, terms.join(" "), self.weight)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for phrase in self.phrases.iter().filter(|phrase| phrase.required) {
            writeln!(f, "must    {phrase}  ({})", phrase.typed)?;
        }
        for Concept { typed, step, terms, .. } in &self.concepts {
            let terms: Vec<String> =
                terms.iter().map(|Weighted { field, term, weight }| format!("{field}:{term}^{weight}")).collect();
            writeln!(f, "any of  {}  ({typed}: {step})", terms.join(" "))?;
        }
        for phrase in self.phrases.iter().filter(|phrase| !phrase.required) {
            writeln!(f, "or      {phrase}  ({})", phrase.typed)?;
        }
        for &(left, right) in &self.pairs {
            writeln!(f, "near    {} then {}", self.concepts[left].typed, self.concepts[right].typed)?;
        }
        for phrase in &self.excluded {
            writeln!(f, "not     {phrase}")?;
        }
        for Filter { facet, values } in &self.filters {
            writeln!(f, "{:<7} {}", facet.to_string(), values.join(" or "))?;
        }
        Ok(())
    }
}
