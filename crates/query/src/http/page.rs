//! The pages for visitors, in French, complete without a script.

use askama::Template;
use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use verbatim_transcript::Time;

use super::{
    Shared, ask,
    params::{self, LIMIT, MOST_RESULTS, Pairs},
    problem::Problem,
};
use crate::{
    answer::{Also, Answer, Found, Reading, Request},
    facet::Facet,
    html::marked,
    links,
    note::Note,
    planner::Expansion,
};

#[derive(Template)]
#[template(path = "results.html")]
struct ResultsPage {
    query: String,
    area: String,
    heading: String,
    notes: Vec<String>,
    suggestion: Option<String>,
    expansions: Vec<Expansion>,
    areas: Vec<AreaChoice>,
    results: Vec<ResultItem>,
    previous: Option<String>,
    next: Option<String>,
    page: usize,
    pages: usize,
}

struct AreaChoice {
    name: String,
    count: usize,
    chosen: bool,
}

struct ResultItem {
    title: String,
    link: String,
    area: Option<String>,
    description: Option<String>,
    passages: Vec<Passage>,
    also: Vec<AlsoItem>,
}

/// A video that says the same.
struct AlsoItem {
    title: String,
    link: String,
}

struct Passage {
    /// Escaped but for `<mark>`.
    html: String,
    link: String,
    clock: Option<String>,
    speaker: Option<String>,
}

#[derive(Template)]
#[template(path = "reading.html")]
struct ReadingPage {
    query: String,
    back: String,
    title: String,
    description: Option<String>,
    area: Option<String>,
    video: Option<String>,
    download: Option<String>,
    document: Option<String>,
    credits: Option<String>,
    first_match: Option<usize>,
    paragraphs: Vec<Paragraph>,
}

struct Paragraph {
    number: usize,
    /// Escaped but for `<mark>`.
    html: String,
    speaker: Option<String>,
    clock: Option<String>,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    query: String,
    heading: &'static str,
    advice: &'static str,
}

/// `GET /`
pub(super) async fn results(State(live): Shared, pairs: Pairs) -> Response {
    let query = params::text(&pairs, "q").unwrap_or_default().trim().to_owned();
    let area = params::filter(&pairs, Facet::Area);
    let speaker = params::filter(&pairs, Facet::Speaker);
    let page = match params::number(&pairs, "page", 1, 1..=MOST_RESULTS / LIMIT) {
        Ok(page) => page,
        Err(_) => return bad_request(),
    };
    let (limit, offset) = (LIMIT, (page - 1) * LIMIT);
    let request = Request {
        query: query.clone(),
        limit,
        offset,
        area: area.clone(),
        speaker: speaker.clone(),
        snippets: 3,
        grouped: true,
    };
    match ask(&live, move |searcher| searcher.search(&request)).await {
        Ok(answer) => render(&ResultsPage::new(&answer, area, speaker, page)),
        Err(problem) => failure(&problem),
    }
}

/// `GET /transcripts/{id}`
pub(super) async fn reading(State(live): Shared, id: Result<Path<String>, PathRejection>, pairs: Pairs) -> Response {
    let Ok(Path(id)) = id else { return not_found() };
    let query = params::text(&pairs, "q").unwrap_or_default().trim().to_owned();
    let asked = query.clone();
    match ask(&live, move |searcher| searcher.read(&id, &asked)).await {
        Ok(Some(reading)) => render(&ReadingPage::new(&reading, query)),
        Ok(None) => not_found(),
        Err(problem) => failure(&problem),
    }
}

/// The page that says there is none.
pub(super) fn not_found() -> Response {
    let page = ErrorPage {
        query: String::new(),
        heading: "Cette page n’existe pas",
        advice: "L’adresse est peut-être ancienne ou incomplète. La recherche ci-dessus parcourt toutes les vidéos.",
    };
    (StatusCode::NOT_FOUND, render(&page)).into_response()
}

fn bad_request() -> Response {
    let page = ErrorPage {
        query: String::new(),
        heading: "Cette adresse n’est pas valable",
        advice: "Le numéro de page n’en est pas un. Reprenez la recherche depuis le début.",
    };
    (StatusCode::BAD_REQUEST, render(&page)).into_response()
}

