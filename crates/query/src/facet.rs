//! What answers can be restricted to, and are counted by.

use std::fmt;

/// A property of transcripts by which answers are filtered and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// The part of a collection that a transcript belongs to; each has at most one.
    Area,
    /// Who speaks in it; each may have several.
    Speaker,
}

impl Facet {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::Area, Self::Speaker];
}

impl fmt::Display for Facet {
    /// Its key in queries, URLs and JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Area => "area",
            Self::Speaker => "speaker",
        })
    }
}
