//! The forms in which answers are written: JSON lines, a table for spreadsheets, a run for TREC's tools.

use std::fmt::Write;

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;
use verbatim_query::{Answer, AnswerJson};

use crate::cmd::{search::SNIPPETS, to_json};

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One JSON document a line, that of `search --json` and the qid
    Jsonl,
    /// A table for spreadsheets, one result a line
    Csv,
    /// qid Q0 id rank score verbatim
    Trec,
}

/// The columns of a result in the table after qid, query and rank, and where they stand in its JSON: the first place that
/// has something.
const COLUMNS: [(&str, &[&str]); 10] = [
    ("id", &["/id"]),
    ("title", &["/title"]),
    ("area", &["/area"]),
    ("score", &["/score"]),
    ("matches", &["/matches"]),
    ("start", &["/snippets/0/start"]),
    ("speaker", &["/snippets/0/speaker"]),
    ("snippet", &["/snippets/0/text"]),
    ("url", &["/snippets/0/url", "/url"]),
    ("video", &["/video"]),
];

/// What begins a formula in one spreadsheet or another.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A score is written to so many parts of one, and differs from the next by one part at least: a tool that reads a run
/// orders it by score, and equal scores as it likes.
const PARTS: f64 = 1e4;

#[derive(Serialize)]
struct LineJson<'a> {
    qid: &'a str,
    #[serde(flatten)]
    answer: AnswerJson,
}

impl Format {
    /// The most snippets for each result that there is room for.
    pub(super) fn snippets(self) -> usize {
        match self {
            Self::Jsonl => SNIPPETS,
            Self::Csv => 1,
            Self::Trec => 0,
        }
    }

    /// Whether a result that shows nothing new is put under a better one: in JSON it is named there, a row of a table
    /// would be lost.
    pub(super) fn groups(self) -> bool {
        self == Self::Jsonl
    }

    /// Why a qid cannot be written in this form.
    pub(super) fn refuses(self, qid: &str) -> Option<&'static str> {
        let spaced = self == Self::Trec && qid.contains(char::is_whitespace);
        spaced.then_some("a qid with white space has no place in a TREC run")
    }

    /// What stands before all answers.
    pub(super) fn head(self) -> Result<String> {
        if self != Self::Csv {
            return Ok(String::new());
        }
        let columns = COLUMNS.iter().map(|(name, _)| (*name).to_owned());
        table([["qid", "query", "rank"].map(str::to_owned).into_iter().chain(columns)])
    }

    /// An answer, in whole lines.
    pub(super) fn lines(self, qid: &str, answer: &Answer) -> Result<String> {
        match self {
            Self::Jsonl => Ok(to_json(&LineJson { qid, answer: AnswerJson::new(answer) })? + "\n"),
            Self::Csv => csv(qid, answer),
            Self::Trec => Ok(trec(qid, answer)),
        }
    }
}

/// A row for each result; a query that found nothing has a row of its own, so that it is not lost.
fn csv(qid: &str, answer: &Answer) -> Result<String> {
    // By way of text: a number is written as it is in JSON.
    let json: Value = serde_json::from_str(&to_json(&AnswerJson::new(answer))?).context("our own JSON")?;
    let results = json["results"].as_array().map_or(&[][..], Vec::as_slice);
    let head = |rank: String| [cell(qid), cell(&answer.query), rank].into_iter();
    if results.is_empty() {
        return table([head(String::new()).chain(vec![String::new(); COLUMNS.len()])]);
    }
    table(results.iter().enumerate().map(|(at, result)| {
        let field = |(_, places): &(&str, &[&str])| match places.iter().find_map(|place| result.pointer(place)) {
            Some(Value::String(text)) => cell(text),
            Some(Value::Null) | None => String::new(),
            Some(number) => number.to_string(),
        };
        let fields: Vec<String> = COLUMNS.iter().map(field).collect();
        head((at + 1).to_string()).chain(fields)
    }))
}

fn table<R: IntoIterator<Item = String>>(rows: impl IntoIterator<Item = R>) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).context("a row of the table")?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error()).context("the table")?;
    String::from_utf8(bytes).context("the table")
}

/// Text that no spreadsheet takes for a formula, without control characters.
fn cell(text: &str) -> String {
    let text = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\r' | '\n'));
    let text: String = text.collect();
    if text.starts_with(FORMULA) { format!("'{text}") } else { text }
}

fn trec(qid: &str, answer: &Answer) -> String {
    let mut lines = String::new();
    let mut last = i64::MAX;
    for (at, found) in answer.results.iter().enumerate() {
        let parts = (f64::from(found.score) * PARTS).round() as i64;
        last = parts.min(last.saturating_sub(1));
        // Writing to a string does not fail.
        let _ = writeln!(lines, "{qid} Q0 {} {} {:.4} verbatim", found.id, at + 1, last as f64 / PARTS);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_no_formula() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+33 1", "'+33 1"),
            ("-lycée", "'-lycée"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\u{1B}=1", "'=1"),
            ("＝1", "'＝1"),
            ("l’ENT = un espace", "l’ENT = un espace"),
            ("«-»", "«-»"),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
