//! `verbatim check`

use std::{
    collections::{HashMap, HashSet},
    io::Write,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;
use serde::Serialize;
use verbatim_indexer::{Skipped, sources};
use verbatim_transcript::Note;

use super::to_json;
use crate::output::{say, stdout};

/// Name what is odd in transcripts, by path and line, without indexing them
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim check talks")]
pub(crate) struct Args {
    /// Files and folders; folders are read recursively
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Default, Serialize)]
struct Findings {
    transcripts: usize,
    notes: Vec<NoteJson>,
    skipped: Vec<SkippedJson>,
}

#[derive(Serialize)]
struct NoteJson {
    path: String,
    line: usize,
    message: String,
}

#[derive(Serialize)]
struct SkippedJson {
    path: String,
    reason: String,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let findings = findings(&args.paths)?;
    let mut out = stdout();
    if args.json {
        writeln!(out, "{}", to_json(&findings)?)?;
    } else {
        for SkippedJson { path, reason } in &findings.skipped {
            writeln!(out, "{path}: {reason}; it would be skipped")?;
        }
        for NoteJson { path, line, message } in &findings.notes {
            writeln!(out, "{path}:{line}: {message}")?;
        }
        say(&format!(
            "{} transcripts, {} notes, {} files that cannot be read",
            findings.transcripts,
            findings.notes.len(),
            findings.skipped.len()
        ));
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn findings(paths: &[PathBuf]) -> Result<Findings> {
    let (sources, mut skipped) = sources(paths)?;
    let mut findings = Findings::default();
    let mut ids: HashMap<String, PathBuf> = HashMap::new();
    // What belongs to several transcripts is read for each of them.
    let mut told: HashSet<(PathBuf, Note)> = HashSet::new();
    for source in sources {
        let path = &source.path;
        let read = source.read(|loaded| {
            for transcript in loaded.transcripts {
                findings.transcripts += 1;
                if let Some(first) = ids.insert(transcript.id.clone(), path.clone()) {
                    let reason = format!("its id `{}` is that of {} too", transcript.id, first.display());
                    skipped.push(Skipped { path: path.clone(), reason });
                }
            }
            skipped.extend(loaded.skipped);
            let new = loaded.notes.into_iter().filter(|note| told.insert(note.clone()));
            let note = |(path, Note { line, message }): (PathBuf, Note)| NoteJson { path: name(&path), line, message };
            findings.notes.extend(new.map(note));
            ControlFlow::Continue(())
        });
        skipped.extend(read.err().map(|reason| Skipped { path: path.clone(), reason }));
    }
    let mut told: HashSet<Skipped> = HashSet::new();
    let new = skipped.into_iter().filter(|skipped| told.insert(skipped.clone()));
    findings.skipped = new.map(|Skipped { path, reason }| SkippedJson { path: name(&path), reason }).collect();
    Ok(findings)
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
