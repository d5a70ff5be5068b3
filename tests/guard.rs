//! What one visitor cannot do to the others: the limits of the server, and what it says about itself in its headers.
//!
//! Everything is asked of the running server, byte by byte where a client would not let us.

use std::{
    collections::HashMap,
    io::{Read, Write},
    net::TcpStream,
    thread,
};

use serde_json::Value;

use crate::support::{Answer, DEADLINE, Folder, Server, until};

/// An answer as it comes over the wire.
#[derive(Debug)]
struct Raw {
    status: u16,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Raw {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("no JSON: {error}: {self:?}"))
    }

    /// This answer, which must be a problem with that status.
    #[track_caller]
    fn problem(self, status: u16) -> Self {
        assert_eq!((self.status, self.header("content-type")), (status, Some("application/problem+json")), "{self:?}");
        assert_eq!(self.json()["status"], status, "{self:?}");
        self
    }
}

/// Asks for a path, with more lines of the head.
#[track_caller]
fn ask(server: &Server, method: &str, path: &str, head: &[&str]) -> Raw {
    let head: String = head.iter().map(|line| format!("{line}\r\n")).collect();
    let mut stream = connect(server);
    // Who refuses a long head may do so before it is whole.
    let _ = write!(stream, "{method} {path} HTTP/1.1\r\nhost: example.fr\r\nconnection: close\r\n{head}\r\n");
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    assert!(read.is_ok() || !bytes.is_empty(), "{method} {path}: {read:?}");
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_else(|| panic!("no head: {bytes:?}"));
    let (head, body) = (String::from_utf8_lossy(&bytes[..end]).into_owned(), bytes[end + 4..].to_vec());
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
    let mut headers: HashMap<String, String> = HashMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        // A header that comes twice is a list.
        let values = headers.entry(name.to_lowercase()).or_default();
        values.push_str(if values.is_empty() { "" } else { ", " });
        values.push_str(value);
    }
    Raw { status, headers, body }
}

#[track_caller]
fn get(server: &Server, path: &str) -> Raw {
    ask(server, "GET", path, &[])
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address()).expect("the server listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
    stream
}

fn talks() -> Folder {
    let folder = Folder::new();
    let long = "Le GAR ouvre les manuels depuis l’ENT. ".repeat(50);
    folder
        .transcript("edu/le-gar", "Le GAR", "Voici le GAR, le gestionnaire d’accès aux ressources.")
        .transcript("long", "Long", &long)
        .index();
    folder
}

