//! `verbatim eval`

use std::{
    collections::BTreeMap,
    fs,
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
    metrics::{DEPTH, Judgements, Scores},
    output::stdout,
};

/// Measure how well the index answers judged queries
///
/// The measures are those of trec_eval, averaged over the judged queries; a query without an answer counts 0.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim eval --queries queries.tsv --qrels qrels.txt")]
pub(crate) struct Args {
    /// The queries, one a line: qid, tab, query
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// The judgements in TREC form, one a line: qid, 0, id of a transcript, relevance
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
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
    means: Scores,
    by_query: BTreeMap<String, Scores>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let qrels = read_qrels(&args.qrels)?;
    let queries = read_queries(&args.queries)?;
    let searcher = args.ask.searcher()?;
    let judged: Vec<(&String, &String, &Judgements)> =
        queries.iter().filter_map(|(qid, query)| Some((qid, query, qrels.get(qid)?))).collect();
    if judged.is_empty() {
        bail!("{}: no query is judged in {}; the qids must be the same", args.queries.display(), args.qrels.display());
    }
    let by_query: BTreeMap<String, Scores> = judged
        .par_iter()
        .map(|(qid, query, judgements)| Ok(((*qid).clone(), Scores::of(&ranking(&searcher, query)?, judgements))))
        .collect::<Result<_>>()?;
    let means = Scores::mean(by_query.values());
    let mut out = stdout();
    if args.json {
        writeln!(out, "{}", to_json(&EvaluationJson { queries: by_query.len(), means, by_query })?)?;
    } else {
        writeln!(out, "queries     {}", by_query.len())?;
        writeln!(out, "MRR@10      {:.4}", means.reciprocal_rank)?;
        writeln!(out, "hit@1       {:.4}", means.hit_1)?;
        writeln!(out, "hit@10      {:.4}", means.hit_10)?;
        writeln!(out, "nDCG@10     {:.4}", means.ndcg)?;
        writeln!(out, "recall@100  {:.4}", means.recall)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn ranking(searcher: &Searcher, query: &str) -> Result<Vec<String>> {
    let request = Request { query: query.to_owned(), limit: DEPTH, ..Request::default() };
    Ok(searcher.search(&request)?.results.into_iter().map(|found| found.id).collect())
}

fn read_queries(path: &Path) -> Result<Vec<(String, String)>> {
    let mut queries = Vec::new();
    for (at, line) in read(path)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Some((qid, query)) = line.split_once('\t') else {
            bail!("{}:{}: no tab; a line is a qid, a tab, a query", path.display(), at + 1);
        };
        queries.push((qid.to_owned(), query.to_owned()));
    }
    Ok(queries)
}

fn read_qrels(path: &Path) -> Result<BTreeMap<String, Judgements>> {
    let mut qrels: BTreeMap<String, Judgements> = BTreeMap::new();
    for (at, line) in read(path)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let judgement = match fields[..] {
            [qid, _, id, relevance] => relevance.parse::<i64>().ok().map(|relevance| (qid, id, relevance)),
            _ => None,
        };
        let Some((qid, id, relevance)) = judgement else {
            bail!("{}:{}: a line is a qid, 0, an id and a whole number", path.display(), at + 1);
        };
        // Some judges give less than nothing to spam.
        let relevance = u32::try_from(relevance).unwrap_or_default();
        qrels.entry(qid.to_owned()).or_default().insert(id.to_owned(), relevance);
    }
    Ok(qrels)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{}", path.display()))
}
