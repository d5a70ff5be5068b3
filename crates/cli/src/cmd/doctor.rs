//! `verbatim doctor`

use std::{io::Write, path::PathBuf, process::ExitCode};

use anyhow::Result;
use serde::Serialize;
use verbatim_indexer::{Diagnosis, Finding, Severity, examine};

use super::{IndexArg, to_json};
use crate::output::{say, stdout};

/// Examine the index: is it whole, of this version, and in line with its sources
///
/// Every file is compared with its checksum, and every transcript read. With paths, the index is compared with the files
/// there too. Nothing is written. Ends with status 2 where something is to be done, and says what.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim doctor\n  verbatim doctor talks --index talks-index --json")]
pub(crate) struct Args {
    /// The files and folders that were indexed
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexArg,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct DiagnosisJson {
    index: String,
    sound: bool,
    generation: Option<String>,
    commit: u64,
    transcripts: u64,
    segments: usize,
    bytes: u64,
    findings: Vec<FindingJson>,
}

#[derive(Serialize)]
struct FindingJson {
    severity: &'static str,
    path: String,
    what: String,
    advice: String,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let diagnosis = examine(&args.index.index, &args.paths);
    let index = args.index.index.display().to_string();
    let mut out = stdout();
    if args.json {
        writeln!(out, "{}", to_json(&DiagnosisJson::new(&diagnosis, index))?)?;
    } else {
        for Finding { path, what, advice, .. } in &diagnosis.findings {
            writeln!(out, "{}: {what}; {advice}", path.display())?;
        }
        out.flush()?;
        say(&summary(&diagnosis, &index));
    }
    out.flush()?;
    Ok(if diagnosis.is_sound() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn summary(diagnosis: &Diagnosis, index: &str) -> String {
    let count = |severity| diagnosis.findings.iter().filter(|finding| finding.severity == severity).count();
    let verdict = match (count(Severity::Damage), count(Severity::OutOfLine)) {
        (0, 0) => "sound".to_owned(),
        (0, sources) => format!("whole, but not in line with {sources} of its sources"),
        (_, _) => "damaged".to_owned(),
    };
    match &diagnosis.generation {
        None => format!("{index}: {verdict}"),
        Some(generation) => format!(
            "{index}: {verdict}; {} transcripts, {} segments, {:.1} MB, {generation}, commit {}",
            diagnosis.transcripts,
            diagnosis.segments,
            diagnosis.bytes as f64 / 1e6,
            diagnosis.commit
        ),
    }
}

impl DiagnosisJson {
    fn new(diagnosis: &Diagnosis, index: String) -> Self {
        let finding = |finding: &Finding| FindingJson {
            severity: match finding.severity {
                Severity::Damage => "damage",
                Severity::OutOfLine => "out-of-line",
                Severity::Remark => "remark",
            },
            path: finding.path.display().to_string(),
            what: finding.what.clone(),
            advice: finding.advice.clone(),
        };
        Self {
            index,
            sound: diagnosis.is_sound(),
            generation: diagnosis.generation.clone(),
            commit: diagnosis.commit,
            transcripts: diagnosis.transcripts,
            segments: diagnosis.segments,
            bytes: diagnosis.bytes,
            findings: diagnosis.findings.iter().map(finding).collect(),
        }
    }
}
