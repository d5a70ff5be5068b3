//! Many ask while the folder changes: every answer is that of a state that there was, and none is older than one seen
//! before.
//!
//! `VERBATIM_SOAK=600 VERBATIM_CLIENTS=64 cargo test soak` is the long run, which also looks at the memory.

use std::{
    env, fs,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use verbatim_indexer::{Options, update};
use verbatim_query::{Live, Request};

use crate::support::{DEADLINE, Folder, agent, get, lit, skipped, snippets, tell, text, until};

/// How many transcripts there are.
const TALKS: usize = 60;
/// How long a client thinks between two questions.
const THOUGHT: Duration = Duration::from_millis(100);
/// How often a transcript changes.
const PACE: Duration = Duration::from_secs(1);

/// A number from the environment.
fn number(name: &str, usual: u64) -> u64 {
    env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// What is true: which version of each transcript was written last, and which was seen last.
struct Model {
    written: Vec<AtomicU64>,
    seen: Vec<AtomicU64>,
    answers: AtomicU64,
    wrong: Mutex<Vec<String>>,
}

impl Model {
    fn new() -> Self {
        let zeros = || (0..TALKS).map(|_| AtomicU64::new(0)).collect();
        Self { written: zeros(), seen: zeros(), answers: AtomicU64::new(0), wrong: Mutex::default() }
    }

    /// Checks an answer: `read` is given the body and says which version it shows.
    fn check(&self, agent: &ureq::Agent, address: &str, path: &str, talk: usize, read: impl Fn(&Value) -> Option<u64>) {
        let seen = self.seen[talk].load(Ordering::SeqCst);
        let response = get(agent, address, path);
        let written = self.written[talk].load(Ordering::SeqCst);
        let found = response
            .as_ref()
            .ok()
            .filter(|response| response.status == 200)
            .and_then(|response| read(&response.json()));
        match found {
            Some(version) if seen <= version && version <= written => {
                self.seen[talk].fetch_max(version, Ordering::SeqCst);
            }
            found => {
                let mut wrong = self.wrong.lock().expect("nobody panics with it");
                wrong.push(format!("{path}: {found:?}, not within {seen}..={written}: {response:?}"));
            }
        }
        self.answers.fetch_add(1, Ordering::SeqCst);
    }

    /// Asks one question of each kind about a transcript.
    fn ask(&self, agent: &ureq::Agent, address: &str, talk: usize) {
        let (word, id) = (word(talk), format!("edu/{talk}"));
        self.check(agent, address, &format!("/api/search?q={word}"), talk, |answer| {
            let result = answer["results"].as_array()?.first()?;
            let is_right = answer["total"] == 1 && result["id"] == id;
            let snippet = snippets(result).first()?;
            let is_lit = lit(snippet) == [word.clone()];
            version(text(snippet)).filter(|_| is_right && is_lit)
        });
        self.check(agent, address, &format!("/api/transcripts/{id}"), talk, |transcript| {
            version(transcript["segments"].as_array()?.first()?["text"].as_str()?)
        });
        // What all say is found in all, whichever is being replaced.
        let response = get(agent, address, "/api/search?q=%22toutes+les+classes%22&limit=1");
        let total = response
            .as_ref()
            .ok()
            .filter(|response| response.status == 200)
            .map(|response| response.json()["total"].clone());
        if total != Some(TALKS.into()) {
            self.wrong.lock().expect("nobody panics with it").push(format!("{total:?}: {response:?}"));
        }
        self.answers.fetch_add(1, Ordering::SeqCst);
    }
}

/// A word that only one transcript says.
fn word(talk: usize) -> String {
    let syllable = |at: usize| ["bal", "dor", "fim", "gul", "kes", "lan", "mor", "nif"][at % 8];
    format!("{}{}{}o", syllable(talk / 64), syllable(talk / 8), syllable(talk))
}

/// The version that a text says it is.
fn version(text: &str) -> Option<u64> {
    text.split_once("version ")?.1.split('.').next()?.parse().ok()
}

/// Replaces a transcript as programs do that want nobody to see half of it.
fn write(folder: &Folder, talk: usize, version: u64) {
    let draft = folder.path().join("draft");
    let said = format!("Le mot {} de la version {version}. On parle à toutes les classes du GAR.", word(talk));
    fs::write(&draft, format!("---\ntitle: Vidéo\n---\n\n## Transcription\n\n{said}\n")).expect("our own folder");
    fs::create_dir_all(folder.talk("edu")).expect("our own folder");
    fs::rename(&draft, folder.talk(&format!("edu/{talk}.md"))).expect("our own folder");
}

/// What a process holds of the memory, in kilobytes.
fn memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok())
}

