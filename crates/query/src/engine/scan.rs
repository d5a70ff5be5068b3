//! The first stage: goes once through the postings of a plan, scores the answers and counts them.
//!
//! Term after term adds its scores to those of the transcripts that have it, block by block. To count the answers and their
//! facets all postings must be read anyway, so nothing is gained by passing over some of them for the best.

use std::{cell::RefCell, collections::HashMap};

use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, Term, postings::TermInfo, schema::IndexRecordOption,
};

use super::{Candidate, Engine, best::Best, cursor::Walker, docs::Docs, phrases::PhrasePostings};
use crate::{
    bm25::idf,
    budget::{Budget, Clock},
    error::Error,
    facet::Facet,
    plan::{Field, Filter, Phrase, Plan},
};

/// What the first stage finds.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// How many transcripts answer.
    pub(crate) total: usize,
    /// How many of them lie in each area, the most frequent first; counted as if the plan did not filter by it.
    pub(crate) areas: Vec<(String, usize)>,
    /// In how many of them each speaker is heard, likewise.
    pub(crate) speakers: Vec<(String, usize)>,
    /// The best of them, best first, equals by id.
    pub(crate) best: Vec<Candidate>,
}

thread_local! {
    /// The score of each transcript of a segment.
    static SCORES: RefCell<Vec<Score>> = const { RefCell::new(Vec::new()) };
}

impl Engine {
    /// Scores and counts the answers to `plan`, and keeps the best `limit`. Out of time, those that were found by then.
    ///
    /// # Errors
    /// The index cannot be read.
    pub(crate) fn scan<'p>(&self, plan: &'p Plan, limit: usize, budget: Budget) -> Result<Answers, Error> {
        let terms = plan.concepts.iter().flat_map(|concept| &concept.terms);
        let terms = terms.map(|term| self.sought(term.field, &term.term, term.weight));
        let terms = terms.collect::<Result<Vec<_>, _>>()?;
        let phrases = |phrases: &'p [Phrase]| {
            phrases.iter().map(|phrase| self.sought_phrase(phrase)).collect::<Result<Vec<_>, _>>()
        };
        let sought = SoughtPlan { terms, phrases: phrases(&plan.phrases)?, excluded: phrases(&plan.excluded)? };
        let mut best = Best::new(self, limit);
        let mut total = 0;
        let [mut areas, mut speakers] = [(); 2].map(|()| HashMap::new());
        let mut clock = Clock::new(budget);
        for (ord, segment) in (0..).zip(self.searcher.segment_readers()) {
            let columns = &self.columns[ord as usize];
            SCORES.with_borrow_mut(|scores| {
                scores.clear();
                scores.resize(segment.max_doc() as usize, 0.0);
                let found = Scan { engine: self, ord, segment, scores, clock: &mut clock }.run(plan, &sought)?;
                total += found.answers.len();
                found.answers.for_each(|doc| {
                    best.offer(Candidate { address: DocAddress::new(ord, doc), score: scores[doc as usize] });
                });
                columns.areas().count(found.but_for(Facet::Area), &mut areas);
                columns.speakers().count(found.but_for(Facet::Speaker), &mut speakers);
                Ok::<(), Error>(())
            })?;
        }
        Ok(Answers { total, areas: most_first(areas), speakers: most_first(speakers), best: best.sorted() })
    }

    /// Looks a term up in all segments.
    fn sought(&self, field: Field, term: &str, weight: f32) -> Result<Sought, Error> {
        let segments = self.searcher.segment_readers().iter();
        let infos = segments.map(|segment| self.term_info(segment, field, term)).collect::<Result<Vec<_>, _>>()?;
        let found = infos.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        Ok(Sought { field, infos, worth: weight * idf(found, self.held()) })
    }

    /// Looks the terms of a phrase up in all segments.
    fn sought_phrase<'p>(&self, phrase: &'p Phrase) -> Result<(&'p Phrase, Vec<Sought>), Error> {
        let terms = phrase.terms.iter().map(|(_, term)| self.sought(phrase.field, term, phrase.weight));
        Ok((phrase, terms.collect::<Result<_, _>>()?))
    }
}

/// The parts of a plan, looked up once for all segments.
struct SoughtPlan<'p> {
    terms: Vec<Sought>,
    phrases: Vec<(&'p Phrase, Vec<Sought>)>,
    excluded: Vec<(&'p Phrase, Vec<Sought>)>,
}

/// A term that was looked up.
struct Sought {
    field: Field,
    /// What each segment knows of it.
    infos: Vec<Option<TermInfo>>,
    /// Its weight times its rarity.
    worth: f32,
}

/// What was found in a segment.
struct Found {
    /// The transcripts that answer.
    answers: Docs,
    /// For each filter of the plan, those that would if it were not for that one.
    but_for: Vec<(Facet, Docs)>,
}

impl Found {
    /// The transcripts that answer, or would if the plan did not filter by a facet.
    fn but_for(&self, facet: Facet) -> &Docs {
        self.but_for.iter().find(|(by, _)| *by == facet).map_or(&self.answers, |(_, docs)| docs)
    }
}

/// Postings that are scored together: a block of the engine's.
const BLOCK: usize = 128;

/// One segment, while it is being gone through.
struct Scan<'s> {
    engine: &'s Engine,
    ord: SegmentOrdinal,
    segment: &'s SegmentReader,
    /// The score of each transcript, so far.
    scores: &'s mut Vec<Score>,
    clock: &'s mut Clock,
}

