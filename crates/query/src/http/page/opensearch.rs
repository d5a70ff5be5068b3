//! `GET /opensearch.xml`: lets a browser take the search among its own.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use super::{
    super::{Options, params::Pairs, problem::Problem},
    visit::Visit,
    words::Words,
};

#[derive(Template)]
#[template(path = "opensearch.xml")]
struct OpenSearch {
    w: &'static Words,
    public_url: String,
    carried: String,
}

/// `GET /opensearch.xml`
pub(in super::super) async fn opensearch(State(options): State<Arc<Options>>, pairs: Pairs) -> Response {
    let Some(public_url) = &options.public_url else {
        return Problem::missing("OpenSearch needs `serve --public-url`".to_owned()).into_response();
    };
    let visit = Visit::new(&pairs);
    let carried = visit.carried().map(|(name, value)| format!("&{name}={value}")).collect();
    let description = OpenSearch { w: visit.words(), public_url: public_url.to_string(), carried };
    match description.render() {
        Ok(xml) => ([(header::CONTENT_TYPE, "application/opensearchdescription+xml")], xml).into_response(),
        Err(_) => Problem::internal("the description cannot be rendered; this is a defect of verbatim").into_response(),
    }
}
