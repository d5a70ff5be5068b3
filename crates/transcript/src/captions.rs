//! Captions of all formats, and how they become paragraphs.
//!
//! Each reader makes a list of [`Caption`]s out of a file; the steps after it are the same for all,
//! so that a talk reads the same whatever it was written in:
//!
//! 1. *order*: by time, the same caption once;
//! 2. *rolling*: lines that stand in several captions are read once;
//! 3. *single*: captions of a word each are joined;
//! 4. *words*: long captions are cut where word times tell of more than one moment;
//! 5. *invention*: what a recogniser writes when nothing is said is left out;
//! 6. *turns*: who speaks, from voices, labels and dashes;
//! 7. *paragraphs*: captions joined to sentences, and sentences to segments.
//!
//! The readers are our own: the crates for these formats that are alive (`fasrt`, `subtp`, `vtt`)
//! read well-formed files of one format, while most of the work here is files that are not: blank
//! lines in captions, lost numbers, two formats mixed, and a line number for each oddity.

mod arrows;
mod clock;
mod invention;
mod markup;
mod oddities;
mod order;
mod paragraphs;
mod rolling;
mod sbv;
mod single;
mod sniff;
mod title;
mod turns;
mod whisper;
mod words;

pub(crate) use invention::is_invention;

use std::borrow::Cow;

use crate::error::{Error, Note};
use crate::format::Format;
use crate::model::{Metadata, Segment, Time, Transcript};
pub(crate) use oddities::Oddities;

/// What is shown at one time, by one voice.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Caption<'a> {
    /// Where it stands in the file.
    line: usize,
    time: Time,
    /// Without markup, with the line breaks of the source.
    text: Cow<'a, str>,
    /// Who says it, as the markup names them, or later the turns.
    speaker: Option<String>,
    /// Someone else begins to speak here, known or not.
    opens_turn: bool,
    /// Where words begin in the text, and when, in milliseconds; empty if the source does not tell.
    words: Vec<(usize, u32)>,
}

impl<'a> Caption<'a> {
    /// What a piece of a list says that has no line of its own.
    pub(crate) fn said(time: Time, text: &'a str, speaker: Option<String>) -> Self {
        Caption { line: 1, time, text: text.into(), speaker, opens_turn: false, words: Vec::new() }
    }

    /// The lines that say something.
    fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split('\n').map(str::trim).filter(|line| !line.is_empty())
    }

    /// When the words have been said; a caption may stay on the screen long after.
    ///
    /// Slow speech has eight characters in a second.
    fn said_by(&self) -> u32 {
        let speech = 500 + 120 * u32::try_from(self.text.len()).unwrap_or(u32::MAX / 1_000);
        self.time.end_ms.min(self.time.start_ms.saturating_add(speech))
    }
}

/// Reads a caption file. Its content decides which format it is, not `format`.
pub(crate) fn parse(format: Format, id: &str, text: &str, notes: &mut Vec<Note>) -> Result<Transcript, Error> {
    let mut oddities = Oddities::default();
    let found = sniff::format(text, format, &mut oddities);
    let mut metadata = Metadata { title: title::readable(id), ..Metadata::default() };
    let segments = match found {
        Format::Whisper => {
            let read = whisper::read(text, &mut metadata, &mut oddities)?;
            match read.untimed {
                Some(paragraphs) => paragraphs,
                None => segments(read.captions, &mut oddities),
            }
        }
        Format::Sbv => segments(sbv::read(text), &mut oddities),
        _ => segments(arrows::read(text, found == Format::WebVtt, &mut oddities), &mut oddities),
    };
    // A video may be without speech; only these formats say by themselves what they are.
    let may_be_silent = found == Format::Whisper || text.trim_start().starts_with("WEBVTT");
    if segments.is_empty() && !oddities.silence_is_explained() {
        if !may_be_silent {
            return Err(Error {
                line: 1,
                reason: "no caption found; a line like `00:00:01,000 --> 00:00:04,000` stands before each".to_owned(),
            });
        }
        oddities.add(1, || "nothing is said in it".to_owned());
    }
    oddities.into_notes(notes);
    Ok(Transcript { id: id.to_owned(), metadata, segments })
}

/// Captions as they stand in a file, made into paragraphs.
pub(crate) fn segments(captions: Vec<Caption<'_>>, oddities: &mut Oddities) -> Vec<Segment> {
    let captions = order::sorted(captions, oddities);
    let captions = rolling::unrolled(captions, oddities);
    let captions = single::joined(captions);
    let captions = words::cut(captions);
    let captions = invention::without(captions, oddities);
    let captions = turns::told(captions);
    paragraphs::join(&captions)
}
