//! Says when something below the paths has changed: the system tells of it, and a look now and then sees what the
//! system does not tell of, as on network disks.

use std::{
    fs::Metadata,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, SyncSender},
    time::{Duration, Instant},
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode},
};
use verbatim_transcript::Format;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::{companions::is_metadata, folder::entries};

/// A change is taken up once nothing more has changed for so long,
const QUIET: Duration = Duration::from_millis(300);
/// or so long after the first.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often we look ourselves,
const LOOK: Duration = Duration::from_secs(5);
/// and how much longer than a look at least lies between two, that large folders and slow disks are left in peace.
const REST: u32 = 20;
/// The same for an update that failed: it may have been all the work there is.
const REST_IN_VAIN: u32 = 3;

/// Follows files and folders.
pub(crate) struct Watch {
    paths: Vec<PathBuf>,
    wake: SyncSender<()>,
    woken: Receiver<()>,
    /// The system's messenger; it must live for as long as it is to tell.
    messenger: Option<RecommendedWatcher>,
    seen: u64,
    look: Duration,
}

/// Why a wait has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wake {
    /// Something has changed.
    Changed,
    /// We have looked, and nothing has.
    Same,
    /// It is over.
    Stopped,
}

impl Watch {
    /// What is to follow `paths`. `wake` and `woken` are the ends of one channel of one place, through which others may
    /// end a wait too.
    pub(crate) fn new(paths: &[PathBuf], wake: SyncSender<()>, woken: Receiver<()>) -> Self {
        Self { paths: paths.to_vec(), wake, woken, messenger: None, seen: 0, look: LOOK }
    }

    /// Asks the system to tell of changes, of all anew.
    ///
    /// # Errors
    /// It cannot. We still look ourselves.
    pub(crate) fn ask_the_system(&mut self) -> notify::Result<()> {
        self.messenger = None;
        let wake = self.wake.clone();
        let mut messenger = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Who already knows that something has changed need not hear it twice.
            if event.map_or(true, |event| is_change(&event)) {
                let _ = wake.try_send(());
            }
        })?;
        for path in &self.paths {
            // Programs replace a file by another of its name, which the folder of it sees.
            let (folder, mode) = if path.is_dir() {
                (path.as_path(), RecursiveMode::Recursive)
            } else {
                (
                    path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new(".")),
                    RecursiveMode::NonRecursive,
                )
            };
            messenger.watch(folder, mode)?;
        }
        self.messenger = Some(messenger);
        Ok(())
    }

    /// Waits until something has changed since the last look and is quiet, or it is time to look again.
    pub(crate) fn wait(&mut self, is_over: impl Fn() -> bool) -> Wake {
        let told = self.woken.recv_timeout(self.look).is_ok();
        let start = Instant::now();
        while told && !is_over() && start.elapsed() < PATIENCE && self.woken.recv_timeout(QUIET).is_ok() {}
        if is_over() {
            return Wake::Stopped;
        }
        let before = self.seen;
        self.look();
        if self.seen == before {
            return Wake::Same;
        }
        if !told {
            // The system has not told of it: it may have lost sight of a folder that was replaced.
            let _ = self.ask_the_system();
        }
        Wake::Changed
    }

    /// Remembers the state of the files as it is now.
    pub(crate) fn look(&mut self) {
        let start = Instant::now();
        self.seen = self.paths.iter().map(|path| state(path)).fold(0, u64::wrapping_add);
        self.look = LOOK.max(start.elapsed() * REST);
    }

    /// Waits with the next look for as long as befits work that took so long, and was in vain.
    pub(crate) fn rest(&mut self, work: Duration) {
        self.look = LOOK.max(work * REST_IN_VAIN);
    }
}

/// Whether files may be other than they were. That they are read, by ourselves among others, is no change.
fn is_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => event.need_rescan(),
        _ => true,
    }
}

/// What tells one state of the transcripts at and below `root` from another, by names, sizes and times.
fn state(root: &Path) -> u64 {
    let of_entry = |entry: walkdir::Result<walkdir::DirEntry>| match entry {
        Ok(entry) if entry.file_type().is_dir() => 0,
        Ok(entry) if !may_matter(entry.path()) => 0,
        Ok(entry) => xxh3_64_with_seed(entry.path().as_os_str().as_encoded_bytes(), entry.metadata().map_or(0, stamp)),
        Err(error) => xxh3_64_with_seed(error.to_string().as_bytes(), 1),
    };
    entries(root).map(of_entry).fold(0, u64::wrapping_add)
}

/// Whether a file is a transcript, or may belong to one.
fn may_matter(path: &Path) -> bool {
    is_metadata(path) || Format::from_path_ending(&path.to_string_lossy()).is_some()
}

/// What changes in a file's metadata when its content or its permissions do.
fn stamp(metadata: Metadata) -> u64 {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let modified = modified.map_or(0, |time| time.as_nanos() as u64);
    #[cfg(unix)]
    let changed = {
        use std::os::unix::fs::MetadataExt;
        (metadata.ctime() as u64).wrapping_mul(1_000_000_000).wrapping_add(metadata.ctime_nsec() as u64)
    };
    #[cfg(not(unix))]
    let changed = 0;
    let bytes: Vec<u8> = [metadata.len(), modified, changed].iter().flat_map(|number| number.to_le_bytes()).collect();
    xxh3_64_with_seed(&bytes, 0)
}
