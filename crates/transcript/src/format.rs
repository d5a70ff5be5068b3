//! From the bytes of a file to its transcripts: what all formats have in common.

use crate::error::{Error, Note};
use crate::model::Transcript;
use crate::{markdown, plain};

/// The largest file that is read, in bytes: 64 MiB, a hundred times the longest talk we know.
///
/// Reading keeps the file and its text in memory at once; whoever opens files can look at their
/// length first and need not read what would be refused.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// How a transcript is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown with YAML front matter: `.md`.
    Markdown,
    /// Plain text, in paragraphs: `.txt`.
    Text,
}

impl Format {
    /// The format that a path (`edu/l-ent.md`), or its ending alone (`md`), promises; none for other files.
    ///
    /// ```
    /// use verbatim_transcript::Format;
    ///
    /// assert_eq!(Format::from_path_ending("edu/l-ent.MD"), Some(Format::Markdown));
    /// assert_eq!(Format::from_path_ending("affiche.pdf"), None);
    /// ```
    pub fn from_path_ending(path: &str) -> Option<Format> {
        let ending = path.rsplit_once('.').map_or(path, |(_, ending)| ending);
        match ending.to_ascii_lowercase().as_str() {
            "md" => Some(Format::Markdown),
            "txt" => Some(Format::Text),
            _ => None,
        }
    }
}

/// What a file held.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// Its transcripts, in order; exactly one but for formats of many records.
    pub transcripts: Vec<Transcript>,
    /// What was odd in it, in the order of the lines.
    pub notes: Vec<Note>,
}

/// Reads the bytes of one file; `id` is the id of its transcript.
///
/// Whatever the bytes, this does not panic, and takes time in proportion to their number.
///
/// # Errors
///
/// If the file is empty, larger than [`MAX_BYTES`], not UTF-8, or not written in `format`.
pub fn parse(format: Format, id: &str, bytes: &[u8]) -> Result<Parsed, Error> {
    let text = decode(bytes)?;
    let mut notes = Vec::new();
    let transcript = match format {
        Format::Markdown => markdown::parse(id, &text, &mut notes)?,
        Format::Text => plain::parse(id, &text),
    };
    notes.sort_by_key(|note| note.line);
    Ok(Parsed {
        transcripts: vec![transcript],
        notes,
    })
}

/// The text of the file, without a byte order mark, each line ended by `\n`.
fn decode(bytes: &[u8]) -> Result<String, Error> {
    let refuse = |line, reason: &str| {
        Err(Error {
            line,
            reason: reason.to_owned(),
        })
    };
    if bytes.len() as u64 > MAX_BYTES {
        let mebibytes = MAX_BYTES / (1024 * 1024);
        return refuse(1, &format!("larger than {mebibytes} MiB; split the file"));
    }
    let text = match str::from_utf8(bytes) {
        Ok(text) => unify_line_ends(text.strip_prefix('\u{FEFF}').unwrap_or(text)),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let line = 1 + unify_line_ends(&good).matches('\n').count();
            return refuse(line, "not valid UTF-8; save the file as UTF-8");
        }
    };
    if text.trim().is_empty() {
        return refuse(
            1,
            "the file is empty; write the transcript into it or remove it",
        );
    }
    Ok(text)
}

fn unify_line_ends(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}
