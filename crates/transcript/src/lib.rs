//! What was said: text of a transcript file in, a [`Transcript`] out.
//!
//! This crate knows the file formats and nothing else: no disk, no search engine, no French.
//! Everything odd in a file that could still be read comes back as a [`Note`] with its line. Captions
//! become paragraphs whose [`Cue`]s tell when each part is said, the same for a talk in any format.
//!
//! ```
//! use verbatim_transcript::{Format, parse};
//!
//! let file = b"---\ntitle: L'ENT\n---\n\n## Transcription\n\nBonjour, voici l'ENT.\n";
//! let parsed = parse(Format::Markdown, "edu/l-ent", file)?;
//! assert_eq!(parsed.transcripts[0].metadata.title, "L'ENT");
//! assert_eq!(parsed.transcripts[0].segments[0].text, "Bonjour, voici l'ENT.");
//! # Ok::<(), verbatim_transcript::Error>(())
//! ```

mod captions;
mod encoding;
mod error;
mod format;
mod front_matter;
mod json;
mod jsonl;
mod markdown;
mod model;
mod pair;
mod parse;
mod person;
mod plain;
mod record;
mod sentence;
mod sidecar;
mod text;
mod turn;

pub use error::{Error, Note};
pub use format::{Format, MAX_BYTES, Parsed};
pub use front_matter::caption_file_path;
pub use jsonl::{Records, no_record};
pub use model::{Cue, Metadata, Segment, Time, Transcript};
pub use pair::{Agreement, pair};
pub use parse::parse;
pub use sentence::{Sentence, sentences};
pub use sidecar::Sidecar;
