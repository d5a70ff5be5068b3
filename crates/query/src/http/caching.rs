//! How long an answer may be kept, and how a client asks whether it still holds.
//!
//! What the API answers changes with a commit only, so it is tagged with the state of the index: a client that has an
//! answer of this state is told so without a search.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::headers::is_page;
use crate::live::Live;

/// For a minute without asking, and for ten more while a new answer is fetched.
const ANSWER: HeaderValue = HeaderValue::from_static("public, max-age=60, stale-while-revalidate=600");
/// A page is as new as the index.
const PAGE: HeaderValue = HeaderValue::from_static("no-cache");
/// Styles and scripts change with the program.
const FILE: HeaderValue = HeaderValue::from_static("public, max-age=300");
/// Holds for this moment only: errors, counts, answers that are not whole.
pub(super) const NEVER: HeaderValue = HeaderValue::from_static("no-store");

/// What answers are tagged with.
pub(super) struct Tags {
    live: Arc<Live>,
    /// When the server was started, in seconds since 1970: it may have been told of another glossary.
    started: u64,
}

/// Says of each answer how long it holds, unless its handler has.
pub(super) async fn cached(State(tags): State<Arc<Tags>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_answer = path.starts_with("/api/") && matches!(*request.method(), Method::GET | Method::HEAD);
    let is_momentary = matches!(path, "/healthz" | "/metrics");
    // Taken before the answer: where a commit comes between, the tag is too old, and the next request gets a new answer.
    let tag = is_answer.then(|| tags.current());
    if let Some(tag) = &tag
        && has(request.headers(), tag)
    {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, ANSWER)])
            .into_response();
    }
    let mut response = next.run(request).await;
    let is_good = response.status() == StatusCode::OK;
    if response.headers().contains_key(header::CACHE_CONTROL) {
        return response;
    }
    let policy = match tag {
        _ if !is_good || is_momentary => NEVER,
        Some(tag) => {
            response.headers_mut().insert(header::ETAG, tag);
            ANSWER
        }
        None if is_page(response.headers()) => PAGE,
        None => FILE,
    };
    response.headers_mut().insert(header::CACHE_CONTROL, policy);
    response
}

impl Tags {
    pub(super) fn new(live: Arc<Live>) -> Self {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
        Self { live, started }
    }

    /// The tag of the state that is being served. Weak: compressed or not, it is the same answer.
    fn current(&self) -> HeaderValue {
        let tag = format!("W/\"{:x}-{:x}\"", self.live.state(), self.started);
        HeaderValue::from_str(&tag).expect("numbers are ASCII")
    }
}

/// Whether the client has an answer with this tag.
fn has(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let weak = |tag: &[u8]| tag.strip_prefix(b"W/").unwrap_or(tag).to_vec();
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    values
        .flat_map(|value| value.as_bytes().split(|&byte| byte == b','))
        .any(|known| weak(known.trim_ascii()) == weak(tag.as_bytes()))
}
