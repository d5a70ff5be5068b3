//! The program in a terminal and in a pipe: help, exit statuses, what goes to which stream, and the smaller commands.

use std::{io::Read, process::Stdio};

use serde_json::Value;

use crate::support::{Folder, Output, code, program};

const COMMANDS: [&str; 10] =
    ["index", "search", "batch", "serve", "check", "doctor", "analyze", "explain", "eval", "completions"];

/// One transcript, indexed.
fn one() -> Folder {
    let folder = Folder::new();
    folder.transcript("edu/x", "Le GAR", "Voici le GAR, pas la gare.").index();
    folder
}

#[test]
fn every_command_has_help_with_an_example() {
    let folder = Folder::new();
    for command in COMMANDS {
        for flag in ["--help", "-h"] {
            let Output { stdout, stderr, .. } = folder.verbatim([command, flag]).expect(0);
            assert_eq!(stderr, "", "{command} {flag}");
            assert!(stdout.contains(&format!("Usage: verbatim {command}")), "{command} {flag}: {stdout}");
            assert!(stdout.contains(&format!("  verbatim {command}")), "{command} {flag} has an example: {stdout}");
        }
    }
    let help = folder.verbatim(["--help"]).expect(0).stdout;
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is listed: {help}");
    }
    assert!(help.contains("Exit status"), "{help}");
    assert!(folder.verbatim(["--version"]).expect(0).stdout.starts_with("verbatim "));
}

#[test]
fn the_exit_status_says_how_it_went() {
    let folder = one();
    // (status, arguments)
    let rows: [(i32, &[&str]); 20] = [
        (0, &["search", "GAR"]),
        (1, &["search", "introuvable"]),
        (1, &["search", "introuvable", "--json"]),
        (0, &["search", "--limit", "0", "GAR"]),
        (2, &["search"]),
        (2, &["search", "GAR", "--limit", "x"]),
        (2, &["search", "GAR", "--limit", "-1"]),
        (2, &["search", "GAR", "--absent"]),
        (2, &["search", "GAR", "--index", "absent"]),
        (2, &["batch"]),
        (2, &["batch", "absent"]),
        (2, &["batch", "-", "--format", "xls"]),
        (2, &["index"]),
        (2, &["index", "absent"]),
        (2, &["check", "absent"]),
        (2, &["explain", "GAR", "--index", "absent"]),
        (2, &["completions", "absent"]),
        (2, &["absent"]),
        (2, &[]),
        (0, &["analyze", ""]),
    ];
    for (status, args) in rows {
        let output = folder.verbatim(args);
        assert_eq!(output.status, status, "{args:?}: {output:?}");
        if status == 2 {
            assert_eq!(output.stdout, "", "{args:?}");
            assert!(!output.stderr.is_empty(), "{args:?}");
        }
    }
}

#[test]
fn errors_say_what_and_why_and_what_to_do_and_nothing_twice() {
    let folder = one();
    folder.file("fichier", "x");
    // (arguments, what is named, what to do)
    let rows: [(&[&str], &str, &str); 6] = [
        (&["index", "absent"], "absent", "; "),
        (&["check", "absent"], "absent", ""),
        (&["search", "GAR", "--index", "nulle/part"], "nulle/part", "verbatim index"),
        (&["search", "GAR", "--index", "talks/fichier"], "talks/fichier", ""),
        (&["index", "talks", "--index", "talks/fichier"], "talks/fichier", ""),
        (&["index", "talks/fichier"], "talks/fichier", "; "),
    ];
    for (args, what, way_out) in rows {
        let stderr = folder.verbatim(args).expect(2).stderr;
        assert!(stderr.starts_with(&format!("verbatim: {what}")), "{args:?}: {stderr}");
        assert!(stderr.contains(way_out), "{args:?}: {stderr}");
        assert!(stderr.matches("os error").count() <= 1, "{args:?}: said twice: {stderr}");
        assert!(!stderr.trim_end().ends_with('.'), "{args:?}: {stderr}");
        if args.contains(&"check") {
            assert!(!stderr.contains("the index"), "no index is concerned: {stderr}");
        }
    }
}

#[test]
fn data_goes_to_stdout_and_talk_to_stderr() {
    let folder = one();
    let output = folder.verbatim(["search", "GAR"]).expect(0);
    for part in ["Le GAR", "edu/x", "Voici le GAR, pas la gare."] {
        assert!(output.stdout.contains(part) && !output.stderr.contains(part), "{part}: {output:?}");
    }
    assert!(output.stderr.contains("1 transcript"), "{output:?}");
    let output = folder.verbatim(["search", "GAR", "--json"]).expect(0);
    assert_eq!((output.stdout.lines().count(), output.stderr.as_str()), (1, ""));
    let output = folder.verbatim(["search", "introuvable"]).expect(1);
    assert_eq!(output.stdout, "");
    let output = folder.verbatim(["search", "\"le GAR"]).expect(0);
    assert!(output.stderr.contains("note: "), "{output:?}");
}

