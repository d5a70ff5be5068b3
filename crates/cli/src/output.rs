//! What the program says on a terminal: data on standard output, talk on standard error, colours only where they show.

use std::{
    io::{self, Write},
    ops::Range,
};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A title.
pub(crate) const TITLE: Style = Style::new().bold();
/// What is there for reference.
pub(crate) const QUIET: Style = Style::new().dimmed();
/// What was asked for.
pub(crate) const LIT: Style = AnsiColor::Yellow.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// How wide text is set, in characters.
const WIDTH: usize = 92;

/// Standard output. Escapes vanish where it is no terminal.
pub(crate) fn stdout() -> impl Write {
    io::BufWriter::new(anstream::stdout().lock())
}

/// Says something on standard error.
pub(crate) fn say(message: &str) {
    // Nobody is left to be told that standard error is closed.
    let _ = writeln!(anstream::stderr(), "{message}");
}

/// Says what went wrong, as `verbatim: what: why; what to do`.
pub(crate) fn complain(message: &str) {
    say(&format!("{ERROR}verbatim:{ERROR:#} {message}"));
}

/// A progress bar on a terminal, silence elsewhere.
pub(crate) fn progress_bar(unit: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    let template = format!("{{bar:30}} {{human_pos}}/{{human_len}} {unit} {{per_sec}}, {{eta}} left");
    bar.with_style(ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Shows on a bar that so many are done of so many.
pub(crate) fn advance(bar: &ProgressBar, done: usize, of: usize) {
    bar.set_length(of as u64);
    bar.set_position(done as u64);
}

/// A count that goes up on a terminal, silence elsewhere: for what has no known end.
pub(crate) fn counter(unit: &str) -> ProgressBar {
    let bar = progress_bar(unit);
    let template = format!("{{spinner}} {{human_pos}} {unit} {{per_sec}}");
    bar.with_style(ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// `text` in lines that begin with `indent`, with `highlights` lit. Ranges are in bytes.
pub(crate) fn wrapped(text: &str, highlights: &[Range<usize>], indent: &str) -> String {
    let mut out = String::from(indent);
    let mut column = indent.chars().count();
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let width = word.trim_end().chars().count();
        if column + width > WIDTH && column > indent.chars().count() {
            out.truncate(out.trim_end().len());
            out.push('\n');
            out.push_str(indent);
            column = indent.chars().count();
        }
        push_lit(&mut out, word, at, highlights);
        column += word.chars().count();
        at += word.len();
    }
    out
}

/// Appends a word that begins at byte `at` of its text, with what is lit of it.
fn push_lit(out: &mut String, word: &str, at: usize, highlights: &[Range<usize>]) {
    let mut from = 0;
    for lit in highlights {
        let (start, end) = (lit.start.max(at), lit.end.min(at + word.len()));
        if start >= end {
            continue;
        }
        out.push_str(&printable(&word[from..start - at]));
        out.push_str(&format!("{LIT}{}{LIT:#}", printable(&word[start - at..end - at])));
        from = end - at;
    }
    out.push_str(&printable(&word[from..]));
}

/// Text without control characters: a transcript must not command the terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
