//! `verbatim batch`: files of queries, in three forms, of any length, whatever happens meanwhile.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::Value;

use crate::support::{Folder, Output, code, program, skipped, until};

/// Some transcripts, indexed.
fn some() -> Folder {
    let folder = Folder::new();
    folder
        .file("a.md", "---\narea: Un\ntitle: Le GAR\nvideoEmbedSrc: https://v.example.org/a\n---\n\nVoici le GAR.\n")
        .file("b.md", "---\narea: Deux\ntitle: \"=1+1, \\\"dit-il\\\"\"\n---\n\nLe GAR et l’ENT du lycée.\n")
        .file("c.md", "---\narea: Deux\ntitle: Le lycée\n---\n\n- @ l’ENT du lycée\n")
        .file("d.vtt", "WEBVTT\n\n00:01:23.000 --> 00:01:25.500\nLa classe inversée.\n")
        .index();
    folder
}

/// Runs `batch` on a file of that content.
fn batch(folder: &Folder, queries: impl AsRef<[u8]>, args: &[&str]) -> Output {
    fs::write(folder.path().join("queries"), queries).expect("our own folder");
    folder.verbatim([&["batch", "queries"], args].concat())
}

/// Starts `batch` in a pipe.
fn piped(folder: &Folder, args: &[&str]) -> (Child, ChildStdin, BufReader<ChildStdout>) {
    let mut child = program(folder.path())
        .args(["batch", "-"])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let stdin = child.stdin.take().expect("standard input is piped");
    let stdout = BufReader::new(child.stdout.take().expect("standard output is piped"));
    (child, stdin, stdout)
}

