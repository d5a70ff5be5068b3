//! A text and its captions read as one: which words get which time, and which get none.

use verbatim_transcript::{Agreement, Format, Segment, Transcript, pair, parse};

fn read(format: Format, file: &str) -> Transcript {
    parse(format, "x", file.as_bytes()).expect("rows can be read").transcripts.remove(0)
}

/// WebVTT of lines `begin text`, in whole seconds; each caption lasts until the next.
fn captions(lines: &str) -> Transcript {
    let mut vtt = "WEBVTT\n\n".to_owned();
    let lines: Vec<(u32, &str)> = lines
        .lines()
        .filter_map(|line| line.trim().split_once(' '))
        .map(|(at, said)| (at.parse().expect("seconds"), said))
        .collect();
    for (at, (begin, said)) in lines.iter().enumerate() {
        let end = lines.get(at + 1).map_or(begin + 2, |(end, _)| *end);
        let clock = |s: u32| format!("{:02}:{:02}:{:02}.000", s / 3_600, s / 60 % 60, s % 60);
        vtt.push_str(&format!("{} --> {}\n{said}\n\n", clock(*begin), clock(end)));
    }
    read(Format::WebVtt, &vtt)
}

/// A paragraph with the seconds before the words of each cue, `-` where it has none.
fn written(segment: &Segment) -> String {
    let speaker = segment.speaker.as_ref().map(|name| format!("{name}> ")).unwrap_or_default();
    if segment.time.is_none() {
        return format!("- {speaker}{}", segment.text);
    }
    let ends = segment.cues.iter().skip(1).map(|cue| cue.offset).chain([segment.text.len()]);
    let cues = segment.cues.iter().zip(ends);
    let cues =
        cues.map(|(cue, end)| format!("{} {}", cue.time.start_ms / 1_000, segment.text[cue.offset..end].trim_end()));
    speaker + &cues.collect::<Vec<_>>().join(" | ")
}

/// Paragraphs of Markdown, lines of captions, and the paragraphs with their times.
#[track_caller]
fn check(text: &[&str], lines: &str, expected: &[&str]) -> Agreement {
    let mut transcript = read(Format::Markdown, &text.join("\n\n"));
    let agreement = pair(&mut transcript, &captions(lines));
    let found: Vec<String> = transcript.segments.iter().map(written).collect();
    assert_eq!(found, expected, "{text:?}");
    agreement
}

#[test]
fn words_have_the_time_of_the_caption_in_which_they_are_said() {
    let agreement = check(
        &["Bonjour, je m’appelle Camille. Aujourd’hui, nous parlons du GAR.", "C’est-à-dire du gestionnaire."],
        "1 Bonjour je m'appelle Camille
         4 et aujourd'hui nous parlons
         7 du gare c'est à dire
         9 du gestionnaire",
        &[
            "1 Bonjour, je m’appelle Camille. | 4 Aujourd’hui, nous parlons | 7 du GAR.",
            "7 C’est-à-dire | 9 du gestionnaire.",
        ],
    );
    assert_eq!((agreement.words, agreement.aligned, agreement.percent()), (17, 16, 94));
}

#[test]
fn words_that_differ_have_the_time_of_their_neighbours() {
    check(
        &["Il y a mille mots à dire sur une image, et bien davantage sur une vidéo de deux heures."],
        "1 il y a 1000 mots à dire
         4 sur une photo et beaucoup plus
         7 sur une vidéo
         9 de deux heures",
        &["1 Il y a mille mots à dire | 4 sur une image, et bien davantage | 7 sur une vidéo | 9 de deux heures."],
    );
}

#[test]
fn a_heading_has_the_time_of_what_follows() {
    check(
        &[
            "Voici la première partie de notre exposé.",
            "### Questions de la salle",
            "Merci pour cet exposé très complet sur le sujet.",
        ],
        "1 Voici la première partie
         3 de notre exposé
         20 merci pour cet exposé très complet
         23 sur le sujet",
        &[
            "1 Voici la première partie | 3 de notre exposé.",
            "20 Questions de la salle",
            "20 Merci pour cet exposé très complet | 23 sur le sujet.",
        ],
    );
}

