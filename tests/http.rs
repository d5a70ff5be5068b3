//! The server: the contract of its JSON, its pages, its errors, and how it starts, follows and stops.
//!
//! What needs no port asks the router; what is about the running server starts one.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderValue, Method, Request},
};
use serde_json::{Value, json};
use tower::ServiceExt;
use verbatim_query::{
    Live,
    http::{Options, router},
};

use crate::support::{Answer, DEADLINE, Folder, Response, agent, get, snippets, text, until};

/// The routes of the server over the index of a folder, without a port.
pub(crate) struct Site {
    router: axum::Router,
    runtime: tokio::runtime::Runtime,
}

impl Site {
    #[track_caller]
    pub(crate) fn new(folder: &Folder, origins: &[&'static str]) -> Self {
        let origins = origins.iter().map(|origin| HeaderValue::from_static(origin)).collect();
        Self::with(folder, Options { origins, ..Options::default() })
    }

    #[track_caller]
    pub(crate) fn with(folder: &Folder, options: Options) -> Self {
        folder.index();
        let live = Live::open(&folder.path().join("index"), None).unwrap_or_else(|error| panic!("{error}"));
        Self::over(live, options)
    }

    pub(crate) fn over(live: Live, options: Options) -> Self {
        Self { router: router(Arc::new(live), options), runtime: tokio::runtime::Runtime::new().expect("a runtime") }
    }

    fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap_or_else(|error| panic!("{path}: {error}"));
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("the router cannot fail");
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.expect("a body");
            Response {
                status: parts.status.as_u16(),
                headers: parts.headers,
                body: String::from_utf8(body.to_vec()).expect("all that is served is UTF-8"),
            }
        })
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.ask(Method::GET, path, &[])
    }

    /// The JSON at a path, which must be there.
    #[track_caller]
    pub(crate) fn json(&self, path: &str) -> Value {
        let response = self.get(path);
        assert_eq!((response.status, response.header("content-type")), (200, Some("application/json")), "{path}");
        response.json()
    }

    /// The page at a path, which must be there.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> String {
        let response = self.get(path);
        let kind = response.header("content-type").unwrap_or_default();
        assert!(response.status == 200 && kind.starts_with("text/html"), "{path}: {response:?}");
        assert!(response.body.starts_with("<!doctype html>"), "{path}: {}", response.body);
        assert!(response.body.contains("<html lang=\""), "{path}: in some language");
        let page = without_our_scripts(&response.body);
        assert!(!page.contains("<script"), "{path}: no script but ours: {page}");
        response.body
    }
}

/// A page without the scripts that it loads from this server and without its data for search engines.
fn without_our_scripts(page: &str) -> String {
    let mut rest = page.to_owned();
    for name in ["verbatim-search", "verbatim-player", "embed"] {
        rest = rest.replace(&format!("<script type=\"module\" src=\"/{name}.js\"></script>"), "");
    }
    while let Some((before, after)) = rest.split_once("<script type=\"application/ld+json\">") {
        let (data, after) = after.split_once("</script>").expect("a script ends");
        let data: Value = serde_json::from_str(data).unwrap_or_else(|error| panic!("no JSON: {error}: {data}"));
        assert_eq!(data["@context"], "https://schema.org");
        rest = format!("{before}{after}");
    }
    rest
}

/// A few talks, two of them in areas.
fn talks() -> Folder {
    let folder = Folder::new();
    folder
        .file(
            "edu/le-gar.md",
            "---\narea: Domaine 1\ntitle: Le GAR\ndescription: Un accès.\nvideoEmbedSrc: https://example.org/videos/embed/1\nvideoDownloadHref: https://example.org/1.mp4\nniveau: 3\nmotsCles: [a, b]\n---\n\n## Transcription\n\nBonjour.\n\nVoici le GAR.\n\n## Crédits\n\nRéalisation : Perrine Dubosq.\n",
        )
        .file("edu/ent.md", "---\narea: Sixième\ntitle: Se connecter\n---\n\nOuvrez l’ENT, puis le GAR.\n")
        .transcript("un été/l’école", "Un été", "Le GAR à l’école.");
    folder
}

