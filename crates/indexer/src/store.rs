//! Where an index lies on the disk, and how it is opened.
//!
//! ```text
//! index/current        names the generation to read, replaced by one rename
//! index/generation-1/  a Tantivy index; `--rebuild` makes the next generation beside it
//! index/lock           held by the process that writes
//! ```
//! Within a generation a Tantivy commit is atomic, and the commit's payload says which version and analysis made it.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use tantivy::{
    Index, TantivyError,
    directory::{Directory, error::OpenDirectoryError},
    error::DataCorruption,
    store::Compressor,
};
use verbatim_french as french;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    dictionary::Dictionary,
    directory::{DRAFT, GenerationDirectory, replace},
    error::Error,
    glossary::Glossary,
    lexicon::Lexicon,
    schema::{self, Fields},
};

const CURRENT: &str = "current";
const LOCK: &str = "lock";
const GENERATION: &str = "generation-";

/// An index that a reader may read.
pub struct Opened {
    /// The engine's index.
    pub index: Index,
    /// Its fields.
    pub fields: Fields,
    /// What its records are packed with.
    pub dictionary: Arc<Dictionary>,
    /// The folder of the generation that was opened; another one once the index has been rebuilt.
    pub generation: PathBuf,
    /// The number of the commit that was opened.
    pub opstamp: u64,
}

impl Opened {
    /// The words of the index as they are written in it.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn lexicon(&self) -> tantivy::Result<Lexicon> {
        Lexicon::open(&self.generation, self.opstamp, &self.index, self.fields.written)
    }

    /// What the acronyms of the index stand for, by its transcripts.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn glossary(&self) -> tantivy::Result<Glossary> {
        Glossary::learn(&self.index, &self.fields)
    }
}

/// What a commit says of itself.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// [`schema::VERSION`].
    pub(crate) version: u32,
    /// [`french::fingerprint`].
    pub(crate) analysis: String,
}

impl Payload {
    /// What this program writes.
    pub(crate) fn ours() -> Self {
        Self { version: schema::VERSION, analysis: french::fingerprint() }
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a number and a text always serialise")
    }

    fn describe(&self) -> String {
        format!("version {}, analysis {}", self.version, self.analysis)
    }
}

/// Whether an index lies in `dir`, of whatever version and in whatever state.
pub(crate) fn is_index(dir: &Path) -> bool {
    [CURRENT, LOCK].iter().all(|name| dir.join(name).is_file())
}

/// What tells one committed state of the index in `dir` from another.
///
/// # Errors
/// There is no index in `dir`.
pub fn state(dir: &Path) -> Result<u64, Error> {
    loop {
        let contents = current_generation(dir)?.join("meta.json");
        match fs::read(&contents) {
            Ok(bytes) => return Ok(xxh3_64(&[contents.as_os_str().as_encoded_bytes(), &bytes].concat())),
            // A rebuilt index took this one's place meanwhile.
            Err(_) if !contents.starts_with(current_generation(dir)?) => {}
            Err(cause) => return Err(Error::Io { path: contents, cause }),
        }
    }
}

/// The generation folder that `dir` says is to be read.
///
/// # Errors
/// There is no index in `dir`.
fn current_generation(dir: &Path) -> Result<PathBuf, Error> {
    match fs::read_to_string(dir.join(CURRENT)) {
        Ok(name) => Ok(dir.join(name.trim())),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Err(Error::NoIndex { path: dir.to_owned() })
        }
        Err(cause) => Err(Error::Io { path: dir.join(CURRENT), cause }),
    }
}

/// Opens the index in `dir` for reading.
///
/// # Errors
/// There is none, it is damaged, or it was made by another version.
pub fn open(dir: &Path) -> Result<Opened, Error> {
    let generation = current_generation(dir)?;
    let index = open_generation(dir, &generation)?;
    let meta = index.load_metas().map_err(|cause| Error::Engine { path: dir.to_owned(), cause })?;
    let found = meta.payload.as_deref().and_then(|payload| serde_json::from_str::<Payload>(payload).ok());
    let expected = Payload::ours();
    if found.as_ref() != Some(&expected) {
        let found = found.map_or_else(|| "unknown".to_owned(), |found| found.describe());
        return Err(Error::OtherVersion { path: dir.to_owned(), found, expected: expected.describe() });
    }
    let (_, fields) = Fields::schema();
    let dictionary = Dictionary::open(&generation).map_err(|cause| Error::Engine {
        path: dir.to_owned(),
        cause: DataCorruption::new(Dictionary::path(&generation), cause.to_string()).into(),
    })?;
    Ok(Opened { index, fields, dictionary: Arc::new(dictionary), generation, opstamp: meta.opstamp })
}

