//! JSON lines: what each line becomes, and what is said about bad ones.

use std::io::{BufReader, Read};

use verbatim_transcript::{Format, Records, Segment, parse};

/// `id|title|area| 1.5-2 Marie> Bonjour.| …`
fn written(file: &str) -> (Vec<String>, Vec<String>) {
    let parsed = parse(Format::JsonLines, "import", file.as_bytes()).expect("rows can be read");
    let transcripts = parsed.transcripts.iter().map(|transcript| {
        let metadata = &transcript.metadata;
        let mut parts = vec![transcript.id.clone(), metadata.title.clone()];
        parts.extend(metadata.area.clone());
        parts.extend(metadata.other.iter().map(|(key, value)| format!("{key}={value}")));
        parts.extend(transcript.segments.iter().map(segment));
        parts.join("|")
    });
    let notes = parsed.notes.iter().map(|note| format!("{}: {}", note.line, note.message));
    (transcripts.collect(), notes.collect())
}

fn segment(segment: &Segment) -> String {
    let time = segment.time.map(|time| format!("{}-{} ", time.start_ms, time.end_ms)).unwrap_or_default();
    let speaker = segment.speaker.as_ref().map(|name| format!("{name}> ")).unwrap_or_default();
    format!("{time}{speaker}{}", segment.text)
}

#[track_caller]
fn check(file: &str, transcripts: &[&str], notes: &[&str]) {
    let (found, notes_found) = written(file);
    assert_eq!(found, transcripts, "{file}");
    assert_eq!(notes_found.len(), notes.len(), "{notes_found:?}");
    for (note, part) in notes_found.iter().zip(notes) {
        assert!(note.contains(part), "{note}");
    }
}

#[test]
fn each_line_is_a_transcript() {
    check(
        "{\"id\":\"a\",\"title\":\"L'ENT\",\"text\":\"Bonjour.\\n\\nVoici  l'ENT.\"}\n\n{\"id\":\"b/c\",\"text\":\"Oui.\"}\r\n",
        &["a|L'ENT|Bonjour.|Voici l'ENT.", "b/c|c|Oui."],
        &[],
    );
    check("\u{FEFF}{\"id\":7,\"text\":\"\"}", &["7|7"], &[]);
    check(r#"{"id":" mon cours ","text":"Oui."}"#, &["mon%20cours|mon cours|Oui."], &[]);
}

#[test]
fn segments_have_times_and_speakers() {
    check(
        r#"{"id":"a","title":"T","segments":[{"start":1.5,"end":2,"speaker":"Marie","text":" Bonjour. "},{"text":"Oui."}]}"#,
        &["a|T|1500-2000 Marie> Bonjour.|Oui."],
        &[],
    );
    check(
        r#"{"id":"a","title":"T","segments":[{"start":"83.2","end":1,"speaker":"","text":"Un."},{"start":-1,"text":"Deux."}]}"#,
        &["a|T|83200-83200 Un.|Deux."],
        &["segment 2: `start`"],
    );
}

#[test]
fn other_keys_are_metadata() {
    check(
        r#"{"id":"a","title":"T","area":"Domaine 1","langue":"fr","n":[1],"priority":"2","description":null,"text":"x"}"#,
        &[r#"a|T|Domaine 1|langue="fr"|n=[1]|x"#],
        &[],
    );
    check(
        r#"{"id":"a","title":["T"],"priority":"haute","area":"","text":"x"}"#,
        &[r#"a|a|title=["T"]|x"#],
        &["`priority`", "`title` is not a text"],
    );
}

#[test]
fn a_bad_line_is_reported_and_does_not_stop_the_rest() {
    check(
        "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\n[1]\n{\"text\":\"x\"}\n{\"id\":\"b\"}\n{\"id\":{},\"text\":\"\"}\n\
         {\"id\":\"b\",\"text\":1}\n{\"id\":\"b\",\"segments\":{}}\n{\"id\":\"b\",\"segments\":[1]}\n\
         {\"id\":\"b\",\"segments\":[{}]}\n{\"id\":\" \",\"text\":\"x\"}\n{\"id\":\"z\",\"text\":\"x\"}",
        &["a|a|x", "z|z|x"],
        &[
            "2: not read: not valid JSON",
            "3: not read: not a JSON object",
            "4: not read: no `id`",
            "5: not read: neither",
            "6: not read: `id` is not a text",
            "7: not read: `text` is not",
            "8: not read: `segments` is not",
            "9: not read: segment 1 is not",
            "10: not read: segment 1 has no `text`",
            "11: not read: `id` is empty",
        ],
    );
    let mixed = [&b"{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"\xE9\"}"[..]].concat();
    let parsed = parse(Format::JsonLines, "import", &mixed).expect("one line is good");
    assert_eq!((parsed.transcripts.len(), parsed.notes[0].line), (1, 2));
}

#[test]
fn a_file_without_a_good_line_is_refused() {
    for (file, line, part) in [
        ("", 1, "empty"),
        ("\n\n", 1, "empty"),
        ("\nBonjour\n", 2, "not valid JSON"),
        ("{\n \"id\": \"a\"\n}", 1, "not valid JSON"),
    ] {
        let error = parse(Format::JsonLines, "import", file.as_bytes()).expect_err("refused");
        assert_eq!(error.line, line, "{error}");
        assert!(error.reason.contains(part), "{error}");
    }
}

#[test]
fn an_endless_line_is_passed_over_within_bounds() {
    let endless = std::io::repeat(b'[').take(200 << 20).chain(&b"\n{\"id\":\"a\",\"text\":\"x\"}"[..]);
    let records: Vec<_> = Records::new(BufReader::new(endless)).collect::<Result<_, _>>().expect("readable");
    assert!(records[0].notes[0].message.contains("longer than 64 MiB"));
    assert_eq!(records[1].transcripts[0].id, "a");
}

#[test]
fn notes_have_an_end() {
    let file = "{\"id\":\"a\",\"text\":\"x\"}\n".to_owned() + &"?\n".repeat(5_000);
    let parsed = parse(Format::JsonLines, "import", file.as_bytes()).expect("one line is good");
    let last = parsed.notes.last().expect("many");
    assert_eq!((parsed.notes.len(), last.message.as_str()), (1_001, "from here on 4000 more notes"));
}