#[test]
fn what_is_not_in_the_captions_has_no_time() {
    let long = "Ce paragraphe ne fut jamais prononcé, car son auteur l’a écrit bien après, chez lui, pour expliquer tout autre chose.";
    check(
        &["Voici la première partie de notre exposé.", long, "Merci pour cet exposé très complet sur le sujet."],
        "1 Voici la première partie de notre exposé
         5 merci pour cet exposé très complet sur le sujet",
        &[
            "1 Voici la première partie de notre exposé.",
            &format!("- {long}"),
            "5 Merci pour cet exposé très complet sur le sujet.",
        ],
    );
    // Captions that end in the middle.
    check(
        &["Voici la première partie de notre exposé, elle est courte.", long],
        "1 Voici la première partie
         3 de notre exposé elle est courte",
        &["1 Voici la première partie | 3 de notre exposé, elle est courte.", &format!("- {long}")],
    );
}

#[test]
fn captions_of_another_talk_tell_nothing() {
    let text = "Le gestionnaire d’accès aux ressources protège les données des élèves et des enseignants.";
    let agreement = check(
        &[text],
        "1 Dans la cuisine il faut d'abord laver les légumes
         5 et puis les couper avec un bon couteau",
        &[&format!("- {text}")],
    );
    assert_eq!((agreement.aligned, agreement.is_same_talk()), (0, false));
}

#[test]
fn times_never_go_back() {
    // A refrain, and captions that overlap.
    check(
        &[
            "Oui, oui, oui.",
            "Le refrain revient toujours à la fin.",
            "Non, non, non.",
            "Le refrain revient toujours à la fin.",
        ],
        "1 oui oui oui
         3 le refrain revient toujours à la fin
         6 non non non
         8 le refrain revient toujours à la fin",
        &[
            "1 Oui, oui, oui.",
            "3 Le refrain revient toujours à la fin.",
            "6 Non, non, non.",
            "8 Le refrain revient toujours à la fin.",
        ],
    );
}

#[test]
fn the_captions_name_who_speaks_where_the_text_does_not() {
    let lines = "1 <v Marie>Bonjour à toutes et à tous
                 4 <v Paul>Merci de votre accueil Marie
                 7 <v Marie>Parlons du numérique";
    let named = captions(lines);
    assert_eq!(named.segments.len(), 3);
    check(
        &["Bonjour à toutes et à tous !", "Merci de votre accueil, Marie.", "Parlons du numérique."],
        lines,
        &[
            "Marie> 1 Bonjour à toutes et à tous !",
            "Paul> 4 Merci de votre accueil, Marie.",
            "Marie> 7 Parlons du numérique.",
        ],
    );
    // Two voices in a paragraph are none; who is named in the text is right.
    check(
        &["Bonjour à toutes et à tous ! Merci de votre accueil, Marie.", "Parlons du numérique."],
        lines,
        &["1 Bonjour à toutes et à tous ! | 4 Merci de votre accueil, Marie.", "Marie> 7 Parlons du numérique."],
    );
    check(
        &[
            "Zoé Roy, professeure.",
            "\\- Bonjour à toutes et à tous !",
            "Merci de votre accueil, Marie. Parlons du numérique.",
        ],
        lines,
        &[
            "Zoé Roy> 1 Bonjour à toutes et à tous !",
            "Zoé Roy> 4 Merci de votre accueil, Marie. | 7 Parlons du numérique.",
        ],
    );
}

#[test]
fn captions_without_times_tell_none() {
    let mut transcript = read(Format::Markdown, "Bonjour à toutes et à tous.");
    let untimed = read(Format::Whisper, "{\"text\": \"Bonjour à toutes et à tous.\"}");
    assert_eq!(untimed.segments[0].time, None);
    assert_eq!(pair(&mut transcript, &untimed).percent(), 0);
    assert_eq!(transcript.segments[0].time, None);
}
