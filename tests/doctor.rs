//! `verbatim doctor` finds what is wrong with an index, says what to do, and that helps.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::support::Folder;

/// Spoils a file.
type Damage = fn(&Path);

/// Some transcripts, of which one was replaced, so that there are deletions too.
fn some() -> Folder {
    let folder = Folder::new();
    for at in 0..20 {
        folder.transcript(&format!("viel/{at}"), "Viel", "On parle du GAR et des élèves.");
    }
    folder.transcript("a", "Un", "Le GAR protège.").transcript("edu/b", "Deux", "L’ENT rassemble.");
    folder.index();
    folder.transcript("a", "Un", "La CNIL protège.");
    folder.index();
    folder
}

fn generation(folder: &Folder) -> PathBuf {
    let current = fs::read_to_string(folder.path().join("index/current")).expect("the name of the generation");
    folder.path().join("index").join(current.trim())
}

/// What is found, each as its severity, the end of its path and what it says.
#[track_caller]
fn findings(folder: &Folder, args: &[&str], status: i32) -> Vec<String> {
    let output = folder.verbatim([&["doctor", "--json"], args].concat()).expect(status);
    let json = output.json();
    assert_eq!(json["sound"], status == 0, "{json}");
    let findings = json["findings"].as_array().expect("a list");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    findings
        .iter()
        .map(|finding| {
            assert!(!text(&finding["advice"]).is_empty(), "{finding}");
            format!("{} {}: {}", text(&finding["severity"]), text(&finding["path"]), text(&finding["what"]))
        })
        .collect()
}

/// Whether one line of what is found has all the parts.
#[track_caller]
fn has(found: &[String], parts: &[&str]) {
    assert!(found.iter().any(|line| parts.iter().all(|part| line.contains(part))), "{parts:?} in {found:#?}");
}

#[test]
fn a_sound_index_is_said_to_be_so() {
    let folder = some();
    assert_eq!(findings(&folder, &[], 0), [""; 0]);
    assert_eq!(findings(&folder, &["talks"], 0), [""; 0]);
    let output = folder.verbatim(["doctor", "talks"]).expect(0);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains("index: sound; 22 transcripts"), "{output:?}");
    let json = folder.verbatim(["doctor", "--json"]).expect(0).json();
    assert_eq!((&json["transcripts"], &json["generation"]), (&22.into(), &"generation-1".into()));
}

#[test]
fn every_damaged_file_is_named_and_a_rebuild_helps() {
    let damages: [(&str, Damage); 3] = [
        ("a bit turned", |path| {
            let mut bytes = fs::read(path).expect("our own file");
            bytes[0] ^= 1;
            fs::write(path, bytes).expect("our own file");
        }),
        ("cut off", |path| {
            let bytes = fs::read(path).expect("our own file");
            fs::write(path, &bytes[..bytes.len() / 2]).expect("our own file");
        }),
        ("gone", |path| fs::remove_file(path).expect("our own file")),
    ];
    let folder = some();
    let files: Vec<PathBuf> =
        fs::read_dir(generation(&folder)).expect("the index").flatten().map(|e| e.path()).collect();
    let is_data = |path: &&PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        !name.starts_with('.') && !name.ends_with(".json")
    };
    let mut tried = 0;
    for path in files.iter().filter(is_data) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let whole = fs::read(path).expect("our own file");
        for (damage, inflict) in damages {
            // Without the lexicon readers make their own.
            if name.ends_with(".tsv") && damage == "gone" {
                continue;
            }
            inflict(path);
            let output = folder.verbatim(["doctor"]);
            assert_eq!(output.status, 2, "{name}, {damage}: {output:?}");
            let way_out = if name.ends_with(".tsv") { "remove this file" } else { "--rebuild" };
            assert!(output.stdout.contains(&name) && output.stdout.contains(way_out), "{name}, {damage}: {output:?}");
            fs::write(path, &whole).expect("our own file");
            tried += 1;
        }
    }
    assert!(tried >= 3 * 6, "{files:?}");
    assert_eq!(findings(&folder, &[], 0), [""; 0], "all is as it was");
    damages[1].1(files.iter().find(|path| path.extension().is_some_and(|ending| ending == "store")).expect("a store"));
    let output = folder.verbatim(["doctor"]).expect(2);
    assert!(output.stdout.contains("--rebuild --index index"), "{output:?}");
    folder.verbatim(["index", "talks", "--rebuild"]).expect(0);
    assert_eq!(findings(&folder, &["talks"], 0), [""; 0]);
}

