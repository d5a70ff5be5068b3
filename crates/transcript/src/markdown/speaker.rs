//! Whose turn it is: a label before it told.

use std::collections::VecDeque;

use crate::text;
use crate::turn::{Turn, turn};

/// What `\-` at the begin of a line becomes: the dash of quotations, for it can mean nothing else.
///
/// A bare hyphen may be a minus, and other dashes may list things.
pub(super) const ESCAPED_HYPHEN: &str = "―";

/// A paragraph cut before each line that begins with a dash, if the line before it is complete.
///
/// Dialogue is often written line under line, the label on top. Inside a sentence a dash at the
/// begin of a line may just be a dash.
pub(super) fn at_turns(paragraph: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, _) in paragraph.match_indices('\n') {
        let before = paragraph[begin..at].trim_end();
        let complete = text::ends_sentence(before) || before.ends_with([':', ';']);
        if complete && !matches!(turn(&paragraph[at..]), Turn::GoesOn(_)) {
            parts.push(&paragraph[begin..at]);
            begin = at;
        }
    }
    parts.push(&paragraph[begin..]);
    parts
}

/// Who speaks, and who was announced to speak next.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    current: Option<String>,
    announced: VecDeque<String>,
}

impl Speakers {
    pub(super) fn announce(&mut self, persons: Vec<String>) {
        self.announced = persons.into();
    }

    /// Another turn begins: it is of the person announced, or of someone we do not know.
    pub(super) fn next(&mut self) -> Option<String> {
        self.current = self.announced.pop_front();
        self.current()
    }

    pub(super) fn current(&self) -> Option<String> {
        self.current.clone()
    }
}
