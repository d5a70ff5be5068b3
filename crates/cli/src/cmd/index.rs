//! `verbatim index`

use std::{io::Write, path::PathBuf, process::ExitCode};

use anyhow::{Result, anyhow};
use serde::Serialize;
use verbatim_indexer::{Options, Report, update};

use super::{IndexArg, to_json};
use crate::output::{complain, progress_bar, say, stdout};

/// Bring the index in line with files and folders of transcripts
///
/// Unchanged files are not read again, changed ones are replaced, and what is not below the paths any more leaves the
/// index, all at once. A file that cannot be read is reported and passed over.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim index talks\n  verbatim index talks courses --index both --strict")]
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
    #[arg(long)]
    strict: bool,
    /// Print the report as JSON
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
    let report = index(&args.paths, &args.index, args.rebuild)?;
    if args.json {
        writeln!(stdout(), "{}", to_json(&ReportJson::new(&report))?)?;
    }
    let failed = args.strict && !report.skipped.is_empty();
    Ok(if failed { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

/// Brings the index in line with `paths`, and says on standard error what was done.
pub(super) fn index(paths: &[PathBuf], index: &IndexArg, rebuild: bool) -> Result<Report> {
    let options = Options { paths: paths.to_vec(), index: index.index.clone(), rebuild };
    let bar = progress_bar("files");
    let report = update(&options, &|done, of| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let report = report.map_err(|error| anyhow!("{error}; the index is left as it was"))?;
    for skipped in &report.skipped {
        complain(&format!("{}: {}; skipped", skipped.path.display(), skipped.reason));
    }
    say(&summary(&report, index));
    Ok(report)
}

fn summary(report: &Report, index: &IndexArg) -> String {
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
        index.index.display(),
        counts.join(", "),
        report.elapsed.as_secs_f64()
    );
    if report.notes > 0 {
        summary.push_str(&format!("\n{} oddities in the files; `verbatim check` names them", report.notes));
    }
    summary
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
