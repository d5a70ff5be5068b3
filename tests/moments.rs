//! Who says it, where in the video, and where else.

use serde_json::Value;

use crate::support::{Answer, Folder, snippets, text};

const VIDEO: &str = "https://videos.example.org/videos/embed/1b8b";

/// Three talks: two with speakers, one without.
fn talks() -> Folder {
    let folder = Folder::new();
    let vtt = |lines: &[(&str, &str)]| {
        let cue = |(at, (speaker, said)): (usize, &(&str, &str))| {
            format!("00:{:02}:23.900 --> 00:{:02}:29.000\n<v {speaker}>{said}\n\n", at + 1, at + 1)
        };
        format!("WEBVTT\n\n{}", lines.iter().enumerate().map(cue).collect::<String>())
    };
    folder
        .file(
            "a.vtt",
            vtt(&[
                ("Marie Dupuis", "Le GAR ouvre les manuels."),
                ("Paul Néron", "Et le GAR respecte les données."),
                ("Marie Dupuis", "Voyons les cahiers."),
            ]),
        )
        .file("b.vtt", vtt(&[("Jeanne Dupuis", "Le GAR, au collège."), ("Paul Néron", "Merci.")]))
        .transcript("c", "Sans personne", "Le GAR.")
        .index();
    folder
}

fn speakers(answer: &Answer) -> Vec<(&str, u64)> {
    let speakers = answer.0["facets"]["speaker"].as_array().expect("`facets.speaker` is a list");
    let speakers = speakers.iter().map(|speaker| speaker["value"].as_str().zip(speaker["count"].as_u64()));
    speakers.map(|speaker| speaker.expect("`value` is a text, `count` a number")).collect()
}

#[test]
fn a_speaker_is_asked_for_by_name() {
    let folder = talks();
    // (query, options, ids in the order of the alphabet, notes)
    let rows: [(&str, &[&str], &[&str], usize); 10] = [
        ("GAR", &[], &["a", "b", "c"], 0),
        ("GAR speaker:\"Marie Dupuis\"", &[], &["a"], 0),
        ("GAR speaker:\"marie dupuis\"", &[], &["a"], 0),
        ("speaker:dupuis GAR", &[], &["a", "b"], 0),
        ("GAR speaker:neron", &[], &["a", "b"], 0),
        ("GAR", &["--speaker", "Paul Néron"], &["a", "b"], 0),
        ("GAR speaker:dup", &[], &[], 1),
        ("GAR speaker:Martin", &[], &[], 1),
        ("cahiers speaker:Jeanne", &[], &[], 0),
        ("speaker:Marie", &[], &["a"], 0),
    ];
    for (query, options, ids, notes) in rows {
        let answer = folder.search_with(query, options);
        let mut found = answer.ids();
        found.sort_unstable();
        assert_eq!((found.as_slice(), answer.notes().len()), (ids, notes), "{query} {options:?}");
    }
}

#[test]
fn speakers_are_counted_whoever_is_asked_for() {
    let folder = talks();
    let everyone = [("Paul Néron", 2), ("Jeanne Dupuis", 1), ("Marie Dupuis", 1)];
    assert_eq!(speakers(&folder.search_json("GAR")), everyone);
    assert_eq!(speakers(&folder.search_json("GAR speaker:Marie")), everyone);
    let server = folder.serve(&[]);
    let answer = Answer(server.get("/api/search?q=GAR&speaker=Jeanne+Dupuis").json());
    assert_eq!((answer.ids(), speakers(&answer)), (vec!["b"], everyone.to_vec()));
}

#[test]
fn the_passages_of_who_was_asked_for_come_first() {
    let folder = talks();
    let said = |query: &str| -> Vec<String> {
        let answer = folder.search_json(query);
        snippets(answer.result("a")).iter().map(|snippet| snippet["speaker"].to_string()).collect()
    };
    assert_eq!(said("GAR speaker:Néron"), ["\"Paul Néron\""]);
    assert_eq!(said("GAR speaker:\"Marie Dupuis\""), ["\"Marie Dupuis\""]);
    // Where they do not say it, the transcript in which they speak still answers.
    assert_eq!(said("données speaker:\"Marie Dupuis\""), ["\"Paul Néron\""]);
}

