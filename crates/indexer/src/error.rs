//! Why an index could not be written or opened.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Why an index could not be written or opened.
#[derive(Debug, Error)]
pub enum Error {
    /// A path given to be indexed is not there.
    #[error("{}: {source}; the index is left as it was", path.display())]
    Missing {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder given to be indexed holds nothing to index.
    #[error("{}: no transcript in this folder (.md or .txt); the index is left as it was", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// There are transcripts, but none can be read.
    #[error(
        "none of the {count} transcripts can be read, the first is {first}; see `verbatim check`; the index is left as it was"
    )]
    NoneReadable {
        /// How many there are.
        count: usize,
        /// The path and the reason of the first.
        first: String,
    },
    /// There is no index where one was looked for.
    #[error("{}: no index here; make one with `verbatim index FOLDER --index {}`", path.display(), path.display())]
    NoIndex {
        /// The folder looked into.
        path: PathBuf,
    },
    /// The index was written by another version, or with another analysis of French.
    #[error("{}: this index was made by another version of verbatim ({found}, this one is {expected}); make it again with `verbatim index FOLDER --rebuild --index {}`", path.display(), path.display())]
    OtherVersion {
        /// The folder of the index.
        path: PathBuf,
        /// What the index says of itself.
        found: String,
        /// What this program writes.
        expected: String,
    },
    /// Another process is writing to the same index.
    #[error("{}: another `verbatim index` is writing here; wait until it ends", path.display())]
    Busy {
        /// The folder of the index.
        path: PathBuf,
    },
    /// A file of the index folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The engine failed: a full disk, a damaged file.
    #[error("{}: {source}; if it stays so, make the index again with `verbatim index FOLDER --rebuild`", path.display())]
    Engine {
        /// The folder of the index.
        path: PathBuf,
        /// What the engine said.
        source: tantivy::TantivyError,
    },
}
