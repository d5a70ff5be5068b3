//! How the brief answer is spelt: what the list under a search field shows, and nothing else.

use serde::Serialize;
use utoipa::ToSchema;

use super::{AnswerJson, chars, start};
use crate::{
    answer::{Answer, Found},
    brief::brief,
    html::with_french_spaces,
    links,
    snippet::Snippet,
};

/// Where the entries of a list lead, for which `/api/search` is asked for its brief answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum Brief {
    /// To the page of a video.
    Page,
    /// To its player: passages have the address where it plays them.
    Player,
}

/// `GET /api/search`, whole or brief.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum SearchJson {
    Whole(Box<AnswerJson>),
    Brief(BriefJson),
}

/// `GET /api/search?brief=`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BriefJson {
    query: String,
    total: usize,
    suggestion: Option<String>,
    results: Vec<BriefFoundJson>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BriefFoundJson {
    id: String,
    title: String,
    url: String,
    snippets: Vec<BriefSnippetJson>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BriefSnippetJson {
    /// At most 120 characters around the first lit word, with an ellipsis where it was cut, and no-break spaces where
    /// French has them.
    text: String,
    /// Half-open ranges of `text`, in Unicode scalar values.
    highlights: Vec<[usize; 2]>,
    segment: Option<usize>,
    /// Seconds.
    start: Option<f64>,
    /// Where it is played; only with `brief=player`.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl SearchJson {
    /// The answer, spelt as it was asked for.
    pub(crate) fn new(answer: &Answer, asked: Option<Brief>) -> Self {
        match asked {
            None => Self::Whole(Box::new(AnswerJson::new(answer))),
            Some(brief) => Self::Brief(BriefJson::new(answer, brief)),
        }
    }
}

impl BriefJson {
    fn new(answer: &Answer, brief: Brief) -> Self {
        Self {
            query: answer.query.clone(),
            total: answer.total,
            suggestion: answer.suggestion.clone(),
            results: answer.results.iter().map(|found| BriefFoundJson::new(found, &answer.query, brief)).collect(),
        }
    }
}

impl BriefFoundJson {
    fn new(found: &Found, query: &str, brief: Brief) -> Self {
        Self {
            id: found.id.clone(),
            title: with_french_spaces(&found.title),
            url: links::transcript(&found.id, query),
            snippets: found.snippets.iter().map(|snippet| BriefSnippetJson::new(snippet, brief)).collect(),
        }
    }
}

impl BriefSnippetJson {
    fn new(snippet: &Snippet, asked: Brief) -> Self {
        let (text, highlights) = brief(&snippet.text, &snippet.highlights);
        Self {
            highlights: chars(&text, &highlights),
            text: with_french_spaces(&text),
            segment: snippet.segment,
            start: snippet.time.map(start),
            url: snippet.video.clone().filter(|_| asked == Brief::Player),
        }
    }
}
