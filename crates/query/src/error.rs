//! Why a question could not be answered.

use thiserror::Error;

/// Why a question could not be answered. Bad queries are none of the reasons: every query has an answer.
#[derive(Debug, Error)]
pub enum Error {
    /// The index could not be opened.
    #[error(transparent)]
    Index(#[from] verbatim_indexer::Error),
    /// The engine failed while reading: a damaged or vanished file.
    #[error("the index could not be read: {0}; make it again with `verbatim index FOLDER --rebuild`")]
    Engine(tantivy::TantivyError),
    /// What is stored of a transcript is damaged.
    #[error("what is stored of a transcript is damaged; make the index again with `verbatim index FOLDER --rebuild`")]
    Damaged,
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Engine(error)
    }
}
