//! What is stored of a transcript: all that is shown of it, laid out so that only what is shown is read.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use verbatim_transcript::{Cue, Metadata, Time, Transcript};

use crate::analysis::Terms;

/// A transcript as it is stored: its metadata, and its segments with their places in the stream of positions.
///
/// In bytes, all numbers little-endian: the length of the head, the head in JSON, a row of 24 bytes for each segment, one
/// of 12 for each caption, then the text of all segments without separators.
#[derive(Debug)]
pub struct Record {
    bytes: Vec<u8>,
    head: Head,
    /// Where the rows of the segments lie in `bytes`, those of the captions, and then the text.
    rows: Range<usize>,
    cues: Range<usize>,
}

/// A segment of a stored transcript.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch<'a> {
    /// The words.
    pub text: &'a str,
    /// Who says them.
    pub speaker: Option<&'a str>,
    /// When they are said.
    pub time: Option<Time>,
    /// The position of the first word.
    pub position: u32,
}

/// The bytes of a segment's row: end of its text, first position, start and end in milliseconds, speaker, end of its
/// captions.
const ROW: usize = 24;
/// The bytes of a caption's row: offset in the segment, start and end in milliseconds.
const CUE: usize = 12;
const NONE: u32 = u32::MAX;

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    id: String,
    title: String,
    description: Option<String>,
    area: Option<String>,
    video_embed_src: Option<String>,
    video_download_href: Option<String>,
    caption_file_path: Option<String>,
    pdf_file_path: Option<String>,
    file_type: Option<String>,
    priority: Option<i64>,
    credits: Option<String>,
    other: std::collections::BTreeMap<String, serde_json::Value>,
    speakers: Vec<String>,
    description_position: u32,
    segments: usize,
    cues: usize,
}

impl Record {
    /// The bytes to store for `transcript`, which was analysed as `terms`.
    pub(crate) fn encode(transcript: &Transcript, terms: &Terms) -> Vec<u8> {
        let mut speakers: Vec<String> = Vec::new();
        let mut rows = Vec::with_capacity(transcript.segments.len() * ROW);
        let mut cues = Vec::new();
        let mut text = String::new();
        for (segment, position) in transcript.segments.iter().zip(&terms.segments) {
            text.push_str(&segment.text);
            let speaker = segment.speaker.as_ref().map_or(NONE, |name| {
                let known = speakers.iter().position(|speaker| speaker == name);
                number(known.unwrap_or_else(|| {
                    speakers.push(name.clone());
                    speakers.len() - 1
                }))
            });
            let (start, end) = segment.time.map_or((NONE, NONE), |time| (time.start_ms, time.end_ms));
            for Cue { offset, time } in &segment.cues {
                push(&mut cues, &[number(*offset), time.start_ms, time.end_ms]);
            }
            push(&mut rows, &[number(text.len()), *position, start, end, speaker, number(cues.len() / CUE)]);
        }
        let metadata = transcript.metadata.clone();
        let head = Head {
            id: transcript.id.clone(),
            title: metadata.title,
            description: metadata.description,
            area: metadata.area,
            video_embed_src: metadata.video_embed_src,
            video_download_href: metadata.video_download_href,
            caption_file_path: metadata.caption_file_path,
            pdf_file_path: metadata.pdf_file_path,
            file_type: metadata.file_type,
            priority: metadata.priority,
            credits: metadata.credits,
            other: metadata.other,
            speakers,
            description_position: terms.description,
            segments: transcript.segments.len(),
            cues: cues.len() / CUE,
        };
        let head = serde_json::to_vec(&head).expect("texts, numbers and JSON values always serialise");
        [&number(head.len()).to_le_bytes(), head.as_slice(), &rows, &cues, text.as_bytes()].concat()
    }

