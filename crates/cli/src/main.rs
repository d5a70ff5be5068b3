//! The program `verbatim`: full-text search over French transcripts.

mod bootstrap;
mod cmd;
mod follow;
mod metrics;
mod news;
mod ordered;
mod output;
mod queries;
mod signal;
mod trec;

use std::{io, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Full-text search over French transcripts.
///
/// A folder of transcripts becomes an index; questions get ranked videos with the passages that answer.
#[derive(Debug, Parser)]
#[command(name = "verbatim", version, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  verbatim serve data                     index the folder, then search it at http://127.0.0.1:8080
  verbatim index talks                    bring the index in line with the folder
  verbatim search GAR                     what the index says of an acronym
  verbatim search '\"classe inversée\"'     a phrase, word for word
  verbatim batch queries.txt              answers to a file of queries, as JSON lines
  verbatim check talks                    what is odd in the files

Results go to standard output, everything else to standard error.
Exit status: 0 done, 1 nothing found, 2 an error.";

#[derive(Debug, Subcommand)]
enum Command {
    Index(cmd::index::Args),
    Search(cmd::search::Args),
    Batch(cmd::batch::Args),
    Serve(cmd::serve::Args),
    Check(cmd::check::Args),
    Analyze(cmd::analyze::Args),
    Explain(cmd::explain::Args),
    Doctor(cmd::doctor::Args),
    Glossary(cmd::glossary::Args),
    Eval(cmd::eval::Args),
    Completions(cmd::completions::Args),
}

fn main() -> ExitCode {
    let run = || -> Result<ExitCode> {
        match Cli::parse().command {
            Command::Index(args) => cmd::index::run(&args),
            Command::Search(args) => cmd::search::run(&args),
            Command::Batch(args) => cmd::batch::run(&args),
            Command::Serve(args) => cmd::serve::run(&args),
            Command::Check(args) => cmd::check::run(&args),
            Command::Analyze(args) => cmd::analyze::run(&args),
            Command::Explain(args) => cmd::explain::run(&args),
            Command::Doctor(args) => cmd::doctor::run(&args),
            Command::Glossary(args) => cmd::glossary::run(&args),
            Command::Eval(args) => cmd::eval::run(&args),
            Command::Completions(args) => cmd::completions::run(&args),
        }
    };
    run().unwrap_or_else(|error| {
        // Whoever reads our output may stop reading: `verbatim search GAR | head -1`.
        let broken_pipe = |cause: &(dyn std::error::Error + 'static)| {
            cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
        };
        if error.chain().any(broken_pipe) {
            return ExitCode::SUCCESS;
        }
        output::complain(&format!("{error:#}"));
        ExitCode::from(2)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
