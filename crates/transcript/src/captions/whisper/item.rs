//! The pieces of a recogniser's JSON, each read on its own, so that what is not used is never kept.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use crate::captions::clock;
use crate::json::milliseconds;
use crate::text;

/// The pieces that say something, in order.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub(super) said: Vec<Item>,
    /// How many others there were.
    pub(super) unreadable: usize,
}

/// A piece of speech.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) speaker: Option<String>,
    /// The recogniser heard another voice begin, without knowing whose.
    pub(super) opens_turn: bool,
    pub(super) start_ms: Option<u32>,
    pub(super) end_ms: Option<u32>,
    /// Where words begin in the text, and when.
    pub(super) words: Vec<(usize, u32)>,
}

/// A piece as it is written; any value may be missing, null, or of another type than usual.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Written {
    text: Value,
    speaker: Value,
    start: Value,
    end: Value,
    timestamp: Value,
    offsets: Value,
    timestamps: Value,
    speaker_turn_next: Value,
    words: Words,
    tokens: Words,
}

/// The words of a piece, or the tokens of whisper.cpp: parts of words.
#[derive(Default)]
struct Words(Vec<(String, u32)>);

#[derive(Deserialize, Default)]
#[serde(default)]
struct WrittenWord {
    word: Value,
    text: Value,
    start: Value,
    offsets: Value,
}

/// A value that may be something else than we expect.
#[derive(Deserialize)]
#[serde(untagged)]
enum Lenient<T> {
    Read(T),
    Other(serde::de::IgnoredAny),
}

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ItemsVisitor)
    }
}

struct ItemsVisitor;

impl<'de> Visitor<'de> for ItemsVisitor {
    type Value = Items;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of pieces with a `text` each")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pieces: A) -> Result<Items, A::Error> {
        let mut items = Items::default();
        let mut opens_turn = false;
        while let Some(piece) = pieces.next_element::<Lenient<Written>>()? {
            let Lenient::Read(written) = piece else {
                items.unreadable += 1;
                continue;
            };
            let opens_next = written.speaker_turn_next == Value::Bool(true);
            match written.into_item(opens_turn) {
                Some(item) if !item.text.trim().is_empty() => items.said.push(item),
                Some(_) => {}
                None => items.unreadable += 1,
            }
            opens_turn = opens_next;
        }
        Ok(items)
    }
}

impl Written {
    fn into_item(self, opens_turn: bool) -> Option<Item> {
        let Value::String(text) = self.text else { return None };
        let speaker = match self.speaker {
            Value::String(name) => Some(text::fold(&name)),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        // whisper.cpp writes a question mark for someone it could not tell.
        let speaker = speaker.filter(|name| !name.is_empty() && name != "?");
        let whole = |value: &Value| value.as_u64().and_then(|ms| u32::try_from(ms).ok());
        let clock = |key: &str| self.timestamps.get(key)?.as_str().and_then(clock::whole);
        let start_ms = milliseconds(&self.start)
            .or_else(|| milliseconds(self.timestamp.get(0)?))
            .or_else(|| whole(self.offsets.get("from")?))
            .or_else(|| clock("from"));
        let end_ms = milliseconds(&self.end)
            .or_else(|| milliseconds(self.timestamp.get(1)?))
            .or_else(|| whole(self.offsets.get("to")?))
            .or_else(|| clock("to"));
        let timed = if self.words.0.is_empty() { self.tokens } else { self.words };
        let words = timed.within(&text);
        Some(Item { text, speaker, opens_turn, start_ms, end_ms, words })
    }
}

impl Words {
    /// Where the words begin in the text; those that are not found there, in order, tell nothing.
    fn within(&self, text: &str) -> Vec<(usize, u32)> {
        let mut words = Vec::with_capacity(self.0.len());
        let mut at = 0;
        for (word, ms) in &self.0 {
            let window = text[at..].char_indices().nth(100).map_or(text.len(), |(length, _)| at + length);
            if let Some(found) = text[at..window].find(word.as_str()) {
                words.push((at + found, *ms));
                at += found + word.len();
            }
        }
        words
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordsVisitor;
        impl<'de> Visitor<'de> for WordsVisitor {
            type Value = Words;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of words")
            }

            fn visit_unit<E>(self) -> Result<Words, E> {
                Ok(Words::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Words, A::Error> {
                let mut words = Words::default();
                while let Some(word) = list.next_element::<Lenient<WrittenWord>>()? {
                    if let Lenient::Read(word) = word {
                        words.0.extend(word.into_word());
                    }
                }
                Ok(words)
            }
        }
        deserializer.deserialize_any(WordsVisitor)
    }
}

impl WrittenWord {
    fn into_word(self) -> Option<(String, u32)> {
        if let Some(word) = self.word.as_str().or(self.text.as_str().filter(|_| self.offsets.is_null())) {
            let word = word.trim();
            return Some((word.to_owned(), milliseconds(&self.start)?)).filter(|_| !word.is_empty());
        }
        // A token of whisper.cpp begins a word if it begins with a space; `[_BEG_]` is none.
        let word = self.text.as_str()?.strip_prefix(' ')?.trim();
        let ms = u32::try_from(self.offsets.get("from")?.as_u64()?).ok()?;
        Some((word.to_owned(), ms)).filter(|_| !word.is_empty())
    }
}
