//! `verbatim search`

use std::{io::Write, process::ExitCode};

use anyhow::Result;
use verbatim_query::{Answer, AnswerJson, Expansion, Found, Request, Snippet};
use verbatim_transcript::Time;

use super::{AskArgs, to_json};
use crate::output::{QUIET, TITLE, printable, say, stdout, wrapped};

/// Ask the index a question
///
/// Any of the words makes a transcript an answer, and the best come first. "Quoted phrases" are required, -word is
/// excluded, area:"Domaine 1" and speaker:"Marie Dupuis" restrict, and a word may end in *.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim search GAR\n  verbatim search 'classe inversée -lycée'\n  \
                  verbatim search '\"gestionnaire d’accès aux ressources\"'\n  verbatim search 'cyberharc*' --json")]
pub(crate) struct Args {
    /// The question
    #[arg(required = true)]
    query: Vec<String>,
    #[command(flatten)]
    ask: AskArgs,
    /// The most results
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many results to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// The only area to look in
    #[arg(long)]
    area: Option<String>,
    /// The only speaker to listen to, by name or a part of it
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

/// The most snippets for each result.
pub(super) const SNIPPETS: usize = 3;

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let searcher = args.ask.searcher()?;
    let request = Request {
        query: args.query.join(" "),
        limit: args.limit,
        offset: args.offset,
        area: args.area.clone(),
        speaker: args.speaker.clone(),
        snippets: SNIPPETS,
        grouped: true,
    };
    let answer = searcher.search(&request)?;
    let mut out = stdout();
    if args.json {
        writeln!(out, "{}", to_json(&AnswerJson::new(&answer))?)?;
    } else {
        print(&mut out, &answer, args.offset)?;
    }
    out.flush()?;
    Ok(if answer.total == 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn print(out: &mut impl Write, answer: &Answer, offset: usize) -> Result<()> {
    for note in &answer.notes {
        say(&format!("note: {note}"));
    }
    if let Some(suggestion) = &answer.suggestion {
        say(&format!("showing results for {}", printable(suggestion)));
    }
    for Expansion { acronym, expansion } in &answer.expansions {
        say(&format!("{} stands for {}", printable(acronym), printable(expansion)));
    }
    let transcripts = if answer.total == 1 { "transcript" } else { "transcripts" };
    let milliseconds = answer.elapsed.as_secs_f64() * 1e3;
    say(&format!("{} {transcripts} for {} in {milliseconds:.1} ms", answer.total, printable(&answer.query)));
    for (at, found) in answer.results.iter().enumerate() {
        print_found(out, found, offset + at + 1)?;
    }
    Ok(())
}

fn print_found(out: &mut impl Write, found: &Found, rank: usize) -> Result<()> {
    writeln!(out)?;
    writeln!(out, "{rank:>2}. {TITLE}{}{TITLE:#}", printable(&found.title))?;
    let matches = if found.matches == 1 { "1 match".to_owned() } else { format!("{} matches", found.matches) };
    let parts = [Some(found.id.clone()), found.area.clone(), Some(matches)];
    let line = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    writeln!(out, "    {QUIET}{}{QUIET:#}", printable(&line))?;
    for snippet in &found.snippets {
        print_snippet(out, snippet)?;
    }
    for also in &found.also {
        writeln!(out, "    {QUIET}also in {} · {}{QUIET:#}", printable(&also.title), printable(&also.id))?;
    }
    Ok(())
}

fn print_snippet(out: &mut impl Write, snippet: &Snippet) -> Result<()> {
    let label: Vec<String> =
        [snippet.time.map(Time::clock), snippet.speaker.as_deref().map(printable)].into_iter().flatten().collect();
    if !label.is_empty() {
        writeln!(out, "    {QUIET}{}{QUIET:#}", label.join(" "))?;
    }
    writeln!(out, "{}", wrapped(&snippet.text, &snippet.highlights, "    "))?;
    Ok(())
}
