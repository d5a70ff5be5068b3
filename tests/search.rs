//! What is found, what is lit, and in which order: through `verbatim search --json`.
//!
//! How French is understood has tables of its own.

use serde_json::Value;

use crate::{
    support::{Answer, Folder, snippets, text},
    table::{NOT_FOUND, Row, check},
};

#[test]
fn words() {
    check(&[
        ("classe", "La classe est finie.", "classe"),
        ("classe", "Le cours est fini.", NOT_FOUND),
        // Any of the words is enough.
        ("tablette visioconférence", "Prenez une tablette.", "tablette"),
        ("tablette visioconférence", "La visioconférence avec la tablette.", "visioconférence | tablette"),
        // Inflection.
        ("élève", "Les élèves lisent.", "élèves"),
        ("élèves", "Un élève lit.", "élève"),
        ("numérique", "Les outils numériques.", "numériques"),
        ("enseignant", "Une enseignante parle.", "enseignante"),
        ("évaluer", "On évaluait chaque copie.", "évaluait"),
        // Case.
        ("MATERNELLE", "La maternelle ouvre.", "maternelle"),
        ("maternelle", "Maternelle, dites-vous ?", "Maternelle"),
        ("Maternelle", "En maternelle, on joue.", "maternelle"),
        // Words that say nothing are not looked for, unless there is nothing else.
        ("le cahier de la voisine", "Le chat de la maison.", NOT_FOUND),
        ("le cahier de la voisine", "Le cahier de la maison.", "cahier"),
        ("dont", "La fille dont je parle.", "dont"),
        // A hyphen is a hyphen, not a minus.
        ("rendez-vous", "Prenons rendez-vous demain.", "rendez-vous"),
        ("rendez-vous", "Prenons rendez\u{2011}vous demain.", "rendez\u{2011}vous"),
        ("aujourd'hui", "Aujourd’hui, on code.", "Aujourd’hui"),
        // A whole query in capitals.
        ("CLASSE INVERSÉE", "Essayons la classe inversée.", "classe | inversée"),
        ("LE RGPD À L'ÉCOLE", "Le RGPD à l’école.", "RGPD | école"),
        // Questions and other ways to type.
        ("qu'est-ce que le GAR ?", "Le GAR, expliqué.", "GAR"),
        ("Comment faire, demain, un quiz ?", "Un quiz en ligne.", "quiz"),
        ("l ecole", "Une école rurale.", "école"),
        ("ENT,GAR;CNIL", "La CNIL veille.", "CNIL"),
        ("apps.education.fr", "Allez sur apps.education.fr.", "apps | education | fr"),
        // Numbers.
        ("3D", "Une imprimante 3D.", "3D"),
        ("2000", "Plus de 2\u{202F}000 lycées.", "2\u{202F}000"),
        ("6e", "En sixième, tout change.", "sixième"),
        ("sixième", "Une classe de 6ème.", "6ème"),
        ("2024", "La rentrée 2024 approche.", "2024"),
    ]);
}

#[test]
fn accents() {
    check(&[
        ("eleve", "Un élève écrit.", "élève"),
        ("ELEVE", "Un élève dessine.", "élève"),
        ("élève", "Un eleve sans accent.", "eleve"),
        ("ecole", "L’École est fermée.", "École"),
        ("école", "L’Ecole est ouverte.", "Ecole"),
        ("coeur", "Le cœur du sujet.", "cœur"),
        ("cœur", "Le coeur de métier.", "coeur"),
        ("oeuvre", "Une œuvre libre.", "œuvre"),
        ("œuvres", "Les Œuvres complètes.", "Œuvres"),
        ("francais", "Le français se lit.", "français"),
        ("Noël", "Vive noel !", "noel"),
        // Letters and accents apart, as some systems write them.
        ("élève", "Une e\u{301}le\u{300}ve rit.", "e\u{301}le\u{300}ve"),
        ("e\u{301}le\u{300}ve", "Cette élève pleure.", "élève"),
        // What cannot be seen does not part a word.
        ("intégration", "L’inté\u{AD}gration réussie.", "intégration"),
        ("données", "Vos don\u{200B}nées personnelles.", "données"),
        // Spaces that do not break part words like any others.
        ("vraiment", "Mais\u{A0}vraiment\u{202F}!", "vraiment"),
    ]);
}

