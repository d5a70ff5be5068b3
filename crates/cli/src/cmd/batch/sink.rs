//! Where a batch goes: standard output, or a file that gets its name when it is whole.

use std::{
    ffi::OsString,
    fs::{self, File, TryLockError},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

/// Where a batch goes.
pub(super) struct Sink {
    out: BufWriter<Box<dyn Write + Send>>,
    name: String,
    partial: Option<Partial>,
}

/// A file that has not got its name yet.
struct Partial {
    file: File,
    path: PathBuf,
    target: PathBuf,
}

impl Sink {
    /// Opens standard output, or a file. What it is written to lies beside it until [`Sink::finish`], as
    /// `NAME.partial`; devices and pipes are written to themselves.
    ///
    /// # Errors
    /// The file cannot be written, or another run is writing it.
    pub(super) fn open(target: Option<&Path>) -> Result<Self> {
        let Some(target) = target else {
            return Ok(Self::new(io::stdout(), "standard output".to_owned(), None));
        };
        // The name may be that of a link: what it leads to is replaced, not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let name = target.display().to_string();
        match fs::metadata(&target) {
            Ok(metadata) if metadata.is_dir() => bail!("{name}: a folder; give --output the name of a file"),
            Ok(metadata) if !metadata.is_file() => {
                let device = File::options().write(true).open(&target).context(name.clone())?;
                Ok(Self::new(device, name, None))
            }
            _ => Self::beside(target),
        }
    }

    fn beside(target: PathBuf) -> Result<Self> {
        let mut path = OsString::from(&target);
        path.push(".partial");
        let path = PathBuf::from(path);
        let name = path.display().to_string();
        let file = File::options().write(true).create(true).truncate(false).open(&path).context(name.clone())?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => bail!("{name}: another run is writing it; wait, or choose another name"),
            // Some network file systems have no locks.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        file.set_len(0).context(name.clone())?;
        let out = file.try_clone().context(name.clone())?;
        Ok(Self::new(out, name, Some(Partial { file, path, target })))
    }

    fn new(out: impl Write + Send + 'static, name: String, partial: Option<Partial>) -> Self {
        Self { out: BufWriter::with_capacity(64 * 1024, Box::new(out)), name, partial }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.out.write_all(bytes).with_context(|| self.name.clone())
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        self.out.flush().with_context(|| self.name.clone())
    }

    /// Where what is done so far lies, if that is not its place.
    pub(super) fn partial(&self) -> Option<&Path> {
        self.partial.as_ref().map(|partial| partial.path.as_path())
    }

    /// Writes what is left, and gives the file its name.
    ///
    /// # Errors
    /// It cannot be written, or not be renamed.
    pub(super) fn finish(mut self) -> Result<()> {
        self.flush()?;
        if let Some(Partial { file, path, target }) = self.partial {
            file.sync_all().with_context(|| self.name.clone())?;
            fs::rename(&path, &target).with_context(|| format!("{}: cannot be renamed", self.name))?;
        }
        Ok(())
    }
}
