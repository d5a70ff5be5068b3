//! The index follows the folder: what changes, what cannot be read, and what must leave it as it was.

use std::{
    fs::{self, File},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use serde_json::{Value, json};
use verbatim_query::Searcher;

use crate::support::{Folder, Output};

/// Indexes `talks` and checks the counts of the report: transcripts, added, updated, removed, unchanged, skipped.
#[track_caller]
fn check(folder: &Folder, expected: [u64; 6]) {
    check_report(&folder.index(), expected);
}

#[track_caller]
fn check_report(report: &Value, expected: [u64; 6]) {
    let [transcripts, added, updated, removed, unchanged, skipped] = expected;
    let found = json!({
        "transcripts": report["transcripts"],
        "added": report["added"],
        "updated": report["updated"],
        "removed": report["removed"],
        "unchanged": report["unchanged"],
        "skipped": report["skipped"].as_array().map(Vec::len),
    });
    let expected = json!({
        "transcripts": transcripts,
        "added": added,
        "updated": updated,
        "removed": removed,
        "unchanged": unchanged,
        "skipped": skipped,
    });
    assert_eq!(found, expected, "{report}");
}

/// Three transcripts, indexed.
fn three() -> Folder {
    let folder = Folder::new();
    folder.transcript("a", "Un", "Le GAR protège.").transcript("edu/b", "Deux", "L’ENT rassemble.").transcript(
        "edu/c",
        "Trois",
        "La classe inversée.",
    );
    check(&folder, [3, 3, 0, 0, 0, 0]);
    folder
}

#[test]
fn only_what_changed_is_read_again() {
    let folder = three();
    check(&folder, [3, 0, 0, 0, 3, 0]);
    folder.transcript("a", "Un", "La CNIL protège.");
    check(&folder, [3, 0, 1, 0, 2, 0]);
    assert_eq!(folder.search_json("GAR").total(), 0, "the old text is gone");
    assert_eq!(folder.search_json("CNIL").ids(), ["a"]);
    folder.remove("edu/b.md");
    check(&folder, [2, 0, 0, 1, 2, 0]);
    assert_eq!(folder.search_json("ENT").total(), 0);
    folder.transcript("edu/d", "Quatre", "Un quiz.");
    check(&folder, [3, 1, 0, 0, 2, 0]);
    assert_eq!(folder.ids(), ["a", "edu/c", "edu/d"]);
}

#[test]
fn a_renamed_file_leaves_its_old_name() {
    let folder = three();
    fs::rename(folder.talk("a.md"), folder.talk("z.md")).expect("a new name");
    check(&folder, [3, 1, 0, 1, 2, 0]);
    assert_eq!(folder.search_json("GAR").ids(), ["z"]);
    // Another ending is another file with the same id.
    fs::rename(folder.talk("z.md"), folder.talk("z.txt")).expect("a new name");
    folder.index();
    assert_eq!(folder.search_json("GAR").ids(), ["z"]);
    assert_eq!(folder.ids(), ["edu/b", "edu/c", "z"]);
    check(&folder, [3, 0, 0, 0, 3, 0]);
}

#[test]
fn two_files_that_swap_their_names_swap_their_texts() {
    let folder = three();
    for (from, to) in [("a.md", "x"), ("edu/b.md", "a.md"), ("x", "edu/b.md")] {
        fs::rename(folder.talk(from), folder.talk(to)).expect("a new name");
    }
    check(&folder, [3, 0, 2, 0, 1, 0]);
    assert_eq!(folder.search_json("GAR").ids(), ["edu/b"]);
    assert_eq!(folder.search_json("ENT").ids(), ["a"]);
}

#[test]
fn several_paths_make_one_index() {
    let folder = three();
    let output = folder.verbatim(["index", "talks/edu", "talks/a.md", "--json"]).expect(0);
    assert_eq!(output.json()["transcripts"], 3);
    assert_eq!(folder.ids(), ["a", "b", "c"], "an id is the path below the folder given");
}

#[test]
fn of_two_folders_with_one_name_in_them_the_first_is_kept() {
    let folder = Folder::new();
    folder.transcript("un/x", "Un", "Le GAR protège.").transcript("deux/x", "Deux", "L’ENT rassemble.");
    for run in 0..3 {
        let output = folder.verbatim(["index", "talks/un", "talks/deux", "--json"]).expect(0);
        let report = output.json();
        assert_eq!(
            (&report["transcripts"], report["skipped"].as_array().map(Vec::len)),
            (&json!(1), Some(1)),
            "run {run}"
        );
        assert!(reason(&report, "deux/x.md").contains("`x`"), "run {run}: {report}");
        assert_eq!((folder.search_json("GAR").total(), folder.search_json("ENT").total()), (1, 0), "run {run}");
    }
    // One folder given twice is no two folders.
    folder.verbatim(["index", "talks/un", "talks/un", "--json"]).expect(0);
    assert_eq!(folder.ids(), ["x"]);
}

#[test]
fn ids_hold_no_white_space_and_keep_accents() {
    let folder = Folder::new();
    folder.transcript("Un été/le GAR\u{A0}ici", "Un", "Le GAR.").file("notes.v2.txt", "Bonjour.\n").index();
    assert_eq!(folder.ids(), ["Un%20été/le%20GAR%20ici", "notes.v2"]);
}

#[test]
fn only_transcripts_are_read() {
    let folder = three();
    folder
        .file("affiche.pdf", b"%PDF\xFF")
        .file("style.css", "p {}")
        .file("sans-fin", "Bonjour.")
        .file(".cache/x.md", "Bonjour.")
        .file(".git/y.md", "Bonjour.")
        .file("SECRET.MD", "Bonjour.");
    check(&folder, [4, 1, 0, 0, 3, 0]);
    assert_eq!(folder.ids(), ["SECRET", "a", "edu/b", "edu/c"]);
}

#[test]
fn an_empty_or_missing_folder_leaves_the_index_as_it_was() {
    let folder = three();
    let before = folder.ids();
    fs::create_dir(folder.path().join("vide")).expect("a new folder");
    fs::create_dir(folder.path().join("sans-rien")).expect("a new folder");
    fs::write(folder.path().join("sans-rien/affiche.pdf"), "x").expect("a new file");
    fs::create_dir(folder.path().join("illisible")).expect("a new folder");
    fs::write(folder.path().join("illisible/x.md"), b"\xFF").expect("a new file");
    let wrong: [&[&str]; 6] = [
        &["vide"],
        &["absent"],
        &["sans-rien"],
        &["talks", "vide"],
        &["talks/a.md", "absent.md"],
        &["vide", "--rebuild"],
    ];
    for paths in wrong {
        let output = folder.verbatim([&["index"], paths].concat()).expect(2);
        let named = paths.iter().any(|path| output.stderr.contains(&format!("verbatim: {path}: ")));
        assert!(named, "the path is named: {output:?}");
        assert!(output.stderr.contains("the index is left as it was"), "{output:?}");
        assert_eq!(output.stdout, "");
        assert_eq!(folder.ids(), before, "{paths:?}");
    }
    check(&folder, [3, 0, 0, 0, 3, 0]);
}

#[test]
fn where_there_was_no_index_a_failed_run_makes_none() {
    let folder = Folder::new();
    folder.verbatim(["index", "talks"]).expect(2);
    folder.verbatim(["index", "absent"]).expect(2);
    let output = folder.verbatim(["search", "GAR"]).expect(2);
    assert!(output.stderr.contains("no index here"), "{output:?}");
    folder.transcript("a", "Un", "Le GAR.");
    check(&folder, [1, 1, 0, 0, 0, 0]);
}

/// The reason for which a file is skipped, by the file's name.
#[track_caller]
fn reason<'r>(report: &'r Value, name: &str) -> &'r str {
    let skipped = report["skipped"].as_array().expect("`skipped` is a list");
    let of_name = |skipped: &&Value| skipped["path"].as_str().is_some_and(|path| path.ends_with(name));
    let found = skipped.iter().find(of_name).unwrap_or_else(|| panic!("{name} is not skipped: {report}"));
    found["reason"].as_str().expect("a reason is a text")
}

