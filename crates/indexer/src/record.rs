//! What is stored of a transcript: all that is shown of it, laid out so that only what is shown is unpacked.
//!
//! A record is a head and pieces. The head holds the metadata, and for each segment where it lies; each piece holds the
//! text of a few segments, where their words stand and the times of their captions, and is unpacked when one of them
//! is asked for.

mod encode;
mod head;

use std::{
    cell::{Cell, OnceCell},
    fmt,
    ops::Range,
    sync::Arc,
};

use tantivy::directory::OwnedBytes;
use verbatim_transcript::{Cue, Metadata, Time};

use head::Head;

use crate::{
    dictionary::Dictionary,
    varint::Numbers,
    words::{Layout, Words},
};

/// A transcript as it is stored.
pub struct Record {
    bytes: OwnedBytes,
    dictionary: Arc<Dictionary>,
    id: String,
    metadata: Metadata,
    /// Where the words of the description stand.
    description: Layout,
    speakers: Vec<String>,
    segments: Vec<Place>,
    pieces: Vec<Piece>,
    /// Whether a piece could not be unpacked.
    damaged: Cell<bool>,
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
    /// The position of the first word,
    pub position: u32,
    /// and the first position after it that is not the text's.
    pub end: u32,
    /// The words that do not stand where they are expected.
    odd: &'a [u8],
}

impl<'a> Stretch<'a> {
    /// Its words, in order.
    pub fn words(&self) -> Words<'a> {
        Words::new(self.text, self.position, self.odd)
    }
}

/// A segment of a stored transcript, but for its text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outline<'a> {
    /// How long its text is, in bytes.
    pub bytes: usize,
    /// Who says it.
    pub speaker: Option<&'a str>,
    /// When it is said.
    pub time: Option<Time>,
    /// The position of the first word.
    pub position: u32,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("id", &self.id).field("segments", &self.len()).finish_non_exhaustive()
    }
}

/// Where a segment lies, and what is known of it.
struct Place {
    piece: usize,
    /// Its text in the text of the piece, in bytes.
    text: Range<usize>,
    /// Its odd words among those of the piece, in bytes.
    odd: Range<usize>,
    /// Its captions among those of the piece.
    cues: Range<usize>,
    position: u32,
    time: Option<Time>,
    speaker: Option<usize>,
}

/// A few segments that are packed together.
struct Piece {
    /// Where it lies in the record, packed.
    packed: Range<usize>,
    /// How many bytes it has.
    length: usize,
    /// How many of these are text,
    text: usize,
    /// and how many of those after that are odd words.
    odd: usize,
    unpacked: OnceCell<Unpacked>,
}

#[derive(Default)]
struct Unpacked {
    text: String,
    odd: Vec<u8>,
    cues: Vec<Cue>,
}

impl Record {
    /// Reads what was stored; `None` where the bytes are something else.
    pub(crate) fn decode(bytes: OwnedBytes, dictionary: &Arc<Dictionary>) -> Option<Self> {
        let mut numbers = Numbers::new(&bytes);
        let (json, length, packed) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let start = bytes.len() - numbers.rest().len();
        let head = dictionary.unpack(numbers.rest().get(..packed)?, length)?;
        let (id, metadata, speakers) = serde_json::from_slice::<Head>(head.get(..json)?).ok()?.into_parts();
        let mut numbers = Numbers::new(&head[json..]);
        let position = u32::try_from(numbers.next()?).ok()?;
        let description = Layout { position, odd: numbers.bytes()?.to_vec() };
        let mut segments = read_rows(&mut numbers)?;
        let pieces = read_table(&mut numbers, start + packed, &mut segments)?;
        let is_known = |segment: &Place| segment.speaker.is_none_or(|speaker| speaker < speakers.len());
        let ends = pieces.last().map_or(start + packed, |piece| piece.packed.end);
        if !segments.iter().all(is_known) || ends != bytes.len() {
            return None;
        }
        let damaged = Cell::new(false);
        let dictionary = Arc::clone(dictionary);
        Some(Self { bytes, dictionary, id, metadata, description, speakers, segments, pieces, damaged })
    }

    /// The transcript's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What is known about it besides what was said.
    pub fn metadata(&self) -> Metadata {
        self.metadata.clone()
    }

    /// The id and the metadata, where nothing else is wanted any more.
    pub fn into_parts(self) -> (String, Metadata) {
        (self.id, self.metadata)
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.metadata.title
    }

