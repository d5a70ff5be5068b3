//! The lines of the front matter, one entry for each key, with small slips repaired and noted.
//!
//! YAML is strict where people are not: a missing space makes a key a value, an unquoted `: ` spoils
//! the whole block. Read entry by entry, a slip costs one value at most, and its line is known.

use super::fence::Part;
use super::key::{self, Key};
use super::quote::Quote;
use crate::error::{Error, Note};

/// More keys are no front matter.
const MAX_ENTRIES: usize = 1_000;

/// A key with its value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    /// Where the key stands in the file.
    pub(super) line: usize,
    /// What follows the colon, without spaces around it.
    pub(super) value: String,
    /// The lines after it that belong to it, with their indentation.
    pub(super) more: Vec<String>,
}

impl Entry {
    /// The whole value, its lines joined.
    pub(super) fn as_written(&self) -> String {
        let mut written = self.value.clone();
        for line in &self.more {
            written.push('\n');
            written.push_str(line.trim());
        }
        written.trim().to_owned()
    }

    pub(super) fn is_known(&self) -> bool {
        key::KNOWN.contains(&self.key.as_str())
    }
}

/// Cuts the front matter into entries.
///
/// # Errors
///
/// If it begins with anything but a key, or has more than [`MAX_ENTRIES`].
pub(super) fn entries(front: Part<'_>, notes: &mut Vec<Note>) -> Result<Vec<Entry>, Error> {
    let indentation = common_indentation(front.text);
    let mut reader = Reader { entries: Vec::new(), quote: Quote::default(), line: front.line, notes };
    for line in front.text.lines() {
        // A line of spaces may be shorter than the indentation.
        reader.read(line.get(indentation..).unwrap_or_default())?;
        reader.line += 1;
    }
    Ok(reader.entries)
}

/// Spaces before every line are none.
fn common_indentation(text: &str) -> usize {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0)
}

struct Reader<'n> {
    entries: Vec<Entry>,
    /// Of the last entry's value.
    quote: Quote,
    line: usize,
    notes: &'n mut Vec<Note>,
}

impl Reader<'_> {
    fn note(&mut self, message: String) {
        self.notes.push(Note { line: self.line, message });
    }

    fn read(&mut self, line: &str) -> Result<(), Error> {
        if line.trim().is_empty() {
            self.go_on(line);
            return Ok(());
        }
        if let Some(key) = Key::of(line.trim_start()).filter(|key| self.begins(line, key)) {
            return self.begin(line, key);
        }
        let indented = line.starts_with([' ', '\t']);
        let item = line == "-" || line.starts_with("- ");
        let comment = line.starts_with('#') && !self.quote.is_open();
        match self.entries.last() {
            _ if comment => {}
            None => {
                return Err(Error { line: self.line, reason: "expected `key: value`".to_owned() });
            }
            Some(last) if !(indented || item && last.value.is_empty()) => {
                let message = format!("not indented; read as the rest of `{}`; put two spaces before it", last.key);
                self.note(message);
                self.go_on(&format!("  {line}"));
            }
            Some(_) => self.go_on(line),
        }
        Ok(())
    }

    /// Whether a line that looks like a key and a value is one, or belongs to the value above.
    fn begins(&self, line: &str, key: &Key<'_>) -> bool {
        let Some(last) = self.entries.last() else {
            return true;
        };
        let known = key.known().is_some();
        if line.starts_with([' ', '\t']) {
            // A known key slipped in by a space; below an open text or an unknown structure it is content.
            let content = self.quote.is_open()
                || last.value.starts_with(['|', '>'])
                || (last.value.is_empty() && !last.is_known());
            return known && !content;
        }
        // Prose may have a colon, with a space before it in French.
        let prose = key.name.contains(' ') && (key.spaced || key.name.split(' ').count() > 4);
        known || !(self.quote.is_open() || prose && !last.value.is_empty())
    }

    fn begin(&mut self, line: &str, key: Key<'_>) -> Result<(), Error> {
        if self.entries.len() == MAX_ENTRIES {
            return Err(Error { line: self.line, reason: format!("more than {MAX_ENTRIES} keys") });
        }
        let name = key.known().unwrap_or(key.name);
        if name != key.name {
            self.note(format!("`{}` is read as `{name}`; write it so", key.name));
        }
        if line.starts_with([' ', '\t']) {
            self.note(format!("space before `{name}`; read as a key; put it at the begin of the line"));
        }
        if key.spaced {
            self.note(format!("space before the colon; read as `{name}:`; write it so"));
        }
        if key.glued {
            self.note(format!("no space after `{name}:`; read as if there were one; put it there"));
        }
        if key.value.contains('\t') {
            self.note(format!("tab in `{name}`; read as a space; write one"));
        }
        let value = key.value.replace('\t', " ").trim().to_owned();
        self.quote = Quote::of(&value);
        self.entries.push(Entry { key: name.to_owned(), line: self.line, value, more: Vec::new() });
        Ok(())
    }

    /// Adds a line to the last entry; YAML wants spaces where people use tabs.
    fn go_on(&mut self, line: &str) {
        let Some(last) = self.entries.last_mut() else {
            return;
        };
        let tabs = line.contains('\t') && !line.trim().is_empty();
        last.more.push(line.replace('\t', "  "));
        self.quote.read(line);
        if tabs {
            self.note("tab; read as two spaces; write spaces".to_owned());
        }
    }
}
