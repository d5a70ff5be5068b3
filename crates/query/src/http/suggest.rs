//! `GET /api/suggest`.

use axum::{Json, extract::State};

use super::{
    Shared, ask,
    params::{self, Pairs},
    problem::{Problem, Refusals},
};
use crate::wire::SuggestionsJson;

/// Suggestions, where nothing else is asked for.
const LIMIT: usize = 8;

/// Ways to go on with what is being typed.
#[utoipa::path(
    get,
    path = "/api/suggest",
    params(
        ("q" = Option<String>, Query, description = "What has been typed; its last word is completed."),
        ("limit" = Option<u32>, Query, minimum = 0, maximum = 50, description = "The most suggestions: 8 where nothing is said."),
    ),
    responses(
        (status = 200, description = "The most frequent words first.", body = SuggestionsJson),
        Refusals,
    )
)]
pub(super) async fn suggest(State(live): Shared, pairs: Pairs) -> Result<Json<SuggestionsJson>, Problem> {
    let query = params::text(&pairs, "q").unwrap_or_default().to_owned();
    let limit = params::number(&pairs, "limit", LIMIT, 0..=50)?;
    let typed = query.clone();
    let suggestions = ask(&live, move |searcher| Ok(searcher.suggest(&typed, limit))).await?;
    Ok(Json(SuggestionsJson::new(query, suggestions)))
}