    /// The description and the position of its first word.
    pub fn description(&self) -> Option<Stretch<'_>> {
        let text = self.metadata.description.as_deref()?;
        let Layout { position, odd } = &self.description;
        Some(Stretch { text, speaker: None, time: None, position: *position, end: self.position(0), odd })
    }

    /// How many segments there are.
    pub fn len(&self) -> usize {
        self.segments.len()
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The segment at an index below [`Record::len`]. Where it cannot be unpacked its text is empty, and
    /// [`Record::is_damaged`] says so from then on.
    ///
    /// # Panics
    /// Where the index is not below [`Record::len`].
    pub fn segment(&self, at: usize) -> Stretch<'_> {
        let place = &self.segments[at];
        let unpacked = self.unpacked(place);
        Stretch {
            text: unpacked.text.get(place.text.clone()).unwrap_or_default(),
            speaker: self.outline(at).speaker,
            time: place.time,
            position: place.position,
            end: self.position(at + 1),
            odd: unpacked.odd.get(place.odd.clone()).unwrap_or_default(),
        }
    }

    /// What is known of a segment without unpacking its text.
    ///
    /// # Panics
    /// Where the index is not below [`Record::len`].
    pub fn outline(&self, at: usize) -> Outline<'_> {
        let Place { text, position, time, speaker, .. } = &self.segments[at];
        let speaker = speaker.map(|speaker| self.speakers[speaker].as_str());
        Outline { bytes: text.len(), speaker, time: *time, position: *position }
    }

    /// When the character at a byte offset of a segment is said: the time of its caption, or of the whole segment.
    ///
    /// # Panics
    /// Where the segment is not below [`Record::len`].
    pub fn time_at(&self, segment: usize, offset: usize) -> Option<Time> {
        let place = &self.segments[segment];
        let cues = self.unpacked(place).cues.get(place.cues.clone()).unwrap_or_default();
        let after = cues.partition_point(|cue| cue.offset <= offset);
        after.checked_sub(1).map_or(place.time, |at| Some(cues[at].time))
    }

    /// All segments, in order.
    pub fn segments(&self) -> impl Iterator<Item = Stretch<'_>> {
        (0..self.len()).map(|at| self.segment(at))
    }

    /// The index of the segment in which a position lies; `None` where it lies in title or description.
    pub fn segment_at(&self, position: u32) -> Option<usize> {
        self.segments.partition_point(|segment| segment.position <= position).checked_sub(1)
    }

    /// The position at which a segment begins; after the last one, the last there can be.
    fn position(&self, segment: usize) -> u32 {
        self.segments.get(segment).map_or(u32::MAX, |place| place.position)
    }

    /// Whether a segment that was asked for could not be unpacked.
    pub fn is_damaged(&self) -> bool {
        self.damaged.get()
    }

    fn unpacked(&self, place: &Place) -> &Unpacked {
        let piece = &self.pieces[place.piece];
        piece.unpacked.get_or_init(|| {
            let bytes = self.dictionary.unpack(&self.bytes[piece.packed.clone()], piece.length);
            bytes.and_then(|bytes| Unpacked::read(bytes, piece)).unwrap_or_else(|| {
                self.damaged.set(true);
                Unpacked::default()
            })
        })
    }
}

impl Unpacked {
    fn read(mut bytes: Vec<u8>, piece: &Piece) -> Option<Self> {
        let (odd, cues_after) = bytes.get(piece.text..)?.split_at_checked(piece.odd)?;
        let odd = odd.to_vec();
        let mut numbers = Numbers::new(cues_after);
        let mut cues = Vec::new();
        let mut start = 0;
        while !numbers.rest().is_empty() {
            let offset = numbers.next()?;
            let time = numbers.time(&mut start)?;
            cues.push(Cue { offset, time });
        }
        bytes.truncate(piece.text);
        Some(Self { text: String::from_utf8(bytes).ok()?, odd, cues })
    }
}

/// Reads the rows back. What lies in which piece is told by the table that follows.
fn read_rows(numbers: &mut Numbers<'_>) -> Option<Vec<Place>> {
    let count = numbers.next()?;
    let mut segments = Vec::with_capacity(count.min(numbers.rest().len()));
    let (mut position, mut start) = (0_u32, 0);
    for _ in 0..count {
        let (text, odd, cues) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let (step, speaker) = (numbers.next()?, numbers.next()?);
        position = position.checked_add(u32::try_from(step).ok()?)?;
        let time = if numbers.next()? == 0 { None } else { Some(numbers.time(&mut start)?) };
        segments.push(Place {
            piece: 0,
            text: 0..text,
            odd: 0..odd,
            cues: 0..cues,
            position,
            time,
            speaker: speaker.checked_sub(1),
        });
    }
    Some(segments)
}

