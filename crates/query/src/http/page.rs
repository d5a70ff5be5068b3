//! The pages for visitors, in French or in English, complete without a script.

mod asked;
mod embed;
mod frame;
mod integrate;
mod list;
mod oembed;
mod opensearch;
mod reading;
mod results;
mod video_object;
mod visit;
mod words;

use askama::Template;
use axum::{
    http::{StatusCode, Uri},
    response::{Html, IntoResponse, Response},
};

use super::{params::Pairs, problem::Problem};
use visit::Visit;
use words::Words;

pub(super) use embed::embed;
pub(super) use integrate::integrate;
pub(super) use oembed::oembed;
pub(super) use opensearch::opensearch;
pub(super) use reading::reading;
pub(super) use results::results;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    w: &'static Words,
    visit: Visit,
    other: String,
    query: String,
    heading: &'static str,
    advice: &'static str,
}

/// The page that says that there is none at this address.
pub(super) fn missing(uri: &Uri) -> Response {
    not_found(Visit::new(&Pairs::try_from_uri(uri).unwrap_or_default()))
}

fn not_found(visit: Visit) -> Response {
    error(StatusCode::NOT_FOUND, visit, |w| (w.missing, w.missing_advice))
}

fn bad_request(visit: Visit) -> Response {
    error(StatusCode::BAD_REQUEST, visit, |w| (w.bad_address, w.bad_address_advice))
}

fn failure(problem: &Problem, visit: Visit) -> Response {
    let mut page = error(problem.status(), visit, |w| (w.failure, w.failure_advice));
    page.headers_mut().extend(problem.retry_after());
    page
}

fn error(status: StatusCode, visit: Visit, say: fn(&Words) -> (&'static str, &'static str)) -> Response {
    let w = visit.words();
    let (heading, advice) = say(w);
    let page = ErrorPage { w, visit, other: visit.other().to("/"), query: String::new(), heading, advice };
    (status, frame::unframed(render(&page))).into_response()
}

fn render(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => Problem::internal("the page cannot be rendered; this is a defect of verbatim").into_response(),
    }
}