#[test]
fn what_names_the_index_is_examined() {
    let folder = some();
    let cases: [(&str, &[u8], &str); 4] = [
        ("current", b"generation-9\n", "no index here"),
        ("current", b"", "meta.json"),
        ("generation-1/meta.json", b"{", "EOF"),
        ("generation-1/.managed.json", b"[", "Managed file"),
    ];
    for (file, content, said) in cases {
        let path = folder.path().join("index").join(file);
        let whole = fs::read(&path).expect("our own file");
        fs::write(&path, content).expect("our own file");
        has(&findings(&folder, &["talks"], 2), &["damage", said]);
        fs::write(&path, whole).expect("our own file");
        assert_eq!(findings(&folder, &["talks"], 0), [""; 0]);
    }
    let output = folder.verbatim(["doctor", "--index", "nulle-part"]).expect(2);
    assert!(output.stdout.contains("no index here; make one with `verbatim index FOLDER"), "{output:?}");
    let path = generation(&folder).join("meta.json");
    let meta = fs::read_to_string(&path).expect("our own file");
    fs::write(&path, meta.replace(r#"\"version\":"#, r#"\"version\":9"#)).expect("our own file");
    has(&findings(&folder, &[], 2), &["damage", "another version", "this one is"]);
    folder.verbatim(["index", "talks", "--rebuild"]).expect(0);
    assert_eq!(findings(&folder, &["talks"], 0), [""; 0]);
}

#[test]
fn what_is_not_in_line_with_the_sources_is_named() {
    let folder = some();
    folder.transcript("neuf", "Neuf", "Un quiz.").transcript("a", "Un", "Le RGPD protège.").remove("edu/b.md");
    // What cannot be read is for `check`, and no fault of the index.
    folder.file("viel/0.md", "").file("leer.md", "");
    let found = findings(&folder, &["talks"], 2);
    has(&found, &["out-of-line", "talks/neuf.md", "not in the index"]);
    has(&found, &["out-of-line", "talks/a.md", "changed"]);
    has(&found, &["out-of-line", "edu/b.md", "in the index, but not below"]);
    has(&found, &["remark", "talks/viel/0.md"]);
    has(&found, &["remark", "talks/leer.md"]);
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(findings(&folder, &[], 0), [""; 0], "in itself it is sound");
    let output = folder.verbatim(["doctor", "talks"]).expect(2);
    assert!(output.stderr.contains("not in line with 3 of its sources"), "{output:?}");
    assert!(output.stdout.contains("run `verbatim index talks --index index`"), "{output:?}");
    folder.index();
    assert_eq!(findings(&folder, &["talks"], 0).len(), 2, "what cannot be read remains");
    // A second file with the id of another is skipped for good.
    folder.file("a.txt", "Un autre texte.\n");
    folder.index();
    assert_eq!(findings(&folder, &["talks"], 0).len(), 2);
    has(&findings(&folder, &["nulle-part"], 2), &["out-of-line", "nulle-part"]);
}

#[test]
fn what_a_broken_run_left_is_a_remark_and_goes_with_the_next() {
    let folder = some();
    let index = folder.path().join("index");
    fs::create_dir(index.join("generation-7")).expect("a new folder");
    fs::write(index.join("current.new"), "generation-7").expect("a new file");
    fs::write(generation(&folder).join("meta.json.new"), "{").expect("a new file");
    let mut lexicon = fs::read_dir(generation(&folder)).expect("the index").flatten().map(|entry| entry.path());
    let lexicon = lexicon.find(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    fs::remove_file(lexicon.expect("a lexicon")).expect("our own file");
    let found = findings(&folder, &["talks"], 0);
    for name in ["generation-7", "current.new", "meta.json.new", "lexicon-"] {
        has(&found, &["remark", name]);
    }
    assert_eq!(found.len(), 4, "{found:?}");
    folder.index();
    assert_eq!(findings(&folder, &["talks"], 0), [""; 0]);
}
