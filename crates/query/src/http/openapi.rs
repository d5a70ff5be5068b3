//! `GET /openapi.json`: the description of the API, made from the types that are sent.

use axum::Json;
use utoipa::OpenApi;

use super::{search, suggest, transcript};

#[derive(OpenApi)]
#[openapi(
    info(title = "Verbatim", description = "Full-text search over French transcripts. Nothing can be changed."),
    paths(search::search, suggest::suggest, transcript::transcript, super::health)
)]
struct Api;

/// `GET /openapi.json`
pub(super) async fn openapi() -> Json<utoipa::openapi::OpenApi> {
    Json(Api::openapi())
}
