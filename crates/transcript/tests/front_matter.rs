//! What each way of writing front matter says, and what is said about it.

use verbatim_transcript::{Format, Metadata, Note, parse};

/// The metadata, a line for each key that is there, and the notes as `line: message`.
fn read(file: &str) -> (String, Vec<Note>) {
    let parsed =
        parse(Format::Markdown, "edu/l-ent", file.as_bytes()).unwrap_or_else(|error| panic!("{error}: {file:?}"));
    (shown(&parsed.transcripts[0].metadata), parsed.notes)
}

fn shown(metadata: &Metadata) -> String {
    let mut lines = vec![format!("title={}", metadata.title)];
    let optional = [
        ("area", &metadata.area),
        ("description", &metadata.description),
        ("videoEmbedSrc", &metadata.video_embed_src),
        ("videoDownloadHref", &metadata.video_download_href),
        ("captionFilePath", &metadata.caption_file_path),
        ("pdfFilePath", &metadata.pdf_file_path),
        ("fileType", &metadata.file_type),
    ];
    lines.extend(optional.iter().filter_map(|(key, value)| Some(format!("{key}={}", value.as_ref()?))));
    lines.extend(metadata.priority.map(|priority| format!("priority={priority}")));
    lines.extend(metadata.other.iter().map(|(key, value)| format!("{key}={value}")));
    lines.join("\n")
}

/// Lines between the fences, the metadata they give, and the notes: line of the file and a part of the message.
#[track_caller]
fn check(front: &str, expected: &str, notes: &[(usize, &str)]) {
    let (metadata, found) = read(&format!("---\n{front}\n---\n\nTexte.\n"));
    assert_eq!(metadata, expected, "{front:?}");
    let same = found.len() == notes.len()
        && found.iter().zip(notes).all(|(note, (line, part))| note.line == *line && note.message.contains(part));
    assert!(same, "{front:?}\n  found {found:#?}\n  expected {notes:?}");
}

#[test]
fn all_known_keys_are_read() {
    check(
        "area: Domaine 1\ntitle: L'ENT\ndescription: Un lieu.\nvideoEmbedSrc: https://example.org/v\n\
         videoDownloadHref: https://example.org/v.mp4\ncaptionFilePath: /captions/v.vtt\npdfFilePath: /v.pdf\n\
         fileType: VIDEO\npriority: 3",
        "title=L'ENT\narea=Domaine 1\ndescription=Un lieu.\nvideoEmbedSrc=https://example.org/v\n\
         videoDownloadHref=https://example.org/v.mp4\ncaptionFilePath=/captions/v.vtt\npdfFilePath=/v.pdf\n\
         fileType=VIDEO\npriority=3",
        &[],
    );
    check("title: x\narea:\ndescription: \"\"\nfileType: ~\npriority:\nautre:", "title=x", &[]);
    check("# commentaire\ntitle: x\n\n# fin", "title=x", &[]);
    check("  title: x\n  area: y", "title=x\narea=y", &[]);
    check("\"title\": x\n'area': y", "title=x\narea=y", &[]);
}

#[test]
fn values_are_text_as_written() {
    check("title: 2024", "title=2024", &[]);
    check("title: 1.10", "title=1.10", &[]);
    check("title: true", "title=true", &[]);
    check("title: 2024-01-05", "title=2024-01-05", &[]);
    check("title: \"Le GAR : qui ? \\u00e9\"", "title=Le GAR : qui ? é", &[]);
    check("title: 'L''ENT : où ?'", "title=L'ENT : où ?", &[]);
    check("title: Bonjour \"à tous\"", "title=Bonjour \"à tous\"", &[]);
    check("title: -tiret et C#", "title=-tiret et C#", &[]);
    check("title: |\n  Un\n  deux", "title=Un deux", &[]);
    check("title: >-\n  Un : deux # trois\n\n  quatre", "title=Un : deux # trois quatre", &[]);
    check("title: Un\n  deux\n\n  trois", "title=Un deux trois", &[]);
    check("title:\n  Un\n  deux", "title=Un deux", &[]);
    check("title: \"Un\n  deux\"\narea: x", "title=Un deux\narea=x", &[]);
    check("title: \u{A0}L'ENT\u{200B}", "title=L'ENT", &[]);
    check("title: x\npriority: \"2\"", "title=x\npriority=2", &[]);
}

