//! Captions of all formats: the same talk reads the same, in paragraphs with their times.

use verbatim_transcript::{Format, Parsed, Segment, parse};

fn read(format: Format, file: &[u8]) -> Parsed {
    parse(format, "talks/mon-sujet.fr", file).expect("rows can be read")
}

/// `1.5 Marie> Voici le [2.5]GAR.`: where cues begin, in seconds.
fn written(segment: &Segment) -> String {
    let seconds = |ms: u32| f64::from(ms) / 1_000.0;
    let mut text = String::new();
    let mut at = 0;
    for cue in &segment.cues {
        text.push_str(&segment.text[at..cue.offset]);
        at = cue.offset;
        if at > 0 {
            text.push_str(&format!("[{}]", seconds(cue.time.start_ms)));
        }
    }
    text.push_str(&segment.text[at..]);
    let time = segment.time.map(|time| format!("{} ", seconds(time.start_ms))).unwrap_or_default();
    let speaker = segment.speaker.as_ref().map(|name| format!("{name}> ")).unwrap_or_default();
    format!("{time}{speaker}{text}")
}

#[track_caller]
fn check_noted(format: Format, file: &[u8], segments: &[&str], notes: &[&str]) {
    let parsed = read(format, file);
    let found: Vec<String> = parsed.transcripts[0].segments.iter().map(written).collect();
    assert_eq!(found, segments, "{}", String::from_utf8_lossy(file));
    let found: Vec<String> = parsed.notes.iter().map(|note| format!("{}: {}", note.line, note.message)).collect();
    assert_eq!(found.len(), notes.len(), "{found:?}");
    for (note, part) in found.iter().zip(notes) {
        assert!(note.contains(part), "{note}");
    }
}

/// SubRip without its numbers, which may be missing: `1 Bonjour / à tous`, begins and text.
fn srt(captions: &[&str]) -> String {
    let caption = |line: &&str| {
        let (time, text) = line.split_once(' ').expect("a time and a text");
        let (start, end) = time.split_once('-').map_or((time, None), |(start, end)| (start, Some(end)));
        let ms = |time: &str| (time.parse::<f64>().expect("seconds") * 1_000.0) as u32;
        let start = ms(start);
        let end = end.map_or(start + 2_000, ms);
        let clock = |ms: u32| format!("00:{:02}:{:02},{:03}", ms / 60_000, ms / 1_000 % 60, ms % 1_000);
        format!("{} --> {}\n{}\n\n", clock(start), clock(end), text.replace(" / ", "\n"))
    };
    captions.iter().map(caption).collect()
}

#[track_caller]
fn check(captions: &[&str], segments: &[&str]) {
    check_noted(Format::SubRip, srt(captions).as_bytes(), segments, &[]);
}

