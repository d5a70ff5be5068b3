//! Whenever `verbatim index` is killed, the index opens and holds the old state or the new one, and nothing between.

use std::{
    fs,
    process::{ExitStatus, Stdio},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use crate::support::{Folder, program, skipped};

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
    let answer = crate::support::Answer(output.json());
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
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        most.mul_f64((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }
}
