//! `verbatim explain`

use std::{io::Write, process::ExitCode};

use anyhow::Result;
use verbatim_query::parse;

use super::AskArgs;
use crate::output::stdout;

/// Show how a query is understood, and the plan by which it is answered
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim explain 'accès à l’ENT -lycée'")]
pub(crate) struct Args {
    /// The query
    #[arg(required = true)]
    query: Vec<String>,
    #[command(flatten)]
    ask: AskArgs,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let searcher = args.ask.searcher()?;
    let query = args.query.join(" ");
    let (plan, notes) = searcher.explain(&query)?;
    let mut out = stdout();
    writeln!(out, "query   {}", parse(&query).0)?;
    for note in notes {
        writeln!(out, "note    {note}")?;
    }
    write!(out, "{plan}")?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
