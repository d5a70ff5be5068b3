//! `GET /integrer`: the lines that put the search box on another site, and the box itself.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, Uri, header},
    response::Response,
};

use super::{
    super::{Options, assets, params::Pairs},
    frame, render,
    visit::Visit,
    words::{Language, Words},
};

#[derive(Template)]
#[template(path = "integrate.html")]
struct IntegratePage {
    w: &'static Words,
    visit: Visit,
    other: String,
    query: String,
    french: bool,
    /// The script of the box, for the one on the page.
    search: String,
    integrity: &'static str,
    /// What is to be pasted, as it is to be pasted.
    tag: String,
    following: String,
    form: String,
    policy: String,
    player: String,
    dsfr: String,
}

/// `GET /integrer`
pub(in super::super) async fn integrate(
    State(options): State<Arc<Options>>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Response {
    let visit = Visit::new(&pairs);
    let server = match &options.public_url {
        Some(url) => url.to_string(),
        None => format!("http://{}", host(&headers)),
    };
    frame::unframed(render(&IntegratePage::new(visit, &server)))
}

/// The host that the visitor asked for; an example where it is none. It is shown to who sent it and to nobody else.
fn host(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let uri: Option<Uri> = host.and_then(|host| host.parse().ok());
    let authority = uri.as_ref().and_then(Uri::authority);
    authority.map_or("videos.example.fr", |authority| authority.as_str()).to_owned()
}

impl IntegratePage {
    /// `server` is where sites reach this server, without a slash at the end.
    fn new(visit: Visit, server: &str) -> Self {
        let w = visit.words();
        let script = |asset: &assets::Asset| {
            let (path, integrity) = (asset.path(), &asset.integrity);
            format!(
                "<script type=\"module\" src=\"{server}{path}\"\n  integrity=\"{integrity}\" crossorigin=\"anonymous\"></script>"
            )
        };
        let form = format!(
            "<form action=\"{server}/\" method=\"get\" role=\"search\">\n  <label for=\"q\">{}</label>\n  \
             <input id=\"q\" name=\"q\" type=\"search\">\n  <button>{}</button>\n</form>",
            w.search_label, w.search
        );
        let inside = form.replace('\n', "\n  ");
        Self {
            tag: format!(
                "<verbatim-search src=\"{server}/api/search\">\n  {inside}\n</verbatim-search>\n{}",
                script(&assets::SEARCH)
            ),
            following: format!("<script type=\"module\" src=\"{server}/verbatim-search.js\"></script>"),
            policy: format!("script-src {server};\nconnect-src {server};\nform-action {server}"),
            player: script(&assets::PLAYER),
            dsfr: format!("<link rel=\"stylesheet\" href=\"{server}/verbatim-dsfr.css\">"),
            form,
            w,
            visit,
            other: visit.other().to("/integrer"),
            query: String::new(),
            french: visit.language == Language::French,
            search: assets::SEARCH.path(),
            integrity: &assets::SEARCH.integrity,
        }
    }
}
