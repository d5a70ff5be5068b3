//! What is stored of a transcript: all that is shown of it, laid out so that only what is shown is read.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use verbatim_transcript::{Metadata, Time, Transcript};

use crate::analysis::Terms;

/// A transcript as it is stored: its metadata, and its segments with their places in the stream of positions.
///
/// In bytes, all numbers little-endian: the length of the head, the head in JSON, a row of 20 bytes for each segment, then
/// the text of all segments without separators.
#[derive(Debug)]
pub struct Record {
    bytes: Vec<u8>,
    head: Head,
    /// Where the rows of the segments lie in `bytes`; the text follows.
    rows: Range<usize>,
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

/// The bytes of a segment's row: end of its text, first position, start and end in milliseconds, speaker.
const ROW: usize = 20;
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
}

impl Record {
    /// The bytes to store for `transcript`, which was analysed as `terms`.
    pub(crate) fn encode(transcript: &Transcript, terms: &Terms) -> Vec<u8> {
        let mut speakers: Vec<String> = Vec::new();
        let mut rows = Vec::with_capacity(transcript.segments.len() * ROW);
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
            for value in [number(text.len()), *position, start, end, speaker] {
                rows.extend_from_slice(&value.to_le_bytes());
            }
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
        };
        let head = serde_json::to_vec(&head).expect("texts, numbers and JSON values always serialise");
        [&number(head.len()).to_le_bytes(), head.as_slice(), &rows, text.as_bytes()].concat()
    }

    /// Reads what was stored; `None` where the bytes are something else.
    pub fn decode(bytes: Vec<u8>) -> Option<Self> {
        let length = u32::from_le_bytes(bytes.first_chunk().copied()?) as usize;
        let head: Head = serde_json::from_slice(bytes.get(4..4 + length)?).ok()?;
        let rows = 4 + length..(4 + length).saturating_add(head.segments.saturating_mul(ROW));
        let record = Self { head, rows, bytes };
        let text = record.bytes.get(record.rows.end..)?;
        let ends = (0..record.len()).map(|at| record.cell(at, 0) as usize);
        let text = std::str::from_utf8(text).ok()?;
        ends.is_sorted().then_some(())?;
        (0..record.len()).all(|at| text.is_char_boundary(record.cell(at, 0) as usize)).then_some(record)
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
        let text = &self.bytes[self.rows.end..][start as usize..end as usize];
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
        let at = self.rows.start + row * ROW + column * 4;
        u32::from_le_bytes(self.bytes[at..at + 4].try_into().expect("four bytes"))
    }
}

/// Files are refused long before they hold 4 GiB.
fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(NONE)
}
