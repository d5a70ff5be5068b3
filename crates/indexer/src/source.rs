//! One file that holds transcripts: where it is, its name, its id, and what belongs to it.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use verbatim_transcript::Format;

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
    /// The captions of the same talk, where there are some: they tell when its words are said.
    pub captions: Option<PathBuf>,
    /// Captions that it names and that are not there, and the line in which it does.
    pub(crate) missing: Option<(String, usize)>,
    /// The YAML files whose metadata hold for it, the nearest last.
    pub(crate) metadata: Vec<PathBuf>,
}

/// A file or folder that is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Skipped {
    /// Where it is.
    pub path: PathBuf,
    /// What is wrong with it, with the line where there is one.
    pub reason: String,
}

/// Why a pipe or a device is passed over.
pub(crate) const NO_FILE: &str = "not a file; give a file or a folder";

impl Source {
    /// The source at `path`, which lies at `below` in the folder given; `None` where its ending is not a transcript's.
    pub(crate) fn new(path: PathBuf, below: &Path) -> Option<Self> {
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let name = parts.join("/");
        let format = Format::from_path_ending(&name)?;
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let id = escape_spaces(stem);
        Some(Self { path, name, id, format, captions: None, missing: None, metadata: Vec::new() })
    }

    /// The folder given in which it lies.
    pub(crate) fn root(&self) -> &Path {
        let depth = Path::new(&self.name).components().count();
        self.path.ancestors().nth(depth).unwrap_or(Path::new(""))
    }
}

/// The bytes of a file that may have `most` of them.
///
/// # Errors
/// The reason, where it cannot be read, is too large, or is no file.
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let mut file = open(path)?;
    let mut bytes = Vec::new();
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    // It may grow meanwhile.
    if size <= most {
        file.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    }
    let size = size.max(bytes.len() as u64);
    if size > most {
        return Err(format!("{size} bytes, more than the {most} that it may have; split the file"));
    }
    Ok(bytes)
}

/// Opens a file, but nothing that may never end.
///
/// # Errors
/// The reason, where it cannot be opened or is no file.
pub(crate) fn open(path: &Path) -> Result<File, String> {
    let describe = |error: io::Error| error.to_string();
    // Opening a pipe would wait for a writer.
    if !fs::metadata(path).map_err(describe)?.is_file() {
        return Err(NO_FILE.to_owned());
    }
    File::open(path).map_err(describe)
}

/// Why a transcript is passed over whose id is that of another.
pub(crate) fn duplicate(id: &str, first: &str) -> String {
    format!("its id `{id}` is that of {first}, which is kept; give one of them another name")
}

/// White space would cut an id in two wherever ids stand in lines, as in a TREC run.
fn escape_spaces(id: &str) -> String {
    id.split(char::is_whitespace).collect::<Vec<_>>().join("%20")
}
