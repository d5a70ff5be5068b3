//! How many requests a second the server answers over loopback, beside the same questions asked in its own process.
//!
//! Its figures are quantiles and a ratio, which criterion does not print, so it measures by itself.

#![allow(clippy::print_stdout, reason = "a benchmark is read on a terminal")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use verbatim_query::{AnswerJson, Live, Request, Searcher, http};

use corpus::talks::Talks;

mod corpus;

const TALKS: usize = 1_000;
const CLIENTS: [usize; 3] = [1, 8, 64];
/// How long each number of clients asks.
const TIME: Duration = Duration::from_secs(5);

const QUESTIONS: [&str; 6] = [
    "GAR",
    "hameçonnage",
    "demander une ressource dans le GAR",
    "\"classe inversée\" dix ans",
    "cyberharc*",
    "mot de passe robuste",
];

fn main() {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    Talks::of_samples(TALKS).index(folder.path());
    let live = Arc::new(Live::open(folder.path(), None).unwrap_or_else(|error| panic!("{error}")));

    let threads = thread::available_parallelism().map_or(1, usize::from);
    let searcher = live.searcher();
    let inside = asked_by(threads, &|question| answer(&searcher, question));
    println!("in process, {threads:2} threads  {inside}");

    let address = serve(live);
    for clients in CLIENTS {
        let outside = asked_over_http(address, clients);
        let (throughput, spread) = (outside.rate() / inside.rate(), outside.at(0.99) / outside.at(0.5));
        println!(
            "over HTTP, {clients:2} clients   {outside}: {throughput:.2} x the throughput, p99 is {spread:.1} x p50"
        );
    }
}

/// The bytes of an answer, spelt.
fn answer(searcher: &Searcher, question: &str) -> usize {
    let request = Request { query: question.to_owned(), limit: 10, snippets: 3, grouped: true, ..Request::default() };
    let answer = searcher.search(&request).unwrap_or_else(|error| panic!("{question}: {error}"));
    assert!(!answer.results.is_empty(), "{question}");
    serde_json::to_vec(&AnswerJson::new(&answer)).expect("an answer that serialises").len()
}

/// The server, in a thread of its own until the end.
fn serve(live: Arc<Live>) -> SocketAddr {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            tell.send(listener.local_addr().expect("an address")).expect("someone who asks");
            http::serve(listener, live, http::Options::default(), std::future::pending(), |_| {})
                .await
                .expect("a server");
        });
    });
    told.recv().expect("a server")
}

/// How long each of the answers took, in seconds, and all of them together.
struct Times {
    each: Vec<f64>,
    all: Duration,
}

impl Times {
    fn rate(&self) -> f64 {
        self.each.len() as f64 / self.all.as_secs_f64()
    }

    /// The time below which a part of them lies.
    fn at(&self, part: f64) -> f64 {
        self.each[((self.each.len() - 1) as f64 * part).round() as usize]
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [p50, p99] = [0.5, 0.99].map(|part| self.at(part) * 1e3);
        write!(f, "{:5.0} answers/s, p50 {p50:.2} ms, p99 {p99:.2} ms", self.rate())
    }
}

/// Asks one question after the other in each of some threads.
fn asked_by(threads: usize, ask: &(dyn Fn(&str) -> usize + Sync)) -> Times {
    let start = Instant::now();
    let run = |number: usize| {
        let mut times = Vec::new();
        for question in QUESTIONS.iter().cycle().skip(number).take_while(|_| start.elapsed() < TIME) {
            let start = Instant::now();
            assert!(ask(question) > 1_000, "{question}: hardly an answer");
            times.push(start.elapsed().as_secs_f64());
        }
        times
    };
    let mut each: Vec<f64> = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|number| scope.spawn(move || run(number))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a thread that ends well")).collect()
    });
    each.sort_by(f64::total_cmp);
    Times { each, all: start.elapsed() }
}

fn asked_over_http(address: SocketAddr, clients: usize) -> Times {
    thread_local! {
        static CONNECTION: std::cell::RefCell<Option<BufReader<TcpStream>>> = const { std::cell::RefCell::new(None) };
    }
    asked_by(clients, &|question| {
        CONNECTION.with_borrow_mut(|connection| {
            let connection = connection.get_or_insert_with(|| {
                let stream = TcpStream::connect(address).expect("a connection");
                stream.set_nodelay(true).expect("a socket");
                BufReader::new(stream)
            });
            ask(connection, question)
        })
    })
}

/// One request on a connection that stays open, by as little code as it takes: the client shares the processor with the
/// server. Returns the bytes of the answer.
fn ask(connection: &mut BufReader<TcpStream>, question: &str) -> usize {
    let question: String = question.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let request = format!("GET /api/search?q={question} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    connection.get_mut().write_all(request.as_bytes()).expect("a connection that takes a request");
    let (mut line, mut length) = (String::new(), 0);
    connection.read_line(&mut line).expect("a status");
    assert!(line.starts_with("HTTP/1.1 200"), "{line}");
    while line != "\r\n" {
        line.clear();
        connection.read_line(&mut line).expect("a header");
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).expect("a body");
    length
}
