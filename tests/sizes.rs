//! Files that are too large, or never end: refused or read, in bounded memory.

use std::{fs::File, io::Write};

use serde_json::Value;

use crate::support::{Folder, skipped};

const ENDINGS: [&str; 7] = ["md", "txt", "vtt", "srt", "sbv", "json", "jsonl"];

/// Address space that the program may have while it reads a file of one gibibyte, in kibibytes.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 700_000;

/// What `check` says of a file: how many transcripts it holds, or why it is passed over.
#[track_caller]
fn check(findings: &Value) -> Result<u64, String> {
    match findings["skipped"][0]["reason"].as_str() {
        Some(reason) => Err(reason.to_owned()),
        None => Ok(findings["transcripts"].as_u64().expect("a count")),
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_of_a_gibibyte_is_refused_in_bounded_memory() {
    use std::process::Command;

    for ending in ENDINGS {
        let folder = Folder::new();
        let path = folder.talk(&format!("x.{ending}"));
        // A file with a hole takes no room on the disk, and is one endless line.
        File::create(&path).and_then(|file| file.set_len(1 << 30)).expect("a file with a hole");
        let limited = format!("ulimit -v {MEMORY}; exec \"$0\" check --json \"$1\"");
        let mut shell = Command::new("sh");
        let output = shell.args(["-c", &limited, env!("CARGO_BIN_EXE_verbatim")]).arg(&path).output().expect("a shell");
        assert!(output.status.success(), "{ending}: {output:?}");
        let findings: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let reason = check(&findings).expect_err("nothing is said in it");
        let expected = if ending == "jsonl" { "line 1: not read: longer than 64 MiB" } else { "split the file" };
        assert!(reason.contains(expected), "{ending}: {reason}");
    }
}

#[test]
fn an_endless_line_is_read_or_refused() {
    let line = "a".repeat(3 << 20);
    for ending in ENDINGS {
        let folder = Folder::new();
        folder.file(&format!("x.{ending}"), &line);
        let found = check(&folder.verbatim(["check", "talks", "--json"]).expect(0).json());
        match ending {
            "md" | "txt" => assert_eq!(found, Ok(1), "{ending}"),
            "json" | "jsonl" => assert!(found.is_err_and(|reason| reason.contains("not valid JSON")), "{ending}"),
            _ => assert!(found.is_err_and(|reason| reason.contains("no caption found")), "{ending}"),
        }
    }
}

#[test]
fn many_records_are_indexed_piece_by_piece() {
    let folder = Folder::new();
    let mut file = File::create(folder.talk("x.jsonl")).expect("a new file");
    // 19 MB, more than are taken at once; of few words, so that the test is quick.
    let text = "x".repeat(19_000);
    for id in 0..1_000 {
        let said = if id == 777 { "La DASEN arrive." } else { "Le GAR." };
        writeln!(file, "{{\"id\": \"n{id}\", \"text\": \"{text} {said}\"}}").expect("a record");
    }
    writeln!(file, "{{\"id\": 1").expect("a bad record");
    let report = folder.index();
    assert_eq!((&report["added"], &report["transcripts"]), (&Value::from(1_000), &Value::from(1_000)));
    assert_eq!(folder.search_json("DASEN").ids(), ["n777"]);
    assert_eq!(folder.index()["unchanged"], 1_000);
    folder.file("x.jsonl", "{\"id\": \"n777\", \"text\": \"Le GAR.\"}\n");
    let report = folder.index();
    assert_eq!((&report["updated"], &report["removed"]), (&Value::from(1), &Value::from(999)));
    folder.file("x.jsonl", "{\"id\": 1\n");
    let report = folder.index();
    let reason = report["skipped"][0]["reason"].as_str().unwrap_or_default();
    assert!(reason.contains("line 1: not read") && reason.contains("is kept"), "{report}");
    assert_eq!(folder.search_json("GAR").ids(), ["n777"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_transcript() {
    use std::process::Command;

    let folder = Folder::new();
    folder.transcript("a", "Un", "Le GAR.");
    for ending in ENDINGS {
        let made = Command::new("mkfifo").arg(folder.talk(&format!("x.{ending}"))).status();
        if !made.is_ok_and(|status| status.success()) {
            return skipped("pipes: there is no mkfifo here");
        }
    }
    let report = folder.index();
    assert_eq!(report["transcripts"], 1, "{report}");
    assert_eq!(report["skipped"].as_array().map(Vec::len), Some(ENDINGS.len()), "{report}");
    let output = folder.verbatim(["index", "talks/x.md"]).expect(2);
    assert!(output.stderr.contains("not a file"), "{output:?}");
}
