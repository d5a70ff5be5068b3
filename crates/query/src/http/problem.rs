//! What goes wrong, as `application/problem+json` (RFC 9457), or as a page for who asks for one.

use std::time::Duration;

use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use super::caching::NEVER;
use crate::error::Error;

/// A request that cannot be answered.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    title: &'static str,
    status: u16,
    detail: String,
    /// After how many seconds the same request may be answered.
    #[serde(skip)]
    retry_after: Option<u64>,
}

/// How any search may be answered otherwise: for the description of the API alone.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "what is described is never made")]
pub(super) enum Refusals {
    /// The answer that the client has still holds.
    #[response(status = 304)]
    Unchanged,
    /// A parameter is not what it may be.
    #[response(status = 400, content_type = "application/problem+json")]
    Parameter(Problem),
    /// There is a body, and a large one.
    #[response(status = 413, content_type = "application/problem+json")]
    LargeBody(Problem),
    /// The address is too long.
    #[response(status = 414, content_type = "application/problem+json")]
    LongTarget(Problem),
    /// Too many requests from one address.
    #[response(status = 429, content_type = "application/problem+json")]
    TooOften(Problem),
    /// The headers are too large.
    #[response(status = 431, content_type = "application/problem+json")]
    LargeHeaders(Problem),
    /// Too many searches at the same time.
    #[response(status = 503, content_type = "application/problem+json")]
    Busy(Problem),
}

impl Problem {
    /// 400: a parameter is not what it may be.
    pub(super) fn parameter(detail: String) -> Self {
        Self::new("bad parameter", 400, detail)
    }

    /// 404: there is no such thing.
    pub(super) fn missing(detail: String) -> Self {
        Self::new("not found", 404, detail)
    }

    /// 405: only GET is served.
    pub(super) fn method() -> Self {
        Self::new("method not allowed", 405, "only GET is served".to_owned())
    }

    /// 413: nothing is made of a body.
    pub(super) fn large_body(most: u64) -> Self {
        Self::new(
            "body too large",
            413,
            format!("the body may have {most} bytes; everything is asked by GET, without one"),
        )
    }

    /// 414: the address is too long.
    pub(super) fn long_target(most: usize) -> Self {
        Self::new("address too long", 414, format!("the address may have {most} bytes; shorten the query"))
    }

    /// 429: one visitor asks too often.
    pub(super) fn too_often(wait: Duration) -> Self {
        let seconds = wait.as_secs() + 1;
        let detail = format!("too many requests from this address; ask again in {seconds} s");
        Self { retry_after: Some(seconds), ..Self::new("too many requests", 429, detail) }
    }

    /// 431: the headers are too large.
    pub(super) fn large_head(most: usize) -> Self {
        Self::new("headers too large", 431, format!("the headers may have {most} bytes in all"))
    }

    /// 503: too many ask at the same time.
    pub(super) fn busy() -> Self {
        let detail = "too many searches at the same time; ask again in a second".to_owned();
        Self { retry_after: Some(1), ..Self::new("busy", 503, detail) }
    }

    /// 500: nothing that the request could change.
    pub(super) fn internal(detail: &str) -> Self {
        Self::new("internal error", 500, detail.to_owned())
    }

    fn new(title: &'static str, status: u16, detail: String) -> Self {
        Self { title, status, detail, retry_after: None }
    }

    /// 501: asked for in a form that is not made.
    pub(super) fn form(detail: &str) -> Self {
        Self::new("not implemented", 501, detail.to_owned())
    }

    /// When the same request may be answered, where that is known.
    pub(super) fn retry_after(&self) -> Option<(HeaderName, HeaderValue)> {
        self.retry_after.map(|seconds| (header::RETRY_AFTER, HeaderValue::from(seconds)))
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
        let kind = HeaderValue::from_static("application/problem+json");
        let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, NEVER)];
        let (status, retry_after) = (self.status(), self.retry_after());
        let mut response = (status, headers, Json(self)).into_response();
        response.headers_mut().extend(retry_after);
        response
    }
}
