//! Where in transcripts the parts of a plan occur: positions, read by seek for a few transcripts only.

use tantivy::{
    DocAddress, DocId, DocSet, SegmentOrdinal, TantivyError,
    fieldnorm::FieldNormReader,
    postings::{Postings, SegmentPostings},
    schema::IndexRecordOption,
};

use super::{Engine, cursor::Jumper, phrases::PhrasePostings};
use crate::{
    budget::{Budget, Clock},
    error::Error,
    plan::Plan,
};

/// Where in a transcript the parts of a plan occur.
#[derive(Debug, Clone, Default)]
pub(crate) struct Occurrences {
    /// For each concept, the positions of its occurrences, rising.
    pub(crate) concepts: Vec<Vec<u32>>,
    /// For each phrase, the positions of the first words of its occurrences, rising.
    pub(crate) phrases: Vec<Vec<u32>>,
    /// How many words the transcript has, as precisely as scoring needs.
    pub(crate) length: u32,
}

impl Occurrences {
    /// Where an acronym that was asked for stands itself, what it stands for is no match.
    fn drop_idle_expansions(&mut self, plan: &Plan) {
        if self.concepts.iter().any(|positions| !positions.is_empty()) {
            for (phrase, positions) in plan.phrases.iter().zip(&mut self.phrases) {
                if !phrase.required {
                    positions.clear();
                }
            }
        }
    }
}

impl Engine {
    /// Looks up where the parts of `plan` occur in transcripts, and hands it to `each` with the transcript's place in
    /// `addresses`; not in their order. Out of time, what is left occurs nowhere.
    ///
    /// # Errors
    /// The index cannot be read.
    pub(crate) fn locate(
        &self,
        plan: &Plan,
        addresses: &[DocAddress],
        budget: Budget,
        mut each: impl FnMut(usize, &Occurrences),
    ) -> Result<(), Error> {
        let mut places: Vec<usize> = (0..addresses.len()).collect();
        places.sort_unstable_by_key(|&at| addresses[at]);
        let segment = |at: usize| addresses[at].segment_ord;
        for places in places.chunk_by(|&left, &right| segment(left) == segment(right)) {
            let mut parts = Parts::open(self, plan, segment(places[0]), budget)?;
            for &at in places {
                parts.read(addresses[at].doc_id);
                parts.found.drop_idle_expansions(plan);
                each(at, &parts.found);
            }
        }
        Ok(())
    }
}

/// The parts of a plan in one segment.
struct Parts {
    /// For each concept, the postings of its terms.
    concepts: Vec<Vec<SegmentPostings>>,
    /// For each phrase, where it occurs.
    phrases: Vec<Option<PhrasePostings<Jumper>>>,
    norms: FieldNormReader,
    clock: Clock,
    /// Where they occur in the transcript that was read last.
    found: Occurrences,
}

impl Parts {
    fn open(engine: &Engine, plan: &Plan, ord: SegmentOrdinal, budget: Budget) -> Result<Self, Error> {
        let segment = engine.searcher.segment_reader(ord);
        let mut new = Self {
            concepts: Vec::new(),
            phrases: Vec::new(),
            norms: segment.get_fieldnorms_reader(engine.fields.stem)?,
            clock: Clock::new(budget),
            found: Occurrences::default(),
        };
        for concept in &plan.concepts {
            let mut terms = Vec::with_capacity(concept.lit.len());
            for (field, term) in &concept.lit {
                let term = engine.term(*field, term);
                let index = segment.inverted_index(term.field())?;
                let postings = index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions);
                terms.extend(postings.map_err(TantivyError::from)?);
            }
            new.concepts.push(terms);
        }
        for phrase in &plan.phrases {
            let terms = phrase.terms.iter().map(|(_, term)| engine.term_info(segment, phrase.field, term));
            let infos = terms.collect::<Result<Vec<_>, _>>()?;
            new.phrases.push(PhrasePostings::open(engine, ord, phrase, infos.iter().map(Option::as_ref))?);
        }
        new.found.concepts.resize_with(plan.concepts.len(), Vec::new);
        new.found.phrases.resize_with(plan.phrases.len(), Vec::new);
        Ok(new)
    }

    /// Looks at a transcript; they must be asked for in their order.
    fn read(&mut self, doc: DocId) {
        let Self { concepts, phrases, norms, clock, found } = self;
        found.length = norms.fieldnorm(doc);
        for (terms, positions) in concepts.iter_mut().zip(&mut found.concepts) {
            positions.clear();
            let several = terms.len() > 1;
            for postings in terms.iter_mut().filter(|_| !clock.is_spent()) {
                if postings.doc() <= doc && postings.seek(doc) == doc {
                    postings.append_positions_with_offset(0, positions);
                }
            }
            if several {
                positions.sort_unstable();
            }
            // A word may be found by more than one of its terms.
            positions.dedup();
        }
        for (phrase, starts) in phrases.iter_mut().zip(&mut found.phrases) {
            starts.clear();
            if let Some(phrase) = phrase.as_mut().filter(|phrase| !clock.is_spent_after(phrase.length())) {
                starts.extend_from_slice(phrase.starts(doc));
            }
        }
    }
}