    /// Reads what was stored; `None` where the bytes are something else.
    pub fn decode(bytes: Vec<u8>) -> Option<Self> {
        let length = u32::from_le_bytes(bytes.first_chunk().copied()?) as usize;
        let head: Head = serde_json::from_slice(bytes.get(4..4 + length)?).ok()?;
        let rows_end = (4 + length).saturating_add(head.segments.saturating_mul(ROW));
        let cues_end = rows_end.saturating_add(head.cues.saturating_mul(CUE));
        let record = Self { rows: 4 + length..rows_end, cues: rows_end..cues_end, head, bytes };
        let text = std::str::from_utf8(record.bytes.get(cues_end..)?).ok()?;
        let texts = (0..record.len()).map(|at| record.cell(at, 0) as usize);
        let captions = (0..record.len()).map(|at| record.cell(at, 5) as usize);
        let sound = texts.clone().is_sorted()
            && texts.clone().all(|end| text.is_char_boundary(end))
            && captions.clone().is_sorted()
            && captions.clone().all(|end| end <= record.head.cues);
        sound.then_some(record)
    }

    /// The transcript's id.
    pub fn id(&self) -> &str {
        &self.head.id
    }

    /// What is known about it besides what was said.
    pub fn metadata(&self) -> Metadata {
        let head = &self.head;
        Metadata {
            title: head.title.clone(),
            description: head.description.clone(),
            area: head.area.clone(),
            video_embed_src: head.video_embed_src.clone(),
            video_download_href: head.video_download_href.clone(),
            caption_file_path: head.caption_file_path.clone(),
            pdf_file_path: head.pdf_file_path.clone(),
            file_type: head.file_type.clone(),
            priority: head.priority,
            credits: head.credits.clone(),
            other: head.other.clone(),
        }
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.head.title
    }

    /// The description and the position of its first word.
    pub fn description(&self) -> Option<Stretch<'_>> {
        let text = self.head.description.as_deref()?;
        Some(Stretch { text, speaker: None, time: None, position: self.head.description_position })
    }

    /// How many segments there are.
    pub fn len(&self) -> usize {
        self.head.segments
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The segment at an index below [`Record::len`].
    ///
    /// # Panics
    /// Where the index is not below [`Record::len`].
    pub fn segment(&self, at: usize) -> Stretch<'_> {
        let start = at.checked_sub(1).map_or(0, |before| self.cell(before, 0));
        let end = self.cell(at, 0);
        let text = &self.bytes[self.cues.end..][start as usize..end as usize];
        let time = |value: u32| (value != NONE).then_some(value);
        Stretch {
            text: std::str::from_utf8(text).expect("seen to be UTF-8 when it was decoded"),
            speaker: self.head.speakers.get(self.cell(at, 4) as usize).map(String::as_str),
            time: time(self.cell(at, 2))
                .zip(time(self.cell(at, 3)))
                .map(|(start_ms, end_ms)| Time { start_ms, end_ms }),
            position: self.cell(at, 1),
        }
    }

    /// When the character at a byte offset of a segment is said: the time of its caption, or of the whole segment.
    ///
    /// # Panics
    /// Where the segment is not below [`Record::len`].
    pub fn time_at(&self, segment: usize, offset: usize) -> Option<Time> {
        let first = segment.checked_sub(1).map_or(0, |before| self.cell(before, 5)) as usize;
        let last = self.cell(segment, 5) as usize;
        let cue = |at: usize, column: usize| self.number_at(self.cues.start + at * CUE + column * 4);
        let here = (first..last).take_while(|&at| cue(at, 0) as usize <= offset).last();
        here.map_or(self.segment(segment).time, |at| Some(Time { start_ms: cue(at, 1), end_ms: cue(at, 2) }))
    }

    /// All segments, in order.
    pub fn segments(&self) -> impl Iterator<Item = Stretch<'_>> {
        (0..self.len()).map(|at| self.segment(at))
    }

    /// The index of the segment in which a position lies; `None` where it lies in title or description.
    pub fn segment_at(&self, position: u32) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.cell(middle, 1) <= position { low = middle + 1 } else { high = middle }
        }
        low.checked_sub(1)
    }

    fn cell(&self, row: usize, column: usize) -> u32 {
        self.number_at(self.rows.start + row * ROW + column * 4)
    }

    fn number_at(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.bytes[at..at + 4].try_into().expect("four bytes"))
    }
}

fn push(rows: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|value| rows.extend_from_slice(&value.to_le_bytes()));
}

/// Files are refused long before they hold 4 GiB.
fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(NONE)
}
