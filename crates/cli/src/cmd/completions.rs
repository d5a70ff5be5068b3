//! `verbatim completions`

use std::{io::Write, process::ExitCode};

use anyhow::Result;
use clap::CommandFactory;

use crate::output::stdout;

/// Print a script that completes commands and options in a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim completions bash > ~/.local/share/bash-completion/completions/verbatim")]
pub(crate) struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::Cli::command(), "verbatim", &mut script);
    let mut out = stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
