//! `GET /api/transcripts/{id}`.

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};

use super::{
    Shared, ask,
    problem::{Problem, Refusals},
};
use crate::wire::TranscriptJson;

/// A transcript with all that is said in it.
#[utoipa::path(
    get,
    path = "/api/transcripts/{id}",
    params(("id" = String, Path, description = "The id, whose parts are separated by slashes.")),
    responses(
        (status = 200, description = "The transcript.", body = TranscriptJson),
        (status = 404, description = "There is no such transcript.", body = Problem, content_type = "application/problem+json"),
        Refusals,
    )
)]
pub(super) async fn transcript(
    State(live): Shared,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<TranscriptJson>, Problem> {
    let Path(id) = id.map_err(|rejection| Problem::parameter(rejection.body_text()))?;
    let wanted = id.clone();
    let reading = ask(&live, move |searcher| searcher.read(&wanted, "")).await?;
    let reading = reading.ok_or_else(|| Problem::missing(format!("there is no transcript `{id}`")))?;
    Ok(Json(TranscriptJson::new(&reading.record)))
}
