//! The front matter: what stands between two lines `---` at the head of a file, made into metadata.

mod entry;
mod fence;
mod key;
mod quote;
mod value;

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
    let mut given: Vec<Given> = Vec::new();
    for entry in entry::entries(*front, notes)? {
        let value = value::read(&entry, notes);
        if !matches!(value, Value::Empty) {
            keep(Given { entry, value }, &mut given, notes);
        }
    }
    let mut title = None;
    for Given { entry, value } in given {
        let mut noter = Noter { entry: &entry, notes };
        match slot(&entry.key, &mut metadata, &mut title) {
            Some(slot) => *slot = noter.text(&value),
            None if entry.key == "priority" => metadata.priority = noter.integer(&value),
            None => {
                metadata.other.insert(entry.key.clone(), value.into_json());
            }
        }
    }
    match title {
        Some(title) => metadata.title = title,
        None => notes.push(Note {
            line: front.line - 1,
            message: "no `title`; the name of the file is used; add a line `title: …`".to_owned(),
        }),
    }
    Ok(metadata)
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
        "captionFilePath" => &mut metadata.caption_file_path,
        "pdfFilePath" => &mut metadata.pdf_file_path,
        "fileType" => &mut metadata.file_type,
        _ => return None,
    })
}

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
