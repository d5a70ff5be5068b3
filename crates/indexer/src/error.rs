//! Why an index could not be written or opened.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Why an index could not be written or opened. Each message tells its cause too, so none has a source.
#[derive(Debug, Error)]
pub enum Error {
    /// A path given to be indexed is not there.
    #[error("{}: {cause}; give a file or folder that is there", path.display())]
    Missing {
        /// The path.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A folder given to be indexed holds nothing to index.
    #[error("{}: there is no transcript here (.md .vtt .srt .sbv .json .jsonl .txt)", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// There are transcripts, but none can be read.
    #[error("none of the {count} transcripts can be read, the first is {first}; see `verbatim check`")]
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
    #[error("{}: another `verbatim index` is writing here, or `--watch` follows a folder; wait until it ends, or end it", path.display())]
    Busy {
        /// The folder of the index.
        path: PathBuf,
    },
    /// The index was brought in line with its sources, but not all of it may outlast a power cut.
    #[error("{}: the new state is searchable, but its last files could not be written: {cause}; look at the disk, then run `verbatim index` again", path.display())]
    Unsealed {
        /// The folder of the index.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The update was stopped before its end.
    #[error("stopped before the end")]
    Stopped,
    /// A glossary given is none.
    #[error("{}: {reason}; a glossary is a YAML file of lines like `GAR: gestionnaire d'accès aux ressources`", path.display())]
    Glossary {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of the index folder could not be read or written.
    #[error("{}: {cause}; look at the disk, the permissions and the path", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The engine failed: a full disk, a damaged file.
    #[error("{}: {cause}; if it stays so, make the index again with `verbatim index FOLDER --rebuild`", path.display())]
    Engine {
        /// The folder of the index.
        path: PathBuf,
        /// What the engine said.
        cause: tantivy::TantivyError,
    },
}
