//! Ours beside Tantivy used plainly: the same text, in the same run, one after the other for each question.
//!
//! It prints ratios, which hold from one machine to the next where figures do not. Two corpora: talks made of the
//! sentences of `data/`, and, where the shared material lies beside the project, talks made of many more sentences with
//! real transcripts among them. `TRANSCRIPTS=500` makes both smaller.

#![allow(clippy::print_stdout, reason = "a benchmark is read on a terminal")]

use std::{
    env, fs,
    io::{BufRead, BufReader},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use verbatim_french::is_stop_word;
use verbatim_indexer::sources;
use verbatim_query::{Found, Request, Searcher};

use corpus::talks::{Lot, Talks};
use plain::Plain;

mod corpus;
mod plain;

/// How many questions of each kind are asked,
const QUESTIONS: usize = 200;
/// and how often each of them, in a row; its median counts.
const ROUNDS: usize = 7;
/// How often each indexes all transcripts.
const INDEXINGS: usize = 3;
/// How often the program is started.
const STARTS: usize = 31;

fn main() {
    let count = |default| match env::var("TRANSCRIPTS") {
        Ok(number) => number.parse().expect("TRANSCRIPTS is a number"),
        Err(_) => default,
    };
    compare("data/", &Talks::of_samples(count(2_000)));
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    if let Ok(text) = fs::read_to_string(shared.join("commonvoice-sentences.txt")) {
        let sentences = text.lines().map(str::to_owned).collect();
        let real = ["bdxio2022", "hf-course", "pix-tutos", "thinkerview"].map(|name| shared.join(name));
        compare("the shared sentences and transcripts", &Talks::new(sentences, count(20_000), &real));
    } else {
        println!("\nSKIPPED: the shared corpus is not beside the project, so only data/ was compared");
    }
}

fn compare(name: &str, talks: &Talks) {
    let texts = Texts::of(talks.path());
    println!("\n{} transcripts made of {name}, {:.1} MB of text", texts.paths.len(), texts.bytes as f64 / 1e6);

    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder for temporary files"));
    // In turn, and the fastest counts: whoever comes first waits for the disk to take the texts in.
    let (mut plain, mut times) = (None, [Duration::MAX; 2]);
    for _ in 0..INDEXINGS {
        let [theirs, ours] = folders.each_ref().map(|folder| folder.path());
        folders.iter().for_each(|folder| empty(folder.path()));
        let (index, time) = timed(|| Plain::index(&texts.paths, theirs).expect("an index of the texts"));
        (plain, times[0]) = (Some(index), times[0].min(time));
        let (report, time) = timed(|| talks.index(ours));
        assert_eq!((report.added, report.skipped.len()), (texts.paths.len() as u64, 0), "{report:?}");
        times[1] = times[1].min(time);
    }
    let plain = plain.expect("it was indexed");
    let [theirs, ours] = times.map(|time| texts.bytes as f64 / 1e6 / time.as_secs_f64());
    println!("indexing    {ours:.1} MB/s, plainly {theirs:.1} MB/s: {:.2} x", ours / theirs);
    let [theirs, ours] = folders.each_ref().map(|folder| size(folder.path()) as f64 / texts.bytes as f64);
    println!("index size  {ours:.2} x the text, plainly {theirs:.2} x");

    let searcher = Searcher::open(folders[1].path(), None).unwrap_or_else(|error| panic!("{error}"));
    println!(
        "{:12}{:>24}{:>36}{:>36}",
        "", "ours, 3 passages each", "plainly, ten texts fetched", "plainly, one snippet each"
    );
    for (kind, questions) in questions(&talks.sentences) {
        answers(kind, &questions, &searcher, &plain);
    }
    started(folders[1].path(), &talks.sentences);
}

/// The same transcripts as plain texts, a file each: what the engine used plainly reads.
struct Texts {
    _folder: tempfile::TempDir,
    paths: Vec<PathBuf>,
    bytes: usize,
}

impl Texts {
    fn of(talks: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let mut new = Self { paths: Vec::new(), bytes: 0, _folder: folder };
        let (sources, _) = sources(&[talks.to_owned()]).expect("a folder of talks");
        let mut transcripts = Vec::new();
        for source in &sources {
            let read = source.read(|loaded| {
                transcripts.extend(loaded.transcripts);
                ControlFlow::Continue(())
            });
            read.unwrap_or_else(|reason| panic!("{reason}"));
        }
        for transcript in &transcripts {
            let metadata = &transcript.metadata;
            let head = [Some(metadata.title.as_str()), metadata.description.as_deref()];
            let said = transcript.segments.iter().map(|segment| segment.text.as_str());
            let text: Vec<&str> = head.into_iter().flatten().chain(said).collect();
            let path = new._folder.path().join(format!("{}.txt", transcript.id.replace('/', "-")));
            let text = text.join("\n");
            fs::write(&path, &text).expect("a new file");
            new.bytes += text.len();
            new.paths.push(path);
        }
        new
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// Removes all that is in a folder.
fn empty(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder that can be read").flatten() {
        let path = entry.path();
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.expect("a folder that can be emptied");
    }
}

fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).expect("a folder that can be read").flatten();
    entries
        .map(
            |entry| {
                if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().map_or(0, |file| file.len()) }
            },
        )
        .sum()
}

