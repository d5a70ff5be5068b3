//! The state of the index that is being served, and the switch to the next one.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use verbatim_indexer::state;

use crate::{error::Error, searcher::Searcher};

/// The index in a folder, always at its last commit.
pub struct Live {
    dir: PathBuf,
    current: RwLock<(u64, Arc<Searcher>)>,
}

impl Live {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// There is no index, it is damaged, or another version made it.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let state = state(dir)?;
        Ok(Self { dir: dir.to_owned(), current: RwLock::new((state, Arc::new(Searcher::open(dir)?))) })
    }

    /// The state to answer from. Whoever holds it finishes with it, whatever is committed meanwhile.
    pub fn searcher(&self) -> Arc<Searcher> {
        // Nothing panics while it holds the lock, and what it guards is replaced whole.
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// Goes on with the last commit, if there is one since; says whether there was.
    ///
    /// # Errors
    /// The new state cannot be opened; the old one stays in use.
    pub fn refresh(&self) -> Result<bool, Error> {
        let state = state(&self.dir)?;
        if self.current.read().unwrap_or_else(PoisonError::into_inner).0 == state {
            return Ok(false);
        }
        let searcher = Arc::new(Searcher::open(&self.dir)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = (state, searcher);
        Ok(true)
    }
}
