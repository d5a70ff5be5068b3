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
    engine::{Answers, Candidate, Engine, Occurrences},
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
    rank::{CANDIDATES, nearness},
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
        let (Planned { plan, mut notes, suggestion, expansions }, answers) =
            self.understand(&request.query, &request.filters(), limit)?;
        let Answers { total, areas, speakers, best } = answers;
        let idf = self.idf(&plan);
        let ranking = self.rank(&plan, &idf, best)?;
        let page: Vec<Candidate> = ranking.into_iter().skip(request.offset).take(request.limit).collect();
        let results = page.iter().zip(self.located(&plan, &page)?);
        let results = results
            .map(|(candidate, found)| self.found(&plan, *candidate, &found, &idf, request.snippets))
            .collect::<Result<_, _>>()?;
        let results = if request.grouped { group(results) } else { results };
        if self.budget.is_spent() {
            notes.push(Note::OutOfTime);
        }
        Ok(Answer {
            query: request.query.clone(),
            total,
            elapsed: start.elapsed(),
            notes,
            suggestion,
            expansions,
            areas,
            speakers,
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
        let found = self.located(&plan, &[Candidate { address, score: 0.0 }])?.pop().unwrap_or_default();
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

    /// Plans a query and finds its answers, of which the best `limit` are wanted. Where no transcript has a phrase word for
    /// word, other forms of its words are accepted.
    fn understand(&self, text: &str, filters: &[(Facet, &str)], limit: usize) -> Result<(Planned, Answers), Error> {
        let (query, notes) = parse(text);
        let plan_in = |phrases_in| {
            ANALYZER.with_borrow_mut(|analyzer| plan(&query, filters, phrases_in, analyzer, &*self.engine, self.budget))
        };
        let mut planned = plan_in(Field::Fold);
        let scan = |plan: &Plan| self.engine.scan(plan, wanted(plan, limit), self.budget);
        let mut answers = scan(&planned.plan)?;
        if answers.total == 0 && planned.plan.has_required_phrases() && !self.budget.is_spent() {
            let mut relaxed = plan_in(Field::Stem);
            let of_relaxed = scan(&relaxed.plan)?;
            if of_relaxed.total > 0 {
                relaxed.notes.push(Note::OtherForms);
                (planned, answers) = (relaxed, of_relaxed);
            }
        }
        planned.notes.retain(|note| !notes.contains(note));
        planned.notes.splice(0..0, notes);
        Ok((planned, answers))
    }

    /// The candidates in their final order.
    fn rank(&self, plan: &Plan, idf: &[f32], mut candidates: Vec<Candidate>) -> Result<Vec<Candidate>, Error> {
        if plan.is_unranked() {
            self.engine.list(&mut candidates);
        }
        if !plan.pairs.is_empty() {
            let again = candidates.len().min(CANDIDATES);
            let again = &mut candidates[..again];
            let addresses: Vec<_> = again.iter().map(|candidate| candidate.address).collect();
            let bm25 = self.engine.bm25();
            self.engine.locate(plan, &addresses, self.budget, |at, found| {
                again[at].score += nearness(plan, idf, bm25, found);
            })?;
            self.engine.sort(again);
        }
        Ok(candidates)
    }

    /// Where the parts of a plan occur in each of some transcripts.
    fn located(&self, plan: &Plan, candidates: &[Candidate]) -> Result<Vec<Occurrences>, Error> {
        let addresses: Vec<_> = candidates.iter().map(|candidate| candidate.address).collect();
        let mut located = vec![Occurrences::default(); addresses.len()];
        self.engine.locate(plan, &addresses, self.budget, |at, found| located[at] = found.clone())?;
        Ok(located)
    }

    fn idf(&self, plan: &Plan) -> Vec<f32> {
        plan.concepts.iter().map(|concept| self.engine.idf(concept)).collect()
    }

    fn found(
        &self,
        plan: &Plan,
        candidate: Candidate,
        found: &Occurrences,
        idf: &[f32],
        limit: usize,
    ) -> Result<Found, Error> {
        let record = self.engine.record(candidate.address)?;
        let limit = if self.budget.is_spent() { 0 } else { limit };
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

/// How many candidates the best `limit` are chosen from.
fn wanted(plan: &Plan, limit: usize) -> usize {
    match limit {
        0 => 0,
        _ if plan.is_unranked() => usize::MAX,
        _ if plan.pairs.is_empty() => limit,
        _ => limit.max(CANDIDATES),
    }
}

/// Whether all that was read of a record could be read.
fn sound(record: &Record) -> Result<(), Error> {
    if record.is_damaged() { Err(Error::Damaged) } else { Ok(()) }
}
