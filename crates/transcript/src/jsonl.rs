//! JSON lines: a transcript in each line, for bulk imports.

use std::io::{self, BufRead, Read};

use serde_json::{Map, Value};

use crate::error::{Error, Note};
use crate::format::{MAX_BYTES, Parsed};
use crate::{record, text};

/// Whoever has read this many notes on a file knows what is wrong with it.
const MAX_NOTES: usize = 1_000;

/// The records of a JSON-lines file, one after the other, however large the file.
///
/// Each item holds the transcript of one line, or none where the line is bad, and what was odd in
/// it. Only one line is in memory at a time, and of an endless one no more than [`MAX_BYTES`]. After a
/// thousand notes the others are counted, and a last item tells how many they are.
///
/// ```
/// use verbatim_transcript::Records;
///
/// let file = b"{\"id\": \"l-ent\", \"title\": \"L'ENT\", \"text\": \"Bonjour.\"}\n{\"id\": 2\n";
/// let records: Vec<_> = Records::new(&file[..]).collect::<Result<_, _>>()?;
/// assert_eq!(records[0].transcripts[0].metadata.title, "L'ENT");
/// assert_eq!((records[1].transcripts.len(), records[1].notes[0].line), (0, 2));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Records<R> {
    reader: R,
    line: usize,
    bytes: Vec<u8>,
    /// How many notes were given, and which line had the first that was not, and how many were not.
    notes: usize,
    untold: Option<(usize, usize)>,
}

impl<R: BufRead> Records<R> {
    /// Reads from the begin of a file, or from wherever `reader` stands.
    pub fn new(reader: R) -> Self {
        Records { reader, line: 0, bytes: Vec::new(), notes: 0, untold: None }
    }

    /// The next line that is not blank; `None` at the end, `Some(false)` if it is too long to be kept.
    fn next_line(&mut self) -> io::Result<Option<bool>> {
        loop {
            self.bytes.clear();
            let room = MAX_BYTES + 1;
            let length = self.reader.by_ref().take(room).read_until(b'\n', &mut self.bytes)? as u64;
            if length == 0 {
                return Ok(None);
            }
            self.line += 1;
            if length == room && !self.bytes.ends_with(b"\n") {
                self.bytes = Vec::new();
                self.reader.skip_until(b'\n')?;
                return Ok(Some(false));
            }
            if self.line == 1 && self.bytes.starts_with(b"\xEF\xBB\xBF") {
                self.bytes.drain(..3);
            }
            if !self.bytes.trim_ascii().is_empty() {
                return Ok(Some(true));
            }
        }
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = io::Result<Parsed>;

    fn next(&mut self) -> Option<Self::Item> {
        let complete = match self.next_line() {
            Ok(None) => {
                let (line, count) = self.untold.take()?;
                let message = format!("from here on {count} more notes");
                return Some(Ok(Parsed { notes: vec![Note { line, message }], ..Parsed::default() }));
            }
            Ok(Some(complete)) => complete,
            Err(error) => return Some(Err(error)),
        };
        let line = self.line;
        let mut parsed = Parsed::default();
        let mut note = |message: String| parsed.notes.push(Note { line, message });
        let read = if complete {
            object(&self.bytes).and_then(|object| record::read(object, &mut note))
        } else {
            Err(format!("longer than {} MiB; split the record", MAX_BYTES / (1024 * 1024)))
        };
        match read {
            Ok(transcript) => parsed.transcripts.push(transcript),
            Err(reason) => note(format!("not read: {reason}")),
        }
        let told = parsed.notes.len().min(MAX_NOTES - self.notes);
        self.notes += told;
        if parsed.notes.len() > told {
            self.untold.get_or_insert((line, 0)).1 += parsed.notes.len() - told;
            parsed.notes.truncate(told);
        }
        Some(Ok(parsed))
    }
}

fn object(line: &[u8]) -> Result<Map<String, Value>, String> {
    match serde_json::from_slice(line) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("not a JSON object; write one record `{…}` in each line".to_owned()),
        Err(error) => {
            // Its line is always the first of the record.
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            Err(format!("not valid JSON ({}, column {})", text::fold(reason), error.column()))
        }
    }
}

/// Why a file is none of records; `first` is what was said of it first.
pub fn no_record(first: Option<Note>) -> Error {
    let empty = || Note { line: 1, message: "the file is empty; write a record `{…}` in each line".to_owned() };
    let Note { line, message } = first.unwrap_or_else(empty);
    Error { line, reason: message }
}

/// Reads all records.
///
/// # Errors
///
/// If no line holds a record; the reason is the first line's.
pub(crate) fn parse(bytes: &[u8]) -> Result<Parsed, Error> {
    let mut all = Parsed::default();
    for parsed in Records::new(bytes) {
        let parsed = parsed.expect("memory can be read");
        all.transcripts.extend(parsed.transcripts);
        all.notes.extend(parsed.notes);
    }
    if all.transcripts.is_empty() { Err(no_record(all.notes.into_iter().next())) } else { Ok(all) }
}
