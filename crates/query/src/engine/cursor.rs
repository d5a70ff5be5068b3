//! Goes through the postings of a term with their positions.

use tantivy::{
    DocId, DocSet, InvertedIndexReader, TERMINATED, TantivyError,
    directory::FileSlice,
    positions::PositionReader,
    postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

/// A transcript in the postings of a term.
pub(super) trait Cursor: Sized {
    /// Stands at the first transcript that has the term of `info`; `positions` are those of all terms of its field.
    ///
    /// # Errors
    /// The index cannot be read.
    fn open(index: &InvertedIndexReader, positions: &FileSlice, info: &TermInfo) -> tantivy::Result<Self>;

    /// The transcript it is at; after the last one, [`TERMINATED`].
    fn doc(&self) -> DocId;

    /// Goes to `doc`, or to the first transcript after it that has the term; never back.
    fn seek(&mut self, doc: DocId) -> DocId;

    /// How far each position of the term in the transcript is from the one before, the first from 0.
    fn steps(&mut self) -> &[u32];
}

/// Goes from block to block: for who looks at a large part of the transcripts.
///
/// What the engine has for this sums the positions of each transcript up and copies them twice, where one of a hundred is
/// looked for. But nothing tells where the positions of a transcript lie except the frequencies before it, so that no
/// block can be passed over unread.
pub(super) struct Walker {
    blocks: BlockSegmentPostings,
    /// Which transcript of the block it is at.
    at: usize,
    positions: PositionReader,
    /// How many positions come before those of this transcript.
    before: u64,
    /// Where the steps of one transcript are read to.
    steps: Vec<u32>,
}

/// Transcripts that a [`Walker`] passes over at once.
const STRIDE: usize = 16;

impl Walker {
    /// How often the transcript has the term.
    fn times(&self) -> u32 {
        self.blocks.freqs().get(self.at).copied().unwrap_or_default()
    }
}

impl Cursor for Walker {
    fn open(index: &InvertedIndexReader, positions: &FileSlice, info: &TermInfo) -> tantivy::Result<Self> {
        let positions = PositionReader::open(positions.slice(info.positions_range.clone()).read_bytes()?)?;
        let blocks = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs);
        let blocks = blocks.map_err(TantivyError::from)?;
        Ok(Self { blocks, at: 0, positions, before: 0, steps: Vec::new() })
    }

    fn doc(&self) -> DocId {
        self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    #[inline]
    fn seek(&mut self, doc: DocId) -> DocId {
        if self.doc() >= doc {
            return self.doc();
        }
        // Where nearly all have the term, it is most often the next.
        if let Some(&next) = self.blocks.docs().get(self.at + 1)
            && doc <= next
        {
            self.before += u64::from(self.times());
            self.at += 1;
            return next;
        }
        while self.blocks.docs().last().is_some_and(|&last| last < doc) {
            let passed = self.blocks.freqs().get(self.at..).unwrap_or_default();
            self.before += u64::from(passed.iter().sum::<u32>());
            self.blocks.advance();
            self.at = 0;
        }
        let docs = self.blocks.docs().get(self.at..).unwrap_or_default();
        let times = self.blocks.freqs().get(self.at..).unwrap_or_default();
        let (docs, last_docs) = docs.as_chunks::<STRIDE>();
        let (times, last_times) = times.as_chunks::<STRIDE>();
        let strides = docs.iter().zip(times).map(|(docs, times)| passed(docs, times, doc));
        for (docs, positions) in strides.chain(std::iter::once_with(|| passed(last_docs, last_times, doc))) {
            self.at += docs as usize;
            self.before += u64::from(positions);
            if docs < STRIDE as u32 {
                break;
            }
        }
        self.doc()
    }

    #[inline]
    fn steps(&mut self) -> &[u32] {
        let times = self.times() as usize;
        if self.steps.len() < times {
            self.steps.resize(times, 0);
        }
        let steps = &mut self.steps[..times];
        self.positions.read(self.before, steps);
        steps
    }
}

/// How many of some transcripts come before `doc`, and how often they have the term; without a branch for each, as processors
/// look at several at once.
#[inline]
fn passed(docs: &[DocId], times: &[u32], doc: DocId) -> (u32, u32) {
    let (mut passed, mut positions) = (0, 0);
    for (&other, &times) in docs.iter().zip(times) {
        let is_passed = u32::from(other < doc);
        passed += is_passed;
        positions += is_passed.wrapping_neg() & times;
    }
    (passed, positions)
}

/// Goes by the engine's list of blocks, passing over most: for who looks at a few transcripts.
pub(super) struct Jumper {
    postings: SegmentPostings,
    /// Where the steps of one transcript are read to.
    steps: Vec<u32>,
}

impl Cursor for Jumper {
    fn open(index: &InvertedIndexReader, _: &FileSlice, info: &TermInfo) -> tantivy::Result<Self> {
        let postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions);
        Ok(Self { postings: postings.map_err(TantivyError::from)?, steps: Vec::new() })
    }

    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    fn seek(&mut self, doc: DocId) -> DocId {
        self.postings.seek(doc.max(self.postings.doc()))
    }

    fn steps(&mut self) -> &[u32] {
        self.steps.clear();
        self.postings.append_positions_with_offset(0, &mut self.steps);
        let mut before = 0;
        for step in &mut self.steps {
            before = std::mem::replace(step, *step - before);
        }
        &self.steps
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::{
        Index, IndexWriter, TERMINATED, Term,
        directory::CompositeFile,
        doc,
        index::SegmentComponent,
        schema::{Schema, TEXT},
    };

    use super::{Cursor, Jumper, Walker};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn walkers_find_what_jumpers_find(
            // How often each transcript says it, over some blocks: in most, in few, or in each so many.
            said in prop_oneof![
                prop::collection::vec(prop_oneof![4 => 1..4_usize, 1 => Just(0), 1 => 100..300_usize], 1..700),
                prop::collection::vec(prop_oneof![9 => Just(0), 1 => 1..4_usize], 1..700),
            ],
            seeks in prop::collection::vec(prop_oneof![4 => 0..3_u32, 1 => 0..200_u32], 1..400),
        ) {
            let mut schema = Schema::builder();
            let text = schema.add_text_field("text", TEXT);
            let index = Index::create_in_ram(schema.build());
            let mut writer: IndexWriter = index.writer_with_num_threads(1, 20 << 20)?;
            for times in &said {
                writer.add_document(doc!(text => format!("un {}", "oui non non ".repeat(*times))))?;
            }
            writer.commit()?;
            let searcher = index.reader()?.searcher();
            let segment = searcher.segment_reader(0);
            let inverted = segment.inverted_index(text)?;
            let positions = CompositeFile::open(&segment.open_read(SegmentComponent::Positions)?)?;
            let positions = positions.open_read(text).expect("a field with positions");
            if let Some(info) = inverted.get_term_info(&Term::from_field_text(text, "oui"))? {
                let mut walker = Walker::open(&inverted, &positions, &info)?;
                let mut jumper = Jumper::open(&inverted, &positions, &info)?;
                prop_assert_eq!(walker.doc(), jumper.doc());
                for step in seeks {
                    let doc = walker.doc().saturating_add(step).min(TERMINATED);
                    prop_assert_eq!(walker.seek(doc), jumper.seek(doc));
                    if walker.doc() == TERMINATED {
                        break;
                    }
                    // Where they are not asked for, they are passed over.
                    if step != 1 {
                        prop_assert_eq!(walker.steps(), jumper.steps());
                    }
                }
            }
        }
    }
}