#[test]
fn every_answer_is_of_a_state_that_there_was() {
    let (seconds, clients) = (number("VERBATIM_SOAK", 6), number("VERBATIM_CLIENTS", 8));
    let folder = Folder::new();
    for talk in 0..TALKS {
        write(&folder, talk, 0);
    }
    let server = folder.serve(&["talks", "--watch"]);
    let (model, done) = (Model::new(), AtomicBool::new(false));
    let mut memories = Vec::new();
    thread::scope(|scope| {
        for client in 0..clients as usize {
            let (model, done, address) = (&model, &done, server.address());
            scope.spawn(move || {
                let agent = agent();
                for question in 0.. {
                    if done.load(Ordering::SeqCst) {
                        break;
                    }
                    model.ask(&agent, address, (client * 7 + question * 13) % TALKS);
                    thread::sleep(THOUGHT);
                }
            });
        }
        let start = Instant::now();
        for version in 1.. {
            if start.elapsed() >= Duration::from_secs(seconds) {
                break;
            }
            let talk = version as usize * 11 % TALKS;
            model.written[talk].store(version, Ordering::SeqCst);
            write(&folder, talk, version);
            memories.extend(memory(server.id()).map(|kilobytes| (start.elapsed(), kilobytes)));
            thread::sleep(PACE);
        }
        done.store(true, Ordering::SeqCst);
    });
    let wrong = model.wrong.into_inner().expect("nobody panics with it");
    let answers = model.answers.into_inner();
    assert!(wrong.is_empty(), "{} of {answers} answers are wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    let changed = model.seen.iter().filter(|seen| seen.load(Ordering::SeqCst) > 0).count();
    assert!(answers > 0 && changed > 0, "{answers} answers, {changed} changes seen");
    // In the end all that was written is seen.
    for (talk, written) in model.written.iter().enumerate() {
        let path = format!("/api/search?q={}", word(talk));
        until(&path, || {
            let answer = server.get(&path).json();
            let found = version(text(snippets(answer["results"].get(0)?).first()?));
            (found == Some(written.load(Ordering::SeqCst))).then_some(())
        });
    }
    flat(&memories, Duration::from_secs(seconds), answers);
}

/// Checks that the server holds no more memory in the last minute than in the second, by 5 %.
fn flat(memories: &[(Duration, u64)], length: Duration, answers: u64) {
    let minute = Duration::from_secs(60);
    if memories.is_empty() || length < minute * 4 {
        return skipped("memory: this takes Linux and VERBATIM_SOAK of four minutes or more");
    }
    let mean = |from: Duration, to: Duration| {
        let within: Vec<u64> =
            memories.iter().filter(|(at, _)| (from..to).contains(at)).map(|(_, size)| *size).collect();
        within.iter().sum::<u64>() as f64 / within.len() as f64
    };
    let (second, last) = (mean(minute, minute * 2), mean(length - minute, length));
    let minutes = (0..length.as_secs() as u32 / 60).map(|at| mean(minute * at, minute * (at + 1)) as u64);
    tell(&format!("{answers} answers, memory by the minute in kB: {:?}", minutes.collect::<Vec<_>>()));
    assert!(last <= second * 1.05, "{second:.0} kB in the second minute, {last:.0} kB in the last");
}

#[test]
fn who_reads_keeps_one_state_while_it_is_switched() {
    let folder = Folder::new();
    for talk in 0..TALKS {
        write(&folder, talk, 0);
    }
    let index = folder.path().join("index");
    let bring_in_line = |rebuild| {
        let options = Options { paths: vec![folder.talk("")], index: index.clone(), rebuild };
        update(&options, &|_, _| {}).unwrap_or_else(|error| panic!("{error}"));
    };
    bring_in_line(false);
    let live = Live::open(&index, None).unwrap_or_else(|error| panic!("{error}"));
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(|| read_until(&live, &done))).collect();
        let switches = scope.spawn(|| {
            let mut switches = 0;
            while !done.load(Ordering::SeqCst) {
                switches += u32::from(live.refresh().unwrap_or_else(|error| panic!("{error}")));
            }
            switches
        });
        let start = Instant::now();
        for version in 1..=12 {
            // All change at once: an answer of two states would have two versions.
            (0..TALKS).for_each(|talk| write(&folder, talk, version));
            bring_in_line(version % 4 == 0);
            assert!(start.elapsed() < DEADLINE * 4, "the disk is too slow for this test");
        }
        done.store(true, Ordering::SeqCst);
        assert!(switches.join().expect("every state opens") > 0);
        for reader in readers {
            assert!(reader.join().expect("every answer is of one state") > 0);
        }
    });
    assert_generations(&index);
}

/// Asks again and again; all of an answer, and all answers of one searcher, are of one version, which never falls.
fn read_until(live: &Live, done: &AtomicBool) -> u64 {
    let (mut answers, mut last) = (0, 0);
    while !done.load(Ordering::SeqCst) {
        let searcher = live.searcher();
        let mut versions = Vec::new();
        for query in ["GAR", "\"toutes les classes\"", "version"] {
            let request = Request { query: query.to_owned(), limit: TALKS, snippets: 1, ..Request::default() };
            let answer = searcher.search(&request).unwrap_or_else(|error| panic!("{query}: {error}"));
            assert_eq!(answer.total, TALKS, "{query}");
            answers += 1;
        }
        for talk in 0..TALKS {
            let reading = searcher.read(&format!("edu/{talk}"), "").unwrap_or_else(|error| panic!("{error}"));
            let reading = reading.expect("all are there at any time");
            versions.extend(reading.record.segments().next().and_then(|segment| version(segment.text)));
        }
        versions.dedup();
        let [version] = versions[..] else { panic!("an answer of several states: {versions:?}") };
        assert!(version >= last, "{version} after {last}");
        last = version;
    }
    answers
}

fn assert_generations(index: &Path) {
    let generations = fs::read_dir(index).expect("the index").flatten().filter(|entry| entry.path().is_dir()).count();
    assert_eq!(generations, 1);
}
