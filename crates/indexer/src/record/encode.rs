//! Writes records.

use verbatim_transcript::{Segment, Transcript};

use super::{Record, head::Head};
use crate::{analysis::Terms, dictionary::Dictionary, varint};

/// A piece is closed when it has this many bytes. Shorter ones take more room, longer ones more time to unpack.
pub(super) const PIECE: usize = 1 << 9;

impl Record {
    /// The bytes to store for `transcript`, which was analysed as `terms`: the lengths of the head, its text and all of
    /// it and packed, then the head and the pieces. All numbers are [`varint`]s.
    pub(crate) fn encode(transcript: &Transcript, terms: &Terms, dictionary: &Dictionary) -> Vec<u8> {
        let mut packed = Vec::new();
        let mut table = Vec::new();
        let mut layouts = terms.segments.iter();
        for piece in pieces(&transcript.segments) {
            let (text, bytes) = lay_out(piece, layouts.by_ref().map(|layout| layout.odd.as_slice()));
            let length = dictionary.pack(&bytes, &mut packed);
            varint::push_all(&mut table, &[piece.len(), text, bytes.len(), length]);
        }
        let (speakers, rows) = rows(transcript, terms);
        let mut head = serde_json::to_vec(&Head::new(transcript, speakers)).expect("texts and numbers serialise");
        let json = head.len();
        varint::push_all(&mut head, &[terms.description.position as usize, terms.description.odd.len()]);
        head.extend_from_slice(&terms.description.odd);
        varint::push(&mut head, transcript.segments.len());
        head.extend_from_slice(&rows);
        head.extend_from_slice(&table);
        let mut packed_head = Vec::new();
        dictionary.pack(&head, &mut packed_head);
        let mut record = Vec::with_capacity(packed_head.len() + packed.len() + 8);
        varint::push_all(&mut record, &[json, head.len(), packed_head.len()]);
        record.extend_from_slice(&packed_head);
        record.extend_from_slice(&packed);
        record
    }

    /// The pieces that `transcript` will be packed in: what a dictionary learns from.
    pub(crate) fn pieces(transcript: &Transcript) -> impl Iterator<Item = Vec<u8>> {
        pieces(&transcript.segments).map(|piece| lay_out(piece, std::iter::empty()).1)
    }
}

/// The segments that are packed together.
fn pieces(segments: &[Segment]) -> impl Iterator<Item = &[Segment]> {
    let mut rest = segments;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let full = rest.iter().position(|segment| {
            bytes += segment.text.len();
            bytes >= PIECE
        });
        let piece = rest.split_off(..full.map_or(rest.len(), |at| at + 1))?;
        (!piece.is_empty()).then_some(piece)
    })
}

/// The bytes of a piece, and how many of them are text: the texts, the odd words of each, then for each caption its offset
/// in the segment and its time.
fn lay_out<'t>(segments: &[Segment], odd: impl Iterator<Item = &'t [u8]>) -> (usize, Vec<u8>) {
    let mut bytes = segments.iter().map(|segment| segment.text.as_str()).collect::<String>().into_bytes();
    let text = bytes.len();
    odd.take(segments.len()).for_each(|odd| bytes.extend_from_slice(odd));
    let mut start = 0;
    for cue in segments.iter().flat_map(|segment| &segment.cues) {
        varint::push(&mut bytes, cue.offset);
        varint::push_time(&mut bytes, cue.time, &mut start);
    }
    (text, bytes)
}

/// The speakers, and a row for each segment: the length of its text and of its odd words, how many captions it has, how far
/// its first word lies from that of the segment before, its speaker counted from 1 or 0, and 1 with its time or 0.
fn rows(transcript: &Transcript, terms: &Terms) -> (Vec<String>, Vec<u8>) {
    let mut speakers: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    let (mut position, mut start) = (0, 0);
    for (segment, layout) in transcript.segments.iter().zip(&terms.segments) {
        let speaker = segment.speaker.as_ref().map_or(0, |name| {
            let known = speakers.iter().position(|speaker| speaker == name);
            1 + known.unwrap_or_else(|| {
                speakers.push(name.clone());
                speakers.len() - 1
            })
        });
        let step = (layout.position - position) as usize;
        position = layout.position;
        varint::push_all(&mut rows, &[segment.text.len(), layout.odd.len(), segment.cues.len(), step, speaker]);
        varint::push(&mut rows, usize::from(segment.time.is_some()));
        if let Some(time) = segment.time {
            varint::push_time(&mut rows, time, &mut start);
        }
    }
    (speakers, rows)
}
