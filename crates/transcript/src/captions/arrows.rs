//! WebVTT and SubRip: captions below a line `00:00:01.000 --> 00:00:04.000`.
//!
//! One reader for both, since what is in the files is often between the two. A caption's text runs
//! until the next such line, over blank lines too: YouTube's SubRip has them inside captions.

use super::Caption;
use super::clock::{self, Timing};
use super::markup;
use super::oddities::Oddities;
use crate::model::Time;

/// Reads the captions; `vtt` if the file says that it is WebVTT.
pub(super) fn read<'a>(text: &'a str, vtt: bool, oddities: &mut Oddities) -> Vec<Caption<'a>> {
    let mut reader = Reader {
        text,
        vtt,
        captions: Vec::new(),
        open: None,
        before: Line::Blank,
        before_at: 0,
        after_blank: true,
        in_block: false,
        number: 0,
        oddities,
    };
    let (mut at, mut line) = (0, 0);
    while at < text.len() {
        let end = line_end(text, at);
        line += 1;
        reader.read(line, at, &text[at..end]);
        at = end + 1;
    }
    reader.close(text.len());
    reader.captions
}

/// Where the line that begins at `at` ends. Lines are short: looking for it byte by byte is fastest.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let length = text.as_bytes()[at..].iter().position(|byte| *byte == b'\n');
    length.map_or(text.len(), |length| at + length)
}

/// What a line may be to the line after it.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    Blank,
    Number(u32),
    Other,
}

/// A caption whose text is being read.
struct Open {
    line: usize,
    time: Time,
    text_at: usize,
}

struct Reader<'a, 'o> {
    text: &'a str,
    vtt: bool,
    captions: Vec<Caption<'a>>,
    open: Option<Open>,
    /// The line before this one, where it begins, and whether a blank line stands before it.
    before: Line,
    before_at: usize,
    after_blank: bool,
    /// In a comment, style sheet, region or header: until the next blank line.
    in_block: bool,
    /// The number of the last caption that had one.
    number: u32,
    oddities: &'o mut Oddities,
}

impl<'a> Reader<'a, '_> {
    fn read(&mut self, line: usize, at: usize, text: &'a str) {
        let trimmed = text.trim_ascii();
        let kind = match trimmed.as_bytes().first() {
            None => Line::Blank,
            Some(first) if first.is_ascii_digit() => match trimmed.parse() {
                Ok(number) => Line::Number(number),
                Err(_) => {
                    if self.read_timing(line, at, text) {
                        return;
                    }
                    Line::Other
                }
            },
            Some(_) => Line::Other,
        };
        match kind {
            Line::Blank => self.in_block = false,
            Line::Other if self.begins_block(trimmed) => {
                self.close(at);
                self.in_block = true;
            }
            Line::Other | Line::Number(_) if self.in_block => self.read_in_block(line, trimmed),
            Line::Other if self.open.is_none() && !self.vtt => {
                self.oddities.add(line, || "text before the first caption; left out".to_owned());
            }
            Line::Other | Line::Number(_) => {}
        }
        self.after_blank = self.before == Line::Blank;
        self.before = kind;
        self.before_at = at;
    }

    /// Opens a caption, if the line tells when it is shown.
    fn read_timing(&mut self, line: usize, at: usize, text: &str) -> bool {
        let Some(timing) = clock::arrow_line(text) else {
            if clock::looks_like_arrow_line(text) {
                let message = "a time that cannot be read; what follows is read with the caption before";
                self.oddities.add(line, || message.to_owned());
                // So that this line is not text.
                let end = self.text_end(at);
                let (open_line, time) = self.open.as_ref().map_or((line, at_begin()), |open| (open.line, open.time));
                self.close(end);
                self.open(open_line, time, at + text.len());
                return true;
            }
            return false;
        };
        self.close(self.text_end(at));
        if let Line::Number(number) = self.before {
            self.number = number;
        }
        let time = self.time(line, timing);
        self.open(line, time, at + text.len());
        true
    }

    fn open(&mut self, line: usize, time: Time, text_at: usize) {
        self.open = Some(Open { line, time, text_at });
        self.in_block = false;
        self.before = Line::Other;
        self.before_at = text_at;
        self.after_blank = false;
    }

    fn time(&mut self, line: usize, Timing { start_ms, end_ms }: Timing) -> Time {
        let end_ms = end_ms.unwrap_or_else(|| {
            self.oddities.add(line, || "an end that cannot be read; read as the begin".to_owned());
            start_ms
        });
        if end_ms < start_ms {
            self.oddities.add(line, || "a caption that ends before it begins; only its begin is read".to_owned());
        }
        Time { start_ms, end_ms: end_ms.max(start_ms) }
    }

    /// Where the text of the open caption ends if a time stands at `at`: before its number or name.
    fn text_end(&self, at: usize) -> usize {
        let named = match self.before {
            Line::Blank => false,
            Line::Number(number) => self.after_blank || number == self.number.wrapping_add(1),
            Line::Other => self.vtt && self.after_blank,
        };
        if named { self.before_at } else { at }
    }

    fn close(&mut self, end: usize) {
        let Some(Open { line, time, text_at }) = self.open.take() else { return };
        let source = self.text[text_at.min(end)..end].trim_ascii();
        let captions = &mut self.captions;
        markup::read(source, |part| {
            if !part.text.trim().is_empty() {
                captions.push(Caption {
                    line,
                    time,
                    text: part.text,
                    speaker: part.voice,
                    opens_turn: false,
                    words: part.words,
                });
            }
        });
    }

    /// `NOTE`, `STYLE`, `REGION` after a blank line, and headers, also of files that were joined to one.
    fn begins_block(&self, line: &str) -> bool {
        let is =
            |name: &str| line.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        self.vtt && (is("WEBVTT") || self.before == Line::Blank && (is("NOTE") || line == "STYLE" || line == "REGION"))
    }

    fn read_in_block(&mut self, line: usize, text: &str) {
        if text.starts_with("X-TIMESTAMP-MAP") && text.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            let message = "`X-TIMESTAMP-MAP` depends on a stream that we do not know; times are read as written";
            self.oddities.add(line, || message.to_owned());
        }
    }
}

fn at_begin() -> Time {
    Time { start_ms: 0, end_ms: 0 }
}
