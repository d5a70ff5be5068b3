//! Carries plans out with Tantivy; no other module knows what the engine is.
//!
//! The first stage is one flat union (or intersection) of terms, which the engine prunes by blocks. What needs
//! positions, phrases apart, is read afterwards for the best candidates only.

mod collect;
mod columns;
mod order;
mod query;
mod timed;

use std::{collections::BTreeSet, path::Path, sync::OnceLock};

use tantivy::{
    DocAddress, DocId, DocSet, Searcher, SegmentReader, Term,
    collector::{Collector, TopDocs},
    postings::{Postings, SegmentPostings},
    query::TermQuery,
    schema::IndexRecordOption,
};
use verbatim_french::fold;
use verbatim_indexer::{Fields, Glossary, Lexicon, Record, open, state};

use collect::{AtLeast, FacetCounts, Listing};
pub(crate) use collect::{Counts, Hits};
use columns::Columns;
use order::Order;
use timed::Timed;

use crate::{
    budget::{Budget, Clock},
    error::Error,
    facet::Facet,
    plan::{Concept, Field, Phrase, Plan},
    planner::Vocabulary,
};

/// How many candidates beyond those wanted are looked at for equals.
const SPARE: usize = 16;

/// Scores that differ by less than this part of them are equal: the engine adds them up in one order or another.
const EQUAL: f32 = 1e-5;

/// One state of an index, which does not change while it is being read.
pub(crate) struct Engine {
    searcher: Searcher,
    columns: Vec<Columns>,
    /// Made when it is first asked for.
    order: OnceLock<Order>,
    fields: Fields,
    lexicon: Lexicon,
    glossary: Glossary,
}

/// A transcript that may be an answer.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) address: DocAddress,
    pub(crate) score: f32,
    /// Where the parts of the plan occur in it, once [`Engine::locate`] has looked.
    pub(crate) found: Option<Occurrences>,
}

