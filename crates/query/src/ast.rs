//! The query language as a type: what was asked, before anything is known about the index.

use std::fmt;

use crate::facet::Facet;

/// What was asked: clauses in the order in which they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The clauses.
    pub clauses: Vec<Clause>,
}

/// One thing that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// Words, typed without white space: `l'ENT`, `eleve`. Any of them makes a transcript an answer; the more, the better.
    Word(String),
    /// The beginning of a word: `cyberharc*`.
    Prefix(String),
    /// Words in quotation marks: an answer has them side by side.
    Phrase(String),
    /// `-word`, `-"a phrase"`: no answer has it.
    Not(String),
    /// `area:"Domaine 1"`, `speaker:"Marie Dupuis"`: an answer belongs to it.
    Filter(Facet, String),
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, clause) in self.clauses.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{clause}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Prefix(prefix) => write!(f, "{prefix}*"),
            Self::Phrase(phrase) => write!(f, "\"{phrase}\""),
            Self::Not(text) => write!(f, "-\"{text}\""),
            Self::Filter(facet, value) => write!(f, "{facet}:\"{value}\""),
        }
    }
}
