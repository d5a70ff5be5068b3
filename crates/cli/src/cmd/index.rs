//! `verbatim index`

use std::{io::Write, path::PathBuf, process::ExitCode};

use anyhow::Result;
use serde::Serialize;
use verbatim_indexer::{Follower, News, Report, update};

use super::{IndexArg, to_json};
use crate::{
    follow,
    news::{Teller, failure},
    output::{advance, progress_bar, say, stdout},
};

/// Bring the index in line with files and folders of transcripts
///
/// Unchanged files are not read again, changed ones are replaced, and what is not below the paths any more leaves the
/// index, all at once. A file that cannot be read is reported and passed over.
///
/// With --watch, what changes is taken up a moment later, on network disks some seconds later. Where that fails, as on a
/// full disk, the index stays as it was and it is tried again. Meanwhile nobody else can write to the index.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim index talks\n  verbatim index talks courses --index both --strict\n  \
                        verbatim index talks --watch")]
pub(crate) struct Args {
    /// Files and folders; folders are read recursively (.md .vtt .srt .sbv .json .jsonl .txt)
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexArg,
    /// Read everything again, into a new index that takes the old one's place
    #[arg(long)]
    rebuild: bool,
    /// End with status 2 where a file cannot be read
    #[arg(long, conflicts_with = "watch")]
    strict: bool,
    /// Go on: follow the paths and take up what changes, until Ctrl-C
    #[arg(long)]
    watch: bool,
    /// Print the report as JSON; with --watch, a line for each change taken up
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct ReportJson {
    transcripts: u64,
    added: u64,
    updated: u64,
    removed: u64,
    unchanged: u64,
    skipped: Vec<SkippedJson>,
    words: u64,
    seconds: f64,
}

#[derive(Serialize)]
struct SkippedJson {
    path: String,
    reason: String,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if args.watch {
        return follow::run(watch(args));
    }
    let report = index(&args.paths, &args.index, args.rebuild)?;
    print(args, &report)?;
    let failed = args.strict && !report.skipped.is_empty();
    Ok(if failed { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

async fn watch(args: &Args) -> Result<ExitCode> {
    let stopped = follow::stop_signal();
    let follower = Follower::new(args.index.options(&args.paths, args.rebuild));
    let Some((follower, first)) = follow::first(follower, &stopped).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    let report = first.map_err(|error| failure(&error))?;
    let mut teller = Teller::new(&args.index.index);
    teller.report(&report);
    print(args, &report)?;
    say(&format!("following {}, Ctrl-C stops", names(&args.paths)));
    let json = args.json;
    let tell = move |news| {
        teller.tell(&news);
        if let (News::Updated(report), true) = (news, json) {
            // Nobody is left to be told that standard output is closed.
            let _ = to_json(&ReportJson::new(&report)).map(|line| writeln!(stdout(), "{line}"));
        }
    };
    follow::until_stopped(follower, stopped, tell).await;
    Ok(ExitCode::SUCCESS)
}

fn names(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn print(args: &Args, report: &Report) -> Result<()> {
    if args.json {
        let mut out = stdout();
        writeln!(out, "{}", to_json(&ReportJson::new(report))?)?;
        out.flush()?;
    }
    Ok(())
}

/// Brings the index in line with `paths`, and says on standard error what was done.
pub(super) fn index(paths: &[PathBuf], index: &IndexArg, rebuild: bool) -> Result<Report> {
    let progress = progress_bar("files");
    let report = update(&index.options(paths, rebuild), &|done, of| advance(&progress, done, of));
    progress.finish_and_clear();
    let report = report.map_err(|error| failure(&error))?;
    Teller::new(&index.index).report(&report);
    Ok(report)
}

impl ReportJson {
    fn new(report: &Report) -> Self {
        let skipped = |skipped: &verbatim_indexer::Skipped| SkippedJson {
            path: skipped.path.display().to_string(),
            reason: skipped.reason.clone(),
        };
        Self {
            transcripts: report.transcripts,
            added: report.added,
            updated: report.updated,
            removed: report.removed,
            unchanged: report.unchanged,
            skipped: report.skipped.iter().map(skipped).collect(),
            words: report.words,
            seconds: report.elapsed.as_secs_f64(),
        }
    }
}
