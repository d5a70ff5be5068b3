//! `GET /api/suggest`.

use axum::{Json, extract::State};

use super::{
    Shared, ask,
    params::{self, Pairs},
    problem::Problem,
};
use crate::wire::SuggestionsJson;

/// Suggestions, where nothing else is asked for.
const LIMIT: usize = 8;

pub(super) async fn suggest(State(live): Shared, pairs: Pairs) -> Result<Json<SuggestionsJson>, Problem> {
    let query = params::text(&pairs, "q").unwrap_or_default().to_owned();
    let limit = params::number(&pairs, "limit", LIMIT, 0..=50)?;
    let typed = query.clone();
    let suggestions = ask(&live, move |searcher| Ok(searcher.suggest(&typed, limit))).await?;
    Ok(Json(SuggestionsJson::new(query, suggestions)))
}
