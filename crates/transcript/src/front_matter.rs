//! The front matter: what stands between two lines `---` at the head of a file, made into metadata.

mod entry;
mod fence;
mod key;
mod quote;
mod value;

use crate::encoding;
use crate::error::{Error, Note};
use crate::model::Metadata;
use crate::text;
use entry::Entry;
pub(crate) use fence::{Part, split};
use value::Value;

/// Reads the front matter; what is odd in it is repaired and noted.
pub(crate) fn read(front: &Option<Part<'_>>, id: &str, notes: &mut Vec<Note>) -> Result<Metadata, Error> {
    let mut metadata = Metadata { title: text::last_part(id).to_owned(), ..Metadata::default() };
    let Some(front) = front else {
        let message = "no front matter; the title is the name of the file".to_owned();
        notes.push(Note { line: 1, message });
        return Ok(metadata);
    };
    let keys = Keys::read(*front, notes).map_err(|Error { line, reason }| {
        let reason =
            format!("{reason}; write keys alone between the first `---` and the second, or take the first away");
        Error { line, reason }
    })?;
    if !keys.give(&mut metadata, notes) {
        notes.push(Note {
            line: front.line - 1,
            message: "no `title`; the name of the file is used; add a line `title: …`".to_owned(),
        });
    }
    Ok(metadata)
}

/// Keys with their values, each once, as they stand in front matter or in a file of their own.
#[derive(Debug, Clone)]
pub(crate) struct Keys(Vec<Given>);

impl Keys {
    /// Reads lines `key: value`.
    ///
    /// # Errors
    ///
    /// If they are none.
    pub(crate) fn read(part: Part<'_>, notes: &mut Vec<Note>) -> Result<Self, Error> {
        let mut given: Vec<Given> = Vec::new();
        for entry in entry::entries(part, notes)? {
            let value = value::read(&entry, notes);
            if !matches!(value, Value::Empty) {
                keep(Given { entry, value }, &mut given, notes);
            }
        }
        Ok(Self(given))
    }

    /// Gives metadata the values, in place of those it has; whether there is a title among them.
    pub(crate) fn give(&self, metadata: &mut Metadata, notes: &mut Vec<Note>) -> bool {
        let mut title = None;
        for Given { entry, value } in &self.0 {
            let mut noter = Noter { entry, notes };
            match slot(&entry.key, metadata, &mut title) {
                Some(slot) => *slot = noter.text(value),
                None if entry.key == "priority" => metadata.priority = noter.integer(value),
                None => {
                    metadata.other.insert(entry.key.clone(), value.clone().into_json());
                }
            }
        }
        let titled = title.is_some();
        if let Some(title) = title {
            metadata.title = title;
        }
        titled
    }

    /// The line of a key.
    pub(crate) fn line(&self, key: &str) -> Option<usize> {
        self.0.iter().find(|given| given.entry.key == key).map(|given| given.entry.line)
    }

    /// The keys without one of them.
    pub(crate) fn without(mut self, key: &str) -> Self {
        self.0.retain(|given| given.entry.key != key);
        self
    }
}

/// The captions that the front matter of a file names by `captionFilePath`, and in which line; of the file, its head is
/// enough.
///
/// ```
/// use verbatim_transcript::caption_file_path;
///
/// let head = b"---\ntitle: x\ncaptionFilePath: /captions/x.vtt\n---\n";
/// assert_eq!(caption_file_path(head), Some(("/captions/x.vtt".to_owned(), 3)));
/// ```
pub fn caption_file_path(head: &[u8]) -> Option<(String, usize)> {
    if !may_have(head, CAPTION_FILE_PATH) {
        return None;
    }
    let head = encoding::unify_line_ends(String::from_utf8_lossy(head));
    let (front, _) = split(head.strip_prefix('\u{FEFF}').unwrap_or(&head)).ok()?;
    let mut notes = Vec::new();
    let keys = Keys::read(front?, &mut notes).ok()?;
    let mut metadata = Metadata::default();
    keys.give(&mut metadata, &mut notes);
    metadata.caption_file_path.zip(keys.line(CAPTION_FILE_PATH))
}

const CAPTION_FILE_PATH: &str = "captionFilePath";

/// Whether a key may stand in the front matter at the head of a file: most files name no captions, and need not be read as
/// YAML to see it. A fence, or what looks like the second one, ends the front matter.
fn may_have(head: &[u8], key: &str) -> bool {
    let mut fences = 0;
    let mut lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).take_while(|line| {
        fences += usize::from(line.starts_with(b"---"));
        fences < 2
    });
    lines.any(|line| line.windows(key.len()).any(|part| part == key.as_bytes()))
}

/// The keys whose value is a text.
pub(crate) fn slot<'m>(
    key: &str,
    metadata: &'m mut Metadata,
    title: &'m mut Option<String>,
) -> Option<&'m mut Option<String>> {
    Some(match key {
        "title" => title,
        "area" => &mut metadata.area,
        "description" => &mut metadata.description,
        "videoEmbedSrc" => &mut metadata.video_embed_src,
        "videoDownloadHref" => &mut metadata.video_download_href,
        CAPTION_FILE_PATH => &mut metadata.caption_file_path,
        "pdfFilePath" => &mut metadata.pdf_file_path,
        "fileType" => &mut metadata.file_type,
        _ => return None,
    })
}

#[derive(Debug, Clone)]
struct Given {
    entry: Entry,
    value: Value,
}

/// The first value of a key counts.
fn keep(new: Given, given: &mut Vec<Given>, notes: &mut Vec<Note>) {
    // At most a few dozen keys; and many different ones are refused before.
    let Some(first) = given.iter().find(|old| old.entry.key == new.entry.key) else {
        given.push(new);
        return;
    };
    let message = format!(
        "`{}` is given before, in line {}; `{}` is left out; keep one of the two",
        new.entry.key,
        first.entry.line,
        excerpt(&new.entry.as_written()),
    );
    notes.push(Note { line: new.entry.line, message });
}

/// Reads values of known keys, and notes where they are not what the key is for.
struct Noter<'a> {
    entry: &'a Entry,
    notes: &'a mut Vec<Note>,
}

impl Noter<'_> {
    fn note(&mut self, message: String) {
        self.notes.push(Note { line: self.entry.line, message });
    }

    fn text(&mut self, value: &Value) -> Option<String> {
        let key = &self.entry.key;
        let read = match value {
            Value::Empty => return None,
            Value::Plain(text) | Value::Text(text) => text::fold(text),
            Value::Json(serde_json::Value::Array(items)) if items.iter().all(is_scalar) => {
                let joined = items.iter().map(scalar).collect::<Vec<_>>().join(", ");
                self.note(format!("`{key}` is a list; its items are joined; write one text"));
                text::fold(&joined)
            }
            Value::Json(_) => {
                let written = text::fold(&self.entry.as_written());
                self.note(format!("`{key}` is not a text; read as written; put the value in quotes"));
                written
            }
        };
        (!read.is_empty()).then_some(read)
    }

    fn integer(&mut self, value: &Value) -> Option<i64> {
        let number = match value {
            Value::Plain(text) | Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            let written = excerpt(&self.entry.as_written());
            self.note(format!("`priority` is no whole number and is left out: `{written}`"));
        }
        number
    }
}

fn is_scalar(value: &serde_json::Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn scalar(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Enough of a text to recognise it in a note.
fn excerpt(text: &str) -> String {
    let folded = text::fold(text);
    let mut chars = folded.chars();
    let begin: String = chars.by_ref().take(60).collect();
    if chars.next().is_some() { begin + "…" } else { begin }
}
