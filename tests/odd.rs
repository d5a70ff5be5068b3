//! Odd texts, odd queries, odd parameters: whatever they are, answers keep their form.
//!
//! `PROPTEST_CASES` says how many are tried.

use std::{
    fmt::Write,
    sync::{Arc, LazyLock},
};

use axum::{
    body::{Body, to_bytes},
    http::Request as HttpRequest,
};
use proptest::{
    collection::vec,
    prelude::*,
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::Value;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use verbatim_query::{
    AnswerJson, Live, Request,
    http::{Options, router},
};

use crate::support::Folder;

/// What texts and queries are made of: words that are known and unknown, marks, markup, letters of any script.
const PIECE: &str = "(GAR|G\\.A\\.R\\.|ENT|l’ENT|aujourd'hui|classe inversée|élève|ÉLÈVE|e\u{301}le\u{300}ve|c'est|\
                     enseignant·e·s|17 h 30|euh|de la|<mark>|</mark>|<b>|&amp;|&lt;|\"|[.!?…;:,] |\u{a0}|\u{202f}|[a-zé]{1,9}|[A-Z]{1,5}|\\PC)";

/// How many transcripts are searched.
const TALKS: usize = 120;

/// An index of odd texts. It stays for all cases.
static INDEX: LazyLock<(Folder, Arc<Live>)> = LazyLock::new(|| {
    let folder = Folder::new();
    let mut runner = TestRunner::deterministic();
    let text = vec(vec(PIECE, 1..40), 1..6);
    let mut lines = String::new();
    for at in 0..TALKS {
        let paragraphs = text.new_tree(&mut runner).expect("a text").current();
        let paragraphs: Vec<String> = paragraphs.iter().map(|pieces| pieces.join(" ")).collect();
        let talk = serde_json::json!({"id": format!("t{at}"), "title": paragraphs[0], "text": paragraphs.join("\n\n")});
        writeln!(lines, "{talk}").expect("memory");
    }
    folder.file("talks.jsonl", lines);
    let report = folder.index();
    assert!(report["transcripts"].as_u64().is_some_and(|talks| talks > 100), "{report}");
    let live = Live::open(&folder.path().join("index"), None).unwrap_or_else(|error| panic!("{error}"));
    (folder, Arc::new(live))
});

static ROUTER: LazyLock<axum::Router> = LazyLock::new(|| router(Arc::clone(&INDEX.1), Options::default()));

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn passages_are_escaped_and_lit_on_whole_letters(
        pieces in vec(prop_oneof![4 => PIECE, 1 => "[\"*:-]|area:|speaker:|[a-z]{1,3}\\*"], 0..8),
        glue in "[ \"-]?",
    ) {
        let query = pieces.join(if glue.is_empty() { " " } else { &glue });
        let request = Request { query: query.clone(), limit: 5, snippets: 3, ..Request::default() };
        let answer = INDEX.1.searcher().search(&request).unwrap_or_else(|error| panic!("{query:?}: {error}"));
        for snippet in answer.results.iter().flat_map(|found| &found.snippets) {
            let mut end = 0;
            for lit in &snippet.highlights {
                prop_assert!(end <= lit.start && lit.start < lit.end, "{query:?}: {snippet:?}");
                prop_assert!(snippet.text.get(lit.clone()).is_some(), "{query:?}: {snippet:?}");
                end = lit.end;
            }
        }
        let json = serde_json::to_value(AnswerJson::new(&answer)).expect("an answer is JSON");
        for result in json["results"].as_array().expect("a list") {
            for snippet in result["snippets"].as_array().expect("a list") {
                let (html, text) = (snippet["html"].as_str().expect("a text"), snippet["text"].as_str().expect("a text"));
                let plain = html.replace("<mark>", "").replace("</mark>", "");
                prop_assert!(!plain.contains(['<', '>', '"', '\'']), "{query:?}: {html}");
                let read = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
                let read = read.replace("&#39;", "'").replace("&amp;", "&");
                prop_assert_eq!(&read, text, "{:?}", query);
                let marks = html.matches("<mark>").count();
                prop_assert_eq!(marks, html.matches("</mark>").count(), "{}", html);
                prop_assert_eq!(marks, snippet["highlights"].as_array().expect("a list").len(), "{}", html);
            }
        }
    }

    #[test]
    fn parameters_are_answered_or_refused(
        path in "/|/api/search|/api/suggest|/api/transcripts/t1|/transcripts/t1|/healthz",
        parameters in "((q|limit|offset|area|speaker|snippets|page|lang)=([0-9-]{0,12}|[a-zA-Z%+*\"'<>.]{0,20}|(%[0-9A-F]{2}){0,9})&?){0,6}",
    ) {
        let address = format!("{path}?{}", parameters.replace(['"', '<', '>'], "%22"));
        let Ok(request) = HttpRequest::builder().uri(&address).body(Body::empty()) else { return Ok(()) };
        let (status, kind, body) = RUNTIME.block_on(async {
            let answer = ROUTER.clone().oneshot(request).await.expect("the router cannot fail");
            let (status, kind) = (answer.status().as_u16(), answer.headers()["content-type"].clone());
            (status, kind, to_bytes(answer.into_body(), usize::MAX).await.expect("a body"))
        });
        prop_assert!(matches!(status, 200 | 400), "{address}: {status}");
        let text = std::str::from_utf8(&body);
        prop_assert!(text.is_ok(), "{address}");
        if kind.as_bytes().ends_with(b"json") {
            prop_assert!(serde_json::from_slice::<Value>(&body).is_ok(), "{address}: {text:?}");
        }
    }
}