#[test]
fn accents_that_were_typed_come_first() {
    let folder = Folder::new();
    folder
        .transcript("a-eleve", "Un", "Chaque élève lit. Un élève écrit.")
        .transcript("b-eleve", "Deux", "L’élève sort.")
        .transcript("c-eleve-haut", "Trois", "Le niveau est élevé, dit-on dans cette salle de réunion.")
        .index();
    assert_eq!(folder.search_json("élevé").ids()[0], "c-eleve-haut");
    assert_ne!(folder.search_json("élève").ids()[0], "c-eleve-haut");
    assert!(folder.search_json("eleve").has("a-eleve"), "without accents, all of them");
}

#[test]
fn acronyms() {
    check(&[
        ("GAR", "Le GAR protège les données.", "GAR"),
        ("GAR", "Le train entre en gare, les gares sont fermées.", NOT_FOUND),
        ("GAR", "Il faut se garer devant la gare.", NOT_FOUND),
        ("GAR", "Un gars m’a dit bonjour.", NOT_FOUND),
        ("gare", "Le train quitte la gare.", "gare"),
        ("gare", "Le GAR ouvre un accès.", NOT_FOUND),
        ("garer", "Passez par le GAR.", NOT_FOUND),
        ("G.A.R.", "Demandez au GAR.", "GAR"),
        ("GAR", "Le G.A.R. existe depuis longtemps.", "G.A.R."),
        ("GAR", "On épelle G A R à l’oral.", "G A R"),
        ("gar", "Avec le GAR, c’est simple.", "GAR"),
        ("Gar", "Sans le GAR, c’est long.", "GAR"),
        ("rgpd", "Le RGPD s’applique.", "RGPD"),
        ("ent", "Un ENT par académie.", "ENT"),
        ("ENT", "Ouvrez l’ENT.", "ENT"),
        ("ENT", "Ils entrent enfin.", NOT_FOUND),
        ("ENT", "Les ENT des académies.", "ENT"),
        ("MEN", "Elle mène sa classe.", NOT_FOUND),
        ("DANE", "Dans la classe.", NOT_FOUND),
        ("TICE", "Un tic nerveux.", NOT_FOUND),
        ("TICE", "Les TICE hier.", "TICE"),
        ("eRUN", "Notre eRUN passe.", "eRUN"),
        ("erun", "Cette eRUN répond.", "eRUN"),
        ("ERUN", "Appelez l’eRUN.", "eRUN"),
        ("e-RUN", "Écrivez à votre eRUN.", "eRUN"),
        ("eRUN", "Merci à l’e-RUN.", "e-RUN"),
        ("CPE", "Les CPEs se réunissent.", "CPEs"),
        ("RRUPN", "Le RRUPN du lycée.", "RRUPN"),
        ("DASEN", "Le DASEN décide.", "DASEN"),
        ("ÉPLE", "Un EPLE rural.", "EPLE"),
        ("UPE2A", "En UPE2A aussi.", "UPE2A"),
        ("H5P", "Un quiz H5P.", "H5P"),
        // A heading in capitals is made of words.
        ("mentions légales", "MENTIONS LÉGALES DU SITE", "MENTIONS | LÉGALES"),
        ("attention", "ATTENTION AUX MARCHES DE LA GALERIE", "ATTENTION"),
    ]);
}

