//! The quirks of each caption format, and what is said about them.

use verbatim_transcript::{Format, Parsed, parse};

/// The captions of a file, as they were joined: `1 Bonjour, | 3 voici`, begins in seconds.
fn written(parsed: &Parsed) -> String {
    let mut captions = Vec::new();
    for segment in &parsed.transcripts[0].segments {
        let ends = segment.cues.iter().skip(1).map(|cue| cue.offset).chain([segment.text.len()]);
        for (cue, end) in segment.cues.iter().zip(ends) {
            let speaker = segment.speaker.as_ref().map(|name| format!("{name}> ")).unwrap_or_default();
            let start = f64::from(cue.time.start_ms) / 1_000.0;
            captions.push(format!("{start} {speaker}{}", segment.text[cue.offset..end].trim_end()));
        }
    }
    captions.join(" | ")
}

#[track_caller]
fn check_noted(format: Format, file: &[u8], captions: &str, notes: &[&str]) {
    let parsed = parse(format, "talks/x", file).expect("rows can be read");
    assert_eq!(written(&parsed), captions, "{}", String::from_utf8_lossy(file));
    let found: Vec<String> = parsed.notes.iter().map(|note| format!("{}: {}", note.line, note.message)).collect();
    assert_eq!(found.len(), notes.len(), "{found:?}");
    for (note, part) in found.iter().zip(notes) {
        assert!(note.contains(part), "{note}");
    }
}

#[track_caller]
fn check_vtt(file: &str, captions: &str) {
    check_noted(Format::WebVtt, file.as_bytes(), captions, &[]);
}

#[track_caller]
fn check_srt(file: &str, captions: &str) {
    check_noted(Format::SubRip, file.as_bytes(), captions, &[]);
}

#[test]
fn webvtt_headers_and_blocks_are_no_speech() {
    for header in [
        "WEBVTT",
        "WEBVTT - Le titre",
        "\u{FEFF}WEBVTT FILE",
        "WEBVTT\nKind: captions\nLanguage: fr",
        "WEBVTT\n\nNOTE un commentaire\nsur deux lignes",
        "WEBVTT\n\nNOTE\nune note",
        "WEBVTT\n\nSTYLE\n::cue(v[voice=\"Marie\"]) { color: red }",
        "WEBVTT\n\nREGION\nid:bas\nwidth:40%\nscroll:up",
        "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0",
        "\n\nWEBVTT",
    ] {
        check_vtt(&format!("{header}\n\n00:01.000 --> 00:02.000\nOui.\n"), "1 Oui.");
    }
    check_vtt("WEBVTT\n00:01.000 --> 00:02.000\nOui.", "1 Oui.");
    check_vtt("WEBVTT\n\n00:01.000 --> 00:02.000\nOui.\n\nNOTE Non.\n\n00:02.000 --> 00:03.000\nSi.", "1 Oui. | 2 Si.");
    check_vtt("WEBVTT\n\n00:01.000 --> 00:02.000\nNOTE bien cela.\n", "1 NOTE bien cela.");
}

#[test]
fn webvtt_cues_may_have_names_and_settings() {
    check_vtt(
        "WEBVTT\n\nintro\n00:01.000 --> 00:02.000 align:start position:0% line:-1\nOui.\n\n2 - suite\n00:02.000 --> 00:03.000\nNon.\n",
        "1 Oui. | 2 Non.",
    );
    check_vtt("WEBVTT\n\n1\n00:01.000 --> 00:02.000\nOui.\n2\n00:02.000 --> 00:03.000\nNon.\n", "1 Oui. | 2 Non.");
    check_vtt("WEBVTT\r\r\n00:01.000 --> 00:02.000\rOui.\r", "1 Oui.");
    check_vtt("WEBVTT\n\n100:00:01.000 --> 100:00:02.000\nOui.", "360001 Oui.");
}

#[test]
fn webvtt_voices_are_speakers() {
    check_vtt(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Marie>Oui.</v>\n<v.fort Paul Roy>Non.</v>\n\n00:02.000 --> 00:03.000\nSi.",
        "1 Marie> Oui. | 1 Paul Roy> Non. | 2 Si.",
    );
    check_vtt(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n- <v Zoé>Oui &amp; non &lt;3&nbsp;!",
        "1 - | 1 Zoé> Oui & non <3\u{A0}!",
    );
    check_vtt("WEBVTT\n\n00:01.000 --> 00:02.000\n<c.jaune>l'<i>E</i>NT</c> &lrm;ici", "1 l'ENT ici");
}