#[test]
fn the_same_talk_reads_the_same_in_all_formats() {
    let talk: [(Format, &str); 9] = [
        (
            Format::WebVtt,
            "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Marie Dupuis>Bonjour, voici</v>\n\n\
             00:03.000 --> 00:05.500\n<v Marie Dupuis>le GAR.</v>\n\n00:05.500 --> 00:07.000\n<v Paul>Merci.</v>\n",
        ),
        (
            Format::SubRip,
            "1\r\n00:00:01,000 --> 00:00:03,000\r\nMARIE DUPUIS : Bonjour, voici\r\n\r\n2\r\n\
             00:00:03,000 --> 00:00:05,500\r\nle GAR.\r\n\r\n3\r\n00:00:05,500 --> 00:00:07,000\r\nPAUL : Merci.\r\n",
        ),
        (
            Format::Sbv,
            "0:00:01.000,0:00:03.000\nMarie Dupuis : Bonjour,\nvoici\n\n0:00:03.000,0:00:05.500\nle GAR.\n\n\
             0:00:05.500,0:00:07.000\nPAUL : Merci.\n",
        ),
        (
            Format::Whisper, // WhisperX
            r#"{"segments":[{"start":1.0,"end":3.0,"text":" Bonjour, voici","speaker":"Marie Dupuis",
             "words":[{"word":"Bonjour,","start":1.0,"end":1.4,"score":0.9},{"word":"voici"}]},
             {"start":3.0,"end":5.5,"text":" le GAR.","speaker":"Marie Dupuis"},
             {"start":5.5,"end":7.0,"text":" Merci.","speaker":"Paul"}],"word_segments":[],"language":"fr"}"#,
        ),
        (
            Format::Whisper, // whisper.cpp
            r#"{"systeminfo":"AVX","model":{"type":"base"},"result":{"language":"fr"},"transcription":[
             {"timestamps":{"from":"00:00:01,000","to":"00:00:03,000"},"offsets":{"from":1000,"to":3000},
             "text":" Bonjour, voici","speaker":"Marie Dupuis","tokens":[{"text":"[_BEG_]","offsets":{"from":0,"to":0}}]},
             {"timestamps":{"from":"00:00:03,000","to":"00:00:05,500"},"text":" le GAR.","speaker":"Marie Dupuis"},
             {"offsets":{"from":5500,"to":7000},"text":" Merci.","speaker":"Paul"}]}"#,
        ),
        (
            Format::Whisper, // a list of faster-whisper's segments
            r#"[{"id":1,"start":1.0,"end":3.0,"text":" Bonjour, voici","speaker":"Marie Dupuis","avg_logprob":NaN},
             {"start":3.0,"end":5.5,"text":" le GAR.","speaker":"Marie Dupuis","words":null},
             {"start":5.5,"end":7.0,"text":" Merci.","speaker":"Paul","tokens":[1,2]}]"#,
        ),
        (
            Format::Whisper, // Transformers
            r#"{"text":" …","chunks":[{"timestamp":[1.0,3.0],"text":" Bonjour, voici","speaker":"Marie Dupuis"},
             {"timestamp":[3.0,5.5],"text":" le GAR.","speaker":"Marie Dupuis"},
             {"timestamp":[5.5,7.0],"text":" Merci.","speaker":"Paul"}]}"#,
        ),
        (
            Format::JsonLines,
            r#"{"id":"talks/mon-sujet","title":"mon sujet","segments":[{"start":1,"end":3,"speaker":"Marie Dupuis",
             "text":"Bonjour, voici"},{"start":3,"end":5.5,"speaker":"Marie Dupuis","text":"le GAR."},
             {"start":5.5,"end":7,"speaker":"Paul","text":"Merci."}]}"#,
        ),
        (
            Format::WebVtt, // one timestamp for each word
            "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Marie Dupuis>Bonjour,<00:02.000><c> voici</c>\n\n\
             00:03.000 --> 00:05.500\n<v Marie Dupuis>le<00:04.000><c> GAR.</c>\n\n00:05.500 --> 00:07.000\n<v Paul>Merci.\n",
        ),
    ];
    for (format, file) in talk {
        let file = if format == Format::JsonLines { file.replace('\n', "") } else { file.to_owned() };
        let parsed = read(format, file.as_bytes());
        assert_eq!(parsed.notes, [], "{file}");
        let transcript = &parsed.transcripts[0];
        assert_eq!(transcript.metadata.title, "mon sujet");
        let found: Vec<String> = transcript.segments.iter().map(written).collect();
        assert_eq!(found, ["1 Marie Dupuis> Bonjour, voici [3]le GAR.", "5.5 Paul> Merci."], "{file}");
        assert_eq!(transcript.segments[0].time.map(|time| time.end_ms), Some(5_500));
    }
}

#[test]
fn sentences_run_over_captions() {
    check(
        &["1 Voici le", "3 gestionnaire d'accès", "5 aux ressources."],
        &["1 Voici le [3]gestionnaire d'accès [5]aux ressources."],
    );
    let long = "Une phrase de trente lettres. ".repeat(11);
    check(
        &[&format!("1 {long}Le début"), "3 d'une phrase."],
        &[&format!("1 {}", long.trim()), "1 Le début [3]d'une phrase."],
    );
}

#[test]
fn paragraphs_end_at_pauses() {
    check(&["1 Un.", "3.5 Deux.", "9 Trois."], &["1 Un. [3.5]Deux.", "9 Trois."]);
    check(&["1 Une phrase qui", "6 hésite.", "20 Bon."], &["1 Une phrase qui [6]hésite.", "20 Bon."]);
    // A caption that stays on the screen says nothing more.
    check(&["1-30 Un.", "30 Deux."], &["1 Un.", "30 Deux."]);
}

#[test]
fn captions_without_punctuation_are_cut_by_pauses_and_length() {
    let line = |at: usize| format!("{} {at} mots sans aucun point que l'on met", at * 2);
    let lines: Vec<String> = (0..100).map(line).collect();
    let parsed = read(Format::SubRip, srt(&lines.iter().map(String::as_str).collect::<Vec<_>>()).as_bytes());
    let (_, whole) = parsed.transcripts[0].segments.split_last().expect("many");
    for segment in whole {
        assert!((250..500).contains(&segment.text.len()), "{}", segment.text);
    }
    check(&["1 oui voilà", "3 c'est ça", "8 alors la suite"], &["1 oui voilà [3]c'est ça", "8 alors la suite"]);
}

