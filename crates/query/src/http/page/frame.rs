//! What a page may load, and who may show it in a frame.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::super::origin::Origin;

/// What all pages may load: our own style and scripts, and answers of this server.
const OWN: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                   form-action 'self'; base-uri 'none'";

/// The player comes from where the video lies, after a click.
const PLAYER: &str = "frame-src https: http:; media-src https: http:";

/// A page that no other page shows in a frame.
pub(super) fn unframed(page: Response) -> Response {
    with_policy(format!("{OWN}; frame-ancestors 'none'"), page)
}

/// A page with a player that no other page shows in a frame.
pub(super) fn with_player(page: Response) -> Response {
    with_policy(format!("{OWN}; {PLAYER}; frame-ancestors 'none'"), page)
}

/// A page that this server and `sites` may show in a frame.
pub(super) fn framed(page: Response, sites: &[Origin]) -> Response {
    let sites: String = sites.iter().map(|site| format!(" {site}")).collect();
    with_policy(format!("{OWN}; frame-ancestors 'self'{sites}"), page)
}

fn with_policy(policy: String, page: Response) -> Response {
    let policy = HeaderValue::from_str(&policy).expect("an origin is written in plain ASCII");
    ([(header::CONTENT_SECURITY_POLICY, policy)], page).into_response()
}
