//! Answers questions: parse, plan, two stages of ranking, moments, snippets.

use std::{
    cell::RefCell,
    path::Path,
    time::{Duration, Instant},
};

use verbatim_french::Analyzer;
use verbatim_indexer::Record;

use crate::{
    ast::{Clause, Query},
    engine::{self, Candidate, Counts, Engine, Occurrences},
    error::Error,
    moments::moments,
    note::Note,
    parse::parse,
    plan::{Field, Plan},
    rank::{CANDIDATES, nearness},
    snippet::{Cutter, Snippet},
};

/// One state of an index, ready to be asked. Shared between threads; open another one to see a later commit.
pub struct Searcher {
    engine: Engine,
}

/// What is asked, and how much of the answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The query as typed.
    pub query: String,
    /// The most results.
    pub limit: usize,
    /// How many results to pass over.
    pub offset: usize,
    /// The only area to look in.
    pub area: Option<String>,
    /// The most snippets for each result.
    pub snippets: usize,
}

/// The answer to a [`Request`].
#[derive(Debug, Clone)]
pub struct Answer {
    /// The query as typed.
    pub query: String,
    /// How many transcripts answer it.
    pub total: usize,
    /// How long it took.
    pub elapsed: Duration,
    /// What the person who asked might want to know about how it was read.
    pub notes: Vec<Note>,
    /// The areas of the answers and how many lie in each; all areas, whichever was asked for.
    pub areas: Vec<(String, usize)>,
    /// The results asked for, best first.
    pub results: Vec<Found>,
}

/// A transcript that answers.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: Option<String>,
    /// The part of a collection it belongs to.
    pub area: Option<String>,
    /// Where its video is embedded from.
    pub video: Option<String>,
    /// Its score; 0 where nothing was ranked. Comparable within one answer only.
    pub score: f32,
    /// How often what was asked for occurs in it.
    pub matches: usize,
    /// The passages that answer, best first.
    pub snippets: Vec<Snippet>,
}

/// A whole transcript, with what a query lights in it.
#[derive(Debug)]
pub struct Reading {
    /// The transcript.
    pub record: Record,
    /// For each segment, what is lit: byte ranges of its text.
    pub lit: Vec<Vec<std::ops::Range<usize>>>,
}

thread_local! {
    /// An analyzer remembers the words it has met, so each thread keeps its own.
    static ANALYZER: RefCell<Analyzer> = RefCell::new(Analyzer::new());
}

impl Searcher {
    /// Opens the last commit of the index in `dir`.
    ///
    /// # Errors
    /// There is no index, it is damaged, or another version made it.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        Ok(Self { engine: Engine::open(dir)? })
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
        let (mut query, mut notes) = parse(&request.query);
        query.clauses.extend(request.area.clone().map(Clause::Area));
        let (plan, counts, more) = self.plan_and_count(&query)?;
        notes.extend(more);
        let ranking = self.rank(&plan, request.offset.saturating_add(request.limit))?;
        let page: Vec<Candidate> = ranking.into_iter().skip(request.offset).take(request.limit).collect();
        let addresses: Vec<_> = page.iter().map(|candidate| candidate.address).collect();
        let occurrences = self.engine.occurrences(&plan, &addresses)?;
        let idf = self.idf(&plan);
        let results = page
            .into_iter()
            .zip(&occurrences)
            .map(|(candidate, found)| self.found(&plan, candidate, found, &idf, request.snippets))
            .collect::<Result<_, _>>()?;
        Ok(Answer {
            query: request.query.clone(),
            total: counts.total,
            elapsed: start.elapsed(),
            notes,
            areas: counts.areas,
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
        let (query, _) = parse(query);
        let (plan, ..) = self.plan_and_count(&query)?;
        let found = self.engine.occurrences(&plan, &[address])?.pop().unwrap_or_default();
        let lit = ANALYZER.with_borrow_mut(|analyzer| {
            let mut cutter = Cutter { plan: &plan, record: &record, found: &found, analyzer };
            record.segments().map(|stretch| cutter.lit(stretch)).collect()
        });
        Ok(Some(Reading { record, lit }))
    }

    /// How a request is understood: its query, and the plan to answer it.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn explain(&self, text: &str) -> Result<(Query, Plan, Vec<Note>), Error> {
        let (query, mut notes) = parse(text);
        let (plan, _, more) = self.plan_and_count(&query)?;
        notes.extend(more);
        Ok((query, plan, notes))
    }

    fn plan(&self, query: &Query, phrases_in: Field) -> (Plan, Vec<Note>) {
        ANALYZER.with_borrow_mut(|analyzer| Plan::new(query, phrases_in, analyzer, &self.engine))
    }

    /// The plan for a query and how many transcripts answer it. Where none has a phrase word for word, other forms of
    /// its words are accepted.
    fn plan_and_count(&self, query: &Query) -> Result<(Plan, Counts, Vec<Note>), Error> {
        let (plan, notes) = self.plan(query, Field::Fold);
        let counts = self.engine.count(&plan)?;
        if counts.total > 0 || plan.phrases.is_empty() {
            return Ok((plan, counts, notes));
        }
        let (relaxed, mut relaxed_notes) = self.plan(query, Field::Stem);
        let relaxed_counts = self.engine.count(&relaxed)?;
        if relaxed_counts.total == 0 {
            return Ok((plan, counts, notes));
        }
        relaxed_notes.push(Note::OtherForms);
        Ok((relaxed, relaxed_counts, relaxed_notes))
    }

    /// The best `limit` candidates in their final order.
    fn rank(&self, plan: &Plan, limit: usize) -> Result<Vec<Candidate>, Error> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        if plan.is_unranked() {
            return self.engine.list(plan, limit);
        }
        if plan.pairs.is_empty() {
            return self.engine.top(plan, limit);
        }
        let mut candidates = self.engine.top(plan, limit.max(CANDIDATES))?;
        let again = candidates.len().min(CANDIDATES);
        let addresses: Vec<_> = candidates[..again].iter().map(|candidate| candidate.address).collect();
        let occurrences = self.engine.occurrences(plan, &addresses)?;
        let (idf, average) = (self.idf(plan), self.engine.average_length()?);
        for (candidate, found) in candidates.iter_mut().zip(&occurrences) {
            candidate.score += nearness(plan, found, &idf, average);
        }
        engine::sort(&mut candidates[..again]);
        candidates.truncate(limit);
        Ok(candidates)
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
        let moments = moments(plan, found, idf, limit, |position| record.segment_at(position).is_some());
        let snippets = ANALYZER.with_borrow_mut(|analyzer| {
            let mut cutter = Cutter { plan, record: &record, found, analyzer };
            let mut snippets = cutter.snippets(&moments);
            if snippets.is_empty() && limit > 0 {
                snippets.extend(cutter.description().filter(|snippet| !snippet.highlights.is_empty()));
            }
            snippets
        });
        let metadata = record.metadata();
        Ok(Found {
            id: candidate.id,
            title: metadata.title,
            description: metadata.description,
            area: metadata.area,
            video: metadata.video_embed_src,
            score: candidate.score,
            matches: found.concepts.iter().chain(&found.phrases).map(Vec::len).sum(),
            snippets,
        })
    }
}
