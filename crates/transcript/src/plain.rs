//! Plain text: paragraphs and nothing else.

use crate::model::{Metadata, Segment, Transcript};
use crate::text;

/// A text without blank lines is one paragraph up to this many bytes; beyond, each line is one.
const ONE_PARAGRAPH: usize = 2_000;

/// The title is the last part of the id, for the file says nothing about itself.
pub(crate) fn parse(id: &str, text: &str) -> Transcript {
    Transcript {
        id: id.to_owned(),
        metadata: Metadata { title: text::last_part(id).to_owned(), ..Metadata::default() },
        segments: segments_of(text),
    }
}

/// The paragraphs of a text.
pub(crate) fn segments_of(text: &str) -> Vec<Segment> {
    paragraphs(text).iter().flat_map(|text| segments(text)).collect()
}

fn segments(paragraph: &str) -> Vec<Segment> {
    let folded = text::fold(paragraph);
    let said = |text: &str| Segment { text: text.to_owned(), ..Segment::default() };
    text::pieces(&folded).into_iter().map(said).collect()
}

fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.trim().lines().collect();
    let is_blank = |line: &&str| line.trim().is_empty();
    if text.len() > ONE_PARAGRAPH && !lines.iter().any(is_blank) {
        return lines.into_iter().map(str::to_owned).collect();
    }
    lines.split(is_blank).map(|lines| lines.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let transcript = parse("lycee/mon-cours", text);
        assert_eq!(transcript.metadata.title, "mon-cours");
        let found: Vec<&str> = transcript.segments.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn paragraphs_become_segments() {
        check("Bonjour à tous.", &["Bonjour à tous."]);
        check("Un.\n\nDeux,\nsuite.\n \t\n\n\nTrois.\n", &["Un.", "Deux, suite.", "Trois."]);
        check("Court,\nsur deux lignes.", &["Court, sur deux lignes."]);
        check("# Pas un titre\n\n**tel quel**", &["# Pas un titre", "**tel quel**"]);
        check("\u{200B}\n\n\u{A0}", &[]);
    }

    #[test]
    fn a_long_text_without_blank_lines_is_read_line_by_line() {
        let line = "Une ligne de sous-titre recopiée.";
        check(&format!("{line}\n").repeat(100), &[line; 100]);
    }
}