#[test]
fn webvtt_oddities_are_said() {
    check_noted(
        Format::WebVtt,
        b"1\n00:00:01.000 --> 00:00:02.000\nOui.\n",
        "1 Oui.",
        &["1: the first line is not `WEBVTT`"],
    );
    check_noted(Format::WebVtt, b"1\n00:00:01,000 --> 00:00:02,000\nOui.\n", "1 Oui.", &["this is SubRip, not WebVTT"]);
    let map = b"WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n00:01.000 --> 00:02.000\nOui.\n\n\
        WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n00:01.000 --> 00:02.000\nOui.\n\n00:02.000 --> 00:03.000\nNon.";
    check_noted(
        Format::WebVtt,
        map,
        "1 Oui. | 2 Non.",
        &["2: `X-TIMESTAMP-MAP`", "10: a caption that stands there twice"],
    );
    check_noted(
        Format::WebVtt,
        b"WEBVTT\n\n00:05.000 --> 00:01.000\nOui.\n\n00:0x.000 --> 00:07.000\nNon.\n\n00:08.000 -->\nSi.\n",
        "5 Oui. | 5 Non. | 8 Si.",
        &["3: a caption that ends before", "6: a time that cannot be read", "9: an end that cannot be read"],
    );
    check_noted(Format::WebVtt, b"WEBVTT\n", "", &["1: nothing is said"]);
}

#[test]
fn subrip_is_read_however_it_is_spoilt() {
    check_srt(
        "1\n00:00:01,000 --> 00:00:02,000\nOui,\nnon.\n\n2\n00:00:02,000 --> 00:00:03,000\nSi.\n",
        "1 Oui, non. | 2 Si.",
    );
    check_srt("1\r\n00:00:01,000 --> 00:00:02,000\r\nOui.\r\n\r\n", "1 Oui.");
    check_srt("1\n00:00:01.000 --> 00:00:02.5\nOui.\n\n2\n00:02,5 --> 00:03,000\nNon.", "1 Oui. | 2.5 Non.");
    // Blank lines inside a caption, as YouTube's have.
    check_srt(
        "1\n00:00:01,000 --> 00:00:02,000\n\nOui,\n \n\nnon.\n\n2\n00:00:02,000 --> 00:00:03,000\nSi.",
        "1 Oui, non. | 2 Si.",
    );
    // Numbers that are missing, wrong, or stuck to the caption before.
    check_srt("00:00:01,000 --> 00:00:02,000\nOui.\n\n00:00:02,000 --> 00:00:03,000\nNon.", "1 Oui. | 2 Non.");
    check_srt(
        "7\n00:00:01,000 --> 00:00:02,000\nOui.\n7\n\n7\n00:00:02,000 --> 00:00:03,000\nNon.",
        "1 Oui. 7 | 2 Non.",
    );
    check_srt("1\n00:00:01,000 --> 00:00:02,000\nOui.\n2\n00:00:02,000 --> 00:00:03,000\nNon.", "1 Oui. | 2 Non.");
    check_srt("1\n00:00:01,000 --> 00:00:02,000\nen\n1984\n00:00:02,000 --> 00:00:03,000\nNon.", "1 en 1984 | 2 Non.");
    check_srt("1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:02,000 --> 00:00:03,000\nNon.", "2 Non.");
    check_srt("1\n00: 00: 01, 000 -> 00: 00: 02, 000\nOui.", "1 Oui.");
    check_srt(
        "1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:1 Y2:2\n{\\an8}<i>Oui</i> <font color=\"red\">non</font>.",
        "1 Oui non.",
    );
    check_srt(
        "1\n00:00:01,000 --> 00:00:02,000\nla balise <div> et a < b &eacute;t&eacute;",
        "1 la balise <div> et a < b été",
    );
}

