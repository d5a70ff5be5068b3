//! The lines `---` that set the front matter apart from the body.

use crate::error::Error;

/// Larger front matter is refused: it is a file whose second `---` is missing.
const MAX_FRONT_MATTER: usize = 256 * 1024;

/// A part of the file and the number of its first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) text: &'a str,
    pub(crate) line: usize,
}

/// The front matter, if there is one, and what follows it.
pub(crate) fn split(file: &str) -> Result<(Option<Part<'_>>, Part<'_>), Error> {
    let mut lines = Lines::of(file);
    let opened = loop {
        match lines.next() {
            Some(line) if line.text.trim().is_empty() => {}
            Some(line) if is_fence(line.text) => break line.line,
            _ => {
                return Ok((None, Part { text: file, line: 1 }));
            }
        }
    };
    let begin = lines.at;
    let refuse = |line, reason: String| Err(Error { line, reason });
    loop {
        let at = lines.at;
        let Some(line) = lines.next() else {
            return refuse(opened, "the front matter is not closed; put a line `---` after its last key".to_owned());
        };
        if at - begin > MAX_FRONT_MATTER {
            let reason = format!(
                "the front matter is larger than {} KiB; is the `---` that closes it missing?",
                MAX_FRONT_MATTER / 1024
            );
            return refuse(opened, reason);
        }
        if is_fence(line.text) || line.text.trim_end() == "..." {
            let front = Part { text: &file[begin..at], line: opened + 1 };
            let body = Part { text: &file[lines.at..], line: line.line + usize::from(lines.at < file.len()) };
            return Ok((Some(front), body));
        }
        if is_transcription(line.text) {
            return refuse(
                line.line,
                "the front matter is not closed before this heading; put a line `---` above it".to_owned(),
            );
        }
    }
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// To YAML a heading is a comment, so a missing fence would go unnoticed and take all speech with it.
fn is_transcription(line: &str) -> bool {
    let heading = line.trim_start_matches('#');
    heading.len() < line.len() && heading.trim().trim_end_matches([':', ' ']).eq_ignore_ascii_case("transcription")
}

/// The lines of a text, numbered, and how far we are.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Lines { text, at: 0, line: 0 }
    }

    fn next(&mut self) -> Option<Part<'a>> {
        let line = self.text[self.at..].split_inclusive('\n').next()?;
        self.at += line.len();
        self.line += 1;
        Some(Part { text: line.trim_end_matches('\n'), line: self.line })
    }
}
