//! The words of the transcripts of a segment, in the order in which they are heard.

use tantivy::DocId;

use crate::schema::GAP;

/// Words by their numbers, each at a place. Places count on through all transcripts, so that one number tells transcript
/// and position.
#[derive(Default)]
pub(crate) struct Stream {
    /// Twice the number of each word, and one more where it stands at the place of the word before. Few words have such
    /// numbers that [`FAR`] stands in their place, and the number in the next two codes, its low half first.
    codes: Vec<u16>,
    /// How many words there are.
    words: usize,
    /// Words that follow each other place by place.
    runs: Vec<Run>,
    /// The place where each transcript begins.
    starts: Vec<u32>,
    /// The last place that was taken.
    last: u32,
}

const FAR: u32 = u16::MAX as u32 >> 1;

struct Run {
    /// Which of the codes is the first.
    first: usize,
    /// The place before its first word, which it may share.
    place: u32,
}

impl Stream {
    /// Begins the next transcript.
    pub(crate) fn begin(&mut self) {
        // Where transcripts have no words, they have places.
        self.last += GAP;
        self.starts.push(self.last);
        self.runs.push(Run { first: self.codes.len(), place: self.last });
    }

    /// Adds a word at a position of the transcript, which is not before that of the word before.
    pub(crate) fn push(&mut self, word: u32, position: u32) {
        let place = self.starts.last().copied().unwrap_or_default() + position;
        if place > self.last + 1 {
            self.runs.push(Run { first: self.codes.len(), place: place - 1 });
        }
        let code = |word: u32| (word << 1) as u16 | u16::from(place == self.last);
        if word < FAR {
            self.codes.push(code(word));
        } else {
            self.codes.extend([code(FAR), word as u16, (word >> 16) as u16]);
        }
        self.words += 1;
        self.last = place;
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words
    }

    /// How much room it takes, in bytes.
    pub(crate) fn memory(&self) -> usize {
        size_of_val(&*self.codes) + size_of_val(&*self.runs) + size_of_val(&*self.starts)
    }

    /// Forgets the words.
    pub(crate) fn clear(&mut self) {
        self.codes.clear();
        self.words = 0;
        self.runs.clear();
        self.starts.clear();
        self.last = 0;
    }

    /// Hands each word and its place to `each`, in order.
    pub(crate) fn walk(&self, mut each: impl FnMut(u32, u32)) {
        let ends = self.runs.iter().skip(1).map(|run| run.first).chain([self.codes.len()]);
        for (run, end) in self.runs.iter().zip(ends) {
            let mut place = run.place;
            let mut codes = self.codes[run.first..end].iter().map(|&code| u32::from(code));
            while let Some(code) = codes.next() {
                let mut word = code / 2;
                if word == FAR {
                    let mut half = || codes.next().unwrap_or_default();
                    word = half() | half() << 16;
                }
                place += 1 - code % 2;
                each(word, place);
            }
        }
    }

    /// How often each of the first `words` words stands in it.
    pub(crate) fn counts(&self, words: usize) -> Vec<u32> {
        let mut counts = vec![0; words];
        self.walk(|word, _| counts[word as usize] += 1);
        counts
    }
}

/// Tells which transcript a place lies in.
pub(crate) struct Transcripts<'a> {
    starts: &'a [u32],
    /// The transcript in which each block of places begins.
    blocks: Vec<DocId>,
}

/// Places in a block. A transcript has at least [`GAP`], so only few begin in one.
const BLOCK: u32 = 1 << 10;

impl<'a> Transcripts<'a> {
    pub(crate) fn of(stream: &'a Stream) -> Self {
        let mut all = Self { starts: &stream.starts, blocks: Vec::new() };
        let mut doc = 0;
        for block in 0..=stream.last / BLOCK {
            doc = all.from(doc, block * BLOCK);
            all.blocks.push(doc);
        }
        all
    }

    /// The transcript in which a place lies.
    pub(crate) fn at(&self, place: u32) -> DocId {
        self.from(self.blocks[(place / BLOCK) as usize], place)
    }

    /// The same, where it is not before `doc`.
    fn from(&self, mut doc: DocId, place: u32) -> DocId {
        while self.end(doc) <= place {
            doc += 1;
        }
        doc
    }

    /// The place at which a transcript begins.
    pub(crate) fn start(&self, doc: DocId) -> u32 {
        self.starts[doc as usize]
    }

    /// The place at which the next transcript begins.
    pub(crate) fn end(&self, doc: DocId) -> u32 {
        self.starts.get(doc as usize + 1).copied().unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FAR, Stream, Transcripts};

    proptest! {
        #[test]
        fn words_come_back_where_they_were(
            transcripts in prop::collection::vec(
                prop::collection::vec((prop::sample::select(vec![0, FAR - 1, FAR, FAR + 1, 1 << 20]), 0..3u32), 0..9),
                0..99,
            ),
        ) {
            let mut stream = Stream::default();
            let mut expected = Vec::new();
            for (doc, words) in (0..).zip(transcripts) {
                stream.begin();
                let mut position = 0;
                for (word, step) in words {
                    // As far as from the title to the description, at times.
                    position += step * step * step;
                    stream.push(word, position);
                    expected.push((doc, word, position));
                }
            }
            let transcripts = Transcripts::of(&stream);
            let mut found = Vec::new();
            stream.walk(|word, place| {
                let doc = transcripts.at(place);
                found.push((doc, word, place - transcripts.start(doc)));
            });
            prop_assert_eq!(stream.len(), found.len());
            prop_assert_eq!(found, expected);
        }
    }
}
