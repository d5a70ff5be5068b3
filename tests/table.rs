//! Tables that are meant to be read by whoever speaks French.
//!
//! A row is a query, what somebody said, and what of it is lit; all that is said in a table lies in one index.

use crate::support::{Answer, Folder};

/// In place of what is lit: the transcript is no answer.
pub(crate) const NOT_FOUND: &str = "∅";

/// In place of what is lit: the transcript is an answer, and something of it is lit; what exactly is a matter of taste.
pub(crate) const FOUND: &str = "✓";

/// A query, what somebody said, and what is lit of it, piece by piece with `|` between.
pub(crate) type Row<'a> = (&'a str, &'a str, &'a str);

/// Indexes what is said in all rows, then asks the query of each.
#[track_caller]
pub(crate) fn check(rows: &[Row<'_>]) {
    let folder = Folder::new();
    for (at, (_, said, _)) in rows.iter().enumerate() {
        folder.transcript(&row_id(at), &format!("Rangée {at}"), said);
    }
    folder.index();
    let wrong: Vec<String> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, &(query, said, expected))| {
            let found = lit(&folder.search_json(query), &row_id(at));
            let right = if expected == FOUND { found != NOT_FOUND && !found.is_empty() } else { found == expected };
            (!right).then(|| format!("{query}  in  {said:?}\n    expected {expected}\n    found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

/// What an answer lights in a transcript, as a row says it.
#[track_caller]
pub(crate) fn lit(answer: &Answer, id: &str) -> String {
    if answer.has(id) { answer.lit(id).join(" | ") } else { NOT_FOUND.to_owned() }
}

fn row_id(at: usize) -> String {
    format!("r{at:03}")
}
