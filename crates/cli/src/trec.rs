//! The files of TREC: judgements (qrels) and rankings (runs).

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap, hash_map::Entry},
    fs,
    path::Path,
};

use anyhow::{Context, Result, anyhow, bail};

use crate::metrics::Judgements;

/// The judgements of each query: qid, anything, id of a transcript, relevance.
///
/// # Errors
/// The file cannot be read, a line is none, or judges again what is judged.
pub(crate) fn read_qrels(path: &Path) -> Result<BTreeMap<String, Judgements>> {
    let mut qrels: BTreeMap<String, Judgements> = BTreeMap::new();
    each_line(path, |fields| {
        let [qid, _, id, relevance] = fields else {
            bail!("a line is a qid, 0, an id and a whole number, with spaces or tabs between");
        };
        let relevance: i64 = relevance.parse().map_err(|_| anyhow!("{relevance:?} is no whole number"))?;
        // Some judges give less than nothing to spam.
        let relevance = u32::try_from(relevance.max(0)).map_err(|_| anyhow!("a relevance of {relevance}"))?;
        match qrels.entry((*qid).to_owned()).or_default().entry((*id).to_owned()) {
            Entry::Occupied(_) => bail!("{id} is judged for {qid} a second time"),
            Entry::Vacant(place) => place.insert(relevance),
        };
        Ok(())
    })?;
    Ok(qrels)
}

/// The ranking of each query, best first: qid, Q0, id of a transcript, rank, score, name of the run. As `trec_eval` has
/// it, the order is that of the scores, whatever the ranks; of equals, that of the ids, the last first.
///
/// # Errors
/// The file cannot be read, a line is none, or ranks again what is ranked.
pub(crate) fn read_run(path: &Path) -> Result<HashMap<String, Vec<String>>> {
    let mut run: HashMap<String, HashMap<String, f64>> = HashMap::new();
    each_line(path, |fields| {
        let [qid, _, id, _, score, _] = fields else {
            bail!("a line is a qid, Q0, an id, a rank, a score and a name, with spaces or tabs between");
        };
        let score: f64 =
            score.parse().ok().filter(|score: &f64| !score.is_nan()).ok_or_else(|| anyhow!("{score:?} is no score"))?;
        match run.entry((*qid).to_owned()).or_default().entry((*id).to_owned()) {
            Entry::Occupied(_) => bail!("{id} is ranked for {qid} a second time"),
            Entry::Vacant(place) => place.insert(score),
        };
        Ok(())
    })?;
    Ok(run.into_iter().map(|(qid, scores)| (qid, ranking(scores))).collect())
}

fn ranking(scores: HashMap<String, f64>) -> Vec<String> {
    let mut ranking: Vec<(String, f64)> = scores.into_iter().collect();
    ranking.sort_by(|(left_id, left), (right_id, right)| {
        right.partial_cmp(left).unwrap_or(Ordering::Equal).then_with(|| right_id.cmp(left_id))
    });
    ranking.into_iter().map(|(id, _)| id).collect()
}

/// Gives the fields of each line that has any to `read`; what it says of one is said with path and line.
fn each_line(path: &Path, mut read: impl FnMut(&[&str]) -> Result<()>) -> Result<()> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let place = || format!("{}:{}", path.display(), at + 1);
        let line = str::from_utf8(line).map_err(|_| anyhow!("not UTF-8; convert the file")).with_context(place)?;
        let fields: Vec<&str> = line.trim_start_matches('\u{FEFF}').split_whitespace().collect();
        if !fields.is_empty() {
            read(&fields).with_context(place)?;
        }
    }
    Ok(())
}
