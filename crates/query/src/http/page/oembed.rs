//! `GET /oembed`: what a site shows where one of our addresses is pasted (<https://oembed.com>).

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::{
    super::{
        Options, Shared, ask,
        origin::Origin,
        params::{self, Pairs},
        problem::Problem,
    },
    asked::Asked,
    visit::Visit,
};
use crate::html::escaped;

#[derive(Serialize)]
struct OEmbed {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    provider_name: &'static str,
    provider_url: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
}

/// What a frame takes where nothing smaller is asked for, in pixels.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 640;

/// `GET /oembed?url=`: a page of results as a frame, a reading page as a link.
pub(in super::super) async fn oembed(
    State(live): Shared,
    State(options): State<Arc<Options>>,
    pairs: Pairs,
) -> Result<Response, Problem> {
    let Some(public_url) = &options.public_url else {
        return Err(Problem::missing("oEmbed needs `serve --public-url`".to_owned()));
    };
    if params::text(&pairs, "format").is_some_and(|format| format != "json") {
        return Err(Problem::form("oEmbed is given as JSON only"));
    }
    let size = |name, most: u32| params::number(&pairs, name, most, 1..=u32::MAX).map(|size| size.min(most));
    let (width, height) = (size("maxwidth", WIDTH)?, size("maxheight", HEIGHT)?);
    let address = ours(params::text(&pairs, "url").unwrap_or_default(), public_url)?;
    let asked = Pairs::try_from_uri(&address).map_err(|_| foreign(public_url))?;
    let answer = |kind, title| OEmbed {
        version: "1.0",
        kind,
        provider_name: "Verbatim",
        provider_url: public_url.to_string(),
        title,
        html: None,
        width: None,
        height: None,
    };
    if let Some(id) = address.path().strip_prefix("/transcripts/") {
        let id = percent_decode_str(id).decode_utf8_lossy().into_owned();
        let reading = ask(&live, move |searcher| searcher.read(&id, "")).await?;
        let reading = reading.ok_or_else(|| foreign(public_url))?;
        return Ok(Json(answer("link", reading.record.title().to_owned())).into_response());
    }
    if !matches!(address.path(), "/" | "/embed") {
        return Err(foreign(public_url));
    }
    let (visit, asked) = (Visit::new(&asked), Asked::new(&asked)?);
    let title = visit.words().home_title;
    let source = escaped(&format!("{public_url}{}", asked.address("/embed", visit)));
    let html = format!(
        "<iframe src=\"{source}\" title=\"{}\" width=\"{width}\" height=\"{height}\"></iframe>",
        escaped(title)
    );
    let rich = answer("rich", title.to_owned());
    Ok(Json(OEmbed { html: Some(html), width: Some(width), height: Some(height), ..rich }).into_response())
}

/// Path and query of an address of this server.
fn ours(url: &str, public_url: &Origin) -> Result<Uri, Problem> {
    let rest = url.strip_prefix(&public_url.to_string()).filter(|rest| rest.starts_with(['/', '?']));
    let rest = rest.map(|rest| if rest.starts_with('?') { format!("/{rest}") } else { rest.to_owned() });
    let without_anchor = rest.as_deref().and_then(|rest| rest.split('#').next());
    without_anchor.and_then(|rest| rest.parse().ok()).ok_or_else(|| foreign(public_url))
}

fn foreign(public_url: &Origin) -> Problem {
    Problem::missing(format!("`url` is no page of {public_url}"))
}