#[test]
fn elided_words_whatever_the_apostrophe() {
    let apostrophes = ["'", "’", "ʼ", "‘", "´", "＇", "′"];
    let mut rows: Vec<(String, String, &str)> = Vec::new();
    for apostrophe in apostrophes {
        let said = |start: &str, word: &str| format!("{start}{apostrophe}{word} fonctionne.");
        rows.push((format!("l{apostrophe}ENT"), "Tous dans l’ENT ce matin.".to_owned(), "ENT"));
        rows.push((format!("L{apostrophe}ENT"), "Revenez à l'ENT demain.".to_owned(), "ENT"));
        rows.push((format!("\"l{apostrophe}ENT\""), "Voyez dans l’ENT.".to_owned(), "ENT"));
        rows.push(("ENT".to_owned(), said("L", "ENT"), "ENT"));
        rows.push(("l'ENT".to_owned(), said("Notre vie dans l", "ENT"), "ENT"));
        rows.push(("accès".to_owned(), said("La demande d", "accès"), "accès"));
        rows.push(("ordinateur".to_owned(), said("Jusqu", "ordinateur"), "ordinateur"));
        rows.push(("histoire".to_owned(), said("Lorsqu", "histoire"), "histoire"));
    }
    rows.push(("E.N.T.".to_owned(), "Encore l’ENT du collège.".to_owned(), "ENT"));
    rows.push(("d'école".to_owned(), "L' école est finie.".to_owned(), "école"));
    rows.push(("quelqu'un".to_owned(), "Quelqu’un frappe.".to_owned(), "Quelqu’un"));
    let rows: Vec<Row<'_>> = rows.iter().map(|(query, said, lit)| (query.as_str(), said.as_str(), *lit)).collect();
    check(&rows);
}

#[test]
fn all_ways_to_write_an_acronym_find_the_same_transcripts() {
    let folder = Folder::new();
    folder
        .transcript("droite", "Un", "On se connecte à l'ENT.")
        .transcript("typographique", "Deux", "L’ENT du lycée. Entrez dans l’ENT.")
        .transcript("points", "Trois", "Un E.N.T. moderne.")
        .transcript("verbe", "Quatre", "Ils entrent à la hâte.")
        .index();
    let reference = folder.search_json("ENT");
    assert_eq!(reference.total(), 3);
    for query in ["l’ENT", "l'ENT", "E.N.T.", "\"l’ENT\"", "\"l'ENT\"", "\"ENT\"", "L’E.N.T."] {
        let answer = folder.search_json(query);
        assert_eq!(answer.ids(), reference.ids(), "{query}");
        for id in answer.ids() {
            let lit = answer.lit(id);
            let expected = if id == "points" { "E.N.T." } else { "ENT" };
            assert!(!lit.is_empty() && lit.iter().all(|lit| lit == expected), "{query} lights {lit:?} in {id}");
        }
    }
}

#[test]
fn phrases() {
    let said = "La classe inversée change la classe, et la pyramide est inversée.";
    check(&[
        // The phrase is lit, its words elsewhere are not.
        ("\"classe inversée\"", said, "classe inversée"),
        ("\"Classe Inversée\"", "Une classe inversée à la maison.", "classe inversée"),
        ("« classe inversée »", "Vive la classe inversée !", "classe inversée"),
        ("“classe inversée”", "Une classe inversée réussie.", "classe inversée"),
        ("\"classe inversee\"", "Parlons de classe inversée.", "classe inversée"),
        ("\"classe inversée\"", "La classe est calme, la pyramide inversée.", NOT_FOUND),
        ("\"classe inversée\"", "Inversée, la classe.", NOT_FOUND),
        ("\"classe inversée\"", "Une classe. Inversée ? Oui.", "classe. Inversée"),
        ("\"classe inversée\"", "Une classe, inversée, et une classe inversée.", "classe, inversée | classe inversée"),
        // A phrase that is not closed yet.
        ("\"classe inversée", "Bonjour la classe inversée.", "classe inversée"),
        // Phrases are required, words beside them are not.
        ("\"classe inversée\" ENT", "Une classe inversée sans réseau.", "classe inversée"),
        ("\"classe inversée\" ENT", "L’ENT sans elle.", NOT_FOUND),
        ("\"classe inversée\" ENT", "La classe inversée dans l’ENT.", "classe inversée | ENT"),
        (
            "\"classe inversée\" \"salle commune\"",
            "Une classe inversée en salle commune.",
            "classe inversée | salle commune",
        ),
        ("\"classe inversée\" \"salle commune\"", "Cette salle commune.", NOT_FOUND),
        // Small words count in a phrase.
        ("\"mise à jour\"", "Une mise à jour par jour.", "mise à jour"),
        ("\"mise à jour\"", "La mise du jour.", NOT_FOUND),
        (
            "\"gestionnaire d’accès aux ressources\"",
            "Le gestionnaire d'accès aux ressources.",
            "gestionnaire d'accès aux ressources",
        ),
        (
            "\"gestionnaire d'accès aux ressources\"",
            "Un gestionnaire d’accès aux ressources.",
            "gestionnaire d’accès aux ressources",
        ),
        (
            "\"gestionnaire d acces aux ressources\"",
            "Ce gestionnaire d’accès aux ressources.",
            "gestionnaire d’accès aux ressources",
        ),
        ("\"l’école inclusive\"", "Pour l'école inclusive.", "école inclusive"),
        ("\"avec le GAR\"", "Travailler avec le GAR.", "avec le GAR"),
        ("\"avec le GAR\"", "On arrive avec le gars.", NOT_FOUND),
        ("\"la gare\"", "Devant la gare.", "la gare"),
        ("\"la gare\"", "La GAR, disait-il.", NOT_FOUND),
    ]);
}

