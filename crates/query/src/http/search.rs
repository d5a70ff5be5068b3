//! `GET /api/search`.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use super::{
    Shared, ask,
    caching::NEVER,
    params::{self, Pairs},
    problem::{Problem, Refusals},
};
use crate::wire::brief::{Brief, SearchJson};

/// Transcripts that answer a query, the best first, with the passages that do.
#[utoipa::path(
    get,
    path = "/api/search",
    params(
        ("q" = Option<String>, Query, description = "The query; without one, all transcripts."),
        ("limit" = Option<u32>, Query, minimum = 0, maximum = 100, description = "The most results: 10 where nothing is said."),
        ("offset" = Option<u32>, Query, minimum = 0, maximum = 10000, description = "How many results to pass over."),
        ("snippets" = Option<u32>, Query, minimum = 0, maximum = 10, description = "The most passages for a result: 3 where nothing is said."),
        ("area" = Option<String>, Query, description = "The only area to look in."),
        ("speaker" = Option<String>, Query, description = "The only speaker to listen to."),
        (
            "brief" = inline(Option<Brief>), Query,
            description = "Asks for what the list under a search field shows and nothing else: videos with their titles \
                and addresses, and passages of at most 120 characters around the first lit word. `page` is for lists \
                that lead to pages; with `player`, passages also have the address where the video plays them."
        ),
    ),
    responses(
        (status = 200, description = "The answer. A note says if the time for a search did not suffice.", body = SearchJson),
        Refusals,
    )
)]
pub(super) async fn search(State(live): Shared, pairs: Pairs) -> Result<Response, Problem> {
    let request = params::request(&pairs)?;
    let brief = params::brief(&pairs)?;
    let answer = ask(&live, move |searcher| searcher.search(&request)).await?;
    let json = Json(SearchJson::new(&answer, brief));
    // What is not whole is not kept.
    Ok(if answer.is_whole() { json.into_response() } else { ([(header::CACHE_CONTROL, NEVER)], json).into_response() })
}
