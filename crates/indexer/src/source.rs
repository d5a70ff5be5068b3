//! One file that holds transcripts: its name, its id, its bytes.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use verbatim_transcript::{Format, Parsed, parse};
use xxhash_rust::xxh3::xxh3_64;

/// A file that holds a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// Where it is below the folder given, with `/` between parts: what names it in the index.
    pub name: String,
    /// The id of its transcript.
    pub id: String,
    /// Its format, after its ending.
    pub format: Format,
}

/// A file or folder that is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Where it is.
    pub path: PathBuf,
    /// What is wrong with it, with the line where there is one.
    pub reason: String,
}

impl Source {
    /// The source at `path`, which lies at `below` in the folder given; `None` where its ending is not a transcript's.
    pub(crate) fn new(path: PathBuf, below: &Path) -> Option<Self> {
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let name = parts.join("/");
        let format = Format::from_path_ending(&name)?;
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let id = escape_spaces(stem);
        Some(Self { path, name, id, format })
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// The reason, where it cannot be read or is too large.
    pub(crate) fn read(&self) -> Result<Vec<u8>, String> {
        let describe = |error: io::Error| error.to_string();
        let metadata = fs::metadata(&self.path).map_err(describe)?;
        if !metadata.is_file() {
            return Err("not a file; give a file or a folder".to_owned());
        }
        let size = metadata.len();
        let most = self.format.max_bytes();
        if size > most {
            return Err(format!("{size} bytes, more than the {most} that it may have; split the file"));
        }
        fs::read(&self.path).map_err(describe)
    }

    /// The transcripts in `bytes`, and what was odd in them.
    ///
    /// # Errors
    /// The line and the reason, where the file holds no transcript that can be read.
    pub(crate) fn parse(&self, bytes: &[u8]) -> Result<Parsed, verbatim_transcript::Error> {
        parse(self.format, &self.id, bytes)
    }

    /// Reads and parses the file.
    ///
    /// # Errors
    /// The reason, with its line where there is one.
    pub fn load(&self) -> Result<Parsed, String> {
        let bytes = self.read()?;
        self.parse(&bytes).map_err(|error| error.to_string())
    }
}

/// Why a transcript is passed over whose id is that of another.
pub(crate) fn duplicate(id: &str, first: &str) -> String {
    format!("its id `{id}` is that of {first}, which is kept; give one of them another name")
}

/// What tells one state of a file from another.
pub(crate) fn fingerprint(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// White space would cut an id in two wherever ids stand in lines, as in a TREC run.
fn escape_spaces(id: &str) -> String {
    id.split(char::is_whitespace).collect::<Vec<_>>().join("%20")
}