#[test]
fn phrases_over_borders() {
    check(&[
        ("\"classe inversée\"", "Voici la classe\n\ninversée dont on parle.", "classe | inversée"),
        ("\"travail de groupe\"", "Un travail\n\nde\n\ngroupe en îlots.", "travail | de | groupe"),
        ("\"bonjour à tous\"", "Bonjour\nà tous, dit-elle.", "Bonjour à tous"),
        // Markup is no border either.
        (
            "\"espace numérique de travail\"",
            "Un **espace** [numérique](https://example.org) de *travail*.",
            "espace numérique de travail",
        ),
        (
            "\"premier point second point\"",
            "Voici :\n\n- premier point\n- second point\n",
            "premier point | second point",
        ),
    ]);
}

#[test]
fn no_phrase_runs_from_the_title_into_the_speech() {
    let folder = Folder::new();
    folder.file("a.md", "---\ntitle: La classe\ndescription: inversée\n---\n\nenfin.\n").index();
    assert_eq!(folder.search_json("\"classe inversée\"").total(), 0);
    assert_eq!(folder.search_json("\"inversée enfin\"").total(), 0);
    assert_eq!(folder.search_json("\"la classe\"").ids(), ["a"]);
}

#[test]
fn a_phrase_that_nobody_said_word_for_word_finds_other_forms_and_says_so() {
    let folder = Folder::new();
    folder
        .transcript("a", "Un", "Les classes inversées plaisent aux classes.")
        .transcript("b", "Deux", "Rien à voir.")
        .index();
    let answer = folder.search_json("\"classe inversée\"");
    assert_eq!(
        (answer.ids(), answer.lit("a"), answer.notes().len()),
        (vec!["a"], vec!["classes inversées".to_owned()], 1)
    );
    let answer = folder.search_json("\"classes inversées\"");
    assert_eq!((answer.ids(), answer.notes().len()), (vec!["a"], 0));
}

#[test]
fn exclusion() {
    check(&[
        ("ENT -GAR", "L’ENT tout court.", "ENT"),
        ("ENT -GAR", "L’ENT et le GAR.", NOT_FOUND),
        ("ENT -GAR", "Le GAR tout court.", NOT_FOUND),
        ("-GAR ENT", "Encore l’ENT.", "ENT"),
        ("ENT -G.A.R.", "Un ENT, un GAR.", NOT_FOUND),
        ("ENT -gare", "L’ENT avec le GAR.", "ENT"),
        ("ENT -lycee", "L’ENT du lycée.", NOT_FOUND),
        ("ENT -l'élève", "L’ENT d’un élève.", NOT_FOUND),
        ("ENT -\"carte mentale\"", "L’ENT, une carte mentale.", NOT_FOUND),
        ("ENT -\"carte mentale\"", "L’ENT, une carte routière, une image mentale.", "ENT"),
        ("ENT - GAR", "L’ENT avec un tiret et le GAR.", "ENT | GAR"),
        ("\"carte mentale\" -ENT", "La carte mentale papier.", "carte mentale"),
        ("num* -ENT", "Le numérique sans réseau.", "numérique"),
        ("num* -ENT", "Le numérique dans l’ENT.", NOT_FOUND),
    ]);
}

#[test]
fn what_is_only_excluded_leaves_all_the_rest() {
    let folder = Folder::new();
    folder.transcript("ent", "Un", "L’ENT.").transcript("gar", "Deux", "Le GAR.").index();
    assert_eq!(folder.search_json("-GAR").ids(), ["ent"]);
}

