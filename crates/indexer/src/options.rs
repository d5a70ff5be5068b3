//! What an update of an index is asked for, and what it did.

use std::{path::PathBuf, time::Duration};

use crate::source::Skipped;

/// What is to be indexed, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// Files and folders. The index mirrors them: what is not below them any more leaves it.
    pub paths: Vec<PathBuf>,
    /// The folder of the index.
    pub index: PathBuf,
    /// Whether everything is read again, into a new index that then takes the old one's place.
    pub rebuild: bool,
}

/// What [`update`](crate::update()) did.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Transcripts in the index now.
    pub transcripts: u64,
    /// Of these, the new ones,
    pub added: u64,
    /// the ones whose file changed,
    pub updated: u64,
    /// and the ones whose file is as it was.
    pub unchanged: u64,
    /// Transcripts that left the index because their file is gone.
    pub removed: u64,
    /// Files that cannot be read.
    pub skipped: Vec<Skipped>,
    /// How many odd things were found in the files read; `check` names them.
    pub notes: usize,
    /// Words in the index now.
    pub words: u64,
    /// How long it took.
    pub elapsed: Duration,
}
