//! How much of a query is read: what bounds the work that one question can make, and that nobody who asks one would miss.
//!
//! How long a search may take, and how many run at a time, is said to the server (`http::limits`).

/// The longest query that is read, in characters: more is no question but a document.
pub(crate) const MAX_CHARS: usize = 1000;

/// The most clauses that are read, and the most words in all of them: those of phrases and exclusions too.
pub(crate) const MAX_WORDS: usize = 64;

/// The most beginnings of words (`cyberharc*`) that are completed.
pub(crate) const MAX_PREFIXES: usize = 8;

/// The most words that a beginning of words stands for, the most frequent.
pub(crate) const MAX_COMPLETIONS: usize = 50;

/// The most words that are not in the index for which another one is looked up: each goes through all words of the index.
pub(crate) const MAX_CORRECTIONS: usize = 8;
