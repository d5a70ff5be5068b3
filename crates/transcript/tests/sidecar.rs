//! Metadata beside captions, and what is said about it.

use verbatim_transcript::{Metadata, Note, Sidecar};

fn shown(metadata: &Metadata) -> String {
    let mut lines = vec![format!("title={}", metadata.title)];
    lines.extend(metadata.area.iter().map(|area| format!("area={area}")));
    lines.extend(metadata.video_embed_src.iter().map(|src| format!("videoEmbedSrc={src}")));
    lines.extend(metadata.priority.map(|priority| format!("priority={priority}")));
    lines.extend(metadata.other.iter().map(|(key, value)| format!("{key}={value}")));
    lines.join(" ")
}

fn written(notes: &[Note]) -> String {
    let notes = notes.iter().map(|Note { line, message }| format!("{line}: {message}"));
    notes.collect::<Vec<_>>().join("\n")
}

/// A file, the metadata of a talk called `x` that it gives, and the notes, a part of each.
#[track_caller]
fn check(file: &str, expected: &str, notes: &[&str]) {
    let (sidecar, found) = Sidecar::of_talk(file.as_bytes()).unwrap_or_else(|error| panic!("{error}: {file}"));
    let mut metadata = Metadata { title: "x".to_owned(), ..Metadata::default() };
    sidecar.give(&mut metadata);
    assert_eq!(shown(&metadata), expected, "{file}");
    let same =
        found.len() == notes.len() && notes.iter().zip(written(&found).lines()).all(|(part, note)| note.contains(part));
    assert!(same, "{file}\n{}", written(&found));
}

#[test]
fn the_keys_of_front_matter_are_read() {
    check("title: Le GAR\narea: Domaine 1\npriority: 3\n", "title=Le GAR area=Domaine 1 priority=3", &[]);
    check("---\ntitle: Le GAR\n---\ntitle: un autre document\n", "title=Le GAR", &[]);
    check("\n--- \ntitle: Le GAR\n...\n", "title=Le GAR", &[]);
    check("\u{FEFF}title: Le GAR\r\narea: Été\r\n", "title=Le GAR area=Été", &[]);
    check("", "title=x", &[]);
    check("# rien\n", "title=x", &[]);
    check("area:\ntags: [un, deux]\n", "title=x tags=[\"un\",\"deux\"]", &[]);
    check(
        "Title : L'ENT: le retour\npriority: vite\n",
        "title=L'ENT: le retour",
        &[
            "1: `Title` is read as `title`",
            "1: space before the colon",
            "1: `title`: a colon",
            "2: `priority` is no whole number",
        ],
    );
}

#[test]
fn what_is_no_metadata_is_refused_by_its_line() {
    let check = |file: &[u8], expected: &str| {
        let error = Sidecar::of_talk(file).expect_err("no metadata").to_string();
        assert!(error.starts_with(expected), "{error}");
    };
    check(b"# un commentaire\n- une liste\n", "line 2: expected `key: value`");
    check(b"---\n\nBonjour.\n", "line 3: expected `key: value`");
    check(b"title: x\narea: \xFF\n", "line 2: not valid UTF-8");
    check("a: b\n".repeat(60_000).as_bytes(), "line 1: larger than 256 KiB");
    check((0..2_000).map(|at| format!("k{at}: v\n")).collect::<String>().as_bytes(), "line 1001: more than 1000 keys");
}

#[test]
fn a_folder_has_no_title_to_give() {
    let (sidecar, notes) = Sidecar::of_folder(b"area: Domaine 1\ntitle: Colloque\n").expect("keys");
    let mut metadata = Metadata { title: "x".to_owned(), ..Metadata::default() };
    sidecar.give(&mut metadata);
    assert_eq!(shown(&metadata), "title=x area=Domaine 1");
    assert!(written(&notes).starts_with("2: a `title` cannot be that of all talks"), "{notes:?}");
}