#[test]
fn beginnings_of_words() {
    check(&[
        ("cyberharc*", "Le cyberharcèlement blesse.", "cyberharcèlement"),
        ("cyber*", "La cybersécurité et le cyberespace.", "cybersécurité | cyberespace"),
        ("cyber*", "Un hypercyber.", NOT_FOUND),
        ("éva*", "L’évaluation formative.", "évaluation"),
        ("eva*", "Une évaluation sommative.", "évaluation"),
        ("EVA*", "Une autre évaluation.", "évaluation"),
        ("l’éva*", "Pas d’évaluation.", "évaluation"),
        ("RRU*", "Le RRUPN.", "RRUPN"),
        ("rru*", "Ce RRUPN.", "RRUPN"),
        // Between quotation marks a star is no letter; alone it is nothing.
        ("evaluation *", "Dernière évaluation.", "évaluation"),
    ]);
}

#[test]
fn areas() {
    let folder = Folder::new();
    let talk = |area: &str, text: &str| format!("---\n{area}\ntitle: x\n---\n\n{text}\n");
    folder
        .file("a.md", talk("area: Domaine 1", "L’ENT ici."))
        .file("b.md", talk("area: Domaine 1", "L’ENT là."))
        .file("c.md", talk("area: Sixième", "L’ENT aussi, et le GAR."))
        .file("d.md", talk("area: Domaine 12", "Le GAR seul."))
        .file("e.md", talk("area:", "L’ENT sans domaine."))
        .index();
    let all = [("Domaine 1", 2), ("Sixième", 1)];
    // (query, ids, areas): the areas are counted whichever was asked for, so that one can change one's mind.
    type Row<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, u64)]);
    let rows: [Row<'_>; 10] = [
        ("ENT", &["a", "b", "c", "e"], &all),
        ("ENT area:\"Domaine 1\"", &["a", "b"], &all),
        ("area:\"Domaine 1\" ENT", &["a", "b"], &all),
        ("AREA:«domaine 1» ENT", &["a", "b"], &all),
        ("ENT area:sixieme", &["c"], &all),
        ("area:\"Domaine 1\"", &["a", "b"], &[("Domaine 1", 2), ("Domaine 12", 1), ("Sixième", 1)]),
        ("GAR area:\"Domaine 1\"", &[], &[("Domaine 12", 1), ("Sixième", 1)]),
        ("ENT -GAR area:Sixième", &[], &[("Domaine 1", 2)]),
        ("ENT area:Nulle-part", &[], &all),
        ("\"ENT aussi\" area:Sixième", &["c"], &[("Sixième", 1)]),
    ];
    for (query, ids, areas) in rows {
        let answer = folder.search_json(query);
        let mut found = answer.ids();
        found.sort_unstable();
        assert_eq!(found, ids, "{query}");
        assert_eq!(answer.total(), ids.len() as u64, "{query}");
        assert_eq!(answer.areas(), areas, "{query}");
    }
    let answer = folder.search_with("ENT", &["--area", "Domaine 1"]);
    assert_eq!((answer.ids().len(), answer.areas()), (2, all.to_vec()));
    let answer = folder.search_json("ENT area:Nulle-part");
    assert!(answer.notes().iter().any(|note| note.contains("Nulle-part")), "an unknown area is said");
}

#[test]
fn no_query_is_an_error() {
    let folder = Folder::new();
    folder.transcript("a", "Un", "Bonjour à l’ENT.").index();
    let long = "mot ".repeat(5_000);
    for query in [
        "\"",
        "\"\"",
        "«",
        "-",
        "--",
        "*",
        "**",
        "area:",
        "area:\"",
        "( [ { ) ] }",
        "\\",
        "a AND OR NOT",
        "ENT^2",
        "ENT~",
        "title:ENT",
        "[a TO b]",
        "+",
        "🎉",
        "\u{200B}",
        "\u{202E}",
        "\t",
        "…",
        "'",
        "’ENT’",
        "ENT\"",
        "\"ENT\"\"ENT\"",
        "-\"",
        "-area:x",
        "%00%ff",
        "\u{1B}[31m",
        &long,
    ] {
        // Neither status 2 nor anything that is no JSON.
        folder.search_json(query);
    }
}