fn failure(problem: &Problem) -> Response {
    let page = ErrorPage {
        query: String::new(),
        heading: "La recherche ne répond pas",
        advice: "Ce n’est pas votre faute : réessayez dans un instant.",
    };
    (problem.status(), render(&page)).into_response()
}

fn render(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => Problem::internal("the page cannot be rendered; this is a defect of verbatim").into_response(),
    }
}

impl ResultsPage {
    fn new(answer: &Answer, area: Option<String>, speaker: Option<String>, page: usize) -> Self {
        let pages = answer.total.min(MOST_RESULTS).div_ceil(LIMIT).max(1);
        let asked = [(Facet::Area, &area), (Facet::Speaker, &speaker)];
        let filters: Vec<(Facet, &str)> =
            asked.into_iter().filter_map(|(facet, value)| Some((facet, value.as_deref()?))).collect();
        let link = |page| links::results(&answer.query, &filters, page);
        let area_name = area.clone().unwrap_or_default();
        let choice = |(name, count): &(String, usize)| AreaChoice {
            name: name.clone(),
            count: *count,
            chosen: *name == area_name,
        };
        Self {
            heading: heading(answer),
            notes: answer.notes.iter().map(Note::french).collect(),
            suggestion: answer.suggestion.clone(),
            expansions: answer.expansions.clone(),
            areas: answer.areas.iter().map(choice).collect(),
            results: answer.results.iter().map(|found| ResultItem::new(found, &answer.query)).collect(),
            previous: (page > 1).then(|| link(page - 1)),
            next: (page < pages).then(|| link(page + 1)),
            query: answer.query.clone(),
            area: area_name,
            page,
            pages,
        }
    }
}

/// «4 vidéos pour « GAR »».
fn heading(answer: &Answer) -> String {
    let count = match answer.total {
        0 => "Aucune vidéo".to_owned(),
        1 => "1 vidéo".to_owned(),
        total => format!("{total} vidéos"),
    };
    if answer.query.is_empty() { count } else { format!("{count} pour «\u{a0}{}\u{a0}»", answer.query) }
}

impl ResultItem {
    fn new(found: &Found, query: &str) -> Self {
        let passage = |snippet: &crate::snippet::Snippet| Passage {
            html: marked(&snippet.text, &snippet.highlights),
            link: links::place(&found.id, query, snippet.segment),
            clock: snippet.time.map(Time::clock),
            speaker: snippet.speaker.clone(),
        };
        let also =
            |also: &Also| AlsoItem { title: also.title.clone(), link: links::place(&also.id, query, also.segment) };
        Self {
            title: found.title.clone(),
            link: links::transcript(&found.id, query),
            area: found.area.clone(),
            description: found.description.clone(),
            passages: found.snippets.iter().map(passage).collect(),
            also: found.also.iter().map(also).collect(),
        }
    }
}

impl ReadingPage {
    fn new(reading: &Reading, query: String) -> Self {
        let record = &reading.record;
        let mut before = None;
        let paragraphs = record.segments().zip(&reading.lit).enumerate().map(|(number, (stretch, lit))| {
            // Named where a turn begins; a dash where nobody says whose turn it is.
            let speaker = (stretch.speaker != before).then(|| stretch.speaker.unwrap_or("–").to_owned());
            before = stretch.speaker;
            let clock = stretch.time.map(Time::clock);
            Paragraph { number, html: marked(stretch.text, lit), speaker, clock }
        });
        let paragraphs = paragraphs.collect();
        let metadata = record.metadata();
        let web =
            |link: Option<String>| link.filter(|link| link.starts_with("https://") || link.starts_with("http://"));
        Self {
            back: links::results(&query, &[], 1),
            query,
            title: metadata.title,
            description: metadata.description,
            area: metadata.area,
            video: web(metadata.video_embed_src),
            download: web(metadata.video_download_href),
            document: web(metadata.pdf_file_path),
            credits: metadata.credits,
            first_match: reading.lit.iter().position(|lit| !lit.is_empty()),
            paragraphs,
        }
    }
}