#[test]
fn search_answers_as_the_command_line_does() {
    let folder = talks();
    let site = Site::new(&folder, &[]);
    for (path, query, options) in [
        ("/api/search?q=GAR", "GAR", &[][..]),
        ("/api/search?q=l%E2%80%99ENT", "l’ENT", &[]),
        ("/api/search?q=GAR+-ENT&limit=1", "GAR -ENT", &["--limit", "1"]),
        ("/api/search?q=GAR&limit=1&offset=1", "GAR", &["--limit", "1", "--offset", "1"]),
        ("/api/search?q=GAR&area=Domaine+1", "GAR", &["--area", "Domaine 1"]),
        ("/api/search?q=%22le%20GAR%22", "\"le GAR\"", &[]),
        ("/api/search?q=", "", &[]),
        ("/api/search", "", &[]),
    ] {
        let mut served = site.json(path);
        let Answer(mut printed) = folder.search_with(query, options);
        for answer in [&mut served, &mut printed] {
            assert!(answer["elapsed_ms"].is_number(), "{path}");
            answer["elapsed_ms"] = json!(0);
        }
        assert_eq!(served, printed, "{path}");
    }
}

#[test]
fn parameters_are_kept_to() {
    let site = Site::new(&talks(), &[]);
    let answer = |path: &str| Answer(site.json(path));
    assert_eq!(answer("/api/search?q=GAR").ids().len(), 3);
    assert_eq!(answer("/api/search?q=GAR&limit=2").ids().len(), 2);
    let none = answer("/api/search?q=GAR&limit=0");
    assert_eq!((none.ids().len(), none.total()), (0, 3));
    assert_eq!(answer("/api/search?q=GAR&offset=3").ids().len(), 0);
    assert_eq!(answer("/api/search?q=GAR&area=Sixi%C3%A8me").ids(), ["edu/ent"]);
    assert_eq!(answer("/api/search?q=GAR&area=").ids().len(), 3, "an empty area is none");
    let without = answer("/api/search?q=GAR&snippets=0");
    assert!(without.results().iter().all(|result| snippets(result).is_empty()));
    assert_eq!(answer("/api/search?q=GAR&unknown=1").ids().len(), 3);
}

#[test]
fn a_brief_answer_has_what_a_list_shows_and_no_more() {
    let talk = "Perrine compte les tourterelles du préau pendant la récréation, quand personne ne court et que la cour \
                est calme, puis elle ouvre le GAR sur la tablette de la classe, note leur nombre et l’heure, et compare \
                avec la semaine d’avant : le GAR garde tout.";
    let folder = Folder::new();
    folder
        .file(
            "edu/gar.md",
            format!("---\ntitle: Pourquoi compter ?\ndescription: D.\narea: Domaine 1\n---\n\n{talk}\n"),
        )
        .file("gar.yaml", "title: Le GAR\nvideoEmbedSrc: https://tube.example.org/videos/embed/1\n")
        .file("gar.vtt", "WEBVTT\n\n01:23.500 --> 01:26.000\nVoici le GAR.\n");
    let site = Site::new(&folder, &[]);
    let short = "…\u{a0}la cour est calme, puis elle ouvre le GAR sur la tablette de la classe, note leur nombre et l’heure, et \
                 compare avec la\u{a0}…";
    let page = |text: &str, lit: Value, segment: usize, start: Value| json!({"text": text, "highlights": lit, "segment": segment, "start": start});
    let written = page(short, json!([[40, 43]]), 0, Value::Null);
    let said = page("Voici le GAR.", json!([[9, 12]]), 0, json!(83.5));
    let mut played = said.clone();
    played["url"] = json!("https://tube.example.org/videos/embed/1?start=82s");
    for (brief, said) in [("page", said), ("player", played)] {
        let expected = json!({
            "query": "GAR",
            "total": 2,
            "suggestion": null,
            "results": [
                {"id": "gar", "title": "Le GAR", "url": "/transcripts/gar?q=GAR", "snippets": [said]},
                {"id": "edu/gar", "title": "Pourquoi compter\u{202f}?", "url": "/transcripts/edu/gar?q=GAR", "snippets": [written]},
            ],
        });
        assert_eq!(site.json(&format!("/api/search?q=GAR&brief={brief}")), expected, "{brief}");
    }
}

/// Checks that `response` is a problem as RFC 9457 has it.
#[track_caller]
fn check_problem(response: &Response, status: u16, part: &str) {
    assert_eq!(response.status, status, "{response:?}");
    assert_eq!(response.header("content-type"), Some("application/problem+json"), "{response:?}");
    let problem = response.json();
    assert_eq!(problem["status"], status, "{problem}");
    assert!(problem["title"].is_string(), "{problem}");
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains(part), "{part}: {problem}");
}

