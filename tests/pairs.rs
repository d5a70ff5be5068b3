//! A text and its captions are one talk; captions alone have their metadata in a file beside them.

use serde_json::Value;

use crate::support::{Folder, snippets};

const TEXT: &str = "---\ntitle: Le GAR\n---\n\n## Transcription\n\nBonjour, voici le gestionnaire d’accès aux ressources.\n\n\
                    Il protège les données des élèves, et ouvre les manuels.\n";

const VTT: &str = "WEBVTT\n\n00:01.000 --> 00:03.000\nbonjour voici le gestionnaire\n\n00:03.000 --> 00:06.000\n\
                   d'accès aux ressources\n\n00:07.000 --> 00:09.000\nil protège les données des élèves\n\n\
                   00:09.000 --> 00:12.000\net ouvre les manuels\n";

fn vtt(begin: u32, lines: &[&str]) -> String {
    let cue = |(at, line): (u32, &&str)| {
        format!("00:{:02}.000 --> 00:{:02}.000\n{line}\n\n", begin + 2 * at, begin + 2 * at + 2)
    };
    format!("WEBVTT\n\n{}", (0..).zip(lines).map(cue).collect::<String>())
}

/// When the first passage of the first result begins; nothing where it does not tell.
#[track_caller]
fn start(folder: &Folder, query: &str) -> Option<f64> {
    let answer = folder.search_json(query);
    assert!(answer.total() > 0, "{query}: nothing found");
    snippets(&answer.results()[0])[0]["start"].as_f64()
}

/// The counts of a run: added, updated, removed, unchanged, and the reasons for which files are skipped.
#[track_caller]
fn check(folder: &Folder, counts: [u64; 4], skipped: &[(&str, &str)]) {
    let report = folder.index();
    let found = ["added", "updated", "removed", "unchanged"].map(|key| report[key].as_u64().expect("a count"));
    assert_eq!(found, counts, "{report}");
    let list = report["skipped"].as_array().expect("a list");
    assert_eq!(list.len(), skipped.len(), "{report}");
    for (entry, (path, part)) in list.iter().zip(skipped) {
        let says = |key: &str, part: &str| entry[key].as_str().is_some_and(|text| text.contains(part));
        assert!(says("path", path) && says("reason", part), "{report}");
    }
}

/// What `check` prints.
fn findings(folder: &Folder) -> String {
    folder.verbatim(["check", "talks"]).expect(0).stdout
}

#[test]
fn a_text_and_its_captions_are_one_talk() {
    let folder = Folder::new();
    folder.file("gar.md", TEXT).file("gar.vtt", VTT);
    check(&folder, [1, 0, 0, 0], &[]);
    assert_eq!(folder.ids(), ["gar"]);
    assert_eq!(findings(&folder), "");
    // A passage has the time of its words, not that of its paragraph.
    for (query, expected) in [("gestionnaire", 1.0), ("ressources", 3.0), ("données", 7.0), ("manuels", 9.0)] {
        assert_eq!(start(&folder, query), Some(expected), "{query}");
    }
    let page = folder.search_json("gestionnaire");
    assert_eq!(page.result("gar")["title"], "Le GAR", "the text is the Markdown's");
}

#[test]
fn captions_that_come_change_or_go_are_seen() {
    let folder = Folder::new();
    folder.file("gar.md", TEXT);
    check(&folder, [1, 0, 0, 0], &[]);
    assert_eq!(start(&folder, "manuels"), None);
    folder.file("gar.vtt", VTT);
    check(&folder, [0, 1, 0, 0], &[]);
    assert_eq!(start(&folder, "manuels"), Some(9.0));
    check(&folder, [0, 0, 0, 1], &[]);
    folder.file("gar.vtt", VTT.replace("00:09.000", "00:10.000"));
    check(&folder, [0, 1, 0, 0], &[]);
    assert_eq!(start(&folder, "manuels"), Some(10.0));
    folder.remove("gar.vtt");
    check(&folder, [0, 1, 0, 0], &[]);
    assert_eq!(start(&folder, "manuels"), None);
    // Captions that were a talk of their own are none any more where the text comes.
    folder.remove("gar.md").file("gar.vtt", VTT);
    check(&folder, [1, 0, 1, 0], &[]);
    folder.file("gar.md", TEXT);
    check(&folder, [1, 0, 1, 0], &[]);
    assert_eq!((folder.ids(), start(&folder, "manuels")), (vec!["gar".to_owned()], Some(9.0)));
}

