//! What goes wrong, as `application/problem+json` (RFC 9457), or as a page for who asks for one.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::error::Error;

/// A request that cannot be answered.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    title: &'static str,
    status: u16,
    detail: String,
}

impl Problem {
    /// 400: a parameter is not what it may be.
    pub(super) fn parameter(detail: String) -> Self {
        Self { title: "bad parameter", status: 400, detail }
    }

    /// 404: there is no such thing.
    pub(super) fn missing(detail: String) -> Self {
        Self { title: "not found", status: 404, detail }
    }

    /// 405: only GET is served.
    pub(super) fn method() -> Self {
        Self { title: "method not allowed", status: 405, detail: "only GET is served".to_owned() }
    }

    /// 500: nothing that the request could change.
    pub(super) fn internal(detail: &str) -> Self {
        Self { title: "internal error", status: 500, detail: detail.to_owned() }
    }

    /// 501: asked for in a form that is not made.
    pub(super) fn form(detail: &str) -> Self {
        Self { title: "not implemented", status: 501, detail: detail.to_owned() }
    }

    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Error> for Problem {
    /// A failing index: the visitor is told that it fails, the log says how.
    fn from(_: Error) -> Self {
        Self::internal("the index cannot be read")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status(), [(header::CONTENT_TYPE, "application/problem+json")], Json(self)).into_response()
    }
}
