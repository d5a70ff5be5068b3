//! What every answer forbids to whoever shows it.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

/// Nothing is loaded, nothing is run, nobody shows it in a frame. A page that needs more says so itself.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'");

/// A page loads our own style, and asks this server.
const PAGE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Adds what a handler has not said itself.
pub(super) async fn secured(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let policy = if is_page(headers) { PAGE } else { NOTHING };
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    let unframed = headers[header::CONTENT_SECURITY_POLICY].as_bytes().ends_with(b"frame-ancestors 'none'");
    if unframed {
        // For browsers that do not know the policy above.
        headers.entry(header::X_FRAME_OPTIONS).or_insert(HeaderValue::from_static("DENY"));
    }
    for (name, value) in [
        // What is sent as text is not run as a script.
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A video host need not know what was searched.
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        // Scripts of other sites ask by CORS, where they may; nothing else is theirs.
        (RESOURCE_POLICY, "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether an answer is a page.
pub(super) fn is_page(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