#[test]
fn labels_name_the_speakers() {
    check(&["1 MARIE : Bonjour.", "3 Ça va ?", "5 PAUL : Oui."], &["1 Marie> Bonjour. [3]Ça va ?", "5 Paul> Oui."]);
    check(&["1 JEAN-PAUL D'ARC : Bonjour."], &["1 Jean-Paul d'Arc> Bonjour."]);
    check(
        &["1 Marie : Un.", "3 Paul : Deux.", "5 Marie : Trois.", "7 Paul : Oui."],
        &["1 Marie> Un.", "3 Paul> Deux.", "5 Marie> Trois.", "7 Paul> Oui."],
    );
    check(&["1 Une élève : Bonjour.", "3 Intervenant 2 : Oui."], &["1 Une élève> Bonjour.", "3 Intervenant 2> Oui."]);
    check(&["1 - MARIE (hors champ) : Oui. / - PAUL : Non."], &["1 Marie> Oui.", "1 Paul> Non."]);
    check(&["1 MARIE : / Bonjour.", "3 PAUL :", "5 Oui."], &["1 Marie> Bonjour.", "5 Paul> Oui."]);
    // Each caption has its label: one without it is someone else's.
    check(
        &["1 [PUBLIC] : Une", "3 [PUBLIC] : question ?", "5 Une réponse."],
        &["1 Public> Une [3]question ?", "5 Une réponse."],
    );
}

#[test]
fn words_before_a_colon_are_mostly_no_labels() {
    for text in [
        "Attention : le lien est caché.",
        "GAR : gestionnaire d'accès.",
        "RGPD : règlement.",
        "Le deuxième : le temps.",
        "Marie : une élève.",
        "Il est 12:30.",
        "Voir https://example.org.",
        "Et là : rien.",
        "QUESTION : pourquoi ?",
        "MARIE A DIT : bonjour.",
    ] {
        check(&[&format!("1 {text}")], &[&format!("1 {text}")]);
    }
    check(&["1 ENT : un espace.", "3 GAR : un accès."], &["1 ENT : un espace. [3]GAR : un accès."]);
}

#[test]
fn dashes_and_arrows_begin_turns() {
    check(&["1 - Ça va ? / - Oui."], &["1 Ça va ?", "1 Oui."]);
    check(&["1 Bonjour.", "3 – Vraiment ?"], &["1 Bonjour.", "3 Vraiment ?"]);
    check(&["1 >> Bonjour. >> Oui.", "3 >>> Non."], &["1 Bonjour.", "1 Oui.", "3 Non."]);
    check(&["1 Il est venu", "3 – hier – et il rit."], &["1 Il est venu [3]– hier – et il rit."]);
    check(&["1 Il fait / -5 degrés."], &["1 Il fait -5 degrés."]);
    check(&["1 MARIE : Oui.", "3 PAUL : Non. / - Si."], &["1 Marie> Oui.", "3 Paul> Non.", "3 Si."]);
}

#[test]
fn sound_labels_stay() {
    check(&["1 [Musique]", "3 (rires) Oui [rire] non."], &["1 [Musique] [3](rires) Oui [rire] non."]);
}

#[test]
fn what_recognisers_invent_is_left_out_and_reported() {
    let check = |captions: &[&str], segments: &[&str], notes: &[&str]| {
        check_noted(Format::SubRip, srt(captions).as_bytes(), segments, notes);
    };
    let amara = "Sous-titres réalisés par la communauté d'Amara.org";
    check(&["1 Bonjour.", &format!("5 {amara}")], &["1 Bonjour."], &["4: “Sous-titres réalisés"]);
    check(&[&format!("1 {amara}"), &format!("3 {amara}")], &[], &["(2 times)"]);
    check(
        &["1 Oui.", "9 Sous-titrage ST' 501", "12 Sous-titrage Société Radio-Canada"],
        &["1 Oui."],
        &["501", "Radio"],
    );
    check(&[&format!("1 {amara}. {amara}."), "3 Oui."], &["3 Oui."], &["Amara"]);
    let farewell = "Merci d'avoir regardé cette vidéo !";
    check(&["1 Oui.", &format!("3 {farewell}"), &format!("6 {amara}")], &["1 Oui."], &["vidéo", "Amara"]);
    check(&["1 Oui.", &format!("20 {farewell}"), "40 Non."], &["1 Oui.", "40 Non."], &["vidéo"]);
    check(&["1 Oui.", &format!("3 {farewell}"), "5 Non."], &[&format!("1 Oui. [3]{farewell} [5]Non.")], &[]);
    for said in ["Sous-titrage Société Radio-Canada, disait-il.", "Merci.", "Merci d'avoir regardé avec moi."] {
        check(&["1 Oui.", &format!("3 {said}")], &[&format!("1 Oui. [3]{said}")], &[]);
    }
}

