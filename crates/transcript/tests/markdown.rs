//! What each way of writing Markdown says: one row for each rule.

use verbatim_transcript::{Format, Parsed, Segment, parse};

fn read(file: &str) -> Parsed {
    parse(Format::Markdown, "edu/l-ent", file.as_bytes()).expect("rows can be read")
}

/// `Qui: Quoi`, or only what, a line for each segment.
fn spoken(segments: &[Segment]) -> Vec<String> {
    let line = |segment: &Segment| match &segment.speaker {
        Some(speaker) => format!("{speaker}> {}", segment.text),
        None => segment.text.clone(),
    };
    segments.iter().map(line).collect()
}

/// A body, and its segments.
#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let parsed = read(&format!("---\ntitle: L'ENT\n---\n{body}"));
    assert_eq!(spoken(&parsed.transcripts[0].segments), expected, "{body:?}");
}

/// A body, and the text of its only segment.
#[track_caller]
fn check_text(body: &str, expected: &str) {
    check(body, &[expected]);
}

#[test]
fn a_block_is_a_segment() {
    check("Un.\n\nDeux.", &["Un.", "Deux."]);
    check_text("Une phrase\ncoupée en  \ntrois\\\nlignes.", "Une phrase coupée en trois lignes.");
    check("- un\n- deux\n  - deux et demi\n\n1. trois", &["un", "deux", "deux et demi", "trois"]);
    check("- un\n\n- deux\n\n  suite", &["un", "deux", "suite"]);
    check("> Cité.\n>\n> Encore.", &["Cité.", "Encore."]);
    check("## Chapitre *un*\n\nTexte.", &["Chapitre un", "Texte."]);
    check("Titre\n=====\n\nTexte.", &["Titre", "Texte."]);
    check("Avant.\n\n---\n\nAprès.", &["Avant.", "Après."]);
    check("| Sigle | Sens |\n|---|---|\n| ENT | espace |\n| GAR | |", &["Sigle | Sens", "ENT | espace", "GAR"]);
    check("```\nun *code*\n\n  deux\n```\n\n    retrait", &["un *code*", "deux", "retrait"]);
    check("", &[]);
    check("\u{200B}\n\n&nbsp;\n\n** **", &[]);
}

#[test]
fn markup_goes_and_its_text_stays() {
    check_text("Un **gras**, un _penché_, un ~~barré~~, du `code`.", "Un gras, un penché, un barré, du code.");
    check_text("[un lien](https://example.org) et ![une image](a.png)", "un lien et une image");
    check_text("[un][1] et <https://example.org>\n\n[1]: https://example.org", "un et https://example.org");
    check_text("les données **. **", "les données.");
    check_text("les données **. ** Ces outils", "les données. Ces outils");
    check_text("L’ **open data** permet", "L’open data permet");
    check_text("boutons _on_/_off_", "boutons on/off");
    check_text("le _sexting_ , envoi", "le sexting, envoi");
    check_text("et **la suite** ... enfin", "et la suite ... enfin");
    check_text("un **début sans fin", "un début sans fin");
    check_text("un m**** et l'enseignant\\*e", "un m**** et l'enseignant*e");
    check_text("2 * 3, snake_case", "2 * 3, snake_case");
    check_text("l'&eacute;cole &amp; &lt;moi&gt;", "l'école & <moi>");
    check_text(
        "vert\u{A0}: «\u{202F}oui\u{202F}» \t cyber\u{AD}har\u{200B}cèlement",
        "vert\u{A0}: «\u{202F}oui\u{202F}» cyberharcèlement",
    );
    check_text("e\u{301}cole", "e\u{301}cole");
}

#[test]
fn html_is_text_and_comments_are_nothing() {
    check_text("<script>alert(1)</script>", "<script>alert(1)</script>");
    check_text("Un <b>gras</b> littéral.", "Un <b>gras</b> littéral.");
    check("<div>\nUn\n\nDeux\n</div>", &["<div> Un", "Deux", "</div>"]);
    check_text("<!-- à revoir -->\nOui.", "Oui.");
    check_text("Avant <!-- dedans --> après.", "Avant après.");
    check("<!-- un\n\n## deux\n-->\n\nTrois.", &["Trois."]);
    check("<!-- un --> dit <!-- deux -->", &["dit"]);
    check("<!-->\n\nReste.", &["Reste."]);
    check("<!-- ouvert\n\n## Suite\n\nTexte.", &["<!-- ouvert", "## Suite", "Texte."]);
}

