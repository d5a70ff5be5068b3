//! Makes snippets: the passage around a moment, over as many segments as it takes, with what is lit in it.

use std::ops::Range;

use verbatim_indexer::Record;
use verbatim_transcript::Time;

use crate::{
    cut::{LONG, SHORT, begins_sentence, cut_at_sentences, ends_sentence, last_char, sentence_around},
    light::{Light, Seen},
    moments::Moment,
};

/// A passage as a reader sees it. How it is spelt in HTML, JSON or colours is decided at the rim.
#[derive(Debug, Clone, PartialEq)]
pub struct Snippet {
    /// The text, with an ellipsis where a sentence was cut.
    pub text: String,
    /// What is lit: byte ranges of `text`, rising, on character boundaries.
    pub highlights: Vec<Range<usize>>,
    /// The segment in which the moment begins; `None` for the description.
    pub segment: Option<usize>,
    /// When that word is said, as finely as the source tells.
    pub time: Option<Time>,
    /// Who says it.
    pub speaker: Option<String>,
    /// The address of the video at that moment, where there is a time and a video whose player takes one.
    pub video: Option<String>,
}

const ELLIPSIS: char = '…';

/// A stretch of the transcript: from a byte of one segment to a byte of the same or a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Extent {
    start: (usize, usize),
    end: (usize, usize),
    /// Where the first word of the moment stands: its segment, and its byte there.
    first: (usize, usize),
}

/// Cuts the snippets of one transcript.
pub(crate) struct Cutter<'a> {
    record: &'a Record,
    light: Light<'a>,
    /// The segments that were looked at, by their index; few enough to go through.
    seen: Vec<(usize, Seen)>,
}

impl<'a> Cutter<'a> {
    pub(crate) fn new(record: &'a Record, light: Light<'a>) -> Self {
        Self { record, light, seen: Vec::new() }
    }

    /// The snippets of `moments`, in their order; those that touch become one.
    pub(crate) fn snippets(&mut self, moments: &[Moment]) -> Vec<Snippet> {
        let mut extents: Vec<Extent> = Vec::new();
        for moment in moments {
            let Some(mut extent) = self.extent(moment) else {
                continue;
            };
            // What grows by one neighbour may then touch another.
            while let Some(at) = extents.iter().position(|other| self.touch(other, &extent)) {
                let other = extents.remove(at);
                extent = Extent {
                    start: extent.start.min(other.start),
                    end: extent.end.max(other.end),
                    first: extent.first.min(other.first),
                };
            }
            extents.push(extent);
        }
        extents.into_iter().map(|extent| self.cut(extent)).collect()
    }

    /// The description, with what is lit in it.
    pub(crate) fn description(&mut self) -> Option<Snippet> {
        let description = self.record.description()?;
        let highlights = self.light.look(description).lit;
        let text = description.text.to_owned();
        Some(Snippet { text, highlights, segment: None, time: None, speaker: None, video: None })
    }

    /// A segment and its words; looked at once, however often it is asked for.
    fn seen(&mut self, segment: usize) -> &Seen {
        let known = self.seen.iter().position(|(other, _)| *other == segment);
        let at = known.unwrap_or_else(|| {
            self.seen.push((segment, self.light.look(self.record.segment(segment))));
            self.seen.len() - 1
        });
        &self.seen[at].1
    }

    /// The stretch of text around a moment; `None` where it lies outside of the segments.
    fn extent(&mut self, moment: &Moment) -> Option<Extent> {
        let first = self.record.segment_at(*moment.positions.start())?;
        let last = self.record.segment_at(*moment.positions.end())?;
        let core_start = self.offset(first, *moment.positions.start(), |span| span.start);
        let core_end = self.offset(last, *moment.positions.end(), |span| span.end);
        if first == last && self.text(first).len() > LONG {
            let range = cut_at_sentences(self.text(first), core_start..core_end);
            return Some(Extent { start: (first, range.start), end: (first, range.end), first: (first, core_start) });
        }
        let mut extent = Extent { start: (first, 0), end: (last, self.text(last).len()), first: (first, core_start) };
        if self.length(&extent) > LONG {
            // Over a border, only as much of each side as is needed.
            extent.start.1 = sentence_around(self.text(first), core_start).start;
            let text = self.text(last);
            extent.end.1 = sentence_around(text, last_char(text, core_end)).end;
        }
        self.take_neighbours(&mut extent);
        Some(extent)
    }

    /// Where the word at a position begins or ends in its segment, in bytes.
    fn offset(&mut self, segment: usize, position: u32, edge: impl Fn(&Range<usize>) -> usize) -> usize {
        self.seen(segment).at(position).last().map_or(0, |word| edge(&word.span))
    }

    /// Captions and short answers are understood with what is said around them.
    fn take_neighbours(&self, extent: &mut Extent) {
        while self.length(extent) < SHORT {
            let (first, last) = (extent.start.0, extent.end.0);
            let next = last + 1;
            if next < self.record.len() && self.length(extent) + self.text(next).len() <= LONG {
                extent.end = (next, self.text(next).len());
            } else if first > 0 && self.length(extent) + self.text(first - 1).len() <= LONG {
                extent.start = (first - 1, 0);
            } else {
                break;
            }
        }
    }

    fn length(&self, extent: &Extent) -> usize {
        (extent.start.0..=extent.end.0).map(|segment| self.range(extent, segment).len() + 1).sum()
    }

    /// The part of a segment that lies in an extent, in bytes.
    fn range(&self, extent: &Extent, segment: usize) -> Range<usize> {
        let start = if segment == extent.start.0 { extent.start.1 } else { 0 };
        let end = if segment == extent.end.0 { extent.end.1 } else { self.text(segment).len() };
        start..end.max(start)
    }

    fn text(&self, segment: usize) -> &str {
        self.record.segment(segment).text
    }

    /// Whether there is nothing between two extents, or less than nothing.
    fn touch(&self, left: &Extent, right: &Extent) -> bool {
        let (left, right) = if left.start <= right.start { (left, right) } else { (right, left) };
        let (segment, offset) = left.end;
        let after = if offset >= self.text(segment).len() { (segment + 1, 0) } else { (segment, offset + 1) };
        right.start <= after
    }

    fn cut(&mut self, extent: Extent) -> Snippet {
        let mut text = String::new();
        let mut highlights = Vec::new();
        for segment in extent.start.0..=extent.end.0 {
            let range = self.range(&extent, segment);
            let stretch = self.record.segment(segment);
            if segment == extent.start.0 && range.start > 0 && !begins_sentence(stretch.text, range.start) {
                text.push(ELLIPSIS);
                text.push(' ');
            }
            if segment > extent.start.0 {
                text.push(' ');
            }
            let shift = text.len();
            text.push_str(&stretch.text[range.clone()]);
            for lit in &self.seen(segment).lit {
                let lit = lit.start.max(range.start)..lit.end.min(range.end);
                if lit.start < lit.end {
                    highlights.push(lit.start - range.start + shift..lit.end - range.start + shift);
                }
            }
            if segment == extent.end.0 && range.end < stretch.text.len() && !ends_sentence(&text) {
                text.push(' ');
                text.push(ELLIPSIS);
            }
        }
        let (segment, offset) = extent.first;
        let first = self.record.segment(segment);
        Snippet {
            text,
            highlights,
            segment: Some(segment),
            time: self.record.time_at(segment, offset),
            speaker: first.speaker.map(str::to_owned),
            video: None,
        }
    }
}
