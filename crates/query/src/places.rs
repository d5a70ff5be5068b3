//! Where in the length of a transcript the words that were asked for are said.

use verbatim_indexer::Record;

use crate::engine::Occurrences;

/// Places in the length of a transcript.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    /// How long the whole is, in milliseconds, where the source tells times; places are then parts of that time, else
    /// parts of the words.
    pub length_ms: Option<u32>,
    /// In hundredths of the length, 0 to 99, rising; what stands closer together is one place.
    pub hundredths: Vec<u8>,
}

/// The places of what was found in the speech of a transcript; title and description have none.
pub(crate) fn places(record: &Record, found: &Occurrences) -> Places {
    // Of the text itself nothing is read: it is packed.
    let times = (0..record.len()).filter_map(|segment| record.outline(segment).time);
    let length_ms = times.map(|time| time.end_ms).max();
    let words = words_before(record, record.len());
    let first = words_before(record, 0);
    let place = |position: u32| {
        let segment = record.segment_at(position)?;
        let part = match length_ms {
            Some(length) => time_of(record, segment, position)? / f64::from(length.max(1)),
            None => f64::from(position - first) / f64::from(words.saturating_sub(first).max(1)),
        };
        Some((part * 100.0).clamp(0.0, 99.0) as u8)
    };
    let positions = found.concepts.iter().chain(&found.phrases).flatten();
    let mut hundredths: Vec<u8> = positions.filter_map(|&position| place(position)).collect();
    hundredths.sort_unstable();
    hundredths.dedup();
    Places { length_ms, hundredths }
}

/// When a word is said, in milliseconds: its part of the words of its segment is taken for its part of the time.
fn time_of(record: &Record, segment: usize, position: u32) -> Option<f64> {
    let outline = record.outline(segment);
    let time = outline.time?;
    let words = words_before(record, segment + 1).saturating_sub(outline.position).max(1);
    let part = f64::from(position - outline.position) / f64::from(words);
    Some(f64::from(time.start_ms) + part * f64::from(time.end_ms - time.start_ms))
}

/// The position at which a segment begins; after the last one, about where its words end.
fn words_before(record: &Record, segment: usize) -> u32 {
    if segment < record.len() {
        return record.outline(segment).position;
    }
    let Some(last) = record.len().checked_sub(1).map(|last| record.outline(last)) else {
        return 0;
    };
    let words = u32::try_from(last.bytes / BYTES_OF_A_WORD).unwrap_or(u32::MAX);
    last.position.saturating_add(words)
}

/// About how many bytes a French word takes, with the space after it.
const BYTES_OF_A_WORD: usize = 6;