#[test]
fn captions_that_cannot_be_read_are_named_at_each_run() {
    let folder = Folder::new();
    folder.file("gar.md", TEXT).file("gar.srt", "rien\n");
    let expected = [("talks/gar.srt", "line 1: no caption found")];
    check(&folder, [1, 0, 0, 0], &expected);
    check(&folder, [0, 0, 0, 1], &expected);
    assert_eq!(start(&folder, "manuels"), None, "the text is there all the same");
    assert!(findings(&folder).contains("talks/gar.srt: line 1: no caption found"));
    folder.verbatim(["index", "talks", "--strict"]).expect(2);
    folder
        .file("gar.srt", "1\n00:00:09,000 --> 00:00:12,000\nil protège les données des élèves et ouvre les manuels\n");
    check(&folder, [0, 1, 0, 0], &[]);
    assert_eq!(start(&folder, "manuels"), Some(9.0));
}

#[test]
fn captions_of_another_talk_give_no_times() {
    let folder = Folder::new();
    folder
        .file("gar.md", TEXT)
        .file("gar.vtt", vtt(1, &["la cuisine de ma mère", "sent bon le thym et le laurier"]))
        .index();
    assert_eq!((folder.ids(), start(&folder, "manuels")), (vec!["gar".to_owned()], None));
    let said = "talks/gar.vtt:1: captions of another talk: 0 % of the words of talks/gar.md are in them";
    assert!(findings(&folder).contains(said), "{}", findings(&folder));
    // And where they differ in part, how much.
    folder.file("gar.vtt", VTT.replace("bonjour voici", "salut voilà").replace("ouvre", "donne"));
    assert!(findings(&folder).contains("talks/gar.vtt:1: 83 % of the words of talks/gar.md are in these captions"));
}

