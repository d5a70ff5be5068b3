//! One file for each command: its arguments, whose comments are its help, and what it does.

pub(crate) mod analyze;
pub(crate) mod batch;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod doctor;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod glossary;
pub(crate) mod index;
pub(crate) mod search;
pub(crate) mod serve;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use verbatim_indexer::Options;
use verbatim_query::{Error, Live, Searcher};

/// From which likeness on, between 0 and 1, a name may be meant by another.
const LIKE: f64 = 0.6;

/// Which index.
#[derive(Debug, clap::Args)]
pub(crate) struct IndexArg {
    /// The folder of the index
    #[arg(long, value_name = "DIR", env = "VERBATIM_INDEX", default_value = "index")]
    index: PathBuf,
}

/// What is asked: an index, and how its glossary is corrected.
#[derive(Debug, clap::Args)]
pub(crate) struct AskArgs {
    #[command(flatten)]
    index: IndexArg,
    /// A YAML file that says what acronyms stand for, in place of what the transcripts say
    #[arg(long, value_name = "FILE")]
    glossary: Option<PathBuf>,
}

impl AskArgs {
    fn searcher(&self) -> Result<Searcher> {
        self.index.open(|dir| Searcher::open(dir, self.glossary.as_deref()))
    }

    fn live(&self) -> Result<Live> {
        self.index.open(|dir| Live::open(dir, self.glossary.as_deref()))
    }
}

impl IndexArg {
    /// How the index is to be brought in line with `paths`.
    fn options(&self, paths: &[PathBuf], rebuild: bool) -> Options {
        Options { paths: paths.to_vec(), index: self.index.clone(), rebuild }
    }

    fn open<T>(&self, open: impl Fn(&Path) -> Result<T, Error>) -> Result<T> {
        open(&self.index).map_err(|error| match (&error, self.did_you_mean()) {
            (Error::Index(verbatim_indexer::Error::NoIndex { .. }), Some(other)) => {
                anyhow::anyhow!("{}: no index here; did you mean --index {}?", self.index.display(), other.display())
            }
            _ => error.into(),
        })
    }

    /// The index nearest in name to the one that is not there.
    fn did_you_mean(&self) -> Option<PathBuf> {
        let parent = match self.index.parent() {
            Some(parent) if parent != Path::new("") => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let wanted = self.index.file_name()?.to_string_lossy().into_owned();
        let is_index = |path: &PathBuf| verbatim_indexer::state(path).is_ok();
        let mut near: Vec<(f64, PathBuf)> = std::fs::read_dir(&parent)
            .ok()?
            .flatten()
            .map(|entry| self.index.with_file_name(entry.file_name()))
            .filter(is_index)
            .map(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                (strsim::jaro_winkler(&wanted, &name), path)
            })
            .collect();
        near.retain(|(likeness, _)| *likeness >= LIKE);
        near.sort_by(|(left, _), (right, _)| right.total_cmp(left));
        near.into_iter().next().map(|(_, path)| path)
    }
}

/// The JSON of a document that goes to standard output.
fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).context("the answer cannot be written as JSON")
}