impl Candidate {
    pub(crate) fn new(address: DocAddress, score: f32) -> Self {
        Self { address, score, found: None }
    }
}

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
        Ok(Self { searcher, columns, order: OnceLock::new(), fields: opened.fields, lexicon, glossary })
    }

    /// How many transcripts there are.
    pub(crate) fn transcripts(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The best `limit` answers by the scores of their terms, best first, equals by id; found are those that
    /// [`Engine::count`] came across when it was told that as many are wanted.
    pub(crate) fn top(
        &self,
        plan: &Plan,
        limit: usize,
        found: Option<Hits>,
        budget: Budget,
    ) -> Result<Vec<Candidate>, Error> {
        let query = Timed { query: self.query(plan, true, budget), budget };
        let mut top = match found {
            Some(found) => found,
            None => self.searcher.search(&query, &best(limit))?,
        };
        // The engine cuts equals by their place in the index, which depends on how it came about: where the cut goes
        // through equals, all of them are looked at.
        if let (Some((last, _)), Some((next, _))) = (top.get(limit - 1), top.get(limit + SPARE - 1))
            && *next >= least_equal(*last)
        {
            let equals = self.searcher.search(&query, &AtLeast(least_equal(*last)))?;
            // Out of time, it may have found fewer.
            top = if equals.len() < top.len() { top } else { equals };
        }
        let mut candidates: Vec<Candidate> =
            top.into_iter().map(|(score, address)| Candidate::new(address, score)).collect();
        self.sort(&mut candidates);
        candidates.truncate(limit);
        Ok(candidates)
    }

    /// The transcripts that answer a plan that does not rank: by priority, then by id.
    pub(crate) fn list(&self, plan: &Plan, limit: usize, budget: Budget) -> Result<Vec<Candidate>, Error> {
        let mut found = self.collect(plan, &Listing, budget)?;
        let priority = |at: &DocAddress| self.columns[at.segment_ord as usize].priority(at.doc_id);
        found.sort_by_cached_key(|at| (priority(at), self.place(*at)));
        found.truncate(limit);
        Ok(found.into_iter().map(|address| Candidate::new(address, 0.0)).collect())
    }

    /// How many transcripts answer, of which the best `limit` are wanted. The values of a facet are counted as if the plan
    /// did not filter by it.
    pub(crate) fn count(&self, plan: &Plan, limit: usize, budget: Budget) -> Result<Counts, Error> {
        let facets = FacetCounts(&self.columns);
        // To count phrases takes as long as to score them, and to look for the best spares none.
        let mut counts = if plan.has_required_phrases() && limit > 0 {
            let query = Timed { query: self.query(plan, true, budget), budget };
            let (best, counts) = self.searcher.search(&query, &(best(limit), facets))?;
            Counts { best: Some(best), ..counts }
        } else {
            self.collect(plan, &facets, budget)?
        };
        for filter in &plan.filters {
            let elsewhere = self.collect(&plan.without(filter.facet), &facets, budget)?;
            match filter.facet {
                Facet::Area => counts.areas = elsewhere.areas,
                Facet::Speaker => counts.speakers = elsewhere.speakers,
            }
        }
        Ok(counts)
    }

    /// What `collector` makes of the answers, which are not scored.
    fn collect<C: Collector>(&self, plan: &Plan, collector: &C, budget: Budget) -> Result<C::Fruit, Error> {
        Ok(self.searcher.search(&Timed { query: self.query(plan, false, budget), budget }, collector)?)
    }

    /// Looks up where the parts of `plan` occur in `candidates`, but for those that know. Out of time, what is left
    /// occurs nowhere.
    pub(crate) fn locate(&self, plan: &Plan, candidates: &mut [Candidate], budget: Budget) -> Result<(), Error> {
        let mut unknown: Vec<&mut Candidate> = candidates.iter_mut().filter(|one| one.found.is_none()).collect();
        unknown.sort_by_key(|candidate| candidate.address);
        for group in unknown.chunk_by_mut(|left, right| left.address.segment_ord == right.address.segment_ord) {
            let segment = self.searcher.segment_reader(group[0].address.segment_ord);
            let docs: Vec<DocId> = group.iter().map(|candidate| candidate.address.doc_id).collect();
            let located = self.occurrences(plan, segment, &docs, budget)?;
            for (candidate, mut found) in group.iter_mut().zip(located) {
                found.drop_idle_expansions(plan);
                candidate.found = Some(found);
            }
        }
        Ok(())
    }

    /// Where the parts of `plan` occur in each of `docs` of a segment, which rise.
    fn occurrences(
        &self,
        plan: &Plan,
        segment: &SegmentReader,
        docs: &[DocId],
        budget: Budget,
    ) -> Result<Vec<Occurrences>, Error> {
        let norms = segment.get_fieldnorms_reader(self.fields.stem)?;
        let length = |&doc: &DocId| Occurrences { length: norms.fieldnorm(doc), ..Occurrences::default() };
        let mut all: Vec<Occurrences> = docs.iter().map(length).collect();
        let mut clock = Clock::new(budget);
        for concept in &plan.concepts {
            let mut terms = self.postings(segment, concept.lit.iter().map(|(field, term)| (*field, term)))?;
            for (&doc, found) in docs.iter().zip(&mut all) {
                let mut positions = Vec::new();
                for postings in terms.iter_mut().flatten().filter(|_| !clock.is_spent()) {
                    append_positions(postings, doc, &mut positions);
                }
                // A word may be found by more than one of its terms.
                positions.sort_unstable();
                positions.dedup();
                found.concepts.push(positions);
            }
        }
        for phrase in &plan.phrases {
            let mut terms = self.postings(segment, phrase.terms.iter().map(|(_, term)| (phrase.field, term)))?;
            for (&doc, found) in docs.iter().zip(&mut all) {
                let is_late = clock.is_spent_after(phrase.terms.len());
                found.phrases.push(if is_late { Vec::new() } else { phrase_positions(phrase, &mut terms, doc) });
            }
        }
        Ok(all)
    }

    /// How rare a concept is: the BM25 weight of its most frequent term.
    pub(crate) fn idf(&self, concept: &Concept) -> f32 {
        let found = concept.lit.iter().map(|(field, term)| self.doc_freq(*field, term)).max().unwrap_or_default();
        let total: u64 = self.searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        let (found, total) = (found as f32, total as f32);
        (1.0 + (total - found + 0.5) / (found + 0.5)).ln()
    }

    /// How many words a transcript has on average.
    pub(crate) fn average_length(&self) -> Result<f32, Error> {
        let (mut tokens, mut transcripts) = (0, 0);
        for segment in self.searcher.segment_readers() {
            tokens += segment.inverted_index(self.fields.stem)?.total_num_tokens();
            transcripts += u64::from(segment.max_doc());
        }
        Ok(tokens as f32 / transcripts.max(1) as f32)
    }

    /// What is stored of a transcript.
    pub(crate) fn record(&self, address: DocAddress) -> Result<Record, Error> {
        self.columns[address.segment_ord as usize].record(address.doc_id)?.ok_or(Error::Damaged)
    }

    /// The transcript of that id.
    pub(crate) fn find(&self, id: &str) -> Result<Option<DocAddress>, Error> {
        let query = TermQuery::new(Term::from_field_text(self.fields.id, id), IndexRecordOption::Basic);
        Ok(self.searcher.search(&query, &Listing)?.into_iter().next())
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

    /// The postings of terms in a segment, with positions.
    fn postings<'t>(
        &self,
        segment: &SegmentReader,
        terms: impl Iterator<Item = (Field, &'t String)>,
    ) -> Result<Vec<Option<SegmentPostings>>, Error> {
        terms
            .map(|(field, term)| {
                let index = segment.inverted_index(self.field(field))?;
                let postings = index.read_postings(&self.term(field, term), IndexRecordOption::WithFreqsAndPositions);
                Ok(postings.map_err(tantivy::TantivyError::from)?)
            })
            .collect()
    }

    /// Best first, equals by id: the order must not depend on how the index came about.
    pub(crate) fn sort(&self, candidates: &mut [Candidate]) {
        candidates.sort_by(|left, right| right.score.total_cmp(&left.score));
        for equals in candidates.chunk_by_mut(|left, right| right.score >= least_equal(left.score)) {
            equals.sort_by_cached_key(|candidate| self.place(candidate.address));
        }
    }

    /// Where the id of a transcript stands among all.
    fn place(&self, at: DocAddress) -> Option<u64> {
        let order = self.order.get_or_init(|| Order::of(&self.columns));
        order.place(at.segment_ord, self.columns[at.segment_ord as usize].id_rank(at.doc_id))
    }
}

/// Collects the best `limit`, and some that may equal the last of them.
fn best(limit: usize) -> impl Collector<Fruit = Hits> {
    TopDocs::with_limit(limit + SPARE).order_by_score()
}

/// The least score that is equal to `score`.
fn least_equal(score: f32) -> f32 {
    score - EQUAL * score.abs()
}

/// Whether a name has all of these words: people are asked for by their family name too.
fn has_words(name: &str, words: &str) -> bool {
    let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let mut words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| parts.contains(&word))
}