fn open_generation(dir: &Path, generation: &Path) -> Result<Index, Error> {
    let engine = |cause: TantivyError| Error::Engine { path: dir.to_owned(), cause };
    let directory = GenerationDirectory::open(generation).map_err(|error| match error {
        OpenDirectoryError::DoesNotExist(_) => Error::NoIndex { path: dir.to_owned() },
        error => engine(error.into()),
    })?;
    Index::open(directory).map_err(engine)
}

/// The right to write to an index folder, until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    dir: PathBuf,
    _file: File,
}

impl Lock {
    /// Makes the folder where it is missing, and takes the lock.
    pub(crate) fn take(dir: &Path) -> Result<Self, Error> {
        let io_error = |path: &Path, cause| Error::Io { path: path.to_owned(), cause };
        fs::create_dir_all(dir).map_err(|cause| io_error(dir, cause))?;
        let path = dir.join(LOCK);
        let file = File::create(&path).map_err(|cause| io_error(&path, cause))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { dir: dir.to_owned(), _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::Busy { path: dir.to_owned() }),
            Err(TryLockError::Error(cause)) => Err(io_error(&path, cause)),
        }
    }

    /// Begins a generation beside the one in use, whose records are packed with `dictionary`. Nothing reads it before
    /// [`Lock::publish`].
    pub(crate) fn new_generation(&self, dictionary: Dictionary) -> Result<Opened, Error> {
        let path = (1..)
            .map(|number| self.dir.join(format!("{GENERATION}{number}")))
            .find(|path| !path.exists())
            .expect("numbers do not end");
        let io_error = |cause| Error::Io { path: path.clone(), cause };
        fs::create_dir(&path).map_err(io_error)?;
        dictionary.save(&path).map_err(io_error)?;
        let (schema, fields) = Fields::schema();
        let engine = |cause| Error::Engine { path: self.dir.clone(), cause };
        let directory = GenerationDirectory::open(&path).map_err(|error| engine(error.into()))?;
        // Records are packed as they are, and each is fetched alone.
        let settings = tantivy::IndexSettings {
            docstore_compression: Compressor::None,
            docstore_blocksize: 1,
            ..Default::default()
        };
        let index = Index::create(directory, schema, settings).map_err(engine)?;
        Ok(Opened { index, fields, dictionary: Arc::new(dictionary), generation: path, opstamp: 0 })
    }

    /// Makes a generation the one to be read, then removes all others.
    pub(crate) fn publish(&self, generation: &Path) -> Result<(), Error> {
        let name = generation.file_name().unwrap_or_default().to_string_lossy();
        let path = self.dir.join(CURRENT);
        let write = || {
            replace(&path, format!("{name}\n").as_bytes())?;
            sync(&self.dir)
        };
        write().map_err(|cause| Error::Io { path: path.clone(), cause })?;
        self.clean();
        Ok(())
    }

    /// Removes what is not in use: generations before a rebuild, and what a killed process left.
    pub(crate) fn clean(&self) {
        let Ok(generation) = current_generation(&self.dir) else { return };
        for path in leftovers(&self.dir, &generation) {
            // What cannot be removed now is tried again by the next run.
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
    }
}

/// What lies in an index beside the generation in use: other generations, and drafts of small files. The engine knows
/// its own leftovers and removes them when it writes.
pub(crate) fn leftovers(dir: &Path, generation: &Path) -> Vec<PathBuf> {
    let list = |dir: &Path| {
        let entries = fs::read_dir(dir).into_iter().flatten().flatten();
        entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect::<Vec<_>>()
    };
    let in_use = generation.file_name().unwrap_or_default().to_string_lossy();
    let is_other = |name: &str| name.starts_with(GENERATION) && name != in_use;
    let is_draft = |name: &str| name.ends_with(DRAFT);
    let outside = list(dir).into_iter().filter(|(name, _)| is_other(name) || is_draft(name));
    let inside = list(generation).into_iter().filter(|(name, _)| is_draft(name));
    outside.chain(inside).map(|(_, path)| path).collect()
}

/// Makes renames in a folder last.
fn sync(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

/// Makes a commit last, and writes what belongs beside it. The engine renames its file of contents without asking the
/// folder to remember it.
pub(crate) fn seal(opened: &Opened) -> Result<(), Error> {
    let io_error = |cause| Error::Unsealed { path: opened.generation.clone(), cause };
    opened.index.directory().sync_directory().map_err(io_error)?;
    let engine = |cause| Error::Engine { path: opened.generation.clone(), cause };
    let opstamp = opened.index.load_metas().map_err(engine)?.opstamp;
    if !Lexicon::is_saved(&opened.generation, opstamp) {
        let lexicon = Lexicon::collect(&opened.index, opened.fields.written).map_err(engine)?;
        lexicon.save(&opened.generation, opstamp).map_err(io_error)?;
    }
    Ok(())
}
