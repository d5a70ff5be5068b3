//! Why a file could not be read, and what was odd in one that could.

use thiserror::Error;

/// Why a file holds no transcript that we can read. The path is added by whoever opened the file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct Error {
    /// The line, from 1, where reading stopped.
    pub line: usize,
    /// What was found, what was expected, what to do; no capital, no final dot.
    pub reason: String,
}

/// Something odd in a file that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Note {
    /// The line, from 1.
    pub line: usize,
    /// What was found and how it was understood; no capital, no final dot.
    pub message: String,
}
