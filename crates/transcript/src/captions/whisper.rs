//! JSON of speech recognisers: openai-whisper, whisper.cpp, faster-whisper, WhisperX, Transformers.
//!
//! They agree on little but a list of pieces with a text each, under `segments` (times in seconds),
//! `transcription` (whisper.cpp, `offsets` in milliseconds) or `chunks` (`timestamp` as a pair).

mod item;

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Caption;
use super::oddities::Oddities;
use crate::error::Error;
use crate::model::{Metadata, Segment, Time};
use crate::{json, plain, text};
use item::Items;

/// What a file holds.
pub(super) struct Read {
    pub(super) captions: Vec<Caption<'static>>,
    /// Paragraphs instead of captions, where no time is told.
    pub(super) untimed: Option<Vec<Segment>>,
}

/// The keys that are read; all others are passed over without being kept in memory.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct File {
    segments: Option<Items>,
    transcription: Option<Items>,
    chunks: Option<Items>,
    text: Value,
    title: Value,
    description: Value,
    area: Value,
    video_embed_src: Value,
    video_download_href: Value,
    caption_file_path: Value,
    pdf_file_path: Value,
    file_type: Value,
    priority: Value,
}

/// Reads the JSON, and metadata if someone has added any.
pub(super) fn read(json: &str, metadata: &mut Metadata, oddities: &mut Oddities) -> Result<Read, Error> {
    let mut file = parse(json).or_else(|error| {
        // Python writes numbers that are none in its own way.
        let repaired = without_nan(json);
        if repaired == json { Err(error) } else { parse(&repaired) }
    });
    let file = file.as_mut().map_err(|error| refusal(error, json))?;
    read_metadata(file, metadata, oddities);
    let lists = [file.segments.take(), file.transcription.take(), file.chunks.take()];
    let list = lists.into_iter().flatten().reduce(|first, other| if first.said.is_empty() { other } else { first });
    let Some(Items { said, unreadable }) = list else {
        let Some(text) = file.text.as_str() else {
            return Err(no_transcript("none of `segments`, `transcription`, `chunks`, `text` is in it"));
        };
        return Ok(Read { captions: Vec::new(), untimed: Some(plain::segments_of(text)) });
    };
    if unreadable > 0 && said.is_empty() {
        return Err(no_transcript("its pieces have no `text`"));
    }
    if unreadable > 0 {
        oddities.add(1, || format!("{unreadable} pieces have no `text` and are left out"));
    }
    if said.iter().all(|item| item.start_ms.is_none()) {
        let paragraphs = said.iter().flat_map(|item| {
            let speaker = item.speaker.clone();
            plain::segments_of(&item.text)
                .into_iter()
                .map(move |segment| Segment { speaker: speaker.clone(), ..segment })
        });
        return Ok(Read { captions: Vec::new(), untimed: Some(paragraphs.collect()) });
    }
    let mut now = 0;
    let captions = said.into_iter().map(|item| {
        let start_ms = item.start_ms.unwrap_or(now);
        let end_ms = item.end_ms.unwrap_or(start_ms).max(start_ms);
        now = end_ms;
        Caption {
            line: 1,
            time: Time { start_ms, end_ms },
            text: Cow::Owned(item.text),
            speaker: item.speaker,
            opens_turn: item.opens_turn,
            words: item.words,
        }
    });
    Ok(Read { captions: captions.collect(), untimed: None })
}

fn parse(json: &str) -> serde_json::Result<File> {
    if json.trim_start().starts_with('[') {
        let segments = Some(serde_json::from_str(json)?);
        return Ok(File { segments, ..File::default() });
    }
    serde_json::from_str(json)
}

fn refusal(error: &serde_json::Error, json: &str) -> Error {
    // The end of a file is behind its last line.
    let line = error.line().clamp(1, json.lines().count().max(1));
    let reason = error.to_string();
    let reason = text::fold(reason.split(" at line ").next().unwrap_or_default());
    if error.is_data() {
        return Error { line, ..no_transcript(&reason) };
    }
    Error { line, reason: format!("not valid JSON ({reason}); correct or remove the file") }
}

fn no_transcript(reason: &str) -> Error {
    Error { line: 1, reason: format!("JSON, but no transcript of a speech recogniser ({reason}); remove the file") }
}

fn read_metadata(file: &mut File, metadata: &mut Metadata, oddities: &mut Oddities) {
    let given = [
        ("title", &mut file.title),
        ("description", &mut file.description),
        ("area", &mut file.area),
        ("videoEmbedSrc", &mut file.video_embed_src),
        ("videoDownloadHref", &mut file.video_download_href),
        ("captionFilePath", &mut file.caption_file_path),
        ("pdfFilePath", &mut file.pdf_file_path),
        ("fileType", &mut file.file_type),
        ("priority", &mut file.priority),
    ];
    let given: Map<String, Value> = given.into_iter().map(|(key, value)| (key.to_owned(), value.take())).collect();
    let untitled = std::mem::take(&mut metadata.title);
    *metadata = json::metadata(given, "", &mut |message| oddities.add(1, || message.clone()));
    if metadata.title.is_empty() {
        metadata.title = untitled;
    }
}

/// `NaN` and `Infinity`, which are not JSON, made null where they stand outside of texts.
fn without_nan(json: &str) -> String {
    let mut repaired = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find(['"', 'N', 'I', '-']) {
        let (before, from) = rest.split_at(at);
        repaired.push_str(before);
        let length = if from.starts_with('"') {
            past_string(from)
        } else if let Some(number) = ["NaN", "Infinity", "-Infinity"].iter().find(|number| from.starts_with(**number)) {
            repaired.push_str("null");
            rest = &from[number.len()..];
            continue;
        } else {
            1
        };
        repaired.push_str(&from[..length]);
        rest = &from[length..];
    }
    repaired + rest
}

/// The length of the string in quotes that a text begins with.
fn past_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
