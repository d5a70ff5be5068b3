//! The pages for visitors, in French, complete without a script.

use askama::Template;
use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use super::{
    Shared, ask,
    params::{self, LIMIT, MOST_RESULTS, Pairs},
    problem::Problem,
};
use crate::{
    html::marked,
    links,
    note::Note,
    planner::Expansion,
    searcher::{Answer, Found, Reading, Request},
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
    let area = params::area(&pairs);
    let page = match params::number(&pairs, "page", 1, 1..=MOST_RESULTS / LIMIT) {
        Ok(page) => page,
        Err(_) => return bad_request(),
    };
    let request =
        Request { query: query.clone(), limit: LIMIT, offset: (page - 1) * LIMIT, area: area.clone(), snippets: 3 };
    match ask(&live, move |searcher| searcher.search(&request)).await {
        Ok(answer) => render(&ResultsPage::new(&answer, area, page)),
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
    fn new(answer: &Answer, area: Option<String>, page: usize) -> Self {
        let pages = answer.total.min(MOST_RESULTS).div_ceil(LIMIT).max(1);
        let link = |page| links::results(&answer.query, area.as_deref(), page);
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
            link: match snippet.segment {
                Some(segment) => links::segment(&found.id, query, segment),
                None => links::transcript(&found.id, query),
            },
            clock: snippet.time.map(|time| clock(time.start_ms)),
            speaker: snippet.speaker.clone(),
        };
        Self {
            title: found.title.clone(),
            link: links::transcript(&found.id, query),
            area: found.area.clone(),
            description: found.description.clone(),
            passages: found.snippets.iter().map(passage).collect(),
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
            let clock = stretch.time.map(|time| clock(time.start_ms));
            Paragraph { number, html: marked(stretch.text, lit), speaker, clock }
        });
        let paragraphs = paragraphs.collect();
        let metadata = record.metadata();
        let web =
            |link: Option<String>| link.filter(|link| link.starts_with("https://") || link.starts_with("http://"));
        Self {
            back: links::results(&query, None, 1),
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

/// `1:23` or `1:02:03`.
fn clock(milliseconds: u32) -> String {
    let seconds = milliseconds / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