#[test]
fn there_is_no_colour_in_a_pipe() {
    let folder = one();
    let all: [&[&str]; 6] = [
        &["search", "GAR"],
        &["index", "talks"],
        &["check", "talks"],
        &["analyze", "l’ENT"],
        &["explain", "GAR"],
        &["search", "GAR", "--index", "absent"],
    ];
    for args in all {
        let output = folder.verbatim(args);
        assert!(!format!("{}{}", output.stdout, output.stderr).contains('\u{1B}'), "{args:?}: {output:?}");
    }
}

#[test]
fn a_transcript_cannot_command_the_terminal() {
    let folder = Folder::new();
    folder
        .file(
            "x.md",
            "---\ntitle: \"Le \\u001b[31mGAR\\u0007\"\narea: \"\\u001b]0;x\"\n---\n\nLe GAR \u{1B}[2J\u{9B}31m ici.\n",
        )
        .index();
    for args in
        [&["search", "GAR"][..], &["check", "talks"], &["analyze", "le \u{1B}[2J GAR"], &["search", "GAR", "\u{1B}[2J"]]
    {
        let output = folder.verbatim(args);
        let said = format!("{}{}", output.stdout, output.stderr);
        assert!(!said.contains(['\u{1B}', '\u{7}', '\u{9B}']), "{args:?}: {output:?}");
    }
}

#[test]
fn who_stops_reading_causes_no_error() {
    let folder = Folder::new();
    for at in 0..400 {
        folder.transcript(&format!("{at:03}"), "Un", &"Le GAR et l’ENT. ".repeat(20));
    }
    folder.index();
    let all: [&[&str]; 3] = [
        &["search", "GAR", "--limit", "400"],
        &["search", "GAR", "--limit", "400", "--json"],
        &["completions", "bash"],
    ];
    for args in all {
        let mut child = program(folder.path())
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdout = child.stdout.take().expect("standard output is piped");
        stdout.read_exact(&mut [0]).expect("something is printed");
        drop(stdout);
        let output = child.wait_with_output().expect("the program ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(code(output.status), 0, "{args:?}: {stderr}");
        assert!(!stderr.contains("verbatim:") && !stderr.contains("panicked"), "{args:?}: {stderr}");
    }
}

#[test]
fn the_index_is_named_by_option_variable_or_habit() {
    let folder = Folder::new();
    folder.transcript("a", "Un", "Le GAR.");
    let named = |name: &str| folder.path().join(name).join("current").exists();
    folder.verbatim(["index", "talks"]).expect(0);
    assert!(named("index"));
    folder.verbatim(["index", "talks", "--index", "par-option"]).expect(0);
    assert!(named("par-option"));
    let run = |args: &[&str]| {
        let status = program(folder.path())
            .args(args)
            .env("VERBATIM_INDEX", "par-variable")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        code(status.expect("the program starts"))
    };
    assert_eq!(run(&["index", "talks"]), 0);
    assert!(named("par-variable"));
    assert_eq!(run(&["search", "GAR"]), 0);
    assert_eq!(run(&["search", "GAR", "--index", "absent"]), 2, "the option prevails");
}

#[test]
fn words_may_be_given_apart_or_together() {
    let folder = one();
    let query = |args: &[&str]| -> Value {
        folder.verbatim([&["search", "--json"], args].concat()).expect(0).json()["query"].clone()
    };
    assert_eq!(query(&["le", "GAR"]), "le GAR");
    assert_eq!(query(&["le GAR"]), "le GAR");
    assert_eq!(query(&["--", "GAR", "-lycée"]), "GAR -lycée");
    assert_eq!(query(&["GAR -lycée"]), "GAR -lycée");
}

#[test]
fn analyze_shows_what_a_text_becomes() {
    let folder = Folder::new();
    let text = "L’ENT, les élèves et le G.A.R.";
    let analysis = folder.verbatim(["analyze", text, "--json"]).expect(0).json();
    assert_eq!(analysis["text"], text);
    let tokens = analysis["tokens"].as_array().expect("a list");
    let field =
        |name: &str| -> Vec<&str> { tokens.iter().map(|token| token[name].as_str().expect("a text")).collect() };
    assert_eq!(field("lit"), ["ENT", "les", "élèves", "et", "le", "G.A.R."]);
    assert_eq!(field("fold"), ["ENT", "les", "eleves", "et", "le", "GAR"]);
    assert_eq!(field("kind"), ["acronym", "word", "word", "word", "word", "acronym"]);
    for (position, token) in tokens.iter().enumerate() {
        let edge = |name: &str| usize::try_from(token[name].as_u64().expect("a number")).expect("small");
        assert_eq!(token["lit"], text[edge("start")..edge("end")], "bytes of the text: {token}");
        assert_eq!(edge("position"), position);
    }
    assert!(tokens[0]["rules"].as_array().is_some_and(|rules| rules.contains(&Value::from("elision"))));
    let table = folder.verbatim(["analyze", "l’ENT", "du", "lycée"]).expect(0).stdout;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 4, "a head and a line for each token: {table}");
    assert!(lines[1].contains(" ENT ") && lines[1].contains("elision"), "{table}");
    assert!(lines[3].contains("lycée") && lines[3].contains("lyce"), "{table}");
}