/// Questions of each kind, taken from the sentences: what is frequent there is asked often.
fn questions(sentences: &[String]) -> [(&'static str, Vec<String>); 3] {
    let mut lot = Lot(11);
    let mut draw = |length: usize, accept: &dyn Fn(&[&str]) -> bool| -> Vec<String> {
        let mut questions = Vec::new();
        while questions.len() < QUESTIONS {
            let sentence = lot.of(sentences);
            let words: Vec<&str> = sentence.split(' ').collect();
            if words.len() > length {
                let at = lot.number(0..words.len() - length);
                let words = &words[at..at + length];
                let are_words = words.iter().all(|word| word.len() > 1 && word.chars().all(char::is_lowercase));
                if are_words && accept(words) {
                    questions.push(words.join(" "));
                }
            }
        }
        questions
    };
    let content = |words: &[&str]| words.iter().all(|word| word.len() > 4 && !is_stop_word(word));
    let one = draw(1, &content);
    let two = draw(2, &content);
    let phrases = draw(3, &|_| true).into_iter().map(|words| format!("\"{words}\"")).collect();
    [("one word", one), ("two words", two), ("phrase", phrases)]
}

/// Asks all three, one after the other for each question, and prints what each takes. Each is asked all its rounds in a row:
/// in turn, the one that reads most would leave nothing at hand of what the others read, but what it has in common with them.
fn answers(kind: &str, questions: &[String], searcher: &Searcher, plain: &Plain) {
    let mut medians: [Vec<f64>; 3] = Default::default();
    let mut with_light = 0;
    for question in questions {
        let request = Request { query: question.clone(), limit: 10, snippets: 3, ..Request::default() };
        let ours = median(|| {
            let answer = searcher.search(&request).unwrap_or_else(|error| panic!("{error}"));
            assert!(!answer.results.is_empty(), "{question}: {answer:?}");
            let lit_here = |found: &Found| found.snippets.iter().any(|snippet| !snippet.highlights.is_empty());
            with_light += usize::from(answer.results.iter().any(lit_here));
        });
        let fetched = median(|| {
            let (texts, bytes) = plain.fetch(question).expect("an answer");
            assert!(texts > 0 && bytes > texts, "{question}: {texts} texts, {bytes} bytes");
        });
        let lit = median(|| {
            let lit = plain.snippets(question).expect("an answer");
            assert!(lit > 0, "{question}");
        });
        for (medians, time) in medians.iter_mut().zip([ours, fetched, lit]) {
            medians.push(time);
        }
    }
    // Where only titles have the word, there is no passage.
    assert!(with_light * 10 > questions.len() * ROUNDS * 9, "{kind}: {with_light}");
    let [ours, fetch, snippets] = medians.each_mut().map(|times| (at(times, 0.5), at(times, 0.99)));
    let figures = |(p50, p99): (f64, f64)| format!("p50 {p50:.2} p99 {p99:.2} ms");
    let beside =
        |theirs: (f64, f64)| format!("{}: {:.3} x {:.3} x", figures(theirs), ours.0 / theirs.0, ours.1 / theirs.1);
    println!("{kind:12}{:>24}{:>40}{:>40}", figures(ours), beside(fetch), beside(snippets));
}

/// What some work takes, in milliseconds: the median of [`ROUNDS`].
fn median(mut work: impl FnMut()) -> f64 {
    let mut times = [(); ROUNDS].map(|()| timed(&mut work).1.as_secs_f64() * 1e3);
    at(&mut times, 0.5)
}

/// The time below which a part of `times` lies.
fn at(times: &mut [f64], part: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * part).round() as usize]
}

/// Prints what the program takes to start, open the index and answer, and what memory the server has of its own.
fn started(index: &Path, sentences: &[String]) {
    let program = env!("CARGO_BIN_EXE_verbatim");
    let question = &questions(sentences)[0].1[0];
    let run = |arguments: &[&str]| {
        let (done, time) = timed(|| Command::new(program).args(arguments).env("VERBATIM_INDEX", index).output());
        let done = done.expect("the program");
        assert!(done.status.success() && !done.stdout.is_empty(), "{arguments:?}: {done:?}");
        time.as_secs_f64() * 1e3
    };
    let (mut starts, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        starts.push(run(&["--version"]));
        answers.push(run(&["search", question]));
    }
    let (start, answer) = (at(&mut starts, 0.5), at(&mut answers, 0.5));
    println!("first answer {:.1} ms beyond the start of the program ({start:.1} ms)", answer - start);

    let mut server = Command::new(program)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .env("VERBATIM_INDEX", index)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the server");
    let mut line = String::new();
    BufReader::new(server.stderr.take().expect("piped")).read_line(&mut line).expect("a line");
    let address = line.split_whitespace().find_map(|word| word.strip_prefix("http://")).expect("its address");
    let address = address.trim_end_matches(',');
    for question in questions(sentences).iter().flat_map(|(_, questions)| questions) {
        let answer = ureq::get(format!("http://{address}/api/search")).query("q", question).call().expect("an answer");
        assert_eq!(answer.status(), 200, "{question}");
    }
    if let Ok(status) = fs::read_to_string(format!("/proc/{}/status", server.id())) {
        let line =
            |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
        println!("server memory {} of its own, {} of mapped files", line("RssAnon:"), line("RssFile:"));
    } else {
        println!("SKIPPED: server memory, which only Linux tells");
    }
    server.kill().expect("a server that can be stopped");
    server.wait().expect("its end");
}
