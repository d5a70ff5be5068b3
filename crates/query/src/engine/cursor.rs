//! Goes through the postings of a term with their positions.
//!
//! The engine's own `SegmentPostings` sums the positions of each transcript up and copies them twice, also where nearly all
//! transcripts are asked for, and only one position of a hundred is looked for. This one hands out the steps between them.

use tantivy::{
    DocId, InvertedIndexReader, TERMINATED,
    directory::FileSlice,
    positions::PositionReader,
    postings::{BlockSegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

/// Transcripts that are passed over at once.
const STRIDE: usize = 16;

/// A transcript in the postings of a term. It goes from block to block and passes over none, as nothing but the frequencies
/// before a transcript tells where its positions lie: this takes a part of the time of scoring the term.
pub(super) struct Cursor {
    blocks: BlockSegmentPostings,
    /// Which transcript of the block it is at.
    at: usize,
    positions: PositionReader,
    /// How many positions come before those of this transcript.
    before: u64,
    /// Where the steps of one transcript are read to.
    steps: Vec<u32>,
}

impl Cursor {
    /// Stands at the first transcript that has the term of `info`; `positions` are those of all terms of its field.
    ///
    /// # Errors
    /// The index cannot be read.
    pub(super) fn open(index: &InvertedIndexReader, positions: &FileSlice, info: &TermInfo) -> tantivy::Result<Self> {
        let positions = PositionReader::open(positions.slice(info.positions_range.clone()).read_bytes()?)?;
        let blocks = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs);
        let blocks = blocks.map_err(tantivy::TantivyError::from)?;
        Ok(Self { blocks, at: 0, positions, before: 0, steps: Vec::new() })
    }

    /// The transcript it is at; after the last one, [`TERMINATED`].
    pub(super) fn doc(&self) -> DocId {
        self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// How often the transcript has the term.
    pub(super) fn times(&self) -> u32 {
        self.blocks.freqs().get(self.at).copied().unwrap_or_default()
    }

    /// Goes to `doc`, or to the first transcript after it that has the term; never back.
    #[inline]
    pub(super) fn seek(&mut self, doc: DocId) -> DocId {
        // Where nearly all have the term, it is most often the next.
        if let Some(&[here, next]) = self.blocks.docs().get(self.at..self.at + 2)
            && here < doc
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

    /// How far each position of the term in the transcript is from the one before, the first from 0.
    #[inline]
    pub(super) fn steps(&mut self) -> &[u32] {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::{
        DocSet, Index, IndexWriter, TERMINATED, Term,
        directory::CompositeFile,
        doc,
        index::SegmentComponent,
        postings::Postings,
        schema::{IndexRecordOption, Schema, TEXT},
    };

    use super::Cursor;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn it_finds_what_the_engine_finds(
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
                let postings = inverted.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions);
                let (mut theirs, mut ours) = (postings?, Cursor::open(&inverted, &positions, &info)?);
                prop_assert_eq!(ours.doc(), theirs.doc());
                for step in seeks {
                    let doc = theirs.doc().saturating_add(step).min(TERMINATED);
                    prop_assert_eq!(ours.seek(doc), theirs.seek(doc));
                    if step == 1 || ours.doc() == TERMINATED {
                        continue;
                    }
                    let mut expected = Vec::new();
                    theirs.append_positions_with_offset(0, &mut expected);
                    let found = ours.steps().iter().scan(0, |position, step| { *position += step; Some(*position) });
                    prop_assert_eq!(found.collect::<Vec<_>>(), expected);
                }
            }
        }
    }
}