#[test]
fn an_empty_query_lists_all_by_priority_then_id() {
    let folder = Folder::new();
    folder
        .file("b.md", "---\ntitle: x\n---\n\nBonjour.\n")
        .file("a.md", "---\ntitle: x\n---\n\nBonjour.\n")
        .file("z.md", "---\ntitle: x\npriority: 1\n---\n\nBonjour.\n")
        .file("y.md", "---\ntitle: x\npriority: 2\n---\n\nBonjour.\n")
        .index();
    for query in ["", "  ", "*"] {
        let answer = folder.search_json(query);
        assert_eq!((answer.ids(), answer.total()), (vec!["z", "y", "a", "b"], 4), "{query:?}");
        assert!(answer.results().iter().all(|result| result["score"] == 0.0), "nothing is ranked");
    }
}

#[test]
fn best_first() {
    let filler = "On parle ici de bien d’autres choses, du temps qu’il fait et du goûter.";
    let folder = Folder::new();
    folder
        .transcript("titre", "Le GAR", &format!("Le GAR, expliqué. {filler}"))
        .transcript("souvent", "Un webinaire", &format!("Le GAR. {filler} Encore le GAR. Toujours le GAR."))
        .transcript("une-fois", "Un autre webinaire", &format!("{filler} {filler} {filler} Le GAR."))
        .transcript("loin", "Divers", &format!("La classe est là. {filler} {filler} Une pyramide inversée."))
        .transcript("pres", "Divers", &format!("La classe inversée est là. {filler} {filler} Une pyramide."))
        .transcript("autre", "Divers", filler)
        .index();
    assert_eq!(folder.search_json("GAR").ids(), ["titre", "souvent", "une-fois"]);
    assert_eq!(folder.search_json("classe inversée").ids(), ["pres", "loin"], "words that stand together");
    assert_eq!(folder.search_json("pyramide GAR inversée classe").total(), 5, "any of the words");
}

#[test]
fn what_all_transcripts_say_is_worth_little_and_is_ranked_all_the_same() {
    let folder = Folder::new();
    let line = |number: usize| {
        let times = if number == 7_777 { 9 } else { 1 };
        let text = format!("{}{}", "Il y a. ".repeat(times), "Voilà. ".repeat(9 - times));
        format!("{}\n", serde_json::json!({"id": format!("talk-{number:05}"), "title": "Causerie", "text": text}))
    };
    folder.file("talks.jsonl", (0..10_000).map(line).collect::<String>()).index();
    for query in ["\"il y a\"", "il y a"] {
        let answer = folder.search_json(query);
        assert_eq!((answer.total(), answer.ids()[0]), (10_000, "talk-07777"), "{query}");
    }
}

#[test]
fn equals_come_by_id_and_pages_follow_each_other() {
    let folder = Folder::new();
    // Written in no order, in two commits.
    let ids: Vec<String> = (0..25).map(|at| format!("talk-{:02}", at * 7 % 25)).collect();
    for half in ids.chunks(13) {
        for id in half {
            folder.transcript(id, "Divers", "Le GAR est là.");
        }
        folder.index();
    }
    let mut sorted: Vec<&str> = ids.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    for query in ["GAR", "\"le GAR\"", "", "ga*"] {
        let all = folder.search_json(query);
        assert_eq!(all.ids(), sorted, "{query}");
        let mut paged: Vec<String> = Vec::new();
        for offset in ["0", "10", "20", "30"] {
            let page = folder.search_with(query, &["--limit", "10", "--offset", offset]);
            assert_eq!(page.total(), 25, "{query}: the total is that of all pages");
            paged.extend(page.ids().iter().map(ToString::to_string));
        }
        assert_eq!(paged, sorted, "{query}");
    }
    assert_eq!(folder.search_with("GAR", &[]).ids().len(), 10, "ten where nothing else is asked for");
    let none = folder.search_with("GAR", &["--limit", "0"]);
    assert_eq!((none.total(), none.ids().len()), (25, 0));
}