#[test]
fn what_cannot_be_read_is_named_and_skipped() {
    let folder = three();
    folder
        .file("latin1.md", b"---\ntitle: x\n---\n\nL'\xE9cole.\n")
        .file("ouvert.md", "---\ntitle: x\n\nBonjour.\n")
        .file("vide.md", "")
        .file("blanc.txt", " \n\t\n");
    let huge = File::create(folder.talk("enorme.md")).expect("a new file");
    huge.set_len(200 << 20).expect("a file with a hole");
    let output = folder.verbatim(["index", "talks", "--json"]).expect(0);
    let report = output.json();
    check_report(&report, [3, 0, 0, 0, 3, 5]);
    // (file, what the reason says)
    for (name, part) in [
        ("talks/latin1.md", "line 5: not valid UTF-8"),
        ("talks/ouvert.md", "line 1: "),
        ("talks/vide.md", "empty"),
        ("talks/blanc.txt", "empty"),
        ("talks/enorme.md", "split the file"),
    ] {
        let reason = reason(&report, name);
        assert!(reason.contains(part), "{name}: {reason}");
        assert!(output.stderr.contains(&format!("verbatim: {name}: {reason}")), "said on stderr too: {output:?}");
    }
    assert!(folder.search_json("GAR").has("a"), "the others are there");
    let strict = folder.verbatim(["index", "talks", "--strict"]).expect(2);
    assert!(strict.stderr.contains("5 skipped"), "{strict:?}");
    // --strict is about the status only: what can be read is indexed.
    folder.transcript("d", "Quatre", "Un quiz.");
    folder.verbatim(["index", "talks", "--strict"]).expect(2);
    assert!(folder.search_json("quiz").has("d"));
    for name in ["latin1.md", "ouvert.md", "vide.md", "blanc.txt", "enorme.md"] {
        folder.remove(name);
    }
    folder.verbatim(["index", "talks", "--strict"]).expect(0);
}