fn append_positions(postings: &mut SegmentPostings, doc: DocId, positions: &mut Vec<u32>) {
    if postings.doc() <= doc && postings.seek(doc) == doc {
        postings.append_positions_with_offset(0, positions);
    }
}

/// The positions at which all terms of a phrase stand as they should.
fn phrase_positions(phrase: &Phrase, terms: &mut [Option<SegmentPostings>], doc: DocId) -> Vec<u32> {
    let mut starts: Vec<u32> = Vec::new();
    for (at, ((offset, _), postings)) in phrase.terms.iter().zip(terms).enumerate() {
        let mut positions = Vec::new();
        if let Some(postings) = postings {
            append_positions(postings, doc, &mut positions);
        }
        let shifted = positions.into_iter().filter_map(|position| position.checked_sub(*offset));
        if at == 0 {
            starts = shifted.collect();
        } else {
            let here: Vec<u32> = shifted.collect();
            starts.retain(|start| here.binary_search(start).is_ok());
        }
    }
    starts
}

impl Vocabulary for Engine {
    fn doc_freq(&self, field: Field, term: &str) -> u64 {
        // A dictionary that cannot be read is said by the search that follows.
        self.searcher.doc_freq(&self.term(field, term)).unwrap_or_default()
    }

    fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    fn glossary(&self) -> &Glossary {
        &self.glossary
    }

    fn values(&self, facet: Facet, typed: &str) -> Vec<String> {
        let folded = fold(typed);
        let (mut equal, mut like) = (BTreeSet::new(), BTreeSet::new());
        for segment in self.searcher.segment_readers() {
            // A dictionary that cannot be read is said by the search that follows.
            let Ok(index) = segment.inverted_index(self.facet(facet)) else { continue };
            let Ok(mut terms) = index.terms().stream() else { continue };
            while terms.advance() {
                let value = std::str::from_utf8(terms.key()).unwrap_or_default();
                let known = fold(value);
                if known == folded {
                    equal.insert(value.to_owned());
                } else if facet == Facet::Speaker && has_words(&known, &folded) {
                    like.insert(value.to_owned());
                }
            }
        }
        let values = if equal.is_empty() { like } else { equal };
        values.into_iter().collect()
    }
}