#[test]
fn subrip_oddities_are_said() {
    let check =
        |file: &str, captions: &str, notes: &[&str]| check_noted(Format::SubRip, file.as_bytes(), captions, notes);
    check("Titre\n\n1\n00:00:01,000 --> 00:00:02,000\nOui.", "1 Oui.", &["1: text before the first caption"]);
    check(
        "0:00:01.000,0:00:02.000\nOui,[br]non.\n\n0:00:02.000,0:00:03.000\nSi.",
        "1 Oui, non. | 2 Si.",
        &["1: this is SBV, not SubRip"],
    );
    check("WEBVTT\n\n00:01.000 --> 00:02.000\nOui.", "1 Oui.", &["1: this is WebVTT, not SubRip"]);
    check("{\"segments\":[{\"start\":1,\"end\":2,\"text\":\"Oui.\"}]}", "1 Oui.", &["1: this is JSON"]);
    check(
        "1\n00:00:09,000 --> 00:00:02,000\nOui.\n\n2\n00:00:10,000 --> 00:00:02,000\nNon.",
        "9 Oui. | 10 Non.",
        &["2: a caption that ends before it begins; only its begin is read (2 times)"],
    );
}

#[test]
fn sbv_is_read() {
    check_noted(
        Format::Sbv,
        "\u{FEFF}0:00:01.000,0:00:02.000\r\nOui,\r\nnon.\r\n\r\n0:00:02.000,0:00:03.000\r\n>> Si.\r\n".as_bytes(),
        "1 Oui, non. | 2 Si.",
        &[],
    );
    check_noted(Format::Sbv, b"1\n00:00:01,000 --> 00:00:02,000\nOui.", "1 Oui.", &["this is SubRip, not SBV"]);
}

#[test]
fn encodings_are_recognised_and_said() {
    let file = "1\n00:00:01,000 --> 00:00:02,000\nL’été où l'élève… — à Noël\n";
    let captions = "1 L’été où l'élève… — à Noël";
    let check = |bytes: &[u8], notes: &[&str]| check_noted(Format::SubRip, bytes, captions, notes);
    check(file.as_bytes(), &[]);
    check(&[b"\xEF\xBB\xBF", file.as_bytes()].concat(), &[]);
    let little: Vec<u8> = file.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = file.encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&[b"\xFF\xFE", &*little].concat(), &["1: encoded as UTF-16LE"]);
    check(&[b"\xFE\xFF", &*big].concat(), &["1: encoded as UTF-16BE"]);
    check(&little, &["1: encoded as UTF-16LE"]);
    check(&big, &["1: encoded as UTF-16BE"]);
    let windows = b"1\n00:00:01,000 --> 00:00:02,000\nL\x92\xE9t\xE9 o\xF9 l'\xE9l\xE8ve\x85 \x97 \xE0 No\xEBl\n";
    check(windows, &["3: not UTF-8; read as Windows-1252"]);
    let twice: String =
        file.as_bytes().iter().map(|byte| encoding_rs::WINDOWS_1252.decode(&[*byte]).0.into_owned()).collect();
    check(twice.as_bytes(), &["3: encoded as UTF-8 twice"]);
    let slip = [file.as_bytes(), b"\n2\n00:00:03,000 --> 00:00:04,000\nd\xE9j\xE0"].concat();
    check_noted(
        Format::SubRip,
        &slip,
        &format!("{captions} | 3 d\u{FFFD}j\u{FFFD}"),
        &["7: not valid UTF-8 in 2 places"],
    );
    let error = parse(Format::SubRip, "x", b"1\n00:00:01,000 --> 00:00:02,000\n\x00\x81\xFF").expect_err("no text");
    assert_eq!((error.line, error.reason.contains("neither UTF-8")), (3, true), "{error}");
}

