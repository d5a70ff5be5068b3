//! Brings an index in line with its sources: what is new is added, what changed replaced, what vanished removed, and
//! all of it seen at once.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use crate::{error::Error, folder::sources, run::run, source::Skipped, store::Lock};

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

/// What [`update`] did.
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

/// Brings the index in line with its sources, in one commit. `progress` is told how many sources of how many are done.
///
/// # Errors
/// A path is missing or holds no transcript, none can be read, the index cannot be written, is being written by another
/// process, or was made by another version. The index is then as it was.
pub fn update(options: &Options, progress: &dyn Fn(usize, usize)) -> Result<Report, Error> {
    Indexer::new(options.clone()).update(&|done, of| {
        progress(done, of);
        true
    })
}

/// Writes to one index, again and again. From its first update on it keeps other writers away, until it is dropped or an
/// update fails.
pub(crate) struct Indexer {
    options: Options,
    lock: Option<Lock>,
}

impl Indexer {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, lock: None }
    }

    /// As [`update`], as long as `progress` wants it to go on.
    pub(crate) fn update(&mut self, progress: &dyn Fn(usize, usize) -> bool) -> Result<Report, Error> {
        let start = Instant::now();
        let (sources, skipped) = sources(&self.options.paths)?;
        // After a failure the folder of the index may be another one, and so must the lock.
        let lock = self.lock.take().map_or_else(|| Lock::take(&self.options.index), Ok)?;
        let report = run(&self.options, &lock, &sources, skipped, progress)?;
        self.lock = Some(lock);
        self.options.rebuild = false;
        Ok(Report { elapsed: start.elapsed(), ..report })
    }
}