#[test]
fn rolling_captions_are_read_once() {
    let youtube = "WEBVTT\nKind: captions\nLanguage: fr\n\n\
        00:00:01.000 --> 00:00:03.000 align:start position:0%\n \nle<00:00:01.500><c> trisè</c><00:00:02.000><c> point</c>\n\n\
        00:00:03.000 --> 00:00:03.010 align:start position:0%\nle trisè point\n \n\n\
        00:00:03.010 --> 00:00:05.000 align:start position:0%\nle trisè point\nc'est<00:00:03.500><c> que</c>\n\n\
        00:00:05.000 --> 00:00:05.010 align:start position:0%\nc'est que\n \n\n\
        00:00:05.010 --> 00:00:07.000 align:start position:0%\nc'est que\nc'est que<00:00:06.000><c> la</c>\n\n\
        00:00:07.000 --> 00:00:07.010\nc'est que la\n \n";
    let once = ["1 le trisè point [3.01]c'est que [5.01]c'est que la"];
    check_noted(Format::WebVtt, youtube.as_bytes(), &once, &["9: rolling"]);
    let srt_of_it = srt(&[
        "1-3  / le trisè point",
        "3-3.01 le trisè point",
        "3.01-5 le trisè point / c'est que",
        "5-5.01 c'est que",
        "5.01-7 c'est que / c'est que la",
        "7-7.01 c'est que la",
    ]);
    check_noted(Format::SubRip, srt_of_it.as_bytes(), &once, &["rolling"]);
    let growing = srt(&["1 le", "2 le trisè", "3 le trisè point", "4 le trisè point c'est", "5 que"]);
    check_noted(Format::SubRip, growing.as_bytes(), &["1 le [2]trisè [3]point [4]c'est [5]que"], &["rolling"]);
    // Someone repeats themselves, and a title is read out.
    check(
        &["1 Le RGPD.", "3 Le RGPD.", "5 Oui.", "7 Oui.", "9 Non."],
        &["1 Le RGPD. [3]Le RGPD. [5]Oui. [7]Oui. [9]Non."],
    );
}

#[test]
fn captions_of_one_word_are_joined() {
    let words: Vec<String> =
        (0..30).map(|at| format!("{}-{} mot{at}", f64::from(at) * 0.5, f64::from(at) * 0.5 + 0.4)).collect();
    let parsed = read(Format::SubRip, srt(&words.iter().map(String::as_str).collect::<Vec<_>>()).as_bytes());
    let segment = &parsed.transcripts[0].segments[0];
    assert!(segment.text.starts_with("mot0 mot1 mot2") && segment.cues.len() == 5, "{segment:?}");
}

#[test]
fn word_times_cut_long_captions() {
    let file = "WEBVTT\n\n00:00.000 --> 00:40.000\nUn<00:01.000> deux<00:07.000> trois<00:30.000> quatre.\n";
    check_noted(Format::WebVtt, file.as_bytes(), &["0 Un deux", "7 trois", "30 quatre."], &[]);
}

#[test]
fn captions_are_put_in_order() {
    check_noted(
        Format::SubRip,
        srt(&["3 Deux.", "1 Un.", "5 Trois.", "5 Trois."]).as_bytes(),
        &["1 Un. [3]Deux. [5]Trois."],
        &["4: captions not in the order", "10: a caption that stands there twice"],
    );
}

#[test]
fn the_cue_of_a_match_is_found() {
    let parsed = read(Format::SubRip, srt(&["1 Voici le", "3 GAR et", "5 l'ENT."]).as_bytes());
    let segment = &parsed.transcripts[0].segments[0];
    assert_eq!(segment.text, "Voici le GAR et l'ENT.");
    for (offset, start_ms) in [(0, 1_000), (8, 1_000), (9, 3_000), (16, 5_000), (99, 5_000)] {
        assert_eq!(segment.cue_at(offset).map(|cue| cue.time.start_ms), Some(start_ms), "{offset}");
    }
    assert_eq!(Segment::default().cue_at(0), None);
}