#[test]
fn whisper_json_of_all_kinds_is_read() {
    let check =
        |file: &str, captions: &str, notes: &[&str]| check_noted(Format::Whisper, file.as_bytes(), captions, notes);
    check(
        r#"{"text":" Oui. Non.","segments":[{"id":0,"seek":0,"start":1.0,"end":2.0,"text":" Oui.","tokens":[50364],"no_speech_prob":NaN}]}"#,
        "1 Oui.",
        &[],
    );
    check(
        r#"{"segments":[{"start":null,"end":"2.5","text":" Oui."},{"start":3,"text":"Non."},{"text":""}]}"#,
        "0 Oui. | 3 Non.",
        &[],
    );
    check(r#"{"segments":[{"start":1,"text":"Oui."},{"start":2},3]}"#, "1 Oui.", &["1: 2 pieces have no `text`"]);
    // Words tell where a long piece goes on; a silence between them is a pause.
    check(
        r#"{"segments":[{"start":0,"end":30,"text":" Un, deux, trois.","words":[{"word":" Un,","start":0.0},{"word":" deux,","start":1.0},{"word":" trois.","start":20.0}]}]}"#,
        "0 Un, deux, | 20 trois.",
        &[],
    );
    // whisper.cpp: tokens are parts of words; `?` is no one; a turn may be heard.
    check(
        r#"{"transcription":[{"offsets":{"from":0,"to":20000},"text":" Cyberharcèlement dit.","speaker":"?",
            "tokens":[{"text":"[_BEG_]","offsets":{"from":0,"to":0}},{"text":" Cyber","offsets":{"from":0,"to":300}},
            {"text":"harcèlement","offsets":{"from":9000,"to":9900}},{"text":" dit","offsets":{"from":18000,"to":18100}}]},
            {"offsets":{"from":20000,"to":21000},"text":" Oui.","speaker_turn_next":true},
            {"timestamps":{"from":"00:00:21,000","to":"00:00:22,000"},"text":" Non."}]}"#,
        "0 Cyberharcèlement | 18 dit. | 20 Oui. | 21 Non.",
        &[],
    );
    let parsed = parse(
        Format::Whisper,
        "x/y",
        br#"{"title":"Le GAR","area":"Domaine 1","text":"Oui.\n\nNon.","language":"fr"}"#,
    );
    let transcript = parsed.expect("a transcript without times").transcripts.remove(0);
    assert_eq!(
        (transcript.metadata.title.as_str(), transcript.metadata.area.as_deref()),
        ("Le GAR", Some("Domaine 1"))
    );
    assert_eq!((transcript.segments.len(), transcript.segments[1].time), (2, None));
    let silent = parse(Format::Whisper, "x", br#"{"text":"","segments":[],"language":"fr"}"#).expect("silence");
    assert!(silent.transcripts[0].segments.is_empty());
}

#[test]
fn files_that_are_no_captions_are_refused() {
    #[track_caller]
    fn check(format: Format, file: &str, line: usize, part: &str) {
        let error = parse(format, "x", file.as_bytes()).expect_err("refused");
        assert!(error.line == line && error.reason.contains(part), "{error}");
    }
    check(Format::Whisper, r#"{"name":"verbatim","version":"1.0.0","dependencies":{}}"#, 1, "no transcript");
    check(Format::Whisper, r#"{"segments":{"a":1}}"#, 1, "no transcript");
    check(Format::Whisper, r#"[{"name":"a"},{"name":"b"}]"#, 1, "no transcript");
    check(Format::Whisper, "[1, 2]", 1, "no transcript");
    check(Format::Whisper, "\"Bonjour\"", 1, "no transcript");
    check(Format::Whisper, "{\"segments\": [\n{\"text\": \"a\"\n", 2, "not valid JSON");
    check(Format::Whisper, "Bonjour", 1, "not valid JSON");
    check(Format::SubRip, "Bonjour à tous.\n", 1, "no caption found");
    check(Format::Sbv, "Bonjour à tous.\n", 1, "no caption found");
    check(Format::WebVtt, "Bonjour à tous.\n", 1, "no caption found");
    for format in [Format::WebVtt, Format::SubRip, Format::Sbv, Format::Whisper] {
        check(format, " \n", 1, "empty");
    }
}

#[test]
fn formats_are_told_by_endings() {
    for (path, format) in [
        ("a/b.vtt", Some(Format::WebVtt)),
        ("b.fr.SRT", Some(Format::SubRip)),
        ("sbv", Some(Format::Sbv)),
        ("b.json", Some(Format::Whisper)),
        ("b.jsonl", Some(Format::JsonLines)),
        ("b.ass", None),
    ] {
        assert_eq!(Format::from_path_ending(path), format, "{path}");
    }
}
