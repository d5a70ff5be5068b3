//! `verbatim batch`

mod feed;
mod format;
mod sink;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, IsTerminal},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
    time::Instant,
};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget};
use verbatim_query::{Request, Searcher};

use self::{
    feed::{Feed, Line},
    format::Format,
    sink::Sink,
};
use super::AskArgs;
use crate::{
    ordered::in_order,
    output::{complain, counter, progress_bar, say},
    queries::Query,
};

/// Answer a file of queries, in its order, on all cores
///
/// A line is a query, or qid, tab, query, or JSON: {"qid": "q1", "query": "GAR", "limit": 5, "area": "Domaine 1",
/// "speaker": "Martin"}, all but the query optional. A query without a qid gets the number of its line. Answers appear
/// while the input is still open. A line that is no query is reported by its number and passed over, and makes the exit
/// status 2 in the end.
///
/// --output gives the file its name when it is whole: until then, and where Ctrl-C or an error ends the run early, what
/// is done lies beside it as NAME.partial.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim batch queries.tsv --output answers.jsonl\n  \
                        verbatim batch queries.txt --format csv --limit 3 > answers.csv\n  \
                        verbatim batch queries.tsv --format trec --limit 100 --output run.trec\n  \
                        tail -f questions.log | verbatim batch -\n\n\
                        Exit status: 0 all answered, 2 a line was no query or an error, 130 ended by Ctrl-C.")]
pub(crate) struct Args {
    /// The queries; - for standard input
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
    #[command(flatten)]
    ask: AskArgs,
    /// The most results for each query
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// The form of the answers
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// The file for the answers, in place of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many threads answer [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// What became of a line.
enum Outcome {
    Answered { lines: String, found: bool },
    Bad { number: u64, why: String },
}

/// How many lines came to which end.
#[derive(Default)]
struct Tally {
    answered: u64,
    found: u64,
    bad: u64,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let searcher = args.ask.searcher()?;
    let feed = Feed::open(&args.file)?;
    let mut sink = Sink::open(args.output.as_deref())?;
    let stop = feed.stop();
    stop.clone().at_signal()?;
    let start = Instant::now();
    let bar = bar(args);
    let mut tally = Tally::default();
    let threads = args.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let done = sink.write(args.format.head()?.as_bytes()).and_then(|()| {
        let take = |outcome| tally.take(outcome, &mut sink, &bar, &args.file).inspect_err(|_| stop.now(2));
        in_order(threads, feed, |line| answer(&searcher, args, line), take)
    });
    bar.finish_and_clear();
    done.and_then(|()| sink.flush())?;
    say(&tally.summary(start));
    if let Some(status) = stop.status() {
        let partial = sink.partial().map(|path| format!("; what is done lies in {}", path.display()));
        complain(&format!("{}: stopped before its end{}", name(&args.file), partial.unwrap_or_default()));
        return Ok(ExitCode::from(status));
    }
    sink.finish()?;
    Ok(if tally.bad > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

/// Answers a line, in the form that was asked for.
fn answer(searcher: &Searcher, args: &Args, line: Line) -> Result<Outcome> {
    let (number, line) = line.with_context(|| name(&args.file))?;
    let (qid, query) = match Query::read(&line) {
        Ok(mut query) => (query.qid.take().unwrap_or_else(|| number.to_string()), query),
        Err(why) => return Ok(Outcome::Bad { number, why }),
    };
    if let Some(why) = args.format.refuses(&qid) {
        return Ok(Outcome::Bad { number, why: why.to_owned() });
    }
    let request = Request {
        query: query.text,
        limit: query.limit.unwrap_or(args.limit),
        area: query.area,
        speaker: query.speaker,
        snippets: args.format.snippets(),
        grouped: args.format.groups(),
        ..Request::default()
    };
    let answer = searcher.search(&request)?;
    Ok(Outcome::Answered { lines: args.format.lines(&qid, &answer)?, found: answer.total > 0 })
}

impl Tally {
    /// Writes and counts what became of the next line; flushes where there is none yet.
    fn take(
        &mut self,
        outcome: Option<Result<Outcome>>,
        sink: &mut Sink,
        bar: &ProgressBar,
        file: &Path,
    ) -> Result<()> {
        match outcome.transpose()? {
            None => return sink.flush(),
            Some(Outcome::Answered { lines, found }) => {
                sink.write(lines.as_bytes())?;
                self.answered += 1;
                self.found += u64::from(found);
            }
            Some(Outcome::Bad { number, why }) => {
                bar.suspend(|| complain(&format!("{}:{number}: {why}; passed over", name(file))));
                self.bad += 1;
            }
        }
        bar.inc(1);
        Ok(())
    }

    fn summary(&self, start: Instant) -> String {
        let Self { answered, found, bad } = self;
        let seconds = start.elapsed().as_secs_f64();
        let bad = if *bad > 0 { format!(", {bad} bad lines") } else { String::new() };
        let rate = *answered as f64 / seconds.max(f64::EPSILON);
        format!("{answered} queries, {found} with results{bad} in {seconds:.1} s ({rate:.0} a second)")
    }
}

/// The input, as a person would call it.
fn name(file: &Path) -> String {
    if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() }
}

/// A bar where the end is known, a count where it is not; nothing where the answers themselves go to the terminal.
fn bar(args: &Args) -> ProgressBar {
    let hidden = !io::stderr().is_terminal() || args.output.is_none() && io::stdout().is_terminal();
    if hidden {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let Some(lines) = count_lines(&args.file) else { return counter("queries") };
    let bar = progress_bar("queries");
    bar.set_length(lines);
    bar
}

/// How many lines a file has; `None` where that cannot be known before they come.
fn count_lines(file: &Path) -> Option<u64> {
    if !std::fs::metadata(file).ok()?.is_file() {
        return None;
    }
    let mut input = BufReader::with_capacity(1 << 16, File::open(file).ok()?);
    let mut lines = 0;
    while input.skip_until(b'\n').ok()? > 0 {
        lines += 1;
    }
    Some(lines)
}