#[test]
fn every_answer_forbids_what_it_does_not_need() {
    let folder = talks();
    let server = folder.serve(&[]);
    for path in
        ["/", "/?q=GAR", "/transcripts/edu/le-gar?q=GAR", "/api/search?q=GAR", "/absent", "/style.css", "/metrics"]
    {
        let answer = get(&server, path);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {answer:?}");
        assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(answer.header("referrer-policy").is_some(), "{path}");
        assert!(answer.header("server-timing").is_some_and(|timing| timing.starts_with("total;dur=")), "{path}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
}

#[test]
fn an_answer_is_kept_until_the_next_commit() {
    let folder = talks();
    let server = folder.serve(&[]);
    for path in ["/api/search?q=GAR", "/api/suggest?q=ga", "/api/transcripts/long"] {
        let answer = get(&server, path);
        let tag = answer.header("etag").unwrap_or_else(|| panic!("{path}: {answer:?}")).to_owned();
        assert_eq!(answer.header("cache-control"), Some("public, max-age=60, stale-while-revalidate=600"), "{path}");
        for (known, status) in [
            (tag.clone(), 304),
            (format!("\"x\", {tag}"), 304),
            (tag.trim_start_matches("W/").to_owned(), 304),
            ("\"x\"".to_owned(), 200),
        ] {
            let again = ask(&server, "GET", path, &[&format!("if-none-match: {known}")]);
            assert_eq!(again.status, status, "{path} {known}");
            assert_eq!((again.header("etag"), again.body.is_empty()), (Some(tag.as_str()), status == 304), "{path}");
        }
    }
    let tag = |path| get(&server, path).header("etag").map(str::to_owned);
    let before = tag("/api/search?q=GAR");
    folder.transcript("nouveau", "Nouveau", "Encore le GAR.").index();
    until("another tag", || (tag("/api/search?q=GAR") != before).then_some(()));
    // What is wrong or counts is never kept, and a page is as new as the index.
    for (path, policy) in [
        ("/api/search?limit=x", "no-store"),
        ("/metrics", "no-store"),
        ("/healthz", "no-store"),
        ("/?q=GAR", "no-cache"),
    ] {
        assert_eq!(get(&server, path).header("cache-control"), Some(policy), "{path}");
    }
}

#[test]
fn answers_are_compressed_where_the_client_can_read_it() {
    let folder = talks();
    let server = folder.serve(&[]);
    let plain = get(&server, "/api/transcripts/long");
    assert_eq!(plain.header("content-encoding"), None);
    for coding in ["gzip", "br"] {
        let packed = ask(&server, "GET", "/api/transcripts/long", &[&format!("accept-encoding: {coding}")]);
        assert_eq!(packed.header("content-encoding"), Some(coding));
        assert!(packed.body.len() < plain.body.len() / 4, "{coding}: {} of {}", packed.body.len(), plain.body.len());
        assert!(packed.header("vary").is_some_and(|vary| vary.contains("accept-encoding")), "{packed:?}");
    }
}

#[test]
fn head_and_options_are_answered() {
    let folder = talks();
    let server = folder.serve(&["--allow-origin", "https://www.example.fr"]);
    for path in ["/", "/api/search?q=GAR", "/transcripts/edu/le-gar", "/healthz", "/style.css"] {
        let (whole, head) = (get(&server, path), ask(&server, "HEAD", path, &[]));
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-type"), whole.header("content-type"), "{path}");
        let options = ask(&server, "OPTIONS", path, &[]);
        let allowed = options.header("allow").unwrap_or_default();
        assert!(options.status < 300 && allowed.contains("GET") && allowed.contains("HEAD"), "{path}: {options:?}");
        let refused = ask(&server, "POST", path, &["content-length: 0"]).problem(405);
        assert_eq!(refused.header("allow"), Some("GET, HEAD, OPTIONS"), "{path}");
    }
    let answer = ask(&server, "GET", "/api/search?q=GAR", &["origin: https://www.example.fr"]);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://www.example.fr"));
    let vary = answer.header("vary").unwrap_or_default();
    assert!(vary.contains("origin"), "a cache must not give it to another site: {answer:?}");
    let stranger = ask(&server, "GET", "/api/search?q=GAR", &["origin: https://www.example.com"]);
    assert_eq!(stranger.header("access-control-allow-origin"), None);
}

#[test]
fn what_is_too_large_is_refused_by_its_name() {
    let folder = talks();
    let server = folder.serve(&[]);
    get(&server, &format!("/api/search?q={}", "a".repeat(11_000))).problem(414);
    get(&server, &format!("/{}", "a/".repeat(11_000))).problem(414);
    let large = "a".repeat(12_000);
    let head = [format!("x-one: {large}"), format!("x-two: {large}"), format!("x-three: {large}")];
    ask(&server, "GET", "/", &[&head[0], &head[1], &head[2]]).problem(431);
    for path in ["/", "/api/search?q=GAR"] {
        ask(&server, "GET", path, &["content-length: 1000000000"]).problem(413);
        ask(&server, "POST", path, &["content-length: 99999999999999999999999"]);
    }
    // Beyond all measure the head is not even read.
    let endless = "a".repeat(300_000);
    assert_eq!(ask(&server, "GET", "/", &[&format!("x-endless: {endless}")]).status, 431);
    let many: Vec<String> = (0..500).map(|at| format!("x-{at}: 1")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(ask(&server, "GET", "/", &many).status, 431);
    // A thousand characters that take three escaped bytes each are a query.
    let query = "%E2%80%99a".repeat(500);
    assert_eq!(get(&server, &format!("/api/search?q={query}")).status, 200);
    assert_eq!(get(&server, "/healthz").status, 200);
}

#[test]
fn no_path_leads_out_of_the_index() {
    let folder = talks();
    folder.file("../secret.md", "---\ntitle: Secret\n---\n\nsecret\n");
    let server = folder.serve(&[]);
    for way in [
        "../secret",
        "..%2Fsecret",
        "%2e%2e/secret",
        "..%5Csecret",
        "/../secret",
        "%00",
        "edu/../../secret",
        "//etc/passwd",
    ] {
        for root in ["/transcripts/", "/api/transcripts/", "/"] {
            let answer = get(&server, &format!("{root}{way}"));
            assert!(matches!(answer.status, 400 | 404), "{root}{way}: {answer:?}");
            let body = String::from_utf8_lossy(&answer.body).to_lowercase();
            assert!(!body.contains("title: secret") && !body.contains("root:"), "{root}{way}: {body}");
        }
    }
}

#[test]
fn a_request_has_a_number() {
    let folder = talks();
    let server = folder.serve(&[]);
    let id = |head: &[&str]| ask(&server, "GET", "/healthz", head).header("x-request-id").map(str::to_owned);
    let (one, other) = (id(&[]).expect("a number"), id(&[]).expect("a number"));
    assert_ne!(one, other);
    assert_eq!(id(&["x-request-id: abc-123"]).as_deref(), Some("abc-123"), "that of the proxy");
    for bad in ["x-request-id: a b", "x-request-id: \"<script>\"", &format!("x-request-id: {}", "a".repeat(65))] {
        let given = id(&[bad]).expect("a number");
        assert!(given.len() == 16 && !bad.contains(&given), "{bad}: {given}");
    }
}

#[test]
fn the_log_knows_who_asked_but_not_what() {
    let folder = talks();
    let server = folder.serve(&["--access-log", "--trusted-proxy", "127.0.0.0/8"]);
    ask(&server, "GET", "/api/search?q=secret", &["x-forwarded-for: 127.0.0.1, 198.51.100.7", "x-request-id: r1"]);
    let line = until("a line", || server.talk().lines().find(|line| line.contains("\"r1\"")).map(str::to_owned));
    let line: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
    assert_eq!(line["client"], "198.51.100.7");
    assert_eq!((&line["method"], &line["path"], &line["status"]), (&"GET".into(), &"/api/search".into(), &200.into()));
    assert!(line["time"].is_number() && line["seconds"].is_number(), "{line}");
    assert!(!server.talk().contains("secret"), "{}", server.talk());
    let silent = folder.serve(&[]);
    get(&silent, "/healthz");
    assert!(!silent.talk().contains("healthz"), "nothing is logged where nobody asked for it");
}

#[test]
fn who_asks_too_often_waits() {
    let folder = talks();
    let server = folder.serve(&["--rate-limit", "3", "--trusted-proxy", "127.0.0.1"]);
    let from = |client: &str| ask(&server, "GET", "/healthz", &[&format!("x-forwarded-for: {client}")]);
    let answers: Vec<Raw> = (0..30).map(|_| from("198.51.100.1")).collect();
    let refused = answers.into_iter().find(|answer| answer.status == 429).expect("30 requests at once are too many");
    let refused = refused.problem(429);
    let wait = refused.header("retry-after").and_then(|wait| wait.parse::<u64>().ok());
    assert!(wait.is_some_and(|wait| wait >= 1), "{refused:?}");
    assert_eq!(from("198.51.100.2").status, 200, "others may go on");
}

#[test]
fn what_happens_is_counted() {
    let folder = talks();
    let server = folder.serve(&[]);
    get(&server, "/api/search?q=confidentiel");
    get(&server, "/api/search?limit=x");
    get(&server, "/api/transcripts/edu/le-gar");
    get(&server, "/vers-nulle-part");
    let answer = get(&server, "/metrics");
    let kind = answer.header("content-type").unwrap_or_default();
    assert!(kind.starts_with("application/openmetrics-text"), "{answer:?}");
    let counts = String::from_utf8(answer.body).expect("UTF-8");
    for line in [
        "verbatim_requests_total{route=\"/api/search\",status=\"200\"} 1",
        "verbatim_requests_total{route=\"/api/search\",status=\"400\"} 1",
        "verbatim_requests_total{route=\"/api/transcripts/{*id}\",status=\"200\"} 1",
        "verbatim_requests_total{route=\"none\",status=\"404\"} 1",
        "verbatim_request_duration_seconds_count{route=\"/api/search\"} 2",
        "verbatim_searches_in_flight 0",
        "verbatim_transcripts 2",
        "verbatim_index_switch_failures_total 0",
    ] {
        assert!(counts.lines().any(|counted| counted == line), "{line}: {counts}");
    }
    assert!(!counts.contains("confidentiel") && !counts.contains("nulle-part"), "no query, no path: {counts}");
}

#[test]
fn the_api_describes_itself() {
    let folder = talks();
    let server = folder.serve(&[]);
    let api = get(&server, "/openapi.json").json();
    assert!(api["openapi"].as_str().is_some_and(|version| version.starts_with("3.")), "{api}");
    let paths: Vec<&String> = api["paths"].as_object().expect("paths").keys().collect();
    assert_eq!(paths, ["/api/search", "/api/suggest", "/api/transcripts/{id}", "/healthz"]);
    // What is said of an answer holds for one.
    let schemas = &api["components"]["schemas"];
    for (path, schema) in [
        ("/api/search?q=GAR", "AnswerJson"),
        ("/api/suggest?q=ga", "SuggestionsJson"),
        ("/api/transcripts/edu/le-gar", "TranscriptJson"),
        ("/healthz", "HealthJson"),
    ] {
        let answer = get(&server, path).json();
        let said: Vec<&String> = schemas[schema]["properties"].as_object().expect("properties").keys().collect();
        let mut given: Vec<&String> = answer.as_object().expect("an object").keys().collect();
        given.sort();
        let mut said_in_order = said.clone();
        said_in_order.sort();
        assert_eq!(said_in_order, given, "{path}");
    }
}

/// How many half requests are held open: more than a server of threads would have.
const HALF_REQUESTS: usize = 500;

#[test]
fn who_sends_half_a_request_keeps_nobody_waiting() {
    let folder = talks();
    let server = folder.serve(&[]);
    let mut held = Vec::with_capacity(HALF_REQUESTS);
    for _ in 0..HALF_REQUESTS {
        let mut stream = connect(&server);
        write!(stream, "GET /api/search?q=GAR HTTP/1.1\r\nhost: example.fr\r\nx-slow: ").expect("the server reads");
        held.push(stream);
    }
    for _ in 0..20 {
        for stream in &mut held {
            // A byte now and then; who is dropped for it need not be told.
            let _ = stream.write_all(b"a");
        }
        assert_eq!(Answer(get(&server, "/api/search?q=GAR").json()).total(), 2);
    }
    // They are dropped in the end, however many bytes they send.
    let mut answer = Vec::new();
    let ended = held[0].read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    assert!(ended.is_ok() && (answer.is_empty() || answer.starts_with("HTTP/1.1 408")), "{ended:?} {answer}");
}

/// Queries that a visitor with bad intentions would try, and what is said of them, if anything.
fn nasty() -> Vec<(String, &'static str)> {
    let letters = "abcdefghijklmnopqrstuvwxyz";
    let many = |word: &str, times: usize| vec![word; times].join(" ");
    vec![
        ("*".repeat(1000), ""),
        (many("a*", 500), "beginnings of words"),
        (many("a*", 9), "beginnings of words"),
        (many("s*", 8), ""), // as many as are read
        (letters.chars().cycle().take(64).map(|letter| format!("{letter}* ")).collect(), "beginnings of words"),
        (format!("\"{}\"", many("de la", 160)), "first 64 words"),
        (many("\"de la\"", 120), "first 64 words"),
        (format!("\"{}", many("le de", 150)), "not closed"),
        (format!("GAR {}", many("-classe", 120)), "first 64 words"),
        (many("-\"de la\"", 110), "first 64 words"),
        (many("xqzwvkj", 120), "first 64 words"),
        ((0..64).map(|at| format!("numériqeu{} ", &letters[at % 26..=at % 26])).collect(), ""),
        (many("a,b,c,d,e,f,g,h", 60), "first 64 words"),
        (many("area:x", 150), "area"),
        (many("speaker:a", 110), "nobody called"),
        ("é\u{301}\u{302}\u{303}".repeat(250), ""),
        ("\"".repeat(1000), ""),
        ("œ'".repeat(500), ""),
        (many("G.A.R.", 140), "first 64 words"),
        ("a".repeat(1_500), "first 1000 characters"),
    ]
}

/// Transcripts that say much the same, so that searches have much to do.
fn courses() -> Folder {
    let folder = Folder::new();
    let said =
        "On parle de la classe inversée, de l’ENT et du GAR ; la suite de la séance est pour le professeur. ".repeat(8);
    for at in 0..150 {
        folder.transcript(&format!("t{at:04}"), &format!("Séance {at}"), &format!("Mot{at} unique{at}. {said}"));
    }
    folder.index();
    folder
}

#[test]
fn no_query_is_too_nasty() {
    let folder = courses();
    let (patient, hasty) = (folder.serve(&["--search-timeout", "60"]), folder.serve(&["--search-timeout", "0.001"]));
    for (query, note) in nasty() {
        let path = |query: &str| format!("/api/search?limit=20&snippets=5&q={}", escaped(query));
        let answer = get(&patient, &path(&query));
        assert_eq!(answer.status, 200, "{query}: {answer:?}");
        let notes = answer.json()["notes"].to_string();
        assert!(if note.is_empty() { notes == "[]" } else { notes.contains(note) }, "{query}: {notes}");
        assert!(!notes.contains("took too long"), "{query}: {notes}");
        // Whoever has no time answers all the same, and says so.
        let answer = get(&hasty, &path(&query));
        assert_eq!(answer.status, 200, "{query}: {answer:?}");
        if answer.json()["notes"].to_string().contains("took too long") {
            assert_eq!((answer.header("cache-control"), answer.header("etag")), (Some("no-store"), None), "{query}");
        }
        assert_eq!(get(&hasty, &format!("/transcripts/t0001?q={}", escaped(&query))).status, 200, "{query}");
        assert_eq!(get(&hasty, &format!("/?q={}", escaped(&query))).status, 200, "{query}");
        assert_eq!(get(&hasty, &format!("/api/suggest?q={}", escaped(&query))).status, 200, "{query}");
    }
    let stopped = get(&hasty, "/api/search?limit=100&snippets=10&q=classe+invers%C3%A9e+ENT+GAR+s%C3%A9ance");
    assert!(stopped.json()["notes"].to_string().contains("took too long"), "{stopped:?}");
}

/// How many search at the same time where one may: enough for most of them to wait in vain, also where a search takes
/// but a few milliseconds.
const CROWD: usize = 250;

#[test]
fn who_searches_when_too_many_do_is_told_when_to_come_again() {
    let folder = courses();
    let server = folder.serve(&["--max-searches", "1", "--search-timeout", "60"]);
    let path = format!("/api/search?limit=100&snippets=10&q={}", escaped("classe inversée ENT GAR séance professeur"));
    let answers: Vec<Raw> = thread::scope(|scope| {
        let crowd: Vec<_> = (0..CROWD).map(|_| scope.spawn(|| get(&server, &path))).collect();
        crowd.into_iter().map(|visitor| visitor.join().expect("an answer")).collect()
    });
    let (answered, refused): (Vec<Raw>, Vec<Raw>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert!(!answered.is_empty() && !refused.is_empty(), "{} answered, {} refused", answered.len(), refused.len());
    for refused in refused {
        assert_eq!(refused.problem(503).header("retry-after"), Some("1"));
    }
    assert_eq!(get(&server, &path).status, 200, "once they are gone there is a turn");
}

/// A value of a query string, every byte escaped.
fn escaped(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