#[test]
fn a_file_that_became_unreadable_is_skipped_and_what_was_known_of_it_is_kept() {
    let folder = three();
    folder.file("a.md", "");
    let report = folder.index();
    check_report(&report, [3, 0, 0, 0, 2, 1]);
    assert!(reason(&report, "a.md").contains("kept"), "{report}");
    assert_eq!(folder.search_json("GAR").ids(), ["a"]);
    folder.transcript("a", "Un", "La CNIL protège.");
    check(&folder, [3, 0, 1, 0, 2, 0]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_back_are_named_and_skipped() {
    use std::os::unix::fs::symlink;

    let folder = three();
    symlink("..", folder.talk("edu/boucle")).expect("a link");
    symlink("rien.md", folder.talk("casse.md")).expect("a link");
    let report = folder.index();
    check_report(&report, [3, 0, 0, 0, 3, 2]);
    assert!(reason(&report, "edu/boucle").contains("leads back"), "{report}");
    assert!(!reason(&report, "casse.md").is_empty());
    // Links that lead to a transcript are followed.
    symlink("a.md", folder.talk("lien.md")).expect("a link");
    folder.index();
    assert_eq!(folder.search_json("GAR").ids().len(), 2);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_named_and_skipped() {
    use std::os::unix::fs::PermissionsExt;

    let folder = three();
    folder.transcript("ferme", "x", "Le GAR.").transcript("clos/x", "x", "Le GAR.");
    let mode = |name: &str, mode| {
        fs::set_permissions(folder.talk(name), fs::Permissions::from_mode(mode)).expect("our own file");
    };
    mode("ferme.md", 0o000);
    mode("clos", 0o000);
    if File::open(folder.talk("ferme.md")).is_ok() {
        crate::support::skipped("permissions: this user may read everything (root)");
    } else {
        let report = folder.index();
        check_report(&report, [3, 0, 0, 0, 3, 2]);
        assert!(reason(&report, "ferme.md").contains("ermission"), "{report}");
        assert!(reason(&report, "clos").contains("ermission"), "{report}");
    }
    mode("clos", 0o755);
}

#[test]
fn of_two_transcripts_with_one_id_the_second_is_skipped() {
    let folder = three();
    folder.file("a.txt", "La CNIL en texte.\n");
    let report = folder.index();
    check_report(&report, [3, 0, 0, 0, 3, 1]);
    let reason = reason(&report, "a.txt");
    assert!(reason.contains("`a`") && reason.contains("a.md"), "{reason}");
    assert_eq!((folder.search_json("GAR").total(), folder.search_json("CNIL").total()), (1, 0));
    // The two that fold into one id by their white space.
    folder.remove("a.txt").transcript("un deux", "x", "Le premier.").transcript("un%20deux", "x", "Le second.");
    assert_eq!(folder.index()["skipped"].as_array().map(Vec::len), Some(1));
    assert_eq!(folder.search_json("premier second").ids(), ["un%20deux"]);
}

#[test]
fn when_the_first_of_two_with_one_id_goes_the_second_takes_its_place() {
    let folder = three();
    folder.file("a.txt", "La CNIL en texte.\n").index();
    folder.remove("a.md").index();
    assert_eq!((folder.search_json("GAR").total(), folder.search_json("CNIL").total()), (0, 1));
    // And the first comes back.
    folder.transcript("a", "Un", "Le GAR protège.").index();
    assert_eq!((folder.search_json("GAR").total(), folder.search_json("CNIL").total()), (1, 0));
    assert_eq!(folder.ids(), ["a", "edu/b", "edu/c"], "never two with one id");
}

#[test]
fn the_report_keeps_to_its_contract() {
    let folder = Folder::new();
    folder.transcript("a", "Un", "Le GAR protège les élèves.").file("vide.md", "");
    let Output { stdout, stderr, .. } = folder.verbatim(["index", "talks", "--json"]).expect(0);
    assert_eq!(stdout.lines().count(), 1, "one document: {stdout}");
    let report: Value = serde_json::from_str(&stdout).expect("JSON");
    let keys: Vec<&String> = report.as_object().expect("an object").keys().collect();
    let mut sorted = keys.clone();
    sorted.sort();
    let expected = ["added", "removed", "seconds", "skipped", "transcripts", "unchanged", "updated", "words"];
    assert_eq!(sorted, expected);
    let skipped = report["skipped"][0].as_object().expect("an object");
    assert_eq!(skipped.keys().collect::<Vec<_>>(), ["path", "reason"]);
    // Title and speech: Un, Le GAR protège les élèves.
    assert_eq!(report["words"], 6);
    assert!(report["seconds"].is_f64());
    assert!(stderr.contains("1 transcripts") || stderr.contains("1 transcript"), "{stderr}");
    assert_eq!(folder.verbatim(["index", "talks"]).expect(0).stdout, "", "no data without --json");
}

#[test]
fn a_second_writer_is_refused() {
    let folder = three();
    let lock = File::options().write(true).open(folder.path().join("index/lock")).expect("the lock");
    lock.lock().expect("nobody holds it");
    for args in [["index", "talks", "--json"], ["index", "talks", "--rebuild"]] {
        let output = folder.verbatim(args).expect(2);
        assert!(output.stderr.contains("another `verbatim index` is writing here"), "{output:?}");
    }
    assert_eq!(folder.ids().len(), 3, "readers are not disturbed");
    drop(lock);
    check(&folder, [3, 0, 0, 0, 3, 0]);
}

#[test]
fn rebuild_reads_everything_again() {
    let folder = three();
    let output = folder.verbatim(["index", "talks", "--rebuild", "--json"]).expect(0);
    check_report(&output.json(), [3, 3, 0, 0, 0, 0]);
    assert_eq!(folder.ids(), ["a", "edu/b", "edu/c"]);
    let generations = fs::read_dir(folder.path().join("index")).expect("the index").flatten();
    let generations = generations.filter(|entry| entry.path().is_dir()).count();
    assert_eq!(generations, 1, "the old state is removed");
    check(&folder, [3, 0, 0, 0, 3, 0]);
}

/// Opens the index again and again while `write` runs; each time it must be there, with three transcripts.
#[track_caller]
fn open_while(folder: &Folder, write: impl Fn()) {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let opening = scope.spawn(|| {
            let mut opened = 0;
            while !done.load(Ordering::Relaxed) {
                let searcher = Searcher::open(&folder.path().join("index"), None);
                let searcher = searcher.unwrap_or_else(|error| panic!("after {opened} times: {error}"));
                assert_eq!(searcher.transcripts(), 3);
                opened += 1;
            }
            opened
        });
        write();
        done.store(true, Ordering::Relaxed);
        assert!(opening.join().expect("the index is there at any moment") > 0);
    });
}

#[test]
fn who_opens_the_index_while_it_changes_finds_it() {
    let folder = three();
    open_while(&folder, || {
        for round in 0..12 {
            folder.transcript("a", "Un", &format!("Le GAR, {round} fois."));
            check(&folder, [3, 0, 1, 0, 2, 0]);
        }
    });
}

#[test]
fn who_opens_the_index_while_it_is_rebuilt_finds_it() {
    let folder = three();
    open_while(&folder, || {
        for _ in 0..12 {
            folder.verbatim(["index", "talks", "--rebuild"]).expect(0);
        }
    });
}

#[test]
fn an_index_of_another_version_is_refused_with_the_way_out() {
    let folder = three();
    let current = fs::read_to_string(folder.path().join("index/current")).expect("the name of the generation");
    let path = folder.path().join("index").join(current.trim()).join("meta.json");
    let meta = fs::read_to_string(&path).expect("the engine's file of contents");
    let mut meta: Value = serde_json::from_str(&meta).expect("JSON");
    let payload = meta["payload"].as_str().expect("a payload");
    let mut payload: Value = serde_json::from_str(payload).expect("JSON");
    let ours = payload.clone();
    for (key, value) in [("version", json!(0)), ("analysis", json!("0000000000000000"))] {
        payload.clone_from(&ours);
        payload[key] = value;
        meta["payload"] = Value::from(payload.to_string());
        fs::write(&path, meta.to_string()).expect("our own file");
        for args in
            [&["search", "GAR"][..], &["index", "talks"], &["explain", "GAR"], &["serve", "--listen", "127.0.0.1:0"]]
        {
            let output = folder.verbatim(args).expect(2);
            let said = output.stderr.contains("another version") && output.stderr.contains("--rebuild");
            assert!(said, "{key}: {output:?}");
        }
    }
    folder.verbatim(["index", "talks", "--rebuild"]).expect(0);
    assert_eq!(folder.ids().len(), 3);
}

#[test]
fn a_damaged_index_is_an_error_with_the_way_out() {
    let folder = three();
    let current = fs::read_to_string(folder.path().join("index/current")).expect("the name of the generation");
    let generation = folder.path().join("index").join(current.trim());
    fs::write(generation.join("meta.json"), "{").expect("our own file");
    for args in [&["search", "GAR"][..], &["index", "talks"]] {
        let output = folder.verbatim(args).expect(2);
        assert!(output.stderr.contains("--rebuild"), "{output:?}");
    }
    folder.verbatim(["index", "talks", "--rebuild"]).expect(0);
    assert_eq!(folder.ids().len(), 3);
}

#[test]
fn a_wrong_index_path_is_met_with_a_suggestion() {
    let folder = three();
    fs::rename(folder.path().join("index"), folder.path().join("conferences")).expect("a new name");
    let output = folder.verbatim(["search", "GAR", "--index", "conference"]).expect(2);
    assert!(output.stderr.contains("did you mean --index conferences?"), "{output:?}");
    let output = folder.verbatim(["search", "GAR", "--index", "nulle/part"]).expect(2);
    assert!(output.stderr.contains("verbatim index"), "the way to make one: {output:?}");
    assert!(!output.stderr.contains("did you mean"), "{output:?}");
    assert!(!folder.path().join("nulle").exists() && !folder.path().join("conference").exists());
    // A suggestion can be followed.
    folder.verbatim(["search", "GAR", "--index", "conferences"]).expect(0);
}