#[test]
fn what_markdown_would_take_for_definitions_is_kept() {
    check("[Jean]: Bonjour\n\n[Jean]: Oui\n\n> [Léa]: Non", &["[Jean]: Bonjour", "[Jean]: Oui", "[Léa]: Non"]);
    check("[^1]: une note", &["[^1]: une note"]);
    check("[un\nlabel]: coupé", &["[un label]: coupé"]);
}

#[test]
fn the_transcription_needs_no_heading() {
    for heading in [
        "## Transcription\n\n",
        "# Transcription\n",
        "### TRANSCRIPTION :\n\n",
        "Transcription\n---\n",
        "**Transcription**\n\n",
        "",
    ] {
        check_text(&format!("{heading}Bonjour."), "Bonjour.");
    }
    check(
        "Résumé.\n\n## Transcription\n\nBonjour.\n\n### Partie 2\n\nSuite.",
        &["Résumé.", "Bonjour.", "Partie 2", "Suite."],
    );
    check_text("La transcription suit.", "La transcription suit.");
}

#[test]
fn credits_are_not_speech() {
    #[track_caller]
    fn check_credits(body: &str, speech: &[&str], credits: Option<&str>) {
        let parsed = read(&format!("---\ntitle: L'ENT\n---\n{body}"));
        assert_eq!(spoken(&parsed.transcripts[0].segments), speech, "{body:?}");
        assert_eq!(parsed.transcripts[0].metadata.credits.as_deref(), credits, "{body:?}");
    }
    let list = "- **Production** : Réseau\n- **Licence** : [CC BY](https://example.org/by)\nMerci";
    let read = "Production : Réseau\nLicence : CC BY (https://example.org/by)\nMerci";
    for heading in ["## Crédits", "# Crédits", "## Crédit", "## CREDITS :", "## Cre\u{301}dits\u{A0}:", "Crédits\n---"]
    {
        check_credits(&format!("Oui.\n\n{heading}\n\n{list}"), &["Oui."], Some(read));
    }
    check_credits(
        "## Crédits\n\nA\n\n### Musique\n\nB\n\n## Annexe\n\nDit.",
        &["Annexe", "Dit."],
        Some("A\nMusique\nB"),
    );
    check_credits("# Crédits\n\nA\n\n## Transcription\n\nDit.", &["Dit."], Some("A"));
    check_credits("## Crédits\n\nA\n\n# Suite\n\nDit.\n\n## Crédits\n\nB", &["Suite", "Dit."], Some("A\nB"));
    check_credits("## Crédits\n\n<https://example.org>", &[], Some("https://example.org"));
    check_credits("## Crédits\n\n[x   **](https://a.fr), été", &[], Some("x (https://a.fr), été"));
    check_credits("## Crédits", &[], None);
    check_credits("## Les crédits ECTS\n\nDit.", &["Les crédits ECTS", "Dit."], None);
    check_credits("Dit.", &["Dit."], None);
}

#[test]
fn a_dash_begins_a_turn() {
    for dash in ["\\-", "\\- ", "– ", "— ", "—", "―\u{A0}", "-"] {
        check(&format!("Kimi Do, Réseau.\n\n{dash}Bonjour.\n\nSuite."), &["Kimi Do> Bonjour.", "Kimi Do> Suite."]);
    }
    check("Kimi Do, Réseau.\n\\- Un.\n\\- Deux.", &["Kimi Do> Un.", "Deux."]);
    check("Kimi Do, Réseau.\n\n\\-100 Go, oui.", &["Kimi Do> 100 Go, oui."]);
    check("-5 degrés ce matin.", &["-5 degrés ce matin."]);
    check(
        "Kimi Do, Réseau.\n\n– Voici :\n\n– une tablette ;\n\n– un téléphone.",
        &["Kimi Do> Voici :", "Kimi Do> une tablette ;", "Kimi Do> un téléphone."],
    );
    check_text("Il est venu\n– hier – et", "Il est venu – hier – et");
    check("Kimi Do, Réseau.\n\n\\-Un.\n\n\\-Deux.", &["Kimi Do> Un.", "Deux."]);
    check("Kimi Do, Réseau.\n\n\\-Un.\n\n## Partie 2\n\nDeux.", &["Kimi Do> Un.", "Partie 2", "Deux."]);
    check("Kimi Do, Réseau.\n\n\\-Un :\n\n- a\n- b", &["Kimi Do> Un :", "Kimi Do> a", "Kimi Do> b"]);
    check("\\-", &[]);
}

