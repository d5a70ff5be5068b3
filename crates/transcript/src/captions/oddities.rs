//! What is odd in a caption file: each kind once, with the line where it is first seen.

use crate::error::Note;

/// More different oddities than this are not listed one by one.
const MAX_KINDS: usize = 100;

/// Collects oddities; a file of ten thousand captions may have the same slip in each.
#[derive(Debug, Default)]
pub(crate) struct Oddities {
    /// Line of the first, message, how many.
    kinds: Vec<(usize, String, usize)>,
    last: usize,
    invented: bool,
}

impl Oddities {
    /// Something odd in a line; the same message is counted, not repeated.
    pub(crate) fn add(&mut self, line: usize, message: impl Fn() -> String) {
        let message = message();
        // Most often the same as before.
        if let Some(last) = self.kinds.get_mut(self.last).filter(|kind| kind.1 == message) {
            last.2 += 1;
        } else if let Some(at) = self.kinds.iter().position(|kind| kind.1 == message) {
            self.kinds[at].2 += 1;
            self.last = at;
        } else if self.kinds.len() < MAX_KINDS {
            self.last = self.kinds.len();
            self.kinds.push((line, message, 1));
        }
    }

    /// All that was shown was invented: an empty transcript is right.
    pub(crate) fn explains_silence(&mut self) {
        self.invented = true;
    }

    pub(crate) fn silence_is_explained(&self) -> bool {
        self.invented
    }

    pub(crate) fn into_notes(self, notes: &mut Vec<Note>) {
        notes.extend(self.kinds.into_iter().map(|(line, message, count)| {
            let times = if count > 1 { format!(" ({count} times)") } else { String::new() };
            Note { line, message: message + &times }
        }));
    }
}
