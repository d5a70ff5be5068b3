//! `verbatim check`

use std::{
    collections::HashMap,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;
use serde::Serialize;
use verbatim_indexer::sources;

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
    let (sources, skipped) = sources(paths)?;
    let mut findings = Findings::default();
    let name = |path: &Path| path.display().to_string();
    findings
        .skipped
        .extend(skipped.into_iter().map(|skipped| SkippedJson { path: name(&skipped.path), reason: skipped.reason }));
    let mut ids: HashMap<String, String> = HashMap::new();
    for source in sources {
        let path = name(&source.path);
        match source.load() {
            Err(reason) => findings.skipped.push(SkippedJson { path, reason }),
            Ok(parsed) => {
                for transcript in parsed.transcripts {
                    findings.transcripts += 1;
                    if let Some(first) = ids.insert(transcript.id.clone(), path.clone()) {
                        let reason = format!("its id `{}` is that of {first} too", transcript.id);
                        findings.skipped.push(SkippedJson { path: path.clone(), reason });
                    }
                }
                let note = |note: verbatim_transcript::Note| NoteJson {
                    path: path.clone(),
                    line: note.line,
                    message: note.message,
                };
                findings.notes.extend(parsed.notes.into_iter().map(note));
            }
        }
    }
    Ok(findings)
}