impl Scan<'_> {
    /// Scores and finds the answers.
    fn run(mut self, plan: &Plan, sought: &SoughtPlan<'_>) -> Result<Found, Error> {
        let mut excluded = self.none();
        for (phrase, terms) in &sought.excluded {
            excluded.extend(&self.phrase(phrase, terms)?);
        }
        if self.clock.is_spent() {
            // It is not known whether what is found now is excluded.
            return Ok(Found { answers: self.none(), but_for: Vec::new() });
        }
        let (required, optional): (Vec<_>, Vec<_>) = sought.phrases.iter().partition(|(phrase, _)| phrase.required);
        let mut all = Docs::all(self.segment.max_doc());
        for (phrase, terms) in &required {
            all.keep(&self.phrase(phrase, terms)?);
        }
        for term in &sought.terms {
            self.term(term, |_| ())?;
        }
        for (phrase, terms) in optional {
            self.phrase(phrase, terms)?;
        }
        // With phrases that every answer has, the words only rank.
        let mut answers = if plan.is_unranked() || !required.is_empty() { all } else { Docs::scored(self.scores) };
        answers.remove(&excluded);
        if let Some(alive) = self.engine.columns[self.ord as usize].alive() {
            answers.keep(alive);
        }
        let mut filters = Vec::new();
        for filter in &plan.filters {
            filters.push((filter.facet, self.with_value(filter)?));
        }
        let passing = |others: &dyn Fn(Facet) -> bool| {
            let mut passing = answers.clone();
            filters.iter().filter(|(facet, _)| others(*facet)).for_each(|(_, docs)| passing.keep(docs));
            passing
        };
        let but_for = filters.iter().map(|&(facet, _)| (facet, passing(&|other| other != facet))).collect();
        Ok(Found { answers: passing(&|_| true), but_for })
    }

    /// No transcripts yet.
    fn none(&self) -> Docs {
        Docs::none(self.segment.max_doc())
    }

    /// Scores the transcripts that have a term, and hands them to `each`.
    fn term(&mut self, term: &Sought, mut each: impl FnMut(DocId)) -> Result<(), Error> {
        let Some(info) = &term.infos[self.ord as usize] else { return Ok(()) };
        let field = self.engine.field(term.field);
        let index = self.segment.inverted_index(field)?;
        let norms = self.segment.get_fieldnorms_reader(field)?;
        let scale = self.engine.scales.of_field(term.field);
        let postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs);
        let mut postings = postings.map_err(tantivy::TantivyError::from)?;
        while !postings.docs().is_empty() && !self.clock.is_spent_after(postings.docs().len()) {
            for (docs, times) in postings.docs().chunks(BLOCK).zip(postings.freqs().chunks(BLOCK)) {
                // One step after the other for all of them, so that several are computed at once.
                let mut worth = [0.0; BLOCK];
                worth.iter_mut().zip(docs).for_each(|(worth, &doc)| *worth = scale.norm(norms.fieldnorm_id(doc)));
                for (worth, &times) in worth.iter_mut().zip(times) {
                    *worth = term.worth * scale.bm25.saturated(times as f32, *worth);
                }
                docs.iter().zip(worth).for_each(|(&doc, worth)| self.scores[doc as usize] += worth);
                docs.iter().for_each(|&doc| each(doc));
            }
            postings.advance();
        }
        Ok(())
    }

    /// Scores the transcripts that have a phrase, as if it were a word as rare as all its words together; returns them.
    fn phrase(&mut self, phrase: &Phrase, terms: &[Sought]) -> Result<Docs, Error> {
        let mut found = self.none();
        if let [term] = terms {
            self.term(term, |doc| found.insert(doc))?;
            return Ok(found);
        }
        let infos = terms.iter().map(|term| term.infos[self.ord as usize].as_ref());
        let Some(mut postings) = PhrasePostings::<Walker>::open(self.engine, self.ord, phrase, infos)? else {
            return Ok(found);
        };
        let worth: f32 = terms.iter().map(|term| term.worth).sum();
        let norms = self.segment.get_fieldnorms_reader(self.engine.field(phrase.field))?;
        let scale = self.engine.scales.of_field(phrase.field);
        postings.for_each(self.clock, |doc, times| {
            self.scores[doc as usize] += worth * scale.worth(times, norms.fieldnorm_id(doc));
            found.insert(doc);
        });
        Ok(found)
    }

    /// The transcripts that have one of the values of a filter.
    fn with_value(&mut self, filter: &Filter) -> Result<Docs, Error> {
        let mut found = self.none();
        let field = self.engine.facet(filter.facet);
        let index = self.segment.inverted_index(field)?;
        for value in &filter.values {
            let postings = index.read_block_postings(&Term::from_field_text(field, value), IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
            while !postings.docs().is_empty() && !self.clock.is_spent_after(postings.docs().len()) {
                postings.docs().iter().for_each(|&doc| found.insert(doc));
                postings.advance();
            }
        }
        Ok(found)
    }
}

