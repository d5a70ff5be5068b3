//! Carries plans out with Tantivy; no other module knows what the engine is.
//!
//! The first stage, `scan`, goes once through the postings of all terms, scores and counts. What needs positions, phrases
//! apart, is read afterwards by `locate`, for the best candidates only.

mod best;
mod columns;
mod cursor;
mod docs;
mod locate;
mod order;
mod phrases;
mod scales;
mod scan;
mod values;
mod vocabulary;

use std::{cmp::Ordering, path::Path, sync::OnceLock};

use tantivy::{
    DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, Term, postings::TermInfo, schema::IndexRecordOption,
};
use verbatim_indexer::{Fields, Glossary, Lexicon, Record, open, state};

use columns::Columns;
pub(crate) use locate::Occurrences;
use order::Order;
use scales::Scales;
pub(crate) use scan::Answers;

use crate::{
    bm25::{Bm25, idf},
    error::Error,
    facet::Facet,
    plan::{Concept, Field},
    planner::Vocabulary,
};

/// One state of an index, which does not change while it is being read.
pub(crate) struct Engine {
    searcher: Searcher,
    columns: Vec<Columns>,
    /// Made when it is first asked for.
    order: OnceLock<Order>,
    fields: Fields,
    scales: Scales,
    lexicon: Lexicon,
    glossary: Glossary,
}

/// A transcript that may be an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) address: DocAddress,
    pub(crate) score: f32,
}

impl Engine {
    /// The last commit of the index in `dir`, with its glossary corrected by a file.
    pub(crate) fn open(dir: &Path, glossary: Option<&Path>) -> Result<Self, Error> {
        loop {
            let before = state(dir)?;
            match Self::open_once(dir, glossary) {
                // A rebuilt index took this one's place while it was being opened.
                Err(_) if state(dir)? != before => {}
                opened => return opened,
            }
        }
    }

    fn open_once(dir: &Path, file: Option<&Path>) -> Result<Self, Error> {
        let opened = open(dir)?;
        let reader = opened.index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
        let learnt = opened.glossary()?;
        let glossary = match file {
            Some(file) => learnt.corrected(file)?,
            None => learnt,
        };
        let lexicon = opened.lexicon()?;
        let searcher = reader.searcher();
        let segments = searcher.segment_readers().iter();
        let columns =
            segments.map(|segment| Columns::open(segment, &opened.dictionary)).collect::<tantivy::Result<_>>()?;
        let (order, fields) = (OnceLock::new(), opened.fields);
        let scales = Scales::of(&searcher, &fields)?;
        Ok(Self { searcher, columns, order, fields, scales, lexicon, glossary })
    }

    /// How many transcripts there are.
    pub(crate) fn transcripts(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Orders the answers to a plan that does not rank, which are in the order of their ids: by priority, then by id.
    pub(crate) fn list(&self, answers: &mut [Candidate]) {
        answers.sort_by_key(|answer| self.columns[answer.address.segment_ord as usize].priority(answer.address.doc_id));
    }

    /// How rare a concept is: as its most frequent term.
    pub(crate) fn idf(&self, concept: &Concept) -> f32 {
        let found = concept.lit.iter().map(|(field, term)| self.doc_freq(*field, term)).max();
        idf(found.unwrap_or_default(), self.held())
    }

    /// BM25 for words of transcripts.
    pub(crate) fn bm25(&self) -> Bm25 {
        self.scales.stem.bm25
    }

    /// How many transcripts the segments hold, with those that were deleted since: the frequencies of terms count these too.
    fn held(&self) -> u64 {
        self.searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum()
    }

    /// What is stored of a transcript.
    pub(crate) fn record(&self, address: DocAddress) -> Result<Record, Error> {
        self.columns[address.segment_ord as usize].record(address.doc_id)?.ok_or(Error::Damaged)
    }

    /// The transcript of that id.
    ///
    /// # Errors
    /// The index cannot be read.
    pub(crate) fn find(&self, id: &str) -> Result<Option<DocAddress>, Error> {
        let id = Term::from_field_text(self.fields.id, id);
        for (ord, segment) in (0..).zip(self.searcher.segment_readers()) {
            let postings = segment.inverted_index(self.fields.id)?.read_postings(&id, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    return Ok(Some(DocAddress::new(ord, postings.doc())));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    fn field(&self, field: Field) -> tantivy::schema::Field {
        match field {
            Field::Stem => self.fields.stem,
            Field::Fold => self.fields.fold,
            Field::Written => self.fields.written,
            Field::Title => self.fields.title,
        }
    }

    fn term(&self, field: Field, term: &str) -> Term {
        Term::from_field_text(self.field(field), term)
    }

    fn facet(&self, facet: Facet) -> tantivy::schema::Field {
        match facet {
            Facet::Area => self.fields.area,
            Facet::Speaker => self.fields.speaker,
        }
    }

    /// What a segment knows of a term; `None` where it does not have it.
    fn term_info(&self, segment: &SegmentReader, field: Field, term: &str) -> Result<Option<TermInfo>, Error> {
        let term = self.term(field, term);
        let info = segment.inverted_index(term.field())?.get_term_info(&term);
        Ok(info.map_err(tantivy::TantivyError::from)?)
    }

    /// Best first, equals by id: the order must not depend on how the index came about.
    pub(crate) fn sort(&self, candidates: &mut [Candidate]) {
        candidates.sort_unstable_by(|left, right| self.compare(left, right));
    }

    /// Which of two is better.
    #[inline]
    fn compare(&self, left: &Candidate, right: &Candidate) -> Ordering {
        match right.score.total_cmp(&left.score) {
            Ordering::Equal => self.place(left.address).cmp(&self.place(right.address)),
            different => different,
        }
    }

    /// Where the id of a transcript stands among all.
    #[inline(never)]
    fn place(&self, at: DocAddress) -> Option<u64> {
        let order = self.order.get_or_init(|| Order::of(&self.columns));
        order.place(at.segment_ord, self.columns[at.segment_ord as usize].id_rank(at.doc_id))
    }
}