#[test]
fn problems_are_problem_json() {
    let site = Site::new(&talks(), &[]);
    // A bad parameter is named, with what is allowed.
    for (path, part) in [
        ("/api/search?q=GAR&limit=x", "`limit`"),
        ("/api/search?q=GAR&limit=-1", "`limit`"),
        ("/api/search?q=GAR&limit=101", "100"),
        ("/api/search?q=GAR&limit=1.5", "`limit`"),
        ("/api/search?q=GAR&limit=%2B1", "`limit`"),
        ("/api/search?q=GAR&limit=", "`limit`"),
        ("/api/search?q=GAR&limit=99999999999999999999", "`limit`"),
        ("/api/search?q=GAR&offset=x", "`offset`"),
        ("/api/search?q=GAR&offset=-1", "`offset`"),
        ("/api/search?q=GAR&offset=99999999", "`offset`"),
        ("/api/search?q=GAR&snippets=x", "`snippets`"),
        ("/api/search?q=GAR&snippets=1000", "`snippets`"),
        ("/api/search?q=GAR&brief=1", "`page` or `player`"),
        ("/api/search?q=GAR&brief=", "`brief`"),
    ] {
        check_problem(&site.get(path), 400, part);
    }
    for path in [
        "/api/transcripts/edu/absent",
        "/api/transcripts/edu",
        "/api/transcripts/",
        "/api/transcripts/..%2f..%2fetc%2fpasswd",
        "/api/absent",
        "/absent",
        "/api/search/",
    ] {
        check_problem(&site.get(path), 404, "");
    }
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        for path in ["/api/search?q=GAR", "/api/transcripts/edu/ent", "/healthz", "/"] {
            check_problem(&site.ask(method.clone(), path, &[]), 405, "GET");
        }
    }
    // What is no UTF-8 is replaced or refused, but it is no server error.
    for path in ["/api/search?q=%FF%FE", "/api/transcripts/%FF", "/transcripts/%FF", "/?q=%FF", "/api/search?q=%"] {
        let response = site.get(path);
        assert!(response.status < 500, "{path}: {response:?}");
        if response.status >= 400 && path.starts_with("/api") {
            check_problem(&response, response.status, "");
        }
    }
}

#[test]
fn browsers_get_their_errors_as_pages() {
    let site = Site::new(&talks(), &[]);
    for (path, status) in [("/transcripts/absent", 404), ("/absent", 404), ("/?q=GAR&page=x", 400)] {
        let response = site.ask(Method::GET, path, &[("accept", "text/html,application/xhtml+xml")]);
        let kind = response.header("content-type").unwrap_or_default();
        assert!(response.status == status && kind.starts_with("text/html"), "{path}: {response:?}");
        assert!(response.body.contains("<html lang=\"fr\">"), "{path}: {response:?}");
    }
}

#[test]
fn a_transcript_is_given_whole() {
    let site = Site::new(&talks(), &[]);
    let transcript = site.json("/api/transcripts/edu/le-gar");
    let segment = |text: &str| json!({"text": text, "speaker": null, "start": null, "end": null});
    let expected = json!({
        "id": "edu/le-gar",
        "title": "Le GAR",
        "description": "Un accès.",
        "area": "Domaine 1",
        "url": "/transcripts/edu/le-gar",
        "video": "https://example.org/videos/embed/1",
        "metadata": {
            "area": "Domaine 1",
            "title": "Le GAR",
            "description": "Un accès.",
            "videoEmbedSrc": "https://example.org/videos/embed/1",
            "videoDownloadHref": "https://example.org/1.mp4",
            "niveau": 3,
            "motsCles": ["a", "b"],
        },
        "credits": "Réalisation : Perrine Dubosq.",
        "segments": [segment("Bonjour."), segment("Voici le GAR.")],
    });
    assert_eq!(transcript, expected);
}

