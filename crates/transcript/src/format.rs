//! The formats of transcripts, and what one file of them holds.

use crate::error::Note;
use crate::model::Transcript;

/// The largest file, or record of a file of many, that is read, in bytes: 64 MiB, a hundred times
/// the longest talk we know.
///
/// Reading keeps the file and its text in memory at once; whoever opens files can look at their
/// length first and need not read what would be refused. What a format allows tells
/// [`Format::max_bytes`].
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The largest file of many records that is read in one go; [`crate::Records`] reads larger ones.
const MAX_BYTES_OF_MANY: u64 = 1024 * 1024 * 1024;

/// How a transcript is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown with YAML front matter: `.md`.
    Markdown,
    /// Plain text, in paragraphs: `.txt`.
    Text,
    /// A JSON object in each line, many transcripts in a file: `.jsonl`.
    JsonLines,
    /// Captions of the web: `.vtt`.
    WebVtt,
    /// Captions of players and editors: `.srt`.
    SubRip,
    /// Captions of YouTube's editor: `.sbv`.
    Sbv,
    /// What a speech recogniser writes, Whisper and its kin: `.json`.
    Whisper,
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
            "jsonl" => Some(Format::JsonLines),
            "vtt" => Some(Format::WebVtt),
            "srt" => Some(Format::SubRip),
            "sbv" => Some(Format::Sbv),
            "json" => Some(Format::Whisper),
            _ => None,
        }
    }

    /// The largest file of this format that [`parse()`](crate::parse()) reads, in bytes.
    pub fn max_bytes(self) -> u64 {
        match self {
            Format::JsonLines => MAX_BYTES_OF_MANY,
            _ => MAX_BYTES,
        }
    }

    /// Its name, as people know it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Markdown => "Markdown",
            Format::Text => "plain text",
            Format::JsonLines => "JSON lines",
            Format::WebVtt => "WebVTT",
            Format::SubRip => "SubRip",
            Format::Sbv => "SBV",
            Format::Whisper => "JSON of a speech recogniser",
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
