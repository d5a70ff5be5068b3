//! What is said of updates on standard error, each thing once.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use anyhow::anyhow;
use verbatim_indexer::{Error, News, Report, Skipped};

use crate::output::{complain, say};

/// Says what became of one update after the other.
pub(crate) struct Teller {
    index: PathBuf,
    /// The files that could not be read last time, and why.
    skipped: HashSet<(PathBuf, String)>,
    failure: Option<String>,
}

impl Teller {
    /// For the index in a folder.
    pub(crate) fn new(index: &Path) -> Self {
        Self { index: index.to_owned(), skipped: HashSet::new(), failure: None }
    }

    /// What an update did, and what it could not read, but for what was said last time.
    pub(crate) fn report(&mut self, report: &Report) {
        self.failure = None;
        for Skipped { path, reason } in &report.skipped {
            if !self.skipped.contains(&(path.clone(), reason.clone())) {
                complain(&format!("{}: {reason}; skipped", path.display()));
            }
        }
        self.skipped = report.skipped.iter().map(|skipped| (skipped.path.clone(), skipped.reason.clone())).collect();
        say(&summary(report, &self.index));
    }

    /// News of an index that is being kept in line with its sources.
    pub(crate) fn tell(&mut self, news: &News) {
        match news {
            News::Updated(report) => self.report(report),
            News::Failed(error) => self.fail(error),
            News::Blind(reason) => complain(&format!(
                "{reason}: the system does not tell what changes; the files are looked through every few seconds instead"
            )),
        }
    }

    /// That an update failed, unless that is what was said last.
    pub(crate) fn fail(&mut self, error: &Error) {
        let message = format!("{}; trying again", failure(error));
        if self.failure.as_ref() != Some(&message) {
            complain(&message);
        }
        self.failure = Some(message);
    }
}

/// Why an update failed, and in which state the index is now.
pub(crate) fn failure(error: &Error) -> anyhow::Error {
    match error {
        Error::Unsealed { .. } => anyhow!("{error}"),
        error => anyhow!("{error}; the index is left as it was"),
    }
}

fn summary(report: &Report, index: &Path) -> String {
    let counts = [
        (report.added, "added"),
        (report.updated, "updated"),
        (report.removed, "removed"),
        (report.unchanged, "unchanged"),
        (report.skipped.len() as u64, "skipped"),
    ];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let mut summary = format!(
        "{} transcripts, {} words in {} ({}) in {:.1} s",
        report.transcripts,
        report.words,
        index.display(),
        counts.join(", "),
        report.elapsed.as_secs_f64()
    );
    if report.notes > 0 {
        summary.push_str(&format!("\n{} oddities in the files; `verbatim check` names them", report.notes));
    }
    summary
}