/// Reads the table of the pieces, of which the first begins at `start`, and gives each segment its place. A row for each
/// piece: how many segments it has, how many bytes of text, how many in all, and how many of them packed.
fn read_table(numbers: &mut Numbers<'_>, start: usize, segments: &mut [Place]) -> Option<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut rest) = (start, segments);
    while !numbers.rest().is_empty() {
        let (count, text, length, packed) = (numbers.next()?, numbers.next()?, numbers.next()?, numbers.next()?);
        let (mut texts, mut odds, mut cues) = (0, 0, 0);
        for place in rest.split_off_mut(..count)? {
            place.piece = pieces.len();
            place.text = shifted(&place.text, &mut texts)?;
            place.odd = shifted(&place.odd, &mut odds)?;
            place.cues = shifted(&place.cues, &mut cues)?;
        }
        let packed = at..at.checked_add(packed)?;
        at = packed.end;
        pieces.push(Piece { packed, length, text, odd: odds, unpacked: OnceCell::new() });
    }
    rest.is_empty().then_some(pieces)
}

/// `range`, beginning where the one before it ended.
fn shifted(range: &Range<usize>, end: &mut usize) -> Option<Range<usize>> {
    let start = *end;
    *end = start.checked_add(range.len())?;
    Some(start..*end)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tantivy::directory::OwnedBytes;
    use verbatim_transcript::{Cue, Metadata, Segment, Time, Transcript};

    use super::{Record, encode::PIECE};
    use crate::{
        analysis::{Heard, Terms},
        dictionary::Dictionary,
    };

    /// A talk with a long segment, an empty one, speakers, and captions that know when they are shown.
    fn talk() -> Transcript {
        let segment = |number: u32| {
            let time = Time { start_ms: number * 9_000, end_ms: number * 9_000 + 8_000 };
            let text = format!("À {number} heures, l’élève n° {number} ouvre son espace numérique de travail.");
            let cue = |offset: u32| Cue {
                offset: offset as usize,
                time: Time { start_ms: time.start_ms + offset * 100, end_ms: time.end_ms },
            };
            Segment {
                text: if number == 7 { text.repeat(PIECE / 20) } else { text },
                speaker: (number > 9).then(|| format!("Voix {}", number % 3)),
                time: (number > 15).then_some(time),
                cues: if number > 15 { vec![cue(0), cue(20)] } else { Vec::new() },
            }
        };
        let title = "Première connexion".to_owned();
        let metadata = Metadata { title, description: Some("Comment faire.".to_owned()), ..Metadata::default() };
        let mut segments: Vec<Segment> = (0..60).map(segment).collect();
        segments.insert(3, Segment::default());
        Transcript { id: "ent/connexion".to_owned(), metadata, segments }
    }

    fn stored(talk: &Transcript, dictionary: &Dictionary) -> (Vec<u8>, Terms) {
        let terms = Heard::new().add(talk);
        (Record::encode(talk, &terms, dictionary), terms)
    }

    #[test]
    fn a_transcript_comes_back_whole() {
        let talk = talk();
        let pieces: Vec<Vec<u8>> = (0..40).flat_map(|_| Record::pieces(&talk)).collect();
        for dictionary in [Dictionary::learn(&[]), Dictionary::learn(&pieces)].map(Arc::new) {
            let (bytes, terms) = stored(&talk, &dictionary);
            let record = Record::decode(OwnedBytes::new(bytes), &dictionary).expect("just encoded");
            assert_eq!((record.id(), record.len()), ("ent/connexion", talk.segments.len()));
            assert_eq!(record.metadata(), talk.metadata);
            assert_eq!(record.description().map(|stretch| stretch.position), Some(terms.description.position));
            for (at, segment) in talk.segments.iter().enumerate() {
                let stretch = record.segment(at);
                assert_eq!((stretch.text, stretch.time), (segment.text.as_str(), segment.time), "{at}");
                assert_eq!(stretch.speaker, segment.speaker.as_deref());
                assert_eq!((stretch.position, stretch.odd), (terms.segments[at].position, &*terms.segments[at].odd));
                for offset in [0, 19, 20, segment.text.len()] {
                    let time = segment.cue_at(offset).map(|cue| cue.time).or(segment.time);
                    assert_eq!(record.time_at(at, offset), time, "{at} {offset}");
                }
            }
            assert!(!record.is_damaged());
        }
    }

    #[test]
    fn damaged_bytes_are_noticed_and_panic_nowhere() {
        let dictionary = Arc::new(Dictionary::learn(&[]));
        let (bytes, _) = stored(&talk(), &dictionary);
        let read = |bytes: Vec<u8>| {
            let Some(record) = Record::decode(OwnedBytes::new(bytes), &dictionary) else { return true };
            for at in 0..record.len() {
                let _ = (record.segment(at).words().count(), record.time_at(at, 9));
            }
            record.is_damaged()
        };
        assert!(!read(bytes.clone()));
        assert!((0..bytes.len()).all(|end| read(bytes[..end].to_vec())));
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 0x55;
            // The engine notices what this does not.
            read(other);
        }
    }
}
