//! Metadata in a YAML file beside what cannot hold any: `talk.yaml` for `talk.vtt`, `metadata.yaml` for a folder.

use crate::encoding;
use crate::error::{Error, Note};
use crate::front_matter::{Keys, Part};
use crate::model::Metadata;

/// Metadata from a file of its own: the keys of front matter, read by the same rules.
///
/// ```
/// use verbatim_transcript::{Format, Sidecar, parse};
///
/// let mut talk = parse(Format::SubRip, "gar", b"1\n00:00:01,000 --> 00:00:02,000\nVoici le GAR.\n")?;
/// let (folder, _) = Sidecar::of_folder(b"area: Domaine 1\nfileType: VIDEO\n")?;
/// let (own, _) = Sidecar::of_talk(b"title: Le GAR\narea: Domaine 2\n")?;
/// let metadata = &mut talk.transcripts[0].metadata;
/// folder.give(metadata);
/// own.give(metadata);
/// assert_eq!((metadata.title.as_str(), metadata.area.as_deref()), ("Le GAR", Some("Domaine 2")));
/// # Ok::<(), verbatim_transcript::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Sidecar(Keys);

impl Sidecar {
    /// The largest file that is read, in bytes.
    pub const MAX_BYTES: u64 = 256 * 1024;

    /// Reads the file of one talk.
    ///
    /// # Errors
    ///
    /// If it is too large, not UTF-8, or does not begin with a key.
    pub fn of_talk(bytes: &[u8]) -> Result<(Self, Vec<Note>), Error> {
        if bytes.len() as u64 > Self::MAX_BYTES {
            let reason = format!("larger than {} KiB; keep only the keys of the talk", Self::MAX_BYTES / 1024);
            return Err(Error { line: 1, reason });
        }
        let text = encoding::utf_8(bytes)?;
        let mut notes = Vec::new();
        let keys = Keys::read(document(&text), &mut notes)
            .map_err(|Error { line, reason }| Error { line, reason: format!("{reason}; write one in each line") })?;
        // What is odd in a value is seen when it is put to use.
        keys.give(&mut Metadata::default(), &mut notes);
        notes.sort_by_key(|note| note.line);
        Ok((Self(keys), notes))
    }

    /// Reads the file of a folder: its keys hold for each talk in it. A title would name all of them, and is left out.
    ///
    /// # Errors
    ///
    /// As [`Sidecar::of_talk`].
    pub fn of_folder(bytes: &[u8]) -> Result<(Self, Vec<Note>), Error> {
        let (Self(keys), mut notes) = Self::of_talk(bytes)?;
        notes.extend(keys.line("title").map(|line| {
            Note {
                line,
                message:
                    "a `title` cannot be that of all talks in a folder; left out; write it into a file of the talk's \
                      name, or use `area`"
                        .to_owned(),
            }
        }));
        Ok((Self(keys.without("title")), notes))
    }

    /// Gives metadata the values, in place of those it has.
    pub fn give(&self, metadata: &mut Metadata) {
        self.0.give(metadata, &mut Vec::new());
    }
}

/// The first document of a YAML file, which may be set apart by `---`.
fn document(text: &str) -> Part<'_> {
    let mut part = Part { text, line: 1 };
    let begin = text.len() - text.trim_start().len();
    if let Some(after) =
        text[begin..].strip_prefix("---").and_then(|rest| rest.trim_start_matches([' ', '\t']).strip_prefix('\n'))
    {
        part = Part { text: after, line: 2 + text[..begin].matches('\n').count() };
    }
    let mut at = 0;
    for line in part.text.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            part.text = &part.text[..at];
            break;
        }
        at += line.len();
    }
    part
}
