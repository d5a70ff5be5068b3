//! `GET /embed`: the search for a frame in another site's page.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};

use super::{
    super::{Options, Shared, ask, gate::Gate, params::Pairs},
    asked::Asked,
    failure, frame,
    list::Item,
    render,
    results::Pages,
    visit::Visit,
    words::Words,
};
use crate::answer::Answer;

#[derive(Template)]
#[template(path = "embed.html")]
struct EmbedPage {
    w: &'static Words,
    visit: Visit,
    query: String,
    area: Option<String>,
    speaker: Option<String>,
    title: String,
    count: String,
    /// The same search on the results page.
    whole: String,
    suggestion: Option<String>,
    results: Vec<Item>,
    pages: Option<Pages>,
}

/// Passages for each video: a frame is small.
const PASSAGES: usize = 2;

/// `GET /embed`
pub(in super::super) async fn embed(
    State(live): Shared,
    State(options): State<Arc<Options>>,
    pairs: Pairs,
) -> Response {
    let visit = Visit::new(&pairs);
    // What went wrong is said in the frame, too.
    frame::framed(page(&live, &pairs, visit).await, &options.frames)
}

async fn page(gate: &Gate, pairs: &Pairs, visit: Visit) -> Response {
    let Ok(asked) = Asked::new(pairs) else { return super::bad_request(visit) };
    let request = asked.request(PASSAGES);
    match ask(gate, move |searcher| searcher.search(&request)).await {
        Ok(answer) => render(&EmbedPage::new(&answer, &asked, visit)),
        Err(problem) => failure(&problem, visit),
    }
}

impl EmbedPage {
    fn new(answer: &Answer, asked: &Asked, visit: Visit) -> Self {
        let (w, language) = (visit.words(), visit.language);
        // Before anything is asked there is the form alone: the page around says what it is for.
        let shown = if asked.query.is_empty() { &[] } else { answer.results.as_slice() };
        Self {
            w,
            visit,
            title: if asked.query.is_empty() {
                w.home_title.to_owned()
            } else {
                language.title(answer.total, &asked.query, asked.page)
            },
            count: language.videos(answer.total),
            whole: asked.address("/", visit),
            suggestion: answer.suggestion.as_ref().map(|query| language.quoted(query)),
            results: shown.iter().map(|found| Item::new(found, &asked.query, visit)).collect(),
            pages: Pages::new(answer, asked, "/embed", visit).filter(|_| !asked.query.is_empty()),
            query: asked.query.clone(),
            area: asked.area.clone(),
            speaker: asked.speaker.clone(),
        }
    }
}