#[test]
fn explain_shows_the_plan() {
    let folder = Folder::new();
    folder
        .file(
            "a.md",
            "---\narea: Domaine 1\ntitle: x\n---\n\nL’ENT du lycée, la classe inversée, le cyberharcèlement.\n",
        )
        .index();
    let explain = |query: &str| folder.verbatim(["explain", "--", query]).expect(0).stdout;
    // (query, what the plan names)
    for (query, parts) in [
        ("l’ENT", &["ENT"][..]),
        ("accès à l’ENT", &["ENT", "acces", "near"]),
        ("ENT -lycée", &["not", "lycee"]),
        ("\"classe inversée\"", &["must", "classe inversee"]),
        ("cyberharc*", &["cyberharcelement"]),
        ("ENT area:\"domaine 1\"", &["area", "Domaine 1"]),
        ("\"classe", &["note"]),
    ] {
        let plan = explain(query);
        for part in parts {
            assert!(plan.contains(part), "{query}: {part}: {plan}");
        }
    }
    assert!(!explain("le lycée").contains("(le)"), "words that say nothing are left out");
}

#[test]
fn check_names_what_is_odd_by_path_and_line() {
    let folder = Folder::new();
    folder
        .file("propre.md", "---\narea: Domaine 1\ntitle: \"Le GAR : qui ?\"\n---\n\n## Transcription\n\nBonjour.\n")
        .file("a/espace.md", "---\narea : Domaine 1\ntitle: x\n---\n\nBonjour.\n")
        .file("a/colle.md", "---\ntitle: x\ndescription:Un accès : lequel\n---\n\nBonjour.\n")
        .file("a/sans-titre.md", "---\narea: x\n---\n\nBonjour.\n")
        .file("a/double.md", "---\ntitle: x\narea: y\ntitle: z\n---\n\nBonjour.\n")
        .file("a/rang.md", "---\ntitle: x\npriority: haute\n---\n\nBonjour.\n")
        .file("a/nu.md", "Bonjour.\n")
        .file("a/ouvert.md", "---\ntitle: x\n\nBonjour.\n")
        .file("a/latin1.md", b"---\ntitle: x\n---\n\nL'\xE9cole.\n")
        .file("a/vide.md", "")
        .file("propre.txt", "Le même nom.\n");
    let output = folder.verbatim(["check", "talks"]).expect(0);
    // (path and line, what is said)
    for (place, part) in [
        ("talks/a/espace.md:2: ", "colon"),
        ("talks/a/colle.md:3: ", "description"),
        ("talks/a/sans-titre.md:1: ", "title"),
        ("talks/a/double.md:4: ", "title"),
        ("talks/a/rang.md:3: ", "priority"),
        ("talks/a/nu.md:1: ", "front matter"),
        ("talks/a/ouvert.md: line 1: ", "not closed"),
        ("talks/a/latin1.md: line 5: ", "UTF-8"),
        ("talks/a/vide.md: line 1: ", "empty"),
        ("talks/propre.txt: ", "talks/propre.md"),
    ] {
        let said = output.stdout.lines().any(|line| line.starts_with(place) && line.contains(part));
        assert!(said, "{place}{part}: {output:?}");
    }
    assert!(!output.stdout.contains("talks/propre.md:"), "nothing is odd there: {output:?}");
    assert!(!folder.path().join("index").exists(), "nothing is indexed");

    let findings = folder.verbatim(["check", "talks", "--json"]).expect(0).json();
    let place = |note: &Value| note["path"] == "talks/a/colle.md" && note["line"] == 3;
    assert!(findings["notes"].as_array().is_some_and(|notes| notes.iter().any(place)), "{findings}");
    let vide = |skipped: &Value| skipped["path"] == "talks/a/vide.md";
    assert!(findings["skipped"].as_array().is_some_and(|skipped| skipped.iter().any(vide)), "{findings}");
}

#[test]
fn check_and_index_agree_on_what_cannot_be_read() {
    let folder = Folder::new();
    folder
        .transcript("a", "Un", "Bonjour.")
        .file("a.txt", "Le même nom.\n")
        .file("vide.md", "")
        .file("ouvert.md", "---\ntitle: x\n");
    let skipped = |report: &Value| -> Vec<String> {
        let skipped = report["skipped"].as_array().expect("a list");
        let mut paths: Vec<String> = skipped.iter().map(|skipped| skipped["path"].to_string()).collect();
        paths.sort();
        paths
    };
    let checked = folder.verbatim(["check", "talks", "--json"]).expect(0).json();
    assert_eq!(skipped(&checked), skipped(&folder.index()));
}

#[test]
fn completions_for_every_shell() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = folder.verbatim(["completions", shell]).expect(0).stdout;
        for command in COMMANDS {
            assert!(script.contains(command), "{shell} completes {command}");
        }
    }
}