#[test]
fn ids_with_spaces_and_accents_lead_where_they_should() {
    let site = Site::new(&talks(), &[]);
    let answer = Answer(site.json("/api/search?q=%22GAR%20%C3%A0%20l%E2%80%99%C3%A9cole%22"));
    let id = "un%20été/l’école";
    assert_eq!(answer.ids(), [id]);
    let url = answer.result(id)["url"].as_str().expect("a text");
    assert!(site.page(url).contains("<mark>GAR à l’école</mark>"), "{url}");
    let (path, _) = url.split_once('?').expect("a query");
    assert_eq!(site.json(&format!("/api{path}"))["id"], id);
}

#[test]
fn links_lead_to_the_passage() {
    let site = Site::new(&talks(), &[]);
    let answer = Answer(site.json("/api/search?q=GAR"));
    for result in answer.results() {
        for snippet in snippets(result) {
            let segment = snippet["segment"].as_u64().expect("a number");
            let url = snippet["url"].as_str().expect("a text");
            let (page, anchor) = url.split_once('#').unwrap_or_else(|| panic!("{url} has no anchor"));
            assert_eq!(anchor, format!("s{segment}"));
            let page = site.page(page);
            let paragraph =
                page.split_once(&format!("id=\"{anchor}\"")).unwrap_or_else(|| panic!("no {anchor}: {page}")).1;
            let paragraph = paragraph.split("</p>").next().expect("a paragraph");
            assert!(paragraph.contains("<mark>GAR</mark>"), "{url}: {paragraph}");
        }
    }
}

#[test]
fn health() {
    let site = Site::new(&talks(), &[]);
    let health = site.json("/healthz");
    assert_eq!((&health["status"], &health["transcripts"]), (&json!("ok"), &json!(3)));
    assert!(health["version"].as_str().is_some_and(|version| version.split('.').count() == 3), "{health}");
}

