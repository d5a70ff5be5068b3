//! What is promised of any question and of its answer, whatever is in the index.

use std::{
    cell::RefCell,
    ops::Range,
    path::PathBuf,
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request as HttpRequest, header::CONTENT_TYPE},
};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use verbatim_french::Analyzer;
use verbatim_indexer::{Options, update};
use verbatim_query::{Answer, AnswerJson, Found, Live, Places, Request, Searcher, Snippet, http, parse};

/// The sample transcripts, and their index.
static LIVE: LazyLock<(TempDir, Arc<Live>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let talks = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../data"));
    let options = Options { paths: vec![talks], index: folder.path().to_owned(), rebuild: false };
    update(&options, &|_, _| {}).expect("the sample transcripts can be read");
    let live = Live::open(folder.path(), None).expect("an index that opens");
    (folder, Arc::new(live))
});

static ROUTER: LazyLock<Router> = LazyLock::new(|| http::router(Arc::clone(&LIVE.1), http::Options::default()));

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));

thread_local! {
    static ANALYZER: RefCell<Analyzer> = RefCell::new(Analyzer::new());
}

/// Reads a query, plans it, and answers it.
pub fn query(typed: &str) {
    let (understood, _) = parse(typed);
    assert_eq!(parse(&understood.to_string()).0, understood, "what is understood is understood again");
    let searcher = LIVE.1.searcher();
    let (plan, _) = searcher.explain(typed).expect("no query is an error");
    assert!(plan.pairs.iter().all(|&(left, right)| left.max(right) < plan.concepts.len()), "{plan}");
    answer(&searcher, typed);
}

/// Lights words of a text, those whose number has a bit in `lit`, and renders it.
pub fn snippet(lit: u64, text: &str) {
    let tokens = ANALYZER.with_borrow_mut(|analyzer| analyzer.tokens(text));
    let is_lit = |at: &usize| lit >> (at % 64) & 1 == 1;
    let highlights: Vec<Range<usize>> = (0..tokens.len()).filter(is_lit).map(|at| tokens[at].span.clone()).collect();
    check_lit(text, &highlights);
    let snippet = Snippet { text: text.to_owned(), highlights, segment: None, time: None, speaker: None, video: None };
    let found = Found {
        id: text.to_owned(),
        title: text.to_owned(),
        description: None,
        area: None,
        video: None,
        score: 0.0,
        matches: 0,
        places: Places::default(),
        snippets: vec![snippet],
        also: Vec::new(),
    };
    rendered(&Answer {
        query: text.to_owned(),
        total: 1,
        elapsed: Duration::ZERO,
        notes: Vec::new(),
        suggestion: None,
        expansions: Vec::new(),
        areas: Vec::new(),
        speakers: Vec::new(),
        results: vec![found],
    });
}

/// Asks the server for an address below its root.
pub fn address(address: &str) {
    let Ok(request) = HttpRequest::builder().uri(format!("/{address}")).body(Body::empty()) else { return };
    let (status, kind, body) = RUNTIME.block_on(async {
        let answer = ROUTER.clone().oneshot(request).await.expect("the router cannot fail");
        let (status, kind) = (answer.status().as_u16(), answer.headers().get(CONTENT_TYPE).cloned());
        (status, kind, to_bytes(answer.into_body(), usize::MAX).await.expect("a body"))
    });
    assert!(matches!(status, 200 | 303 | 400 | 404 | 414 | 501), "{address}: {status}");
    assert!(std::str::from_utf8(&body).is_ok(), "{address}");
    if kind.is_some_and(|kind| kind.as_bytes().ends_with(b"json")) {
        serde_json::from_slice::<Value>(&body).unwrap_or_else(|error| panic!("{address}: {error}"));
    }
}

fn answer(searcher: &Searcher, typed: &str) {
    let request = Request { query: typed.to_owned(), limit: 3, snippets: 3, grouped: true, ..Request::default() };
    let answer = searcher.search(&request).expect("no query is an error");
    for snippet in answer.results.iter().flat_map(|found| &found.snippets) {
        check_lit(&snippet.text, &snippet.highlights);
    }
    rendered(&answer);
}

/// Spells an answer as the API does.
fn rendered(answer: &Answer) {
    let json = serde_json::to_value(AnswerJson::new(answer)).expect("an answer is JSON");
    let snippets = json["results"].as_array().into_iter().flatten().flat_map(|found| found["snippets"].as_array());
    for snippet in snippets.flatten() {
        let (html, text) = (snippet["html"].as_str().expect("HTML"), snippet["text"].as_str().expect("a text"));
        check_html(html, text, snippet["highlights"].as_array().map_or(0, Vec::len));
    }
}

/// What is lit rises, and lies on whole letters.
fn check_lit(text: &str, lit: &[Range<usize>]) {
    assert!(
        lit.iter().all(|range| range.start < range.end && text.get(range.clone()).is_some()),
        "{lit:?} of {text:?}"
    );
    assert!(lit.is_sorted_by(|range, next| range.end <= next.start), "{lit:?} of {text:?}");
}

/// The text, escaped; `<mark>` is the only tag.
fn check_html(html: &str, text: &str, marks: usize) {
    let plain = html.replace("<mark>", "").replace("</mark>", "");
    assert!(!plain.contains(['<', '>', '"', '\'']), "{html}");
    let read = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    assert_eq!(read.replace("&amp;", "&"), text);
    assert_eq!((html.matches("<mark>").count(), html.matches("</mark>").count()), (marks, marks), "{html}");
}
