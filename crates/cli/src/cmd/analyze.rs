//! `verbatim analyze`

use std::{io::Write, process::ExitCode};

use anyhow::Result;
use serde::Serialize;
use verbatim_french::{Analyzer, Kind, OwnedToken};

use super::to_json;
use crate::output::{QUIET, TITLE, printable, stdout};

/// Show what a text becomes on its way into the index
///
/// For each token: its bytes in the text and what a reader sees lit, its position, what it is in each field of the
/// index, and the rules that made it so.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim analyze \"l’ENT et le G.A.R. au 2nd degré\"")]
pub(crate) struct Args {
    /// The text
    #[arg(required = true)]
    text: Vec<String>,
    /// Print the tokens as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct AnalysisJson {
    text: String,
    tokens: Vec<TokenJson>,
}

#[derive(Serialize)]
struct TokenJson {
    /// Bytes.
    start: usize,
    end: usize,
    lit: String,
    position: u32,
    kind: &'static str,
    written: String,
    fold: String,
    stem: String,
    rules: Vec<&'static str>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let text = args.text.join(" ");
    let tokens: Vec<TokenJson> =
        Analyzer::new().tokens(&text).into_iter().map(|token| TokenJson::new(&text, token)).collect();
    let mut out = stdout();
    if args.json {
        writeln!(out, "{}", to_json(&AnalysisJson { text, tokens })?)?;
    } else {
        print(&mut out, &tokens)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn print(out: &mut impl Write, tokens: &[TokenJson]) -> Result<()> {
    let head = ["bytes", "place", "lit", "kind", "written", "fold", "stem", "rules"].map(str::to_owned);
    let rows: Vec<[String; 8]> = tokens
        .iter()
        .map(|token| {
            [
                format!("{}..{}", token.start, token.end),
                token.position.to_string(),
                printable(&token.lit),
                token.kind.to_owned(),
                token.written.clone(),
                token.fold.clone(),
                token.stem.clone(),
                token.rules.join(", "),
            ]
        })
        .collect();
    let widths: [usize; 8] = std::array::from_fn(|column| {
        rows.iter().chain([&head]).map(|row| row[column].chars().count()).max().unwrap_or_default()
    });
    let line = |row: &[String; 8]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    writeln!(out, "{QUIET}{}{QUIET:#}", line(&head))?;
    for row in &rows {
        writeln!(out, "{TITLE}{}{TITLE:#}", line(row))?;
    }
    Ok(())
}

impl TokenJson {
    fn new(text: &str, token: OwnedToken) -> Self {
        Self {
            start: token.span.start,
            end: token.span.end,
            lit: text[token.span.clone()].to_owned(),
            position: token.position,
            kind: match token.kind {
                Kind::Word => "word",
                Kind::Acronym => "acronym",
                Kind::Number => "number",
            },
            rules: token.rules.iter().map(verbatim_french::Rule::name).collect(),
            written: token.written,
            fold: token.fold,
            stem: token.stem,
        }
    }
}