#[test]
fn a_passage_opens_the_video_where_it_is_said() {
    let lines = |video: &str| {
        let said = r#"[{"start": 0, "end": 5, "text": "Bonjour.", "speaker": "Ève"}, {"start": 83.9, "end": 91, "text": "Voici le GAR."}]"#;
        format!("{{\"id\": \"a\", \"title\": \"A\", {video} \"segments\": {said}}}\n")
    };
    // (what is known of the video, the link of the passage)
    let rows = [
        (format!("\"videoEmbedSrc\": \"{VIDEO}\","), format!("{VIDEO}?start=82s")),
        (
            r#""videoEmbedSrc": "https://www.youtube.com/embed/x1","#.into(),
            "https://www.youtube.com/watch?v=x1&t=82s".into(),
        ),
        (r#""videoEmbedSrc": "https://vimeo.com/7654","#.into(), "https://vimeo.com/7654#t=82s".into()),
        (r#""videoEmbedSrc": "https://cdn.example.org/a.mp4","#.into(), "https://cdn.example.org/a.mp4#t=82".into()),
        (
            r#""videoEmbedSrc": "https://example.org/v/4", "videoMomentHref": "https://example.org/v/4?at={seconds}","#
                .into(),
            "https://example.org/v/4?at=82".into(),
        ),
        // Nobody knows how these take a time: the reading page does.
        (r#""videoEmbedSrc": "https://example.org/v/4","#.into(), "/transcripts/a?q=GAR#s1".into()),
        (r#""videoEmbedSrc": "javascript:alert(1)","#.into(), "/transcripts/a?q=GAR#s1".into()),
        (String::new(), "/transcripts/a?q=GAR#s1".into()),
    ];
    for (video, link) in rows {
        let folder = Folder::new();
        folder.file("talks.jsonl", lines(&video)).index();
        let answer = folder.search_json("GAR");
        let snippet = &snippets(answer.result("a"))[0];
        assert_eq!((snippet["url"].as_str(), &snippet["start"]), (Some(link.as_str()), &Value::from(83.9)), "{video}");
    }
}

/// Sentences of one's own, so that no two passages are alike.
const WEBINAR: [&str; 4] = [
    "Bonsoir à vous, et bienvenue dans ce rendez-vous du mardi consacré aux ressources, avec nos deux invités du soir et \
     leurs classes de Quimper.",
    "Le gestionnaire ouvre les manuels sans mot de passe de plus : l'élève arrive par le portail de son lycée, choisit \
     son livre et le lit aussitôt, même chez lui.",
    "Une question revient souvent dans le salon de discussion : que devient le manuel quand la famille déménage au milieu \
     de l'année scolaire ? Il suit son propriétaire.",
    "Merci de votre attention, le support sera envoyé demain matin à tous les inscrits, et nous nous retrouvons en mars \
     pour parler des évaluations nationales.",
];

#[test]
fn an_extract_is_put_under_what_it_was_taken_from() {
    let folder = Folder::new();
    let extract = WEBINAR[1..3].join("\n\n");
    folder
        .transcript("webinaire", "Le webinaire", &WEBINAR.join("\n\n"))
        .transcript("extrait", "Un extrait", &extract)
        .transcript(
            "autre",
            "Une autre vidéo",
            "Le manuel numérique se prête, il ne se donne pas : on le rend en juin.",
        )
        .index();
    let answer = folder.search_json("\"mot de passe\"");
    assert_eq!((answer.total(), answer.results().len()), (2, 1), "two videos, shown as one");
    let result = &answer.results()[0];
    let also = &result["also"][0];
    let both: Vec<&Value> = vec![&result["id"], &also["id"]];
    assert!(both.contains(&&Value::from("webinaire")) && both.contains(&&Value::from("extrait")), "{both:?}");
    let url = also["url"].as_str().expect("a link");
    let id = also["id"].as_str().expect("an id");
    assert!(url.starts_with(&format!("/transcripts/{id}?q=")) && url.contains("#s"), "{url}");

    // What another video says in its own words is a result of its own.
    let answer = folder.search_json("manuel");
    assert!(answer.has("autre"), "{:?}", answer.ids());
    assert_eq!(answer.result("autre")["also"], Value::from(Vec::<Value>::new()));

    // What only the whole says is not lost.
    let answer = folder.search_json("\"évaluations nationales\"");
    assert_eq!(answer.ids(), ["webinaire"]);

    let printed = folder.verbatim(["search", "\"mot de passe\""]).expect(0).stdout;
    assert!(printed.contains("also in "), "{printed}");
}

#[test]
fn a_run_has_every_video() {
    // What is grouped for readers is not for who measures.
    let folder = Folder::new();
    folder.transcript("a", "A", WEBINAR[1]).transcript("b", "B", WEBINAR[1]).index();
    folder.file("../queries.tsv", "1\tmanuels\n").file("../qrels", "1 0 a 1\n1 0 b 1\n");
    let measured = folder.verbatim(["eval", "--queries", "queries.tsv", "--qrels", "qrels", "--json"]).expect(0).json();
    assert_eq!(measured["recall@100"], 1.0, "{measured}");
}

#[test]
fn passages_of_few_words_may_be_equal_by_chance() {
    let folder = Folder::new();
    folder
        .transcript("a", "A", "Bonjour à toutes et à tous.")
        .transcript("b", "B", "Bonjour à toutes et à tous.")
        .index();
    let answer = folder.search_json("bonjour");
    assert_eq!(answer.ids(), ["a", "b"]);
    assert_eq!(text(&snippets(answer.result("b"))[0]), "Bonjour à toutes et à tous.");
}
