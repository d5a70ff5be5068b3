//! Whenever `verbatim index` is killed, the index opens and holds the old state or the new one, and nothing between.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::{ExitStatus, Stdio},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use crate::support::{Answer, Folder, Running, program, skipped, until};

const KILLS: usize = 20;

/// Transcripts in each of the two states. None of a state is in the other, but for the names of some files.
const OLD: (&str, usize) = ("Ancien", 300);
const NEW: (&str, usize) = ("Nouveau", 240);

#[test]
fn killed_at_any_moment_the_index_holds_one_state() {
    let mut chance = Chance::new();
    let folder = Folder::new();
    let (mut state, mut other) = (OLD, NEW);
    write(&folder, state);
    // Before the first commit there may be no index, or an empty one.
    let start = Instant::now();
    for round in 0..3 {
        run_and_kill(&folder, &["index", "talks"], chance.below(Duration::from_millis(400)));
        let found = held(&folder);
        assert!(matches!(found, None | Some((0, 0))) || holds(found, state), "first run {round}: {found:?}");
    }
    folder.verbatim(["index", "talks"]).expect(0);
    let usual = start.elapsed() / 2;
    assert!(holds(held(&folder), state));
    let mut killed = 0;
    for round in 0..KILLS {
        write(&folder, other);
        let args: &[&str] = if round % 4 == 3 { &["index", "talks", "--rebuild"] } else { &["index", "talks"] };
        let status = run_and_kill(&folder, args, chance.below(usual));
        killed += usize::from(status.code().is_none());
        let found = held(&folder);
        assert!(holds(found, state) || holds(found, other), "round {round}: neither state: {found:?}");
        if holds(found, other) {
            (state, other) = (other, state);
        }
    }
    if killed == 0 {
        skipped("kill -9: every run of `index` was faster than its end");
    }
    write(&folder, other);
    let report = folder.verbatim(["index", "talks", "--json"]).expect(0).json();
    assert_eq!(report["transcripts"], other.1);
    assert!(holds(held(&folder), other), "a run that is let be brings the index in line");
    let entries = fs::read_dir(folder.path().join("index")).expect("the index").flatten();
    let generations = entries.filter(|entry| entry.path().is_dir()).count();
    assert_eq!(generations, 1, "what killed runs left is removed");
}

/// Makes `talks` hold one state.
fn write(folder: &Folder, (name, count): (&str, usize)) {
    fs::remove_dir_all(folder.talk("")).expect("our own folder");
    for at in 0..count {
        let said = format!("{} de la vidéo {at}. ", "On parle du GAR, de l’ENT et des élèves en classe").repeat(20);
        folder.file(
            &format!("edu/{at:03}.md"),
            format!("---\narea: {name}\ntitle: Vidéo {at}\n---\n\n{name} texte. {said}\n"),
        );
    }
}

/// How many transcripts of the old and the new state the index holds; `None` where there is no index yet.
#[track_caller]
fn held(folder: &Folder) -> Option<(u64, u64)> {
    let output = folder.verbatim(["search", "--json", "--limit", "0", "--", ""]);
    if output.status == 2 && output.stderr.contains("no index here") {
        return None;
    }
    let answer = Answer(output.json());
    let count = |name: &str| {
        let areas = answer.areas();
        areas.iter().find(|(area, _)| *area == name).map_or(0, |(_, count)| *count)
    };
    let counts = (count(OLD.0), count(NEW.0));
    assert_eq!(counts.0 + counts.1, answer.total());
    Some(counts)
}

fn holds(found: Option<(u64, u64)>, (name, count): (&str, usize)) -> bool {
    let count = count as u64;
    found == Some(if name == OLD.0 { (count, 0) } else { (0, count) })
}

fn run_and_kill(folder: &Folder, args: &[&str], after: Duration) -> ExitStatus {
    let mut child = program(folder.path()).args(args).stderr(Stdio::null()).spawn().expect("the program starts");
    // The moment is what is tried; nothing waits for it.
    thread::sleep(after);
    child.kill().expect("a child can be killed");
    child.wait().expect("a child ends")
}

/// What a folder or an index holds: the version of each transcript, by id.
type State = BTreeMap<String, u64>;