#[test]
fn the_captions_are_chosen_by_name_and_language() {
    let at = |begin| {
        vtt(
            begin,
            &[
                "bonjour voici le gestionnaire d'accès aux ressources",
                "il protège les données des élèves et ouvre les manuels",
            ],
        )
    };
    // (files and their begin, the value of `captionFilePath`, when the gestionnaire is named)
    type Row<'a> = (&'a [(&'a str, u32)], Option<&'a str>, Option<f64>);
    let rows: [Row<'_>; 8] = [
        (&[("gar.fr.vtt", 1), ("gar.en.vtt", 2), ("gar.vtt", 3)], None, Some(1.0)),
        (&[("gar.en.vtt", 2), ("gar.vtt", 3)], None, Some(3.0)),
        (&[("gar.fr-orig.vtt", 4)], None, Some(4.0)),
        (&[("gar.en.vtt", 2)], None, None),
        (&[("gar.vtt", 3), ("captions/x.vtt", 5)], Some("/captions/x.vtt"), Some(5.0)),
        (&[("gar.vtt", 3), ("captions/x.vtt", 5)], Some("captions/x.vtt"), Some(5.0)),
        (&[("gar.vtt", 3)], Some("/captions/x.vtt"), Some(3.0)),
        (&[("gar.vtt", 3)], Some("../../etc/x.vtt"), Some(3.0)),
    ];
    for (files, named, expected) in rows {
        let folder = Folder::new();
        let named = named.map(|path| format!("\ncaptionFilePath: {path}")).unwrap_or_default();
        folder.file("gar.md", TEXT.replace("\n---\n\n", &format!("{named}\n---\n\n")));
        for (name, begin) in files {
            folder.file(name, at(*begin));
        }
        folder.index();
        assert_eq!(start(&folder, "gestionnaire"), expected, "{files:?} {named}");
        assert_eq!(folder.ids(), ["gar"], "{files:?}: captions are no talk of their own");
    }
}

#[test]
fn captions_that_are_named_and_missing_are_reported_by_line() {
    let folder = Folder::new();
    folder.file("edu/gar.md", TEXT.replace("\n---\n\n", "\ncaptionFilePath: /captions/x.vtt\n---\n\n")).index();
    let found = findings(&folder);
    assert!(
        found.starts_with("talks/edu/gar.md:3: the captions `/captions/x.vtt` are not below the folder"),
        "{found}"
    );
}

#[test]
fn files_given_one_by_one_find_their_captions() {
    let folder = Folder::new();
    folder.file("gar.md", TEXT).file("gar.vtt", VTT);
    for paths in [&["talks/gar.md"][..], &["talks/gar.md", "talks/gar.vtt"]] {
        folder.verbatim([&["index"], paths].concat()).expect(0);
        assert_eq!((folder.ids(), start(&folder, "manuels")), (vec!["gar".to_owned()], Some(9.0)), "{paths:?}");
    }
}

/// Area, title and embedded video of each result, by id.
fn metadata(folder: &Folder) -> Vec<String> {
    let answer = folder.search_json("");
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |result: &Value| ["id", "title", "area", "video"].map(|key| text(&result[key])).join(" | ");
    let mut lines: Vec<String> = answer.results().iter().map(line).collect();
    lines.sort();
    lines
}

#[test]
fn captions_alone_have_their_metadata_beside_them() {
    let folder = Folder::new();
    folder
        .file("metadata.yaml", "area: Colloque\nvideoEmbedSrc: https://v.example.org/\n")
        .file("a.vtt", VTT)
        .file("jour-2/metadata.yml", "area: Deuxième jour\n")
        .file("jour-2/b.fr.srt", "1\n00:00:01,000 --> 00:00:02,000\nBonjour.\n")
        .file("jour-2/b.yaml", "title: La suite\nvideoEmbedSrc: https://v.example.org/b\n")
        .file("jour-2/c.txt", "Bonjour.\n")
        .file("jour-2/d.md", "---\ntitle: Le texte\n---\n\nBonjour.\n");
    check(&folder, [4, 0, 0, 0], &[]);
    let expected = [
        "a | a | Colloque | https://v.example.org/",
        "jour-2/b.fr | La suite | Deuxième jour | https://v.example.org/b",
        "jour-2/c | c | Deuxième jour | https://v.example.org/",
        "jour-2/d | Le texte | - | -",
    ];
    assert_eq!(metadata(&folder), expected);
    folder.file("jour-2/metadata.yml", "area: Lendemain\n");
    check(&folder, [0, 2, 0, 2], &[]);
    assert!(metadata(&folder)[1].contains("Lendemain"));
    folder.remove("metadata.yaml");
    check(&folder, [0, 3, 0, 1], &[]);
    assert_eq!(metadata(&folder)[0], "a | a | - | -");
}

#[test]
fn metadata_that_cannot_be_read_are_named_once_and_the_captions_indexed() {
    let folder = Folder::new();
    folder.file("metadata.yaml", "# colloque\n- une liste\n").file("a.vtt", VTT).file("b.vtt", VTT);
    let expected = [("talks/metadata.yaml", "line 2: expected `key: value`")];
    check(&folder, [2, 0, 0, 0], &expected);
    check(&folder, [0, 0, 0, 2], &expected);
    assert_eq!(findings(&folder).matches("metadata.yaml").count(), 1, "{}", findings(&folder));
    folder.file("metadata.yaml", "title : Colloque\n");
    check(&folder, [0, 2, 0, 0], &[]);
    let found = findings(&folder);
    assert!(found.contains("talks/metadata.yaml:1: space before the colon"), "{found}");
    assert!(found.contains("talks/metadata.yaml:1: a `title` cannot be that of all talks"), "{found}");
}

#[test]
fn a_phrase_over_cues_is_found_and_lit_in_each_and_begins_at_its_first_word() {
    let lines = ["le gestionnaire", "d'accès", "aux ressources", "ouvre les manuels", "de nos élèves"];
    let cues = |comma: &str, head: &str| {
        let cue = |(at, line): (usize, &&str)| {
            format!("{at}\n00:00:1{at}{comma}000 --> 00:00:1{}{comma}000\n{line}\n\n", at + 1)
        };
        format!("{head}{}", lines.iter().enumerate().map(cue).collect::<String>())
    };
    let (vtt, srt) = (cues(".", "WEBVTT\n\n"), cues(",", ""));
    let text = "Le gestionnaire d’accès aux ressources ouvre les manuels de nos élèves.";
    let sources: [&[(&str, &str)]; 3] = [&[("x.vtt", &vtt)], &[("x.srt", &srt)], &[("x.md", text), ("x.vtt", &vtt)]];
    // (phrase, the second in which its first word is said, what is lit)
    let rows = [
        ("gestionnaire d'accès", 10.0, "gestionnaire d’accès"),
        ("gestionnaire d'accès aux ressources", 10.0, "gestionnaire d’accès aux ressources"),
        ("accès aux ressources ouvre", 11.0, "accès aux ressources ouvre"),
        ("ressources ouvre les manuels de nos", 12.0, "ressources ouvre les manuels de nos"),
        (
            "accès aux ressources ouvre les manuels de nos élèves",
            11.0,
            "accès aux ressources ouvre les manuels de nos élèves",
        ),
        (
            "gestionnaire d'accès aux ressources ouvre les manuels",
            10.0,
            "gestionnaire d’accès aux ressources ouvre les manuels",
        ),
    ];
    for files in sources {
        let folder = Folder::new();
        for (name, content) in files {
            folder.file(name, content);
        }
        folder.index();
        for (phrase, begin, lit) in &rows {
            let answer = folder.search_json(&format!("\"{phrase}\""));
            let found: Vec<String> = answer.lit("x").iter().map(|lit| lit.replace('\'', "’")).collect();
            assert_eq!(found, [*lit], "{files:?} {phrase}");
            assert_eq!(snippets(answer.result("x"))[0]["start"].as_f64(), Some(*begin), "{files:?} {phrase}");
        }
    }
}