#[test]
fn highlights_are_counted_in_unicode_scalar_values() {
    let folder = Folder::new();
    folder
        .transcript("a", "Un", "🎉🎉 Vive l’ENT !")
        .transcript("b", "Deux", "E\u{301}cole, 👩🏽‍🏫, cœur : le GAR.")
        .index();
    let answer = folder.search_json("ENT");
    let snippet = &snippets(answer.result("a"))[0];
    assert_eq!((text(snippet), snippet["highlights"].to_string().as_str()), ("🎉🎉 Vive l’ENT !", "[[10,13]]"));
    let answer = folder.search_json("GAR");
    assert_eq!(answer.lit("b"), ["GAR"]);
    let answer = folder.search_json("école");
    assert_eq!(answer.lit("b"), ["E\u{301}cole"]);
}

/// Sentences that say nothing of what is looked for.
fn filler(sentences: usize) -> String {
    let all = [
        "Nous avons pris le temps de discuter avec les familles.",
        "La cour était calme ce matin-là, et le soleil brillait.",
        "Chacun a pu montrer son dessin avant le repas.",
        "On a rangé les chaises puis fermé les fenêtres.",
    ];
    (0..sentences).map(|at| all[at % all.len()]).collect::<Vec<_>>().join(" ")
}

#[test]
fn snippets_are_the_three_best_passages() {
    let gap = filler(12);
    let said = format!(
        "Le GAR est cité. {gap}\n\nLe GAR revient. {gap}\n\nLa tablette ouvre le GAR. {gap}\n\nLe GAR encore. {gap}\n\nLe GAR enfin. {gap}"
    );
    let folder = Folder::new();
    folder.transcript("a", "Un", &said).transcript("b", "Deux", &filler(4)).index();
    let answer = folder.search_json("tablette GAR");
    let result = answer.result("a");
    let texts: Vec<&str> = snippets(result).iter().map(text).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(texts[0].contains("La tablette ouvre le GAR."), "the passage with both words first: {texts:?}");
    assert_eq!(result["matches"], 6);
    for text in texts {
        // Whole sentences, neither a word nor the whole talk.
        assert!(text.len() < 500, "{text}");
        assert!(text.starts_with(char::is_uppercase) && text.ends_with('.'), "{text}");
        assert!(text.contains("GAR"), "{text}");
    }
}

#[test]
fn passages_that_touch_become_one() {
    let folder = Folder::new();
    folder
        .transcript(
            "a",
            "Un",
            &format!("{}\n\nLe GAR.\n\nEncore le GAR.\n\nToujours le GAR.\n\n{}", filler(10), filler(10)),
        )
        .index();
    let answer = folder.search_json("GAR");
    let passages = snippets(answer.result("a"));
    assert_eq!(passages.len(), 1, "{passages:?}");
    assert_eq!(answer.lit("a"), ["GAR", "GAR", "GAR"]);
}

#[test]
fn a_sentence_without_end_is_cut_at_words() {
    let endless = "alors voilà donc on continue et puis ensuite ".repeat(200);
    let folder = Folder::new();
    folder.transcript("a", "Un", &format!("{endless} le GAR {endless}")).index();
    let answer = folder.search_json("GAR");
    let snippet = text(&snippets(answer.result("a"))[0]);
    assert_eq!(answer.lit("a"), ["GAR"]);
    assert!(snippet.len() < 500, "{snippet}");
    let words = ["alors", "voilà", "donc", "on", "continue", "et", "puis", "ensuite", "le", "GAR"];
    let inside = snippet.strip_prefix("… ").and_then(|rest| rest.strip_suffix(" …"));
    let inside = inside.unwrap_or_else(|| panic!("cut at both ends, and marked so: {snippet}"));
    assert!(inside.split(' ').all(|word| words.contains(&word)), "no word is cut: {snippet}");
}

#[test]
fn a_passage_over_a_border_may_end_in_an_accent() {
    let endless = "alors voilà donc on continue et puis ensuite ".repeat(20);
    let said = format!("{endless} une faute\n\n{}que le salarié {endless}", "euh on continue ".repeat(6));
    let folder = Folder::new();
    folder.transcript("a", "Un", &said).index();
    assert_eq!(folder.search_json("faute salarié").lit("a"), ["faute", "salarié"]);
}