/// The most frequent values first.
fn most_first(counts: HashMap<&str, usize>) -> Vec<(String, usize)> {
    let mut counts: Vec<_> = counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    counts
        .sort_by(|(left, left_count), (right, right_count)| right_count.cmp(left_count).then_with(|| left.cmp(right)));
    counts
}

#[cfg(test)]
mod tests {
    use std::{fs, time::Duration};

    use verbatim_indexer::{Options, update};

    use super::Engine;
    use crate::{
        budget::Budget,
        facet::Facet,
        plan::{Concept, Field, Filter, Phrase, Plan, Step, Weighted},
    };

    /// How many talks there are: all say «GAR», every other one «ENT» after it, and each third is of the area «Sixième».
    const TALKS: usize = 600;

    fn concept(word: &str) -> Concept {
        let term = Weighted { field: Field::Stem, term: word.to_owned(), weight: 1.0 };
        Concept { typed: word.to_owned(), step: Step::Typed, terms: vec![term], lit: Vec::new() }
    }

    fn phrase(words: &[&str], required: bool) -> Phrase {
        let terms = (0..).zip(words.iter().map(|word| (*word).to_owned())).collect();
        Phrase { typed: words.join(" "), field: Field::Fold, terms, weight: 1.0, required }
    }

    #[test]
    fn answers_are_counted_and_out_of_time_nothing_is_found_that_may_be_excluded() {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let (talks, index) = (folder.path().join("talks.jsonl"), folder.path().join("index"));
        let talk = |number: usize| {
            let said = if number.is_multiple_of(2) { "GAR ENT" } else { "GAR" };
            let area = if number.is_multiple_of(3) { "Sixième" } else { "Troisième" };
            format!(r#"{{"id": "t{number}", "title": "x", "area": "{area}", "text": "Voici {said}."}}"#)
        };
        fs::write(&talks, (0..TALKS).map(talk).collect::<Vec<_>>().join("\n")).expect("a new file");
        let options = Options { paths: vec![talks], index: index.clone(), rebuild: false };
        update(&options, &|_, _| {}).unwrap_or_else(|error| panic!("{error}"));
        let engine = Engine::open(&index, None).unwrap_or_else(|error| panic!("{error}"));

        let gar = || Plan { concepts: vec![concept("GAR")], ..Plan::default() };
        let sixth = || vec![Filter { facet: Facet::Area, values: vec!["Sixième".to_owned()] }];
        // (plan, answers, of these in Sixième and Troisième, whichever was asked for)
        let rows = [
            (Plan::default(), 600, [200, 400]),
            (gar(), 600, [200, 400]),
            (Plan { excluded: vec![phrase(&["ENT"], true)], ..gar() }, 300, [100, 200]),
            (Plan { excluded: vec![phrase(&["GAR", "ENT"], true)], ..Plan::default() }, 300, [100, 200]),
            (Plan { excluded: vec![phrase(&["GAR"], true)], ..gar() }, 0, [0, 0]),
            (Plan { phrases: vec![phrase(&["GAR", "ENT"], true)], ..gar() }, 300, [100, 200]),
            (Plan { phrases: vec![phrase(&["ENT", "GAR"], true)], ..gar() }, 0, [0, 0]),
            (Plan { phrases: vec![phrase(&["GAR", "ENT"], false)], ..Plan::default() }, 300, [100, 200]),
            (Plan { filters: sixth(), ..gar() }, 200, [200, 400]),
            (Plan { filters: sixth(), excluded: vec![phrase(&["ENT"], true)], ..gar() }, 100, [100, 200]),
        ];
        for (plan, total, areas) in rows {
            let found = engine.scan(&plan, 10, Budget::default()).unwrap_or_else(|error| panic!("{error}"));
            let in_area = |name: &str| found.areas.iter().find(|(area, _)| area == name).map_or(0, |(_, count)| *count);
            assert_eq!((found.total, ["Sixième", "Troisième"].map(in_area)), (total, areas), "{plan}");
            assert_eq!(found.best.len(), total.min(10), "{plan}");
            let late =
                engine.scan(&plan, 10, Budget::lasting(Duration::ZERO)).unwrap_or_else(|error| panic!("{error}"));
            let may_be_excluded = !plan.excluded.is_empty() || !plan.is_unranked();
            assert!(late.total == 0 || !may_be_excluded, "{} of {plan}", late.total);
        }
    }
}