#[track_caller]
fn end(child: Child) -> (i32, String) {
    let output = child.wait_with_output().expect("the program ends");
    (code(output.status), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn line(stdout: &mut impl BufRead) -> String {
    let mut line = String::new();
    stdout.read_line(&mut line).expect("the program writes UTF-8");
    line
}

fn interrupt(child: &Child) {
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(status.expect("`kill` starts").success());
}

/// The rows of a table, its head first.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let rows = reader.records().map(|row| row.expect("a table").iter().map(str::to_owned).collect());
    rows.collect()
}

#[test]
fn a_json_line_is_what_search_says_and_the_qid() {
    let folder = some();
    let output = batch(&folder, "GAR\nq2\tl’ENT du lycée\nintrouvable\n", &["--limit", "1"]).expect(0);
    let lines: Vec<Value> = output.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let expected = [("1", "GAR"), ("q2", "l’ENT du lycée"), ("3", "introuvable")];
    assert_eq!(lines.len(), expected.len());
    for (mut line, (qid, query)) in lines.into_iter().zip(expected) {
        let mut said = folder.search_with(query, &["--limit", "1"]).0;
        assert_eq!(line["qid"], qid);
        for document in [&mut line, &mut said] {
            let fields = document.as_object_mut().expect("an object");
            fields.retain(|name, _| name != "qid" && name != "elapsed_ms");
        }
        assert_eq!(line, said, "{query}");
    }
    assert!(output.stderr.contains("3 queries, 2 with results"), "{output:?}");
}

#[test]
fn a_run_is_read_by_the_tools_of_trec() {
    let folder = some();
    let output = batch(&folder, "q1\tGAR\nq2\tintrouvable\nq3\t-GAR\n", &["--format", "trec"]).expect(0);
    let lines: Vec<Vec<&str>> = output.stdout.lines().map(|line| line.split(' ').collect()).collect();
    let fixed: Vec<[&str; 5]> = lines.iter().map(|f| [f[0], f[1], f[2], f[3], f[5]]).collect();
    assert_eq!(
        fixed,
        [
            ["q1", "Q0", "a", "1", "verbatim"],
            ["q1", "Q0", "b", "2", "verbatim"],
            ["q3", "Q0", "c", "1", "verbatim"],
            ["q3", "Q0", "d", "2", "verbatim"],
        ]
    );
    // The tools order by score alone, so that what we hold to be equal must not be.
    let score = |at: usize| lines[at][4].parse::<f64>().expect("a number");
    assert!(score(0) > score(1) && score(2) > score(3), "{lines:?}");
}

#[test]
fn a_table_is_safe_in_a_spreadsheet() {
    let folder = some();
    let queries = "q1\tGAR\n@q\t-GAR\nq3\tintrouvable\nq4\t\"classe inversée\"\n";
    let table = rows(&batch(&folder, queries, &["--format", "csv"]).expect(0).stdout);
    assert_eq!(table[0][..6], ["qid", "query", "rank", "id", "title", "area"]);
    let column = |name: &str| table[0].iter().position(|head| head == name).expect("a column");
    let cells = |at: usize, names: &[&str]| -> Vec<&str> {
        names.iter().map(|name| table[at][column(name)].as_str()).collect()
    };
    assert_eq!(cells(1, &["qid", "query", "rank", "id", "video"]), ["q1", "GAR", "1", "a", "https://v.example.org/a"]);
    assert_eq!(cells(1, &["start", "snippet"]), ["", "Voici le GAR."]);
    assert_eq!(cells(2, &["rank", "id", "title"]), ["2", "b", "'=1+1, \"dit-il\""], "no formula, and the quotes hold");
    assert_eq!(cells(3, &["qid", "query", "rank", "id"]), ["'@q", "'-GAR", "1", "c"]);
    assert!(cells(3, &["url"])[0].starts_with("/transcripts/c"), "a result without a passage has an address");
    assert_eq!(cells(5, &["qid", "query", "rank", "id", "score"]), ["q3", "introuvable", "", "", ""], "not lost");
    assert_eq!(cells(6, &["qid", "id", "start", "snippet"]), ["q4", "d", "83.0", "La classe inversée."]);
    assert_eq!(table.len(), 7);
    let begins_a_formula = |cell: &String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    assert!(!table.iter().flatten().any(begins_a_formula), "{table:?}");
}

#[test]
fn a_json_query_has_its_own_limit_area_and_speaker() {
    let folder = some();
    let queries = concat!(
        "{\"qid\": \"q1\", \"query\": \"lycée\", \"limit\": 1}\n",
        "{\"qid\": 2, \"query\": \"GAR\", \"area\": \"Deux\", \"source\": \"enquête\"}\n",
        "{\"query\": \"GAR\"}\r\n",
        "{\"query\": \"GAR\", \"speaker\": \"Martin\"}\n",
    );
    let output = batch(&folder, queries, &["--format", "trec"]).expect(0);
    let found: Vec<&str> = output.stdout.lines().map(|line| &line[..line.find(" Q0 ").expect("a run") + 5]).collect();
    assert_eq!(found, ["q1 Q0 c", "2 Q0 b", "3 Q0 a", "3 Q0 b"]);
}

#[test]
fn a_bad_line_is_named_and_does_not_stop_the_rest() {
    let folder = some();
    let mut queries = b"\xEF\xBB\xBFGAR\r\n\nq\t\nl'\xE9cole\n{\"query\": \n{\"qid\": \"q6\"}\n".to_vec();
    queries.extend(b"a".repeat(1_000_000));
    queries.extend("\nENT".as_bytes());
    let output = batch(&folder, &queries, &["--format", "trec", "--limit", "1"]).expect(2);
    let qids: Vec<&str> = output.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(qids, ["1", "8"], "a line keeps its number: {output:?}");
    for (number, part) in [(2, "empty"), (3, "empty"), (4, "UTF-8"), (5, "JSON"), (6, "`query`"), (7, "longer")] {
        let named = |line: &str| line.starts_with(&format!("verbatim: queries:{number}: ")) && line.contains(part);
        assert!(output.stderr.lines().any(named), "{number}: {part}: {}", output.stderr);
    }
    assert!(output.stderr.contains("2 queries, 2 with results, 6 bad lines"), "{}", output.stderr);
    let output = batch(&folder, "q 1\tGAR\n", &["--format", "trec"]).expect(2);
    assert!(output.stdout.is_empty() && output.stderr.contains("queries:1: a qid with white space"), "{output:?}");
    batch(&folder, "q 1\tGAR\n", &["--format", "csv"]).expect(0);
    let output = batch(&folder, "", &[]).expect(0);
    assert_eq!(output.stdout, "", "no queries, no answers, no error");
}

#[test]
fn the_order_is_that_of_the_file_whatever_the_threads() {
    let folder = some();
    let words =
        ["GAR", "l’ENT du lycée", "\"classe inversée\"", "introuvable", "lycee", "clase inversee", "l*", "-GAR"];
    let queries: String = (0..1000).map(|at| format!("q{at}\t{}\n", words[at * 7 % words.len()])).collect();
    let run = |threads: &str| batch(&folder, &queries, &["--format", "csv", "--threads", threads]).expect(0).stdout;
    let (one, many) = (run("1"), run("5"));
    assert!(one == many, "the same, byte by byte");
    let mut qids: Vec<String> = rows(&one).into_iter().skip(1).map(|row| row[0].clone()).collect();
    qids.dedup();
    assert_eq!(qids, (0..1000).map(|at| format!("q{at}")).collect::<Vec<_>>());
    batch(&folder, "GAR\n", &["--threads", "0"]).expect(2);
}

#[test]
fn answers_appear_while_the_pipe_is_open() {
    let folder = some();
    let (child, mut stdin, mut stdout) = piped(&folder, &["--format", "trec", "--limit", "1"]);
    for round in 1..=3 {
        writeln!(stdin, "GAR").expect("the program reads");
        stdin.flush().expect("the program reads");
        assert!(line(&mut stdout).starts_with(&format!("{round} Q0 a 1 ")));
    }
    drop(stdin);
    assert_eq!(line(&mut stdout), "");
    assert_eq!(end(child).0, 0);
}

#[test]
fn a_file_gets_its_name_when_it_is_whole() {
    let folder = some();
    let path = |name: &str| folder.path().join(name);
    let read = |name: &str| fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    fs::write(path("run"), "yesterday’s\n").expect("our own folder");
    let args = ["--format", "trec", "--limit", "1", "--output", "run"];
    let (child, mut stdin, mut stdout) = piped(&folder, &args);
    for _ in 0..1000 {
        writeln!(stdin, "GAR").expect("the program reads");
    }
    until("answers are written beside", || fs::metadata(path("run.partial")).ok().filter(|file| file.len() > 0));
    assert_eq!(read("run"), "yesterday’s\n");
    let output = batch(&folder, "GAR\n", &args).expect(2);
    assert!(output.stderr.contains("run.partial: another run is writing it"), "{output:?}");
    drop(stdin);
    assert_eq!(end(child).0, 0);
    assert_eq!(read("run").lines().count(), 1000);
    assert!(!path("run.partial").exists());
    assert_eq!(line(&mut stdout), "", "standard output stays empty");

    // A line that is no query is no reason to withhold the rest.
    batch(&folder, "GAR\n\n", &args).expect(2);
    assert_eq!(read("run").lines().count(), 1);
    for (name, part) in [("talks", "a folder"), ("absent/run", "absent/run.partial")] {
        let output = batch(&folder, "GAR\n", &["--output", name]).expect(2);
        assert!(output.stderr.contains(part), "{output:?}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("run", path("link")).expect("our own folder");
        batch(&folder, "GAR\nGAR\n", &["--format", "trec", "--limit", "1", "--output", "link"]).expect(0);
        assert_eq!(read("run").lines().count(), 2, "what a link leads to is replaced, and the link is not");
        assert!(path("link").is_symlink());
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_what_is_done() {
    let folder = some();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("run"), "yesterday’s\n").expect("our own folder");
    for output in [&[][..], &["--output", "run"]] {
        let args = [&["--format", "trec", "--limit", "1"][..], output].concat();
        let (child, mut stdin, mut stdout) = piped(&folder, &args);
        stdin.write_all("GAR\n".repeat(10).as_bytes()).expect("the program reads");
        let mut done = String::new();
        let partial = || fs::read_to_string(path("run.partial")).ok();
        if !output.is_empty() {
            until("answers are written beside", || partial().filter(|done| done.lines().count() == 10));
        } else {
            (0..10).for_each(|_| done.push_str(&line(&mut stdout)));
        }
        // The pipe stays open: nothing but the signal ends this.
        interrupt(&child);
        let (status, stderr) = end(child);
        assert_eq!(status, 130, "{stderr}");
        assert!(stderr.contains("10 queries") && stderr.contains("stopped before its end"), "{stderr}");
        stdout.read_to_string(&mut done).expect("the program writes UTF-8");
        if !output.is_empty() {
            done = partial().expect("what is done is kept");
            assert!(stderr.contains("run.partial"), "and named: {stderr}");
        }
        assert_eq!(done.lines().count(), 10);
        assert!(done.ends_with(" verbatim\n"), "whole lines: {done}");
        assert_eq!(fs::read_to_string(path("run")).ok().as_deref(), Some("yesterday’s\n"));
        drop(stdin);
    }
}

#[test]
fn who_stops_reading_ends_it_though_the_pipe_is_open() {
    let folder = some();
    let (child, mut stdin, stdout) = piped(&folder, &[]);
    drop(stdout);
    writeln!(stdin, "GAR").expect("the program reads");
    stdin.flush().expect("the program reads");
    let (status, stderr) = end(child);
    assert_eq!((status, stderr.as_str()), (0, ""));
    drop(stdin);
}

#[test]
fn a_full_disk_is_an_error() {
    if !Path::new("/dev/full").exists() {
        return skipped("no /dev/full on this system: a full disk was not tried");
    }
    let folder = some();
    let output = batch(&folder, "GAR\n", &["--output", "/dev/full"]).expect(2);
    assert!(output.stderr.starts_with("verbatim: /dev/full: "), "{output:?}");
    assert!(!Path::new("/dev/full.partial").exists(), "a device is no file to be renamed to");
}
