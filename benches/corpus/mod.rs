//! What the benches work on: the sample transcripts of `data/`, as often as a bench wants them.

#![allow(dead_code, reason = "each bench uses a part")]

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use verbatim_indexer::{Options, Report, sources, update};

pub(crate) mod talks;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

/// What is said in each sample, paragraph by paragraph.
pub(crate) fn speech() -> Vec<String> {
    let (sources, unreadable) = sources(&[data()]).expect("data/ holds transcripts");
    assert!(unreadable.is_empty() && sources.len() >= 40, "{unreadable:?}");
    let said = |source: verbatim_indexer::Source| {
        let mut text = Vec::new();
        let read = source.read(|loaded| {
            let segments = loaded.transcripts.into_iter().flat_map(|transcript| transcript.segments);
            text.extend(segments.map(|segment| segment.text));
            ControlFlow::Continue(())
        });
        read.unwrap_or_else(|reason| panic!("{}: {reason}", source.name));
        text.join("\n")
    };
    sources.into_iter().map(said).collect()
}

/// `copies` copies of all samples, each in a folder of its own: `talks/copy-000/enseigner/…`.
pub(crate) struct Copies {
    folder: TempDir,
    /// How many files there are.
    pub(crate) files: u64,
    /// How many bytes they have.
    pub(crate) bytes: u64,
}

impl Copies {
    pub(crate) fn new(copies: usize) -> Self {
        let mut new = Self { folder: tempfile::tempdir().expect("a folder for temporary files"), files: 0, bytes: 0 };
        let (sources, _) = sources(&[data()]).expect("data/ holds transcripts");
        for copy in 0..copies {
            for source in &sources {
                let path = new.talks().join(format!("copy-{copy:03}")).join(&source.name);
                fs::create_dir_all(path.parent().expect("below the folder")).expect("a new folder");
                new.bytes += fs::copy(&source.path, &path).expect("a new file");
                new.files += 1;
            }
        }
        new
    }

    fn talks(&self) -> PathBuf {
        self.folder.path().join("talks")
    }

    /// Brings the index in `folder` in line with the copies.
    pub(crate) fn index(&self, folder: &Path) -> Report {
        let options = Options { paths: vec![self.talks()], index: folder.to_owned(), rebuild: false };
        update(&options, &|_, _| {}).unwrap_or_else(|error| panic!("{error}"))
    }
}
