//! From the bytes of a file to its transcripts: what all formats have in common.

use std::borrow::Cow;

use crate::error::{Error, Note};
use crate::format::{Format, Parsed};
use crate::model::{Segment, Transcript};
use crate::{captions, encoding, jsonl, markdown, plain};

/// Reads the bytes of one file; `id` is the id of its transcript, where its records have none of their own.
///
/// Whatever the bytes, this does not panic, and takes time in proportion to their number.
///
/// # Errors
///
/// If the file is empty, larger than [`Format::max_bytes`], or not written in `format`; if its encoding is not
/// UTF-8, which Markdown and JSON lines must be, nor UTF-16 or Windows-1252, which are told from each other.
pub fn parse(format: Format, id: &str, bytes: &[u8]) -> Result<Parsed, Error> {
    if bytes.len() as u64 > format.max_bytes() {
        let mebibytes = format.max_bytes() / (1024 * 1024);
        return Err(Error { line: 1, reason: format!("larger than {mebibytes} MiB; split the file") });
    }
    let mut notes = Vec::new();
    let transcript = match format {
        Format::Markdown => {
            let text = refuse_empty(encoding::utf_8(bytes)?)?;
            let transcript = markdown::parse(id, &text, &mut notes)?;
            without_inventions(transcript, &text, &mut notes)
        }
        Format::Text => {
            let text = refuse_empty(encoding::decode(bytes, &mut notes)?)?;
            without_inventions(plain::parse(id, &text), &text, &mut notes)
        }
        Format::JsonLines => return jsonl::parse(bytes),
        Format::WebVtt | Format::SubRip | Format::Sbv | Format::Whisper => {
            let text = refuse_empty(encoding::decode(bytes, &mut notes)?)?;
            captions::parse(format, id, &text, &mut notes)?
        }
    };
    notes.sort_by_key(|note| note.line);
    Ok(Parsed { transcripts: vec![transcript], notes })
}

/// Leaves out the paragraphs that are what recognisers write where nothing is said, and reports them.
fn without_inventions(mut transcript: Transcript, text: &str, notes: &mut Vec<Note>) -> Transcript {
    transcript.segments.retain(|Segment { text: said, .. }| {
        let invented = captions::is_invention(said);
        if invented {
            let line = text.lines().position(|line| line.contains(said.as_str())).map_or(1, |at| at + 1);
            let message = format!("“{said}” is what recognisers write over silence; left out");
            notes.push(Note { line, message });
        }
        !invented
    });
    transcript
}

fn refuse_empty(text: Cow<'_, str>) -> Result<Cow<'_, str>, Error> {
    if text.trim().is_empty() {
        let reason = "the file is empty; write the transcript into it or remove it".to_owned();
        return Err(Error { line: 1, reason });
    }
    Ok(text)
}