#[test]
fn unknown_keys_keep_their_type() {
    check(
        "title: x\ntags: [ENT, 2, 1.5, true]\nduree: 12\nniveau:\n  cycle: 3\n  classes:\n  - CM1\ndate: 2024-01-05\nlibre: \"7\"\nmotsCles:\n- a\n- b",
        "title=x\ndate=\"2024-01-05\"\nduree=12\nlibre=\"7\"\nmotsCles=[\"a\",\"b\"]\nniveau={\"classes\":[\"CM1\"],\"cycle\":3}\ntags=[\"ENT\",2,1.5,true]",
        &[],
    );
    check("title: x\ndate de publication: hier", "title=x\ndate de publication=\"hier\"", &[]);
    check("title: x\na: .nan\nb: !t [1]", "title=x\na=\".nan\"\nb=\"!t [1]\"", &[(4, "cannot begin with `!`")]);
    check("title: x\na: [1, 2", "title=x\na=\"[1, 2\"", &[(3, "not valid YAML")]);
}

#[test]
fn slips_are_repaired_and_noted() {
    check("area : Domaine 1\ntitle: x", "title=x\narea=Domaine 1", &[(2, "space before the colon")]);
    check(
        "title: x\ndescription:Hameçonnage, usurpation : des techniques.",
        "title=x\ndescription=Hameçonnage, usurpation : des techniques.",
        &[(3, "no space after `description:`"), (3, "a colon and a space")],
    );
    check("title: Zoom : le RGPD", "title=Zoom : le RGPD", &[(2, "a colon and a space")]);
    check("title: Zoom\u{A0}: le RGPD\narea: x", "title=Zoom\u{A0}: le RGPD\narea=x", &[(2, "a colon and a space")]);
    check("title: Un\n  deux : trois", "title=Un deux : trois", &[(2, "a colon and a space")]);
    check("title: Et alors :", "title=Et alors :", &[(2, "a colon and a space")]);
    check("Title: x\nfiletype: PDF", "title=x\nfileType=PDF", &[(2, "`Title` is read as `title`"), (3, "`filetype`")]);
    check("title:\tUn\tdeux\narea: x", "title=Un deux\narea=x", &[(2, "tab")]);
    check("title: x\ntags:\n\t- a", "title=x\ntags=[\"a\"]", &[(4, "tab")]);
    check("area: y\n title: x", "title=x\narea=y", &[(3, "space before `title`")]);
    check("title: Un\ndeux et trois\narea: y", "title=Un deux et trois\narea=y", &[(3, "not indented")]);
    check(
        "title: x\ndescription: Bonjour.\nAvec Ana Roy : autrice\narea: y",
        "title=x\narea=y\ndescription=Bonjour. Avec Ana Roy : autrice",
        &[(3, "a colon and a space"), (4, "not indented")],
    );
    check("title: Avec le lycée.\"", "title=Avec le lycée.\"", &[(2, "a quote closes")]);
    check("title: \"Un \"mot\" dit\"", "title=Un \"mot\" dit", &[(2, "not valid YAML")]);
    check("title: 'L'ENT'", "title=L'ENT", &[(2, "not valid YAML")]);
    check("title: \"Sans fin\narea: y", "title=\"Sans fin\narea=y", &[(2, "not valid YAML")]);
    check("title: \"C:\\Users\"", "title=C:\\Users", &[(2, "not valid YAML")]);
    check(
        "title: @pix\narea: *gras*",
        "title=@pix\narea=*gras*",
        &[(2, "cannot begin with `@`"), (3, "cannot begin with `*`")],
    );
    check("title: [Replay] Le GAR", "title=[Replay] Le GAR", &[(2, "not valid YAML")]);
    check("title: C et # le reste", "title=C et", &[(2, "`# le reste` is a comment")]);
    check("title: C et # le\n  reste", "title=C et # le reste", &[(2, "begins a comment")]);
}

#[test]
fn values_of_the_wrong_kind_are_noted() {
    check("title: [Un, 2]", "title=Un, 2", &[(2, "is a list")]);
    check("title:\n- Un\n- deux", "title=Un, deux", &[(2, "is a list")]);
    check("title: {a: b}", "title={a: b}", &[(2, "is not a text")]);
    check("title:\n  Zoom : suite", "title=Zoom : suite", &[(2, "is not a text")]);
    check("title: x\npriority: haute", "title=x", &[(3, "no whole number")]);
    check("title: x\npriority: 1.5", "title=x", &[(3, "no whole number")]);
    check("area: y", "title=l-ent\narea=y", &[(1, "no `title`")]);
    check("", "title=l-ent", &[(1, "no `title`")]);
}

