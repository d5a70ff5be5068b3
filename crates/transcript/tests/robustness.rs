//! Whatever the bytes: no panic, no endless work, and promises kept.

use proptest::prelude::*;
use verbatim_transcript::{Format, Segment, Transcript, pair, parse};

const FORMATS: [Format; 7] =
    [Format::Markdown, Format::Text, Format::JsonLines, Format::WebVtt, Format::SubRip, Format::Sbv, Format::Whisper];

/// What holds for every file, however odd.
fn check(bytes: &[u8]) {
    check_as(&FORMATS, bytes);
}

fn check_as(formats: &[Format], bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let lines = 1..=text.lines().count().max(1);
    for &format in formats {
        match parse(format, "edu/l-ent", bytes) {
            Err(error) => assert!(lines.contains(&error.line), "{error} of {lines:?}"),
            Ok(parsed) => {
                let transcript = &parsed.transcripts[0];
                for note in &parsed.notes {
                    assert!(lines.contains(&note.line), "{note:?} of {lines:?}");
                    assert!(!note.message.contains('\n'), "{note:?}");
                }
                for segment in &transcript.segments {
                    assert!(!segment.text.trim().is_empty() && segment.text.len() <= 20_000);
                    assert!(!segment.text.contains(['\n', '\r', '\t', '\u{200B}', '\0']), "{segment:?}");
                    assert!(segment.speaker.as_ref().is_none_or(|name| !name.is_empty() && !name.contains('\n')));
                }
                for segment in &transcript.segments {
                    check_times(segment);
                }
                assert!(!transcript.metadata.title.is_empty());
            }
        }
    }
}

fn check_times(segment: &Segment) {
    assert_eq!(segment.cues.first().map(|cue| cue.offset), segment.time.map(|_| 0), "{segment:?}");
    assert!(segment.time.is_none_or(|time| time.start_ms <= time.end_ms), "{segment:?}");
    for cue in &segment.cues {
        assert!(cue.time.start_ms <= cue.time.end_ms, "{segment:?}");
        assert!(segment.text[cue.offset..].starts_with(|c: char| c != ' '), "{segment:?}");
    }
    assert!(segment.cues.is_sorted_by(|cue, next| cue.offset < next.offset), "{segment:?}");
}

/// What holds for every text and every captions, whether of one talk or not.
#[track_caller]
fn check_pair(text: &[u8], captions: &[u8]) -> Option<Transcript> {
    let read = |format, bytes| Some(parse(format, "x", bytes).ok()?.transcripts.remove(0));
    let (before, captions) = (read(Format::Markdown, text)?, read(Format::WebVtt, captions)?);
    let mut paired = before.clone();
    let agreement = pair(&mut paired, &captions);
    assert!(agreement.aligned <= agreement.words);
    assert!(agreement.is_same_talk() || paired == before, "captions of another talk tell nothing");
    let said =
        |transcript: &Transcript| transcript.segments.iter().map(|segment| segment.text.clone()).collect::<Vec<_>>();
    assert_eq!((said(&paired), &paired.metadata), (said(&before), &before.metadata), "only times and speakers are new");
    paired.segments.iter().for_each(check_times);
    let begins = paired.segments.iter().flat_map(|segment| &segment.cues).map(|cue| cue.time.start_ms);
    assert!(begins.is_sorted(), "times never go back: {:?}", paired.segments);
    Some(paired)
}

const CAPTION_SNIPPETS: [&str; 84] = [
    "WEBVTT",
    "WEBVTT\n\n",
    "NOTE a\n",
    "STYLE\n",
    "X-TIMESTAMP-MAP=MPEGTS:9,LOCAL:0",
    "00:00:01.000 --> 00:00:02.000\n",
    "00:00:02,000 --> 00:00:03,000\n",
    "0:00:01.000,0:00:02.000\n",
    "00:03 --> 00:01\n",
    "00:0x --> 1\n",
    "00:00:09.000 -->",
    "99999:00:00 --> 0:0\n",
    "1193:02:47.295 --> 1193:02:47.295\n",
    "9",
    "1\n",
    "2\n",
    ":",
    ".",
    "-->",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "<v Marie>",
    "<v>",
    "</v>",
    "<c.x>",
    "<00:00:01.500>",
    "<00:00:00.000>",
    "<",
    ">",
    ">>",
    ">> ",
    "&",
    "&amp;",
    "&#233;",
    "&#0;",
    "&lrm;",
    "{\\an8}",
    "{\\",
    "{",
    "}",
    "[br]",
    "MARIE : ",
    "Paul Roy: ",
    "Une élève :",
    "[PUBLIC] : ",
    "(",
    ")",
    "- ",
    "– oui",
    " - ",
    "[Musique]",
    "Bonjour.",
    "Oui",
    "…",
    "’",
    "« Non ! »",
    "\u{A0}",
    "\u{200B}",
    "e\u{301}",
    "é",
    "Ã©",
    "Sous-titrage ST' 501",
    "Sous-titres réalisés par la communauté d'Amara.org",
    "Merci d'avoir regardé cette vidéo !",
    "{\"id\":\"a\",\"text\":\"b\"}",
    "{\"segments\":[",
    "{\"transcription\":[",
    "{\"chunks\":[",
    "{\"text\":\" Oui.\",\"start\":1.5,\"end\":2}",
    "{\"text\":\" Oui non.\",\"offsets\":{\"from\":1,\"to\":9}}",
    "{\"text\":\"a b\",\"timestamp\":[1,2],\"words\":[{\"word\":\"b\",\"start\":9}]}",
    "]}",
    "]",
    "[",
    ",",
    "null",
    "NaN",
    "-Infinity",
    "1e999",
    "\"",
    "\"\\ud800\"",
];

