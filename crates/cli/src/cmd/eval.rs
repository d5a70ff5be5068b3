//! `verbatim eval`

use std::{
    collections::{BTreeMap, HashSet},
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::Serialize;
use verbatim_query::{Request, Searcher};

use super::{AskArgs, to_json};
use crate::{
    bootstrap::{Differences, LEVEL, RESAMPLES},
    metrics::{DEPTH, Judgements, MEASURES, Scores},
    output::{printable, say, stdout},
    queries::{Lines, Query},
    trec::{read_qrels, read_run},
};

/// Measure how well the index answers judged queries
///
/// The measures are those of trec_eval, averaged over the queries that are judged; a query without an answer counts 0.
/// With --against, a run made by whatever means is measured on the same queries, and for each measure the difference is
/// given with its 95 % interval, from 10,000 paired bootstrap resamples of the queries: where 0 lies within, it may be
/// chance.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim eval --queries queries.tsv --qrels qrels.txt\n  \
                        verbatim batch queries.tsv --format trec --limit 100 --output before.trec\n  \
                        verbatim eval --queries queries.tsv --qrels qrels.txt --against before.trec")]
pub(crate) struct Args {
    /// The queries, one a line: qid, tab, query; or JSON as for `batch`
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// The judgements in TREC form, one a line: qid, 0, id of a transcript, relevance
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// A run in TREC form to compare with, one a line: qid, Q0, id of a transcript, rank, score, name
    #[arg(long, value_name = "RUN")]
    against: Option<PathBuf>,
    #[command(flatten)]
    ask: AskArgs,
    /// Print the measures as JSON, with those of each query
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct EvaluationJson {
    queries: usize,
    #[serde(flatten)]
    ranking: RankingJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<AgainstJson>,
}

#[derive(Serialize)]
struct RankingJson {
    #[serde(flatten)]
    means: Scores,
    by_query: BTreeMap<String, Scores>,
}

#[derive(Serialize)]
struct AgainstJson {
    run: String,
    #[serde(flatten)]
    ranking: RankingJson,
    /// How much better the index is than the run.
    difference: Differences,
    level: f64,
    resamples: usize,
}

/// A query that is judged.
struct Judged {
    qid: String,
    query: Query,
    judgements: Judgements,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let judged = judged(args)?;
    let run = args.against.as_deref().map(read_run).transpose()?;
    let searcher = args.ask.searcher()?;
    let ours = judged
        .par_iter()
        .map(|judged| Ok(Scores::of(&ranking(&searcher, &judged.query)?, &judged.judgements)))
        .collect::<Result<Vec<Scores>>>()?;
    let against = args.against.as_deref().zip(run).map(|(path, run)| {
        let ranking = |judged: &Judged| run.get(&judged.qid).map_or(&[][..], Vec::as_slice);
        let theirs: Vec<Scores> = judged.iter().map(|judged| Scores::of(ranking(judged), &judged.judgements)).collect();
        AgainstJson {
            run: path.display().to_string(),
            difference: Differences::new(&ours, &theirs),
            ranking: RankingJson::new(&judged, &theirs),
            level: LEVEL,
            resamples: RESAMPLES,
        }
    });
    let evaluation = EvaluationJson { queries: judged.len(), ranking: RankingJson::new(&judged, &ours), against };
    let mut out = stdout();
    if args.json {
        writeln!(out, "{}", to_json(&evaluation)?)?;
    } else {
        print(&mut out, &evaluation)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn print(out: &mut impl Write, EvaluationJson { queries, ranking, against }: &EvaluationJson) -> Result<()> {
    writeln!(out, "queries     {queries}")?;
    let Some(against) = against else {
        for (name, mean) in MEASURES.iter().zip(ranking.means.0) {
            writeln!(out, "{name:<10}  {mean:.4}")?;
        }
        return Ok(());
    };
    say(&format!("against {}; intervals from {} resamples", printable(&against.run), against.resamples));
    let interval = format!("{:.0} % interval", against.level * 100.0);
    writeln!(out, "            {:<8}  {:<8}  {:<10}  {interval}", "index", "run", "difference")?;
    for (at, name) in MEASURES.iter().enumerate() {
        let (ours, theirs, difference) = (ranking.means.0[at], against.ranking.means.0[at], against.difference.0[at]);
        let interval = format!("{:+.4} to {:+.4}", difference.low, difference.high);
        writeln!(out, "{name:<10}  {ours:<8.4}  {theirs:<8.4}  {:<+10.4}  {interval}", difference.mean)?;
    }
    Ok(())
}

impl RankingJson {
    fn new(judged: &[Judged], scores: &[Scores]) -> Self {
        let by_query = judged.iter().map(|judged| judged.qid.clone()).zip(scores.iter().copied());
        Self { means: Scores::mean(scores), by_query: by_query.collect() }
    }
}

/// The queries with their judgements. Says which have none, and which judgements have no query.
fn judged(args: &Args) -> Result<Vec<Judged>> {
    let mut qrels = read_qrels(&args.qrels)?;
    let queries = read_queries(&args.queries)?;
    let all = queries.len();
    let mut judged = Vec::new();
    for (qid, query) in queries {
        if let Some(judgements) = qrels.remove(&qid) {
            judged.push(Judged { qid, query, judgements });
        }
    }
    let (queries, file) = (args.queries.display(), args.qrels.display());
    if judged.is_empty() {
        bail!("{queries}: no query is judged in {file}; the qids must be the same");
    }
    if judged.len() < all {
        say(&format!("{queries}: not counted: {} of {all} queries, without judgements in {file}", all - judged.len()));
    }
    if !qrels.is_empty() {
        say(&format!("{file}: not counted: the judgements of {} qids that are not in {queries}", qrels.len()));
    }
    Ok(judged)
}

fn ranking(searcher: &Searcher, query: &Query) -> Result<Vec<String>> {
    let Query { text, area, speaker, .. } = query.clone();
    let request = Request { query: text, limit: DEPTH, area, speaker, ..Request::default() };
    Ok(searcher.search(&request)?.results.into_iter().map(|found| found.id).collect())
}

fn read_queries(path: &Path) -> Result<Vec<(String, Query)>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let (mut queries, mut seen) = (Vec::new(), HashSet::new());
    for line in Lines::new(file) {
        let (number, line) = line.with_context(|| path.display().to_string())?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let place = format!("{}:{number}", path.display());
        let mut query = match Query::read(&line) {
            Ok(query) => query,
            Err(why) => bail!("{place}: {why}"),
        };
        let Some(qid) = query.qid.take() else {
            bail!("{place}: no qid; a line is a qid, a tab, a query");
        };
        if !seen.insert(qid.clone()) {
            bail!("{place}: the qid {qid} a second time");
        }
        queries.push((qid, query));
    }
    Ok(queries)
}