#[test]
fn the_first_of_two_values_counts() {
    check(
        "title: Un\narea: y\ntitle: Deux",
        "title=Un\narea=y",
        &[(4, "`title` is given before, in line 2; `Deux` is left out")],
    );
    check("title:\ntitle: Deux", "title=Deux", &[]);
    check("title: x\na: 1\na: 2", "title=x\na=1", &[(4, "`a` is given before")]);
}

#[test]
fn what_could_grow_or_sink_is_text() {
    let bomb = "title: x\nb:\n  - &a [lol, lol]\n  - [*a, *a]";
    check(bomb, "title=x\nb=\"- &a [lol, lol]\\n- [*a, *a]\"", &[(3, "anchors and aliases")]);
    let (metadata, notes) = read(&format!("---\ntitle: x\na: {}\n---\n", "[".repeat(100_000)));
    assert!(metadata.contains("a=\"[[["), "kept");
    assert!(notes[0].message.contains("brackets"), "{notes:?}");
    for deep in
        ["- ".repeat(50_000), "? ".repeat(50_000), "a: ".repeat(50_000), "!a ".repeat(50_000), "\"".repeat(99_999)]
    {
        read(&format!("---\ntitle: x\na:\n  {deep}\n---\n"));
    }
    let stairs: String = (0..600).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    read(&format!("---\ntitle: x\n{stairs}---\n"));
}

#[test]
fn without_front_matter_the_name_is_the_title() {
    for file in ["Bonjour.\n", "# Titre\n\n---\n\nBonjour.", "--- pas une barrière\n", "----\n"] {
        let (metadata, notes) = read(file);
        assert_eq!(metadata, "title=l-ent");
        assert_eq!((notes.len(), notes[0].line), (1, 1));
        assert!(notes[0].message.contains("no front matter"));
    }
    let (metadata, notes) = read("\u{FEFF}\r\n---  \r\ntitle: x\r\n...\r\nTexte.");
    assert_eq!((metadata.as_str(), notes.len()), ("title=x", 0));
}

#[test]
fn what_cannot_be_read_is_refused_with_its_line() {
    #[track_caller]
    fn check_error(file: &[u8], line: usize, part: &str) {
        let error = parse(Format::Markdown, "x", file).expect_err("refused");
        assert_eq!(error.line, line, "{error}");
        assert!(error.reason.contains(part), "{error}");
    }
    check_error(b"", 1, "empty");
    check_error("\u{FEFF} \n\n".as_bytes(), 1, "empty");
    check_error(b"un\ndeux\n\xE9cole", 3, "not valid UTF-8");
    check_error(b"un\rdeux\r\n\xE9cole", 3, "not valid UTF-8");
    check_error(b"\xFF\xFEB\0", 1, "not valid UTF-8");
    check_error(b"---\ntitle: x\n\nTexte.\n", 1, "not closed");
    check_error(b"\n---\ntitle: x\n", 2, "not closed");
    check_error(b"---\ntitle: x\n\n## Transcription\n\nUn.\n\n---\n\nDeux.\n", 4, "not closed before this heading");
    check_error("---\n\nBonjour à tous\n---\n".as_bytes(), 3, "expected `key: value`");
    check_error(b"---\n- a\n---\n", 2, "expected `key: value`");
    check_error(b"---\n{title: x}\n---\n", 2, "expected `key: value`");
    check_error(format!("---\ntitle: {}\n---\n", "x".repeat(300_000)).as_bytes(), 1, "larger than 256 KiB");
    let keys: String = (0..2_000).map(|n| format!("k{n}: 1\n")).collect();
    check_error(format!("---\n{keys}---\n").as_bytes(), 1_002, "more than 1000 keys");
}

#[test]
fn a_file_without_text_is_a_transcript_without_segments() {
    let parsed = parse(Format::Markdown, "x", b"---\ntitle: Fiche\nfileType: PDF\n---").expect("fine");
    assert!(parsed.transcripts[0].segments.is_empty() && parsed.notes.is_empty());
}