/// How often `index --watch` is killed; `VERBATIM_KILLS=100` for the long run.
fn kills() -> u64 {
    std::env::var("VERBATIM_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6)
}

#[test]
fn killed_at_any_moment_while_following_what_was_acknowledged_is_there() {
    let mut chance = Chance::new();
    let folder = Folder::new();
    let mut written = State::new();
    change(&folder, &mut written, 0, &mut chance);
    let mut acknowledged = State::new();
    let mut usual = Duration::from_secs(1);
    for round in 1..=kills() {
        let start = Instant::now();
        let mut running = Running::start(program(folder.path()).args(["index", "talks", "--watch", "--json"]));
        // Every third one is killed in the update with which it begins.
        if round % 3 != 0 {
            until("the first update", || (!running.lines().is_empty()).then_some(()));
            usual = start.elapsed();
            acknowledged.clone_from(&written);
            change(&folder, &mut written, round, &mut chance);
        }
        // The moment is what is tried; nothing waits for it.
        thread::sleep(chance.below(usual * 2));
        running.kill();
        if running.lines().len() > 1 {
            // All files were changed long before the report: the update began once they were quiet.
            acknowledged.clone_from(&written);
        }
        check(&folder, round, &acknowledged, &written);
    }
    folder.verbatim(["index", "talks"]).expect(0);
    check(&folder, u64::MAX, &written, &written);
    folder.verbatim(["doctor", "talks"]).expect(0);
}

/// Gives a third of the transcripts another version, adds some, and removes some.
fn change(folder: &Folder, state: &mut State, version: u64, chance: &mut Chance) {
    for at in 0..60 {
        let id = format!("edu/{at:02}");
        match chance.of(9) {
            0..3 => {
                folder.transcript(&id, &format!("Version {version}"), &"On parle du GAR et des élèves. ".repeat(20));
                state.insert(id, version);
            }
            3 if state.len() > 20 && state.remove(&id).is_some() => {
                folder.remove(&format!("{id}.md"));
            }
            _ => {}
        }
    }
}

/// Checks that the index opens, and holds of each transcript what was acknowledged or what was written since.
#[track_caller]
fn check(folder: &Folder, round: u64, acknowledged: &State, written: &State) {
    let output = folder.verbatim(["search", "--json", "--limit", "1000", "--", ""]);
    if acknowledged.is_empty() && output.stderr.contains("no index here") {
        return;
    }
    let answer = Answer(output.json());
    let version = |title: &serde_json::Value| title.as_str()?.strip_prefix("Version ")?.parse().ok();
    let found: State = answer
        .results()
        .iter()
        .flat_map(|result| {
            let also = result["also"].as_array().map_or(&[][..], Vec::as_slice);
            std::iter::once(result).chain(also)
        })
        .map(|result| (result["id"].as_str().expect("an id").to_owned(), version(&result["title"]).expect("a version")))
        .collect();
    assert_eq!(found.len() as u64, answer.total(), "round {round}: counts are exact");
    let ids: BTreeSet<&String> = [acknowledged, written, &found].iter().flat_map(|state| state.keys()).collect();
    for id in ids {
        let (before, after, found) = (acknowledged.get(id), written.get(id), found.get(id));
        assert!(found == before || found == after, "round {round}: {id}: {found:?}, not {before:?} or {after:?}");
    }
    let report = folder.verbatim(["doctor"]);
    assert_eq!(report.status, 0, "round {round}: {report:?}");
}

/// Random moments, the same for the same seed.
struct Chance(u64);

impl Chance {
    /// Seeded by `VERBATIM_SEED`, or by the clock; the seed is shown where the test fails.
    fn new() -> Self {
        let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| u64::from(now.subsec_nanos()));
        let given = std::env::var("VERBATIM_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(clock) | 1;
        #[expect(clippy::print_stderr, reason = "the test runner shows it where the test fails")]
        {
            eprintln!("VERBATIM_SEED={seed}");
        }
        Self(seed)
    }

    /// Some part of `most`.
    fn below(&mut self, most: Duration) -> Duration {
        most.mul_f64((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// One of the first `count` numbers.
    fn of(&mut self, count: u64) -> u64 {
        (self.next() >> 11) % count
    }

    fn next(&mut self) -> u64 {
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