const SNIPPETS: [&str; 63] = [
    "[a   **](http://b)",
    "[l' ](http://b)",
    "é",
    "---\n",
    "---",
    "...\n",
    "title: L'ENT\n",
    "title : x\n",
    "title:x : y\n",
    "description: \"a",
    "'",
    "\"",
    "area:\n",
    "tags: [a, {b: c}]\n",
    "x: |\n",
    "x: >-\n",
    "  suite\n",
    "\t- a\n",
    "- a\n",
    "? b\n",
    "&a ",
    "*a ",
    "!t ",
    "# c\n",
    ": ",
    ":",
    "~",
    "priority: 1\n",
    "## Transcription\n",
    "## Crédits\n",
    "### Partie\n",
    "\n",
    "\n\n",
    " ",
    "    ",
    "\r\n",
    "\r",
    "\u{FEFF}",
    "\u{200B}",
    "\u{AD}",
    "\u{A0}",
    "\\-Bonjour.",
    "– oui",
    "— Non !",
    "Kimi Do, Réseau.",
    "Alice, puis Une élève.",
    "« titre » ",
    "**",
    "_",
    "`",
    "```\n",
    "[a](b)",
    "[a]: b\n",
    "![",
    "](",
    "<!--",
    "-->",
    "<div>",
    "|a|b|\n|-|-|\n",
    "> ",
    "1. ",
    "&amp;",
    "e\u{301}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_can_be_given(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn any_text_can_be_given(text in "\\PC{0,200}", fenced in any::<bool>()) {
        check(text.as_bytes());
        if fenced {
            check(format!("---\n{text}\n---\n{text}").as_bytes());
        }
    }

    #[test]
    fn any_mixture_of_markup_can_be_given(
        pieces in proptest::collection::vec(proptest::sample::select(&SNIPPETS[..]), 0..40),
        fenced in any::<bool>(),
    ) {
        let text = pieces.concat();
        check(if fenced { format!("---\n{text}") } else { text }.as_bytes());
    }

    #[test]
    fn any_mixture_of_captions_can_be_given(
        pieces in proptest::collection::vec(proptest::sample::select(&CAPTION_SNIPPETS[..]), 0..60),
        begin in proptest::sample::select(&["", "WEBVTT\n\n", "{\"segments\":[", "1\n00:00:01,000 --> 00:00:02,000\n"][..]),
    ) {
        let text = begin.to_owned() + &pieces.concat();
        check(text.as_bytes());
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf_16);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_captions_can_be_given(
        lines in proptest::collection::vec(("[0-9]{1,6}", "[0-9]{1,4}", "\\PC{0,60}|(oui |non\\. |– |: |>> ){0,9}"), 0..40),
    ) {
        let captions = lines.iter().map(|(start, length, text)| {
            let clock = |ms: u64| format!("{}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60, ms % 1_000);
            let start: u64 = start.parse().expect("digits");
            let length: u64 = length.parse().expect("digits");
            format!("{} --> {}\n{text}\n\n", clock(start), clock(start + length))
        });
        check(format!("WEBVTT\n\n{}", captions.collect::<String>()).as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_and_captions_can_be_paired(
        text in proptest::collection::vec(proptest::sample::select(&SNIPPETS[..]), 0..40),
        captions in proptest::collection::vec(proptest::sample::select(&CAPTION_SNIPPETS[..]), 0..60),
    ) {
        check_pair(text.concat().as_bytes(), format!("WEBVTT\n\n{}", captions.concat()).as_bytes());
    }

    /// A talk of few words, so that they agree by chance; captions that overlap, go back, and lack or add words.
    #[test]
    fn any_talk_and_its_captions_can_be_paired(
        words in proptest::collection::vec(
            ("(le|la|un|GAR|élève|donnée|[a-z]{1,3})", "(| |\n\n|[.] )", 0..4_000_u32, proptest::option::weighted(0.1, "[a-z]{3}")),
            0..200,
        ),
        drop in 0..10_usize,
    ) {
        let text: String = words.iter().map(|(word, gap, ..)| format!("{word}{gap} ")).collect();
        let mut vtt = "WEBVTT\n\n".to_owned();
        for (at, cue) in words.chunks(7).enumerate() {
            let begin = at * 2 + cue[0].2 as usize / 1_000;
            let said = cue.iter().enumerate().filter(|(at, _)| drop == 0 || at % (drop + 1) != drop);
            let said: Vec<&str> = said.map(|(_, (word, _, _, other))| other.as_deref().unwrap_or(word)).collect();
            vtt.push_str(&format!("00:{:02}:{:02}.000 --> 00:59:59.000\n{}\n\n", begin / 60, begin % 60, said.join(" ")));
        }
        check_pair(text.as_bytes(), vtt.as_bytes());
    }
}

#[test]
fn endless_pairs_end_soon() {
    let cue = |said: &str| format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{said}\n");
    let counted: String = (0..60_000).map(|at| format!("m{} ", letters(at))).collect();
    let backwards: String = (0..60_000).rev().map(|at| format!("m{} ", letters(at))).collect();
    for (text, said) in [
        ("oui ".repeat(60_000), "oui ".repeat(60_000)),
        ("oui ".repeat(60_000), "oui non ".repeat(30_000)),
        ("oui non ".repeat(30_000), "non oui peut-être ".repeat(20_000)),
        (counted.clone(), backwards),
        (counted.clone(), counted.replace("ma ", "")),
        (
            (0..60_000).map(|at| letters(at % 977) + " ").collect(),
            (0..60_000).map(|at| letters(at * 7 % 971) + " ").collect(),
        ),
    ] {
        assert!(check_pair(text.as_bytes(), cue(&said).as_bytes()).is_some());
    }
}

/// A number as a word of letters.
fn letters(mut number: usize) -> String {
    let mut word = String::new();
    loop {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return word;
        }
    }
}

#[test]
fn deep_and_repetitive_files_end_soon() {
    let check = |bytes: &[u8]| check_as(&[Format::Markdown, Format::Text], bytes);
    let bytes = |piece: &str, count: usize| piece.repeat(count / piece.len());
    for piece in ["[", "*", ">", "- ", "\\-"] {
        check(bytes(piece, 1_000_000).as_bytes());
    }
    for piece in [
        "[",
        "]",
        "*",
        "_",
        "**a ",
        ">",
        "> ",
        "- ",
        "\\-",
        "`",
        "`a",
        "<",
        "<!--",
        "<!-- -->",
        "![",
        "[a](",
        "[a]: b\n",
        "]:",
        "|",
        "\n|-|\n",
        "~",
        "&",
        "#",
        "# a\n",
        "1. ",
        "\t",
        "\u{200B}",
        "\n\\-",
        "Kimi Do, x.\n\n\\- Oui.\n\n",
        "a puis ",
        "\" ",
        "\"a\" ",
        "--- ",
        "(",
        "_a **b ",
        "$",
    ] {
        check(bytes(piece, 200_000).as_bytes());
    }
    for depth in [">", "- ", "> - ", "1. ", "[", "<div>\n"] {
        check(format!("{}\n\nfin", depth.repeat(10_000)).as_bytes());
        check(format!("{}fin\n", format!("{}a\n\n", depth.repeat(100)).repeat(200)).as_bytes());
    }
    let front = 100_000;
    for piece in [
        "[",
        "{",
        "- ",
        "a: ",
        "&a *a ",
        "\"",
        "'",
        "a:\n",
        " a\n",
        "#\n",
        "a\n",
        "|\n",
        "\t\n",
        "? ",
        "! ",
        "k: \"\n",
        "x y z : \n",
    ] {
        let lines = piece.repeat(front / piece.len());
        check(format!("---\ntitle: x\nk: {lines}\n---\n").as_bytes());
        check(format!("---\ntitle: x\nk:\n {lines}\n---\n").as_bytes());
        check(format!("---\ntitle: |\n{lines}\n---\n").as_bytes());
    }
}

#[test]
fn endless_captions_end_soon() {
    let check = |bytes: &[u8]| check_as(&FORMATS[2..], bytes);
    let time = "00:00:01.000 --> 00:00:02.000\n";
    for piece in CAPTION_SNIPPETS {
        let long = piece.repeat(30_000 / piece.len());
        check(long.as_bytes());
        check(format!("WEBVTT\n\n{time}{long}").as_bytes());
        check(format!("1\n{time}{long}\n\n2\n{time}{long}").as_bytes());
        check(format!("{{\"segments\":[{{\"start\":1,\"text\":{long}").as_bytes());
    }
    for text in ["a\n", "a", "<i>a</i>\n", "A : b.\n", "- a\n", "Merci. ", "“", ". \u{A0}", "!»"] {
        let long = text.repeat(30_000 / text.len());
        check(format!("WEBVTT\n\n{time}{long}").as_bytes());
        check(format!("WEBVTT\n\n{}", format!("{time}{text}\n").repeat(1_000)).as_bytes());
        let rolling = format!("{time}{}\n", text.repeat(50));
        check(format!("WEBVTT\n\n{}", rolling.repeat(200)).as_bytes());
    }
}