#[test]
fn the_search_page() {
    let site = Site::new(&talks(), &[]);
    let page = site.page("/?q=GAR");
    for part in [
        "3 vidéos",
        "value=\"GAR\"",
        "<mark>GAR</mark>",
        "/transcripts/edu/le-gar?q=GAR",
        "<option value=\"Domaine 1\">Domaine 1 (1)</option>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let of_area = site.page("/?q=GAR&area=Sixi%C3%A8me");
    assert!(of_area.contains("Se connecter") && !of_area.contains("Un été"), "{of_area}");
    assert!(of_area.contains("<option value=\"Sixième\" selected>"), "{of_area}");
    assert!(site.page("/?q=absolument-introuvable").contains("Aucune vidéo"));
    assert!(site.page("/").contains("3 vidéos"), "without a query, all of them");
    let style = site.get("/style.css");
    assert!(style.status == 200 && style.header("content-type").is_some_and(|kind| kind.starts_with("text/css")));
}

#[test]
fn results_are_paged() {
    let folder = Folder::new();
    for at in 0..23 {
        folder.transcript(&format!("t{at:02}"), &format!("Vidéo numéro {at:02}."), "Le GAR.");
    }
    let site = Site::new(&folder, &[]);
    let mut seen = Vec::new();
    let mut link = Some("/?q=GAR".to_owned());
    while let Some(path) = link {
        let page = site.page(&path);
        seen.extend((0..23).filter(|at| page.contains(&format!("Vidéo numéro {at:02}."))));
        let next = page.split("<a ").find(|part| part.contains("rel=\"next\""));
        link =
            next.and_then(|part| part.split('"').nth(1)).map(|path| path.replace("&amp;", "&").replace("&#38;", "&"));
        assert!(seen.len() <= 23, "no video twice: {seen:?}");
    }
    seen.sort_unstable();
    assert_eq!(seen, (0..23).collect::<Vec<_>>());
}

#[test]
fn the_reading_page() {
    let site = Site::new(&talks(), &[]);
    let page = site.page("/transcripts/edu/le-gar?q=GAR");
    for part in [
        "<h1>Le GAR</h1>",
        "id=\"s0\"",
        "Voici le <mark>GAR</mark>.",
        "href=\"https://example.org/videos/embed/1\"",
        "href=\"https://example.org/1.mp4\"",
        "href=\"#s1\"",
        "Perrine Dubosq",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let page = site.page("/transcripts/edu/le-gar");
    assert!(!page.contains("<mark>"), "nothing is asked, nothing is lit: {page}");
    let page = site.page("/transcripts/edu/ent?q=-GAR");
    assert!(!page.contains("<mark>"), "what is excluded is not lit: {page}");
}

#[test]
fn the_reading_page_lights_a_phrase_and_not_its_words_elsewhere() {
    let folder = Folder::new();
    folder.transcript(
        "a",
        "Un",
        "La classe inversée change la classe.\n\nUne pyramide inversée.\n\nLa classe\n\ninversée.",
    );
    let site = Site::new(&folder, &[]);
    let page = site.page("/transcripts/a?q=%22classe+invers%C3%A9e%22");
    let lit: Vec<&str> = page.split("<mark>").skip(1).filter_map(|part| part.split("</mark>").next()).collect();
    assert_eq!(lit, ["classe inversée", "classe", "inversée"], "{page}");
}

#[test]
fn html_is_escaped_in_pages_and_json() {
    let evil = "<script>alert(\"x\")</script> & \"GAR\"";
    let folder = Folder::new();
    folder.file(
        "a.md",
        format!(
            "---\narea: 'D {evil}'\ntitle: 'T {evil}'\ndescription: 'X {evil}'\nvideoEmbedSrc: 'javascript:alert(1)'\nvideoDownloadHref: 'https://example.org/\"><script>'\n---\n\n## Transcription\n\nAda \\<script> Roy, professeure de \\<b>maths\\</b>.\n\n\\- Bonjour \\<script>alert(\"x\")\\</script> \\& \"GAR\".\n\n## Crédits\n\nC \\<script>.\n"
        ),
    );
    let site = Site::new(&folder, &[]);
    let asked = "%3Cscript%3E+%22GAR%22+%26";
    for path in [
        "/".to_owned(),
        format!("/?q={asked}"),
        "/?q=GAR".to_owned(),
        "/?q=GAR&area=%22%3E%3Cscript%3E".to_owned(),
        format!("/transcripts/a?q={asked}"),
        "/transcripts/a".to_owned(),
    ] {
        // `page` refuses every `<script`.
        let page = site.page(&path);
        assert!(!page.contains("<b>") && !page.contains("=\"javascript:"), "{path}: {page}");
        assert!(!page.contains("=\"\"><"), "{path}: no attribute is left by a quote: {page}");
    }
    let answer = Answer(site.json("/api/search?q=GAR"));
    for snippet in snippets(answer.result("a")) {
        let html = snippet["html"].as_str().expect("a text");
        let plain = html.replace("<mark>", "").replace("</mark>", "");
        assert!(!plain.contains(['<', '>', '"', '\'']), "{html}");
        assert!(text(snippet).contains("<script>alert(\"x\")</script> & \"GAR\""), "the text is as it is: {snippet}");
        assert!(html.contains("&lt;script&gt;") && html.contains("&amp; &quot;<mark>GAR</mark>&quot;"), "{html}");
    }
    for path in ["/%3Cscript%3E", "/transcripts/%3Cscript%3E"] {
        let response = site.ask(Method::GET, path, &[("accept", "text/html")]);
        assert!(!without_our_scripts(&response.body).contains("<script"), "{path}: {response:?}");
    }
}

#[test]
fn other_sites_may_ask_only_where_they_are_allowed() {
    let folder = talks();
    let allowed = |origins: &[&'static str], origin: &str| {
        let site = Site::new(&folder, origins);
        let response = site.ask(Method::GET, "/api/search?q=GAR", &[("origin", origin)]);
        assert_eq!(response.status, 200);
        response.header("access-control-allow-origin").map(str::to_owned)
    };
    let (ours, theirs) = ("https://www.example.fr", "https://www.example.com");
    assert_eq!(allowed(&[], ours), None);
    assert_eq!(allowed(&[ours], ours).as_deref(), Some(ours));
    assert_eq!(allowed(&[ours], theirs), None);
    assert_eq!(allowed(&[theirs, ours], ours).as_deref(), Some(ours));
    assert_eq!(allowed(&["*"], ours).as_deref(), Some("*"));
    let site = Site::new(&folder, &[ours]);
    let asks = [("origin", ours), ("access-control-request-method", "GET")];
    let preflight = site.ask(Method::OPTIONS, "/api/search", &asks);
    assert!(preflight.status < 300 && preflight.header("access-control-allow-origin") == Some(ours), "{preflight:?}");
}

#[test]
fn serve_with_paths_indexes_first() {
    let folder = talks();
    let server = folder.serve(&["talks"]);
    assert_eq!(server.get("/healthz").json()["transcripts"], 3);
    assert!(server.get("/?q=GAR").body.contains("<mark>GAR</mark>"));
    assert_eq!(server.get("/healthz").header("access-control-allow-origin"), None);
}

#[test]
fn serve_without_an_index_or_an_address_ends_with_the_way_out() {
    let folder = talks();
    let output = folder.verbatim(["serve", "--listen", "127.0.0.1:0"]).expect(2);
    assert!(output.stderr.contains("verbatim index"), "{output:?}");
    folder.index();
    let server = folder.serve(&["--allow-origin", "https://www.example.fr"]);
    let output = folder.verbatim(["serve", "--listen", server.address()]).expect(2);
    assert!(output.stderr.contains(server.address()) && output.stderr.contains("--listen"), "{output:?}");
    for wrong in ["nulle-part", "127.0.0.1:99999"] {
        folder.verbatim(["serve", "--listen", wrong]).expect(2);
    }
}

#[test]
fn a_new_commit_is_taken_up_and_no_request_is_lost() {
    let folder = talks();
    folder.index();
    let server = folder.serve(&[]);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let (address, done) = (server.address(), &done);
        let asking = ["/api/search?q=GAR", "/transcripts/edu/le-gar?q=GAR"].map(|path| {
            scope.spawn(move || {
                let agent = agent();
                let mut asked = 0;
                while !done.load(Ordering::Relaxed) {
                    let response = get(&agent, address, path).unwrap_or_else(|error| panic!("{path}: {error}"));
                    assert_eq!(response.status, 200, "{path}: {response:?}");
                    assert!(response.body.contains("GAR"), "{path}: {response:?}");
                    asked += 1;
                }
                asked
            })
        });
        for round in 0..4_u64 {
            folder.transcript(&format!("nouveau-{round}"), "Nouveau", "Encore le GAR.");
            let args: &[&str] = if round == 2 { &["--rebuild"] } else { &[] };
            folder.verbatim([&["index", "talks"], args].concat()).expect(0);
            until("the server takes up the commit", || {
                (server.get("/healthz").json()["transcripts"] == 4 + round).then_some(())
            });
        }
        done.store(true, Ordering::Relaxed);
        for thread in asking {
            let asked = thread.join().expect("no request fails");
            assert!(asked > 0);
        }
    });
    assert!(!server.talk().contains("verbatim:"), "nothing to complain about: {}", server.talk());
}

