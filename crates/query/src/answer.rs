//! What is asked of a searcher, and what it answers.

use std::{ops::Range, time::Duration};

use verbatim_indexer::Record;
use verbatim_transcript::Time;

use crate::{facet::Facet, note::Note, places::Places, planner::Expansion, snippet::Snippet};

/// What is asked, and how much of the answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// The query as typed.
    pub query: String,
    /// The most results.
    pub limit: usize,
    /// How many results to pass over.
    pub offset: usize,
    /// The only area to look in.
    pub area: Option<String>,
    /// The only speaker to listen to: a name, or a part of it.
    pub speaker: Option<String>,
    /// The most snippets for each result.
    pub snippets: usize,
    /// Whether results that show nothing new are put under the better ones that do.
    pub grouped: bool,
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
    /// The query with the words that were searched in place of those that are not in the index.
    pub suggestion: Option<String>,
    /// The acronyms whose expansion was searched too, and the expansions whose acronym was.
    pub expansions: Vec<Expansion>,
    /// The areas of the answers and how many lie in each; all areas, whichever was asked for.
    pub areas: Vec<(String, usize)>,
    /// Who speaks in the answers and in how many; all speakers, whichever was asked for.
    pub speakers: Vec<(String, usize)>,
    /// The results asked for, best first; those that show nothing which a better one does not are grouped under it.
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
    /// Where in its length that is said.
    pub places: Places,
    /// The passages that answer, best first.
    pub snippets: Vec<Snippet>,
    /// The results of the same request whose passages are all shown here or before.
    pub also: Vec<Also>,
}

/// A transcript that says the same as a better result.
#[derive(Debug, Clone, PartialEq)]
pub struct Also {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The segment in which it says so; `None` for the description.
    pub segment: Option<usize>,
    /// When it says so.
    pub time: Option<Time>,
}

impl Answer {
    /// Whether the search came to its end.
    pub(crate) fn is_whole(&self) -> bool {
        !self.notes.contains(&Note::OutOfTime)
    }
}

impl Request {
    /// The filters that are asked for beside the query.
    pub(crate) fn filters(&self) -> Vec<(Facet, &str)> {
        let asked = [(Facet::Area, &self.area), (Facet::Speaker, &self.speaker)];
        asked.into_iter().filter_map(|(facet, value)| Some((facet, value.as_deref()?))).collect()
    }
}

/// A whole transcript, with what a query lights in it.
#[derive(Debug)]
pub struct Reading {
    /// The transcript.
    pub record: Record,
    /// For each segment, what is lit: byte ranges of its text.
    pub lit: Vec<Vec<Range<usize>>>,
    /// Where in its length that is said.
    pub places: Places,
}
