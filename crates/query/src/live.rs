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
    glossary: Option<PathBuf>,
    current: RwLock<(u64, Arc<Searcher>)>,
}

impl Live {
    /// Opens the index in `dir`; a file may correct its glossary.
    ///
    /// # Errors
    /// There is no index, it is damaged, another version made it, or the file is no glossary.
    pub fn open(dir: &Path, glossary: Option<&Path>) -> Result<Self, Error> {
        let state = state(dir)?;
        let searcher = Arc::new(Searcher::open(dir, glossary)?);
        let current = RwLock::new((state, searcher));
        Ok(Self { dir: dir.to_owned(), glossary: glossary.map(Path::to_owned), current })
    }

    /// The state to answer from. Whoever holds it finishes with it, whatever is committed meanwhile.
    pub fn searcher(&self) -> Arc<Searcher> {
        // Nothing panics while it holds the lock, and what it guards is replaced whole.
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// The number of that state; another one after each commit.
    pub(crate) fn state(&self) -> u64 {
        self.current.read().unwrap_or_else(PoisonError::into_inner).0
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
        let searcher = Arc::new(Searcher::open(&self.dir, self.glossary.as_deref())?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = (state, searcher);
        Ok(true)
    }
}
