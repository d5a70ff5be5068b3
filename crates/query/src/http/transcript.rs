//! `GET /api/transcripts/{id}`.

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};

use super::{Shared, ask, problem::Problem};
use crate::wire::TranscriptJson;

/// A transcript with all that is said in it.
#[utoipa::path(
    get,
    path = "/api/transcripts/{id}",
    params(("id" = String, Path, description = "The id, whose parts are separated by slashes.")),
    responses(
        (status = 200, description = "The transcript.", body = TranscriptJson),
        (status = 400, description = "A parameter is not what it may be.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such transcript.", body = Problem, content_type = "application/problem+json"),
        (status = 304, description = "The answer that the client has still holds."),
        (status = 413, description = "There is a body, and a large one.", body = Problem, content_type = "application/problem+json"),
        (status = 414, description = "The address is too long.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests from one address.", body = Problem, content_type = "application/problem+json"),
        (status = 431, description = "The headers are too large.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many searches at the same time.", body = Problem, content_type = "application/problem+json"),
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