#[test]
fn an_index_that_vanishes_does_not_stop_the_server() {
    let folder = talks();
    folder.index();
    let server = folder.serve(&[]);
    std::fs::rename(folder.path().join("index"), folder.path().join("parti")).expect("a new name");
    until("the server says so", || server.talk().contains("still serving the old state").then_some(()));
    assert_eq!(server.get("/api/search?q=GAR").json()["total"], 3);
    std::fs::rename(folder.path().join("parti"), folder.path().join("index")).expect("a new name");
    folder.transcript("nouveau", "Nouveau", "Encore le GAR.").index();
    until("the server goes on", || (server.get("/healthz").json()["transcripts"] == 4).then_some(()));
    assert_eq!(server.talk().matches("still serving").count(), 1, "said once: {}", server.talk());
}

#[cfg(unix)]
#[test]
fn a_stop_finishes_what_has_begun() {
    let folder = talks();
    // An answer that fits into no buffer on the way: what nobody has read yet cannot have been sent.
    let credits = "Réalisation et montage. ".repeat(1 << 20);
    folder.file("long.md", format!("---\ntitle: Long\n---\n\nBonjour.\n\n## Crédits\n\n{credits}\n"));
    folder.index();
    let mut server = folder.serve(&[]);
    let mut stream = TcpStream::connect(server.address()).expect("the server listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
    write!(stream, "GET /api/transcripts/long HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .expect("the server reads");
    let mut answer = vec![0; 64];
    stream.read_exact(&mut answer).expect("the answer begins");
    server.terminate();
    until("the server stops listening", || TcpStream::connect(server.address()).is_err().then_some(()));
    stream.read_to_end(&mut answer).expect("the answer goes on");
    let answer = String::from_utf8(answer).expect("UTF-8");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    let transcript: Value = serde_json::from_str(body).expect("the whole answer");
    assert_eq!(transcript["credits"].as_str().map(str::trim), Some(credits.trim()));
    assert_eq!(server.wait(), 0, "{}", server.talk());
}
