//! The state of the index that is being served, and the switch to the next one.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

use verbatim_indexer::state;

use crate::{error::Error, searcher::Searcher};

/// The index in a folder, always at its last commit, with its glossary always as the file corrects it.
pub struct Live {
    dir: PathBuf,
    glossary: Option<PathBuf>,
    current: RwLock<(State, Arc<Searcher>)>,
}

/// What tells one state of the index and the file from another.
type State = (u64, Option<SystemTime>);

fn state_of(dir: &Path, glossary: Option<&Path>) -> Result<State, Error> {
    let written = |file: &Path| fs::metadata(file).and_then(|metadata| metadata.modified()).ok();
    Ok((state(dir)?, glossary.and_then(written)))
}

impl Live {
    /// Opens the index in `dir`; a file may correct its glossary.
    ///
    /// # Errors
    /// There is no index, it is damaged, another version made it, or the file is no glossary.
    pub fn open(dir: &Path, glossary: Option<&Path>) -> Result<Self, Error> {
        let state = state_of(dir, glossary)?;
        let searcher = Arc::new(Searcher::open(dir, glossary)?);
        let current = RwLock::new((state, searcher));
        Ok(Self { dir: dir.to_owned(), glossary: glossary.map(Path::to_owned), current })
    }

    /// The state to answer from. Whoever holds it finishes with it, whatever is committed meanwhile.
    pub fn searcher(&self) -> Arc<Searcher> {
        // Nothing panics while it holds the lock, and what it guards is replaced whole.
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// A number for that state; another one after each commit, and each change of the glossary file.
    pub(crate) fn state(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.current.read().unwrap_or_else(PoisonError::into_inner).0.hash(&mut hasher);
        hasher.finish()
    }

    /// Goes on with the last commit and the glossary file as it is, if either has changed since; says whether one has.
    ///
    /// # Errors
    /// The new state cannot be opened, or the file is no glossary any more; the old state stays in use.
    pub fn refresh(&self) -> Result<bool, Error> {
        let state = state_of(&self.dir, self.glossary.as_deref())?;
        if self.current.read().unwrap_or_else(PoisonError::into_inner).0 == state {
            return Ok(false);
        }
        let searcher = Arc::new(Searcher::open(&self.dir, self.glossary.as_deref())?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = (state, searcher);
        Ok(true)
    }
}
