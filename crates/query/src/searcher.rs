//! Answers questions: parse, plan, two stages of ranking, moments, snippets.

use std::{
    cell::RefCell,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use verbatim_french::{Analyzer, definitions};
use verbatim_indexer::{Glossary, Record, Sense};

use crate::{
    answer::{Answer, Found, Reading, Request},
    budget::Budget,
    engine::{Candidate, Counts, Engine, Hits},
    error::Error,
    extracts::group,
    facet::Facet,
    light::Light,
    links,
    moments::moments,
    note::Note,
    parse::parse,
    places::places,
    plan::{Field, Plan},
    planner::{Planned, Vocabulary, plan},
    rank::{CANDIDATES, Rescorer},
    snippet::Cutter,
    suggest::{Suggestion, suggestions},
};

/// One state of an index, ready to be asked. Shared between threads; open another one to see a later commit.
pub struct Searcher {
    engine: Arc<Engine>,
    budget: Budget,
}

thread_local! {
    /// An analyzer remembers the words it has met, so each thread keeps its own.
    static ANALYZER: RefCell<Analyzer> = RefCell::new(Analyzer::new());
}

impl Searcher {
    /// Opens the last commit of the index in `dir`; a file may correct its glossary.
    ///
    /// # Errors
    /// There is no index, it is damaged, another version made it, or the file is no glossary.
    pub fn open(dir: &Path, glossary: Option<&Path>) -> Result<Self, Error> {
        Ok(Self { engine: Arc::new(Engine::open(dir, glossary)?), budget: Budget::default() })
    }

    /// The same state, for one question that may take so long from now on. What is found by then is the answer, with a
    /// note that says so.
    pub fn within(&self, time: Duration) -> Self {
        Self { engine: Arc::clone(&self.engine), budget: Budget::lasting(time) }
    }

    /// The words of the index that begin like the last word of `typed`, the most frequent first, at most `limit`.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        suggestions(typed, self.engine.lexicon(), limit)
    }

    /// What the acronyms of the index stand for.
    pub fn glossary(&self) -> &Glossary {
        self.engine.glossary()
    }

    /// What the acronyms stand for that most transcripts have, at most `limit`, one sense for each.
    pub fn heard_acronyms(&self, limit: usize) -> Vec<Sense> {
        let heard = |sense: &Sense| self.engine.doc_freq(Field::Stem, &sense.acronym.to_uppercase());
        let mut senses: Vec<(u64, &Sense)> = Vec::new();
        for sense in self.glossary().senses() {
            if senses.last().is_none_or(|(_, before)| before.acronym != sense.acronym) {
                senses.push((heard(sense), sense));
            }
        }
        senses.sort_by_key(|(heard, _)| std::cmp::Reverse(*heard));
        senses.into_iter().filter(|(heard, _)| *heard > 0).take(limit).map(|(_, sense)| sense.clone()).collect()
    }

    /// How many transcripts there are.
    pub fn transcripts(&self) -> u64 {
        self.engine.transcripts()
    }

    /// Answers a request.
    ///
    /// # Errors
    /// The index cannot be read. No query is an error.
    pub fn search(&self, request: &Request) -> Result<Answer, Error> {
        let start = Instant::now();
        let limit = request.offset.saturating_add(request.limit);
        let (Planned { plan, mut notes, suggestion, expansions }, mut counts) =
            self.understand(&request.query, &request.filters(), limit)?;
        let idf = self.idf(&plan);
        let ranking = self.rank(&plan, &idf, limit, counts.best.take())?;
        let mut page: Vec<Candidate> = ranking.into_iter().skip(request.offset).take(request.limit).collect();
        self.engine.locate(&plan, &mut page, self.budget)?;
        let results = page
            .into_iter()
            .map(|candidate| self.found(&plan, candidate, &idf, request.snippets))
            .collect::<Result<_, _>>()?;
        let results = if request.grouped { group(results) } else { results };
        if self.budget.is_spent() {
            notes.push(Note::OutOfTime);
        }
        Ok(Answer {
            query: request.query.clone(),
            total: counts.total,
            elapsed: start.elapsed(),
            notes,
            suggestion,
            expansions,
            areas: counts.areas,
            speakers: counts.speakers,
            results,
        })
    }

    /// The transcript of that id, with what `query` lights in it; `None` where there is none.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn read(&self, id: &str, query: &str) -> Result<Option<Reading>, Error> {
        let Some(address) = self.engine.find(id)? else {
            return Ok(None);
        };
        let record = self.engine.record(address)?;
        let (Planned { plan, .. }, _) = self.understand(query, &[], 0)?;
        let mut candidate = [Candidate::new(address, 0.0)];
        self.engine.locate(&plan, &mut candidate, self.budget)?;
        let [Candidate { found, .. }] = candidate;
        let found = found.unwrap_or_default();
        let lit = ANALYZER.with_borrow_mut(|analyzer| {
            let mut light = Light::new(&plan, &found, analyzer);
            record.segments().map(|stretch| light.look(stretch).lit).collect()
        });
        sound(&record)?;
        let places = places(&record, &found);
        Ok(Some(Reading { record, lit, places }))
    }

    /// The segment of a transcript that says what an acronym stands for; `None` where title or description do.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn place_of(&self, id: &str, sense: &Sense) -> Result<Option<usize>, Error> {
        let Some(address) = self.engine.find(id)? else { return Ok(None) };
        let record = self.engine.record(address)?;
        let says_so = |text: &str| definitions(text).iter().any(|found| found.expansion == sense.expansion);
        let in_head = says_so(record.title()) || record.description().is_some_and(|stretch| says_so(stretch.text));
        let place = if in_head { None } else { record.segments().position(|stretch| says_so(stretch.text)) };
        sound(&record)?;
        Ok(place)
    }

    /// How a query is understood: the plan to answer it, and what is to be said about it.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn explain(&self, query: &str) -> Result<(Plan, Vec<Note>), Error> {
        let (planned, _) = self.understand(query, &[], 0)?;
        Ok((planned.plan, planned.notes))
    }

    /// Plans a query and counts its answers, of which the best `limit` are wanted. Where no transcript has a phrase word for
    /// word, other forms of its words are accepted.
    fn understand(&self, text: &str, filters: &[(Facet, &str)], limit: usize) -> Result<(Planned, Counts), Error> {
        let (query, notes) = parse(text);
        let plan_in = |phrases_in| {
            ANALYZER.with_borrow_mut(|analyzer| plan(&query, filters, phrases_in, analyzer, &*self.engine, self.budget))
        };
        let mut planned = plan_in(Field::Fold);
        let count = |plan: &Plan| self.engine.count(plan, wanted(plan, limit), self.budget);
        let mut counts = count(&planned.plan)?;
        if counts.total == 0 && planned.plan.has_required_phrases() && !self.budget.is_spent() {
            let mut relaxed = plan_in(Field::Stem);
            let relaxed_counts = count(&relaxed.plan)?;
            if relaxed_counts.total > 0 {
                relaxed.notes.push(Note::OtherForms);
                (planned, counts) = (relaxed, relaxed_counts);
            }
        }
        planned.notes.retain(|note| !notes.contains(note));
        planned.notes.splice(0..0, notes);
        Ok((planned, counts))
    }

    /// The best `limit` candidates in their final order; those that counting came across are `found`.
    fn rank(&self, plan: &Plan, idf: &[f32], limit: usize, found: Option<Hits>) -> Result<Vec<Candidate>, Error> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        if plan.is_unranked() {
            return self.engine.list(plan, limit, self.budget);
        }
        let mut candidates = self.engine.top(plan, wanted(plan, limit), found, self.budget)?;
        if !is_ranked_again(plan) {
            return Ok(candidates);
        }
        let again = candidates.len().min(CANDIDATES);
        self.engine.locate(plan, &mut candidates[..again], self.budget)?;
        let rescorer = Rescorer::new(plan, idf, self.engine.average_length()?);
        for candidate in &mut candidates {
            candidate.score += candidate.found.as_ref().map_or(0.0, |found| rescorer.gain(found));
        }
        self.engine.sort(&mut candidates[..again]);
        candidates.truncate(limit);
        Ok(candidates)
    }

    fn idf(&self, plan: &Plan) -> Vec<f32> {
        plan.concepts.iter().map(|concept| self.engine.idf(concept)).collect()
    }

    fn found(&self, plan: &Plan, candidate: Candidate, idf: &[f32], limit: usize) -> Result<Found, Error> {
        let record = self.engine.record(candidate.address)?;
        let limit = if self.budget.is_spent() { 0 } else { limit };
        let found = &candidate.found.unwrap_or_default();
        let mut chosen = Vec::new();
        if let Some(filter) = plan.filter(Facet::Speaker) {
            let by_them = |speaker: Option<&str>| filter.values.iter().any(|name| speaker == Some(name));
            chosen = moments(plan, found, idf, limit, self.budget, |position| {
                record.segment_at(position).is_some_and(|segment| by_them(record.outline(segment).speaker))
            });
        }
        if chosen.is_empty() {
            let is_said = |position| record.segment_at(position).is_some();
            chosen = moments(plan, found, idf, limit, self.budget, is_said);
        }
        let mut snippets = ANALYZER.with_borrow_mut(|analyzer| {
            let mut cutter = Cutter::new(&record, Light::new(plan, found, analyzer));
            let mut snippets = cutter.snippets(&chosen);
            if snippets.is_empty() && limit > 0 {
                snippets.extend(cutter.description().filter(|snippet| !snippet.highlights.is_empty()));
            }
            snippets
        });
        let places = places(&record, found);
        sound(&record)?;
        let (id, metadata) = record.into_parts();
        for snippet in &mut snippets {
            snippet.video = snippet.time.and_then(|time| links::moment(&metadata, time));
        }
        Ok(Found {
            id,
            title: metadata.title,
            description: metadata.description,
            area: metadata.area,
            video: metadata.video_embed_src,
            score: candidate.score,
            matches: found.concepts.iter().chain(&found.phrases).map(Vec::len).sum(),
            places,
            snippets,
            also: Vec::new(),
        })
    }
}

/// How often a lone word is said orders its answers alike whatever k1.
fn is_ranked_again(plan: &Plan) -> bool {
    plan.concepts.len() > 1
}

/// How many candidates the best `limit` are chosen from.
fn wanted(plan: &Plan, limit: usize) -> usize {
    if limit > 0 && is_ranked_again(plan) { limit.max(CANDIDATES) } else { limit }
}

/// Whether all that was read of a record could be read.
fn sound(record: &Record) -> Result<(), Error> {
    if record.is_damaged() { Err(Error::Damaged) } else { Ok(()) }
}
