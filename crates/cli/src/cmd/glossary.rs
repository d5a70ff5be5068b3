//! `verbatim glossary`

use std::{io::Write, process::ExitCode};

use anyhow::Result;
use serde::Serialize;
use verbatim_indexer::Sense;
use verbatim_query::Searcher;

use super::{AskArgs, to_json};
use crate::output::{QUIET, TITLE, printable, stdout};

/// Show what the acronyms of the index stand for, and which transcripts say so
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim glossary\n  verbatim glossary --glossary corrections.yaml --json")]
pub(crate) struct Args {
    #[command(flatten)]
    ask: AskArgs,
    /// Print the glossary as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct SenseJson {
    acronym: String,
    expansion: String,
    /// How many transcripts say so.
    transcripts: u64,
    /// One that says so, and the segment in which it does; null for title and description.
    transcript: Option<String>,
    segment: Option<usize>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let searcher = args.ask.searcher()?;
    let senses = searcher
        .glossary()
        .senses()
        .iter()
        .map(|sense| SenseJson::new(&searcher, sense))
        .collect::<Result<Vec<_>>>()?;
    let mut out = stdout();
    if args.json {
        writeln!(out, "{}", to_json(&senses)?)?;
    } else {
        for sense in &senses {
            print(&mut out, sense)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn print(out: &mut impl Write, sense: &SenseJson) -> Result<()> {
    let (acronym, expansion) = (printable(&sense.acronym), printable(&sense.expansion));
    let place = match (&sense.transcript, sense.segment) {
        (Some(id), Some(segment)) => format!("{}#s{segment}", printable(id)),
        (Some(id), None) => printable(id),
        (None, _) => "from the file".to_owned(),
    };
    let count = if sense.transcripts > 1 { format!(", {} transcripts", sense.transcripts) } else { String::new() };
    writeln!(out, "{TITLE}{acronym}{TITLE:#}  {expansion}  {QUIET}{place}{count}{QUIET:#}")?;
    Ok(())
}

impl SenseJson {
    fn new(searcher: &Searcher, sense: &Sense) -> Result<Self> {
        let segment = match &sense.example {
            Some(id) => searcher.place_of(id, sense)?,
            None => None,
        };
        Ok(Self {
            acronym: sense.acronym.clone(),
            expansion: sense.expansion.clone(),
            transcripts: sense.transcripts,
            transcript: sense.example.clone(),
            segment,
        })
    }
}
