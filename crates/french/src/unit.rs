//! What the joining rules make of pieces: the stretch of text that becomes one token.

use crate::token::{Kind, Rules};

/// One or more pieces that make one token.
pub(crate) struct Unit {
    /// How many pieces it takes.
    pub(crate) pieces: usize,
    /// Where it begins in the normalised text, in bytes.
    pub(crate) start: u32,
    /// Where it ends.
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    /// How it is written, where that is not the text itself.
    pub(crate) written: Option<String>,
    pub(crate) term: Term,
    /// Another form at the same place: the feminine of inclusive writing.
    pub(crate) also: Option<String>,
    pub(crate) rules: Rules,
}

/// What a unit is searched by.
pub(crate) enum Term {
    /// The forms of the word as written.
    Word,
    /// This, in every field.
    Fixed(String),
}