#[test]
fn a_label_before_a_turn_names_the_speaker() {
    #[track_caller]
    fn check_label(label: &str, expected: &[&str]) {
        check(&format!("{label}\n\n\\- Un.\n\n\\- Deux."), expected);
    }
    for (label, name) in [
        ("Kimi Do, Réseau Canopé.", "Kimi Do"),
        ("**Kimi Do**, Réseau Canopé", "Kimi Do"),
        ("Kimi Do :", "Kimi Do"),
        ("Mélinée Chanard.", "Mélinée Chanard"),
        ("Cécile Le Chevalier, enseignante de lettres, référente Pix.", "Cécile Le Chevalier"),
        ("Jean-Noël d'Ormesson, chargé de mission « École », Direction.", "Jean-Noël d'Ormesson"),
        ("Cheikh Ibra Ndiaye, formateur, INSPÉ - Université Paris-Est.", "Cheikh Ibra Ndiaye"),
        ("Vincent van der Berg, peintre.", "Vincent van der Berg"),
        ("M. Dupont, principal du collège.", "M. Dupont"),
        ("J.-P. Martin, juriste.", "J.-P. Martin"),
        ("E\u{301}lise Roy, e\u{301}le\u{300}ve.", "E\u{301}lise Roy"),
        ("Alice, élève en ULIS.", "Alice"),
        ("Une lycéenne.", "Une lycéenne"),
        ("Un élève en ULIS.", "Un élève en ULIS"),
        ("L'enseignante.", "L'enseignante"),
        ("Narratrice.", "Narratrice"),
        ("Voix off.", "Voix off"),
    ] {
        check_label(label, &[&format!("{name}> Un."), "Deux."]);
    }
    check_label("Alice, puis Célia Baillif.", &["Alice> Un.", "Célia Baillif> Deux."]);
    check_label("Yasmina, élève, puis le professeur.", &["Yasmina> Un.", "Le professeur> Deux."]);
    check_label(
        "\"Les questions\" «\u{A0}Suite\u{A0}» Kimi Do, Réseau.",
        &["\"Les questions\" «\u{A0}Suite\u{A0}»", "Kimi Do> Un.", "Deux."],
    );
    check_label("\"Ana Roy, INSHEA\" Kimi Do, Réseau.", &["\"Ana Roy, INSHEA\"", "Kimi Do> Un.", "Deux."]);
}

#[test]
fn speech_before_a_turn_is_no_label() {
    for speech in [
        "Une communauté.",
        "Merci Célia, très intéressant.",
        "Bonjour Kimi Do, bienvenue.",
        "Célia Baillif, qu'en pensez-vous ?",
        "Célia Baillif, je vous écoute.",
        "Célia Baillif, passons à la suite.",
        "Le professeur explique la leçon.",
        "Marie Curie disait :",
        "Le RGPD protège les données.",
        "Kimi Do, Réseau. Et maintenant la suite.",
        "Finalement, Cheikh Ibra.",
        "Merci.",
        "Alice.",
        "\"Les questions-réponses\"",
    ] {
        check(&format!("{speech}\n\n\\- Un."), &[speech, "Un."]);
    }
    check("Kimi Do, Réseau.\n\nElle parle.", &["Kimi Do, Réseau.", "Elle parle."]);
    check("Kimi Do, Réseau.\n\n– une tablette", &["Kimi Do, Réseau.", "une tablette"]);
    let long = format!("Kimi Do, {}.", "chargée de mission ".repeat(12).trim_end());
    check(&format!("{long}\n\n\\- Un."), &[&long, "Un."]);
}

#[test]
fn a_paragraph_without_end_becomes_several_segments() {
    let parsed = read(&format!("---\ntitle: x\n---\nKimi Do, Réseau.\n\n\\- {}", "Une phrase dite. ".repeat(2_000)));
    let segments = &parsed.transcripts[0].segments;
    assert_eq!(segments.len(), 2);
    for segment in segments {
        assert!(segment.text.len() <= 20_000 && segment.text.ends_with("dite."));
        assert_eq!(segment.speaker.as_deref(), Some("Kimi Do"));
    }
}

#[test]
fn oddities_of_the_body_are_noted_with_their_line() {
    #[track_caller]
    fn check_notes(body: &str, expected: &[(usize, &str)]) {
        let parsed = read(&format!("---\ntitle: L'ENT\n---\n{body}"));
        let found: Vec<(usize, &str)> = parsed.notes.iter().map(|n| (n.line, n.message.as_str())).collect();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for ((line, message), (line_expected, part)) in found.iter().zip(expected) {
            assert_eq!(line, line_expected, "{message}");
            assert!(message.contains(part), "{message}");
        }
    }
    check_notes("Texte.\n\n[1]: https://example.org\n", &[]);
    check_notes("Un.\n\nles données **. **\n", &[(6, "makes nothing bold"), (6, "makes nothing bold")]);
    check_notes("[a]: b\n\nUn.\n\n<!-- ouvert\n", &[(8, "not closed")]);
}
