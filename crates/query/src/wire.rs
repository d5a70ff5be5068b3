//! How answers are spelt in JSON. Programs outside rely on these names and forms.

use std::ops::Range;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use verbatim_indexer::Record;
use verbatim_transcript::Time;

use crate::{
    answer::{Also, Answer, Found},
    html::marked,
    links,
    planner::Expansion,
    snippet::Snippet,
    suggest::Suggestion,
};

pub(crate) mod brief;

/// The speakers that are counted in an answer, the most frequent: a choice, not a directory.
const MOST_SPEAKERS: usize = 20;

/// `GET /api/search` and `verbatim search --json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerJson {
    query: String,
    total: usize,
    elapsed_ms: f64,
    notes: Vec<String>,
    suggestion: Option<String>,
    expansions: Vec<ExpansionJson>,
    facets: FacetsJson,
    results: Vec<FoundJson>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ExpansionJson {
    acronym: String,
    expansion: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct FacetsJson {
    area: Vec<FacetJson>,
    speaker: Vec<FacetJson>,
}

#[derive(Debug, Serialize, ToSchema)]
struct FacetJson {
    value: String,
    count: usize,
}

#[derive(Debug, Serialize, ToSchema)]
struct FoundJson {
    id: String,
    title: String,
    description: Option<String>,
    area: Option<String>,
    url: String,
    video: Option<String>,
    score: f32,
    matches: usize,
    snippets: Vec<SnippetJson>,
    /// Results of the same request that show the same passages.
    also: Vec<AlsoJson>,
}

#[derive(Debug, Serialize, ToSchema)]
struct AlsoJson {
    id: String,
    title: String,
    url: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct SnippetJson {
    html: String,
    text: String,
    /// Half-open ranges of `text`, in Unicode scalar values.
    highlights: Vec<[usize; 2]>,
    segment: Option<usize>,
    /// Seconds.
    start: Option<f64>,
    /// Seconds.
    end: Option<f64>,
    speaker: Option<String>,
    url: String,
}

/// `GET /api/suggest`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuggestionsJson {
    query: String,
    suggestions: Vec<SuggestionJson>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SuggestionJson {
    text: String,
    count: u64,
}

/// `GET /api/transcripts/{id}`.
#[derive(Debug, Serialize, ToSchema)]
pub struct TranscriptJson {
    id: String,
    title: String,
    description: Option<String>,
    area: Option<String>,
    url: String,
    video: Option<String>,
    /// The front matter, under the names it was given.
    #[schema(value_type = Object)]
    metadata: Map<String, Value>,
    credits: Option<String>,
    segments: Vec<SegmentJson>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SegmentJson {
    text: String,
    speaker: Option<String>,
    start: Option<f64>,
    end: Option<f64>,
}

/// `GET /healthz`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthJson {
    pub(crate) status: &'static str,
    pub(crate) transcripts: u64,
    pub(crate) version: &'static str,
}

impl AnswerJson {
    /// The answer, spelt.
    pub fn new(answer: &Answer) -> Self {
        let facet = |(value, count): &(String, usize)| FacetJson { value: value.clone(), count: *count };
        Self {
            query: answer.query.clone(),
            total: answer.total,
            elapsed_ms: (answer.elapsed.as_secs_f64() * 1e6).round() / 1e3,
            notes: answer.notes.iter().map(ToString::to_string).collect(),
            suggestion: answer.suggestion.clone(),
            expansions: answer.expansions.iter().map(ExpansionJson::new).collect(),
            facets: FacetsJson {
                area: answer.areas.iter().map(facet).collect(),
                speaker: answer.speakers.iter().take(MOST_SPEAKERS).map(facet).collect(),
            },
            results: answer.results.iter().map(|found| FoundJson::new(found, &answer.query)).collect(),
        }
    }
}

impl ExpansionJson {
    fn new(expansion: &Expansion) -> Self {
        Self { acronym: expansion.acronym.clone(), expansion: expansion.expansion.clone() }
    }
}

impl FoundJson {
    fn new(found: &Found, query: &str) -> Self {
        Self {
            id: found.id.clone(),
            title: found.title.clone(),
            description: found.description.clone(),
            area: found.area.clone(),
            url: links::transcript(&found.id, query),
            video: found.video.clone(),
            score: found.score,
            matches: found.matches,
            snippets: found.snippets.iter().map(|snippet| SnippetJson::new(snippet, &found.id, query)).collect(),
            also: found.also.iter().map(|also| AlsoJson::new(also, query)).collect(),
        }
    }
}

impl AlsoJson {
    fn new(also: &Also, query: &str) -> Self {
        Self { id: also.id.clone(), title: also.title.clone(), url: links::place(&also.id, query, also.segment) }
    }
}

impl SnippetJson {
    fn new(snippet: &Snippet, id: &str, query: &str) -> Self {
        Self {
            html: marked(&snippet.text, &snippet.highlights),
            highlights: chars(&snippet.text, &snippet.highlights),
            text: snippet.text.clone(),
            segment: snippet.segment,
            start: snippet.time.map(start),
            end: snippet.time.map(end),
            speaker: snippet.speaker.clone(),
            url: snippet.video.clone().unwrap_or_else(|| links::place(id, query, snippet.segment)),
        }
    }
}

impl SuggestionsJson {
    /// The suggestions for a query, spelt.
    pub(crate) fn new(query: String, suggestions: Vec<Suggestion>) -> Self {
        let suggestion = |Suggestion { text, count }| SuggestionJson { text, count };
        Self { query, suggestions: suggestions.into_iter().map(suggestion).collect() }
    }
}

impl TranscriptJson {
    /// The transcript, spelt.
    pub fn new(record: &Record) -> Self {
        let metadata = record.metadata();
        let text = |value: &Option<String>| value.clone().map(Value::from);
        let mut front_matter: Map<String, Value> = metadata.other.clone().into_iter().collect();
        let known = [
            ("area", text(&metadata.area)),
            ("title", Some(Value::from(metadata.title.clone()))),
            ("description", text(&metadata.description)),
            ("videoEmbedSrc", text(&metadata.video_embed_src)),
            ("videoDownloadHref", text(&metadata.video_download_href)),
            ("captionFilePath", text(&metadata.caption_file_path)),
            ("pdfFilePath", text(&metadata.pdf_file_path)),
            ("fileType", text(&metadata.file_type)),
            ("priority", metadata.priority.map(Value::from)),
        ];
        front_matter.extend(known.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
        let segment = |stretch: verbatim_indexer::Stretch<'_>| SegmentJson {
            text: stretch.text.to_owned(),
            speaker: stretch.speaker.map(str::to_owned),
            start: stretch.time.map(start),
            end: stretch.time.map(end),
        };
        Self {
            id: record.id().to_owned(),
            url: links::transcript(record.id(), ""),
            title: metadata.title,
            description: metadata.description,
            area: metadata.area,
            video: metadata.video_embed_src,
            metadata: front_matter,
            credits: metadata.credits,
            segments: record.segments().map(segment).collect(),
        }
    }
}

/// Byte ranges of `text` in Unicode scalar values.
fn chars(text: &str, ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    let count = |bytes: usize| text[..bytes].chars().count();
    ranges.iter().map(|range| [count(range.start), count(range.end)]).collect()
}

fn start(time: Time) -> f64 {
    f64::from(time.start_ms) / 1e3
}

fn end(time: Time) -> f64 {
    f64::from(time.end_ms) / 1e3
}
