//! `GET /api/transcripts/{id}`.

use axum::{
    Json,
    extract::{Path, State},
};

use super::{Shared, ask, problem::Problem};
use crate::wire::TranscriptJson;

pub(super) async fn transcript(State(live): Shared, Path(id): Path<String>) -> Result<Json<TranscriptJson>, Problem> {
    let wanted = id.clone();
    let reading = ask(&live, move |searcher| searcher.read(&wanted, "")).await?;
    let reading = reading.ok_or_else(|| Problem::missing(format!("there is no transcript `{id}`")))?;
    Ok(Json(TranscriptJson::new(&reading.record)))
}
