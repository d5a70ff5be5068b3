//! Brings an index in line with its sources: what is new is added, what changed replaced, what vanished removed, and
//! all of it seen at once.

use std::time::Instant;

use crate::{
    error::Error,
    folder::sources,
    options::{Options, Report},
    run::run,
    store::Lock,
};

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