#[test]
fn what_is_found_by_its_title_alone_is_found() {
    let folder = Folder::new();
    folder
        .file("a.md", "---\ntitle: Le GAR en images\ndescription: Un médiacentre pour tous.\n---\n")
        .transcript("b", "Divers", "Rien.")
        .index();
    let answer = folder.search_json("GAR");
    assert_eq!(answer.ids(), ["a"]);
    let answer = folder.search_json("médiacentre");
    assert_eq!((answer.ids(), answer.lit("a")), (vec!["a"], vec!["médiacentre".to_owned()]));
}

#[test]
fn credits_are_not_speech() {
    let folder = Folder::new();
    folder
        .file(
            "a.md",
            "---\ntitle: Divers\n---\n\n## Transcription\n\nBonjour.\n\n## Crédits\n\nRéalisation : Perrine Dubosq.\n",
        )
        .index();
    assert_eq!(folder.search_json("Dubosq").total(), 0);
    assert_eq!(folder.search_json("\"bonjour réalisation\"").total(), 0);
}

#[test]
fn the_answer_keeps_to_its_contract() {
    let folder = Folder::new();
    folder
        .file(
            "edu/x.md",
            "---\narea: Domaine 1\ntitle: Le GAR\ndescription: Un accès.\nvideoEmbedSrc: https://example.org/videos/embed/1\n---\n\nIntervenante.\n\nVoici le GAR.\n",
        )
        .index();
    let Answer(answer) = folder.search_json("GAR");
    let keys = |value: &Value| -> Vec<String> {
        let object = value.as_object().unwrap_or_else(|| panic!("an object: {value}"));
        let mut keys: Vec<String> = object.keys().cloned().collect();
        keys.sort();
        keys
    };
    assert_eq!(
        keys(&answer),
        ["elapsed_ms", "expansions", "facets", "notes", "query", "results", "suggestion", "total"]
    );
    let result = &answer["results"][0];
    assert_eq!(
        keys(result),
        ["also", "area", "description", "id", "matches", "score", "snippets", "title", "url", "video"]
    );
    let snippet = &result["snippets"][0];
    assert_eq!(keys(snippet), ["end", "highlights", "html", "segment", "speaker", "start", "text", "url"]);
    let expected = [
        (&answer["query"], "\"GAR\""),
        (&answer["total"], "1"),
        (&answer["notes"], "[]"),
        (&answer["suggestion"], "null"),
        (&answer["facets"]["area"][0], "{\"count\":1,\"value\":\"Domaine 1\"}"),
        (&result["id"], "\"edu/x\""),
        (&result["title"], "\"Le GAR\""),
        (&result["description"], "\"Un accès.\""),
        (&result["area"], "\"Domaine 1\""),
        (&result["url"], "\"/transcripts/edu/x?q=GAR\""),
        (&result["video"], "\"https://example.org/videos/embed/1\""),
        (&snippet["start"], "null"),
        (&snippet["end"], "null"),
        (&snippet["speaker"], "null"),
    ];
    for (found, expected) in expected {
        let expected: Value = serde_json::from_str(expected).expect("JSON");
        assert_eq!(*found, expected);
    }
    let html = snippet["html"].as_str().expect("a text");
    assert!(html.contains("Voici le <mark>GAR</mark>."), "{html}");
    assert!(answer["elapsed_ms"].is_number() && result["score"].as_f64() > Some(0.0));
}

#[test]
fn html_is_escaped() {
    let folder = Folder::new();
    folder.transcript("a", "Un", "Écrivez \\<script>alert(1)\\</script> \\& \"GAR\" 'ENT' dans la page.").index();
    let answer = folder.search_json("GAR");
    let snippet = &snippets(answer.result("a"))[0];
    assert_eq!(text(snippet), "Écrivez <script>alert(1)</script> & \"GAR\" 'ENT' dans la page.");
    assert_eq!(
        snippet["html"],
        "Écrivez &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;<mark>GAR</mark>&quot; &#39;ENT&#39; dans la page."
    );
    // What is lit may itself hold what must be escaped.
    let folder = Folder::new();
    folder.transcript("a", "Un", "La R\\&D, \\<b>du\\</b> lycée.").index();
    let answer = folder.search_json("R&D lycée");
    let html = snippets(answer.result("a"))[0]["html"].as_str().expect("a text").to_owned();
    assert_eq!(html, "La <mark>R&amp;D</mark>, &lt;b&gt;du&lt;/b&gt; <mark>lycée</mark>.");
}
