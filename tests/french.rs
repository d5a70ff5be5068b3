//! French, the way French people search it: what is found, what is lit, what comes first, group by group.
//!
//! Each expectation is what a French speaker would say before trying. All that is said in a table lies in one index, so
//! the tables keep to one subject; where it matters that a word is absent, there is an index for it.

use serde_json::Value;

use crate::{
    support::Folder,
    table::{FOUND, NOT_FOUND, Row, check, lit},
};

/// A query, what comes first, and what comes after it: each pair of texts in an index of its own.
type Order<'a> = (&'a str, &'a str, &'a str);

/// Asks each query of an index that holds both texts. Both answer, and the first one is better.
#[track_caller]
fn check_orders(rows: &[Order<'_>]) {
    // Equals come by id: the better one must be so by its score.
    check_pairs(rows, ["z-first", "a-second"], |scores| scores.is_some_and(|(first, second)| first > second));
}

/// Asks each query of an index that holds both texts. Both answer, and the second one is not better.
#[track_caller]
fn check_not_below(rows: &[Order<'_>]) {
    check_pairs(rows, ["a-first", "z-second"], |scores| scores.is_some_and(|(first, second)| first >= second));
}

/// Asks each query of an index that holds both texts. The first one answers, the second one does not, or is worth less
/// than half of it.
#[track_caller]
fn check_apart(rows: &[Order<'_>]) {
    check_pairs(rows, ["a-own", "z-stranger"], |scores| {
        scores.is_some_and(|(own, stranger)| own > 0.0 && stranger < own / 2.0)
    });
}

/// The scores of two texts for each query go to `right`; 0 where a text is no answer, nothing where neither is.
#[track_caller]
fn check_pairs(rows: &[Order<'_>], ids: [&str; 2], right: impl Fn(Option<(f64, f64)>) -> bool) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|&(query, first, second)| {
            let folder = Folder::new();
            folder.transcript(ids[0], "Divers", first).transcript(ids[1], "Divers", second);
            // The rarity of a word means something only where others do without it.
            for at in 0..4 {
                folder.transcript(&format!("neutral-{at}"), "Divers", "Bonjour et bienvenue.");
            }
            folder.index();
            let answer = folder.search_json(query);
            let score = |id: &str| {
                let found = answer.results().iter().find(|result| result["id"] == id);
                found.map_or(0.0, |result| result["score"].as_f64().expect("a number"))
            };
            let scores = (score(ids[0]), score(ids[1]));
            let any = answer.has(ids[0]) || answer.has(ids[1]);
            (!right(any.then_some(scores)))
                .then(|| format!("{query}: {} for {first:?}, {} for {second:?}", scores.0, scores.1))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

// ---------------------------------------------------------------------------------------------------- 1. Acronyms

#[test]
fn acronyms_are_not_the_words_that_look_like_them() {
    check(&[
        ("GAR", "Le GAR protège les comptes.", "GAR"),
        ("GAR", "La gare est loin, les gares aussi.", NOT_FOUND),
        ("GAR", "Quatre gars rient.", NOT_FOUND),
        ("GAR", "Elle se gare devant la mairie, il garait son vélo.", NOT_FOUND),
        ("les GAR", "Les gares ferment tôt.", NOT_FOUND),
        ("gar", "Une gare fermée.", NOT_FOUND),
        ("gares", "Les GAR des académies.", NOT_FOUND),
        ("gars", "Deux GAR différents.", NOT_FOUND),
        ("garer", "Un GAR tout neuf.", NOT_FOUND),
        ("MEN", "Le MEN publie une circulaire.", "MEN"),
        ("men", "Au MEN, on réfléchit.", "MEN"),
        ("MEN", "Il mène sa barque, elles menaient la leur.", NOT_FOUND),
        ("MEN", "Savoir mener un projet.", NOT_FOUND),
        ("mener", "Une note du MEN.", NOT_FOUND),
        ("DANE", "La DANE accompagne les collèges.", "DANE"),
        ("dane", "Notre DANE répond.", "DANE"),
        ("DANE", "Ils jouent dans la cour.", NOT_FOUND),
        ("dans", "La DANE recrute.", NOT_FOUND),
        ("ENS", "Elle sort de l’ENS.", "ENS"),
        ("ens", "À l’ENS de Lyon.", "ENS"),
        ("ENS", "Il en parle en riant.", NOT_FOUND),
        ("en", "L’ENS recrute.", NOT_FOUND),
        ("TICE", "Les tics de langage.", NOT_FOUND),
        ("tice", "Le référent TICE.", "TICE"),
        ("tic", "Les TICE évoluent.", NOT_FOUND),
        ("ES", "La filière ES a disparu.", "ES"),
        ("ES", "Tu es là, et ces jeux le prouvent.", NOT_FOUND),
        ("EU", "Les directives de l’EU.", "EU"),
        ("EU", "J’ai eu peur, eux aussi.", NOT_FOUND),
        ("AI", "On parle d’AI générative.", "AI"),
        ("AI", "J’ai faim.", NOT_FOUND),
        ("filière ES", "Tu es venu hier.", NOT_FOUND),
        ("CAP", "Un CAP cuisine.", "CAP"),
        ("CAP", "Sa cape est rouge.", NOT_FOUND),
        ("cap", "Mettez le cap au nord.", "cap"),
        ("cap", "Il prépare un CAP.", "CAP"),
        ("BAC", "Les bacs de tri.", NOT_FOUND),
        ("bac", "Passer le bac en juin.", "bac"),
        ("ENT", "Ils entrent dans la salle.", NOT_FOUND),
        ("ENT", "Le verbe enter se conjugue.", NOT_FOUND),
        ("EMI", "Un son émis trop fort.", NOT_FOUND),
        ("CAS", "Une case vide.", NOT_FOUND),
        ("PIX", "Les pixels de la photo.", NOT_FOUND),
    ]);
}

#[test]
fn an_acronym_is_one_however_it_is_spelt() {
    check(&[
        ("GAR", "Le G.A.R. ouvre.", "G.A.R."),
        ("GAR", "On dit G A R, tout simplement.", "G A R"),
        ("GAR", "Ça s’écrit G-A-R.", "G-A-R"),
        ("GAR", "Deux GARs valent mieux.", "GARs"),
        ("G.A.R.", "Le GAR de demain.", "GAR"),
        ("g.a.r.", "Le GAR d’hier.", "GAR"),
        ("G.A.R", "Ce GAR-là.", "GAR"),
        ("G A R", "Mon GAR préféré.", "GAR"),
        ("G.A.R.", "Il épelle : G A R.", "G A R"),
        ("GARs", "Un seul GAR suffit.", "GAR"),
        ("les GAR", "Tous les GAR de France.", "GAR"),
        ("le gar", "Encore un GAR.", "GAR"),
        ("l’ENT", "Mon ENT à moi.", "ENT"),
        ("les ENTs", "Votre ENT ouvre.", "ENT"),
        ("A.E.S.H.", "Une AESH par classe.", "AESH"),
        ("AESH", "Les A.E.S.H. manquent.", "A.E.S.H."),
        ("aesh", "Recruter des AESH.", "AESH"),
        ("\"GAR\"", "Voici le GAR.", "GAR"),
        ("\"GAR\"", "Voici la gare.", NOT_FOUND),
        ("\"le G.A.R.\"", "Connaissez-vous le GAR ?", "le GAR"),
        ("EPLE", "Chaque ÉPLE décide.", "ÉPLE"),
        ("éple", "Un EPLE décide.", "EPLE"),
    ]);
}

#[test]
fn names_in_mixed_case_with_digits_and_with_signs() {
    check(&[
        ("eRUN", "Notre eRUN arrive.", "eRUN"),
        ("ERUN", "Une eRUN aussi.", "eRUN"),
        ("erun", "Les eRUN forment.", "eRUN"),
        ("iPad", "Un iPad par table.", "iPad"),
        ("ipad", "Vos iPad sont chargés.", "iPad"),
        ("IPAD", "Mon iPad est vide.", "iPad"),
        ("iPad", "Dix iPads neufs.", "iPads"),
        ("TraAM", "Les TraAM en lettres.", "TraAM"),
        ("traam", "Nos TraAM en sciences.", "TraAM"),
        ("TRAAM", "Vos TraAM en langues.", "TraAM"),
        ("GTnum", "Le GTnum se réunit.", "GTnum"),
        ("gtnum", "Un GTnum par thème.", "GTnum"),
        ("PoC", "Ce PoC a convaincu.", "PoC"),
        ("poc", "Notre PoC démarre.", "PoC"),
        ("POC", "Votre PoC s’achève.", "PoC"),
        ("B2i", "Le B2i a vécu.", "B2i"),
        ("b2i", "Passer le B2i.", "B2i"),
        ("B2I", "Valider le B2i.", "B2i"),
        ("UPE2A", "Une UPE2A accueille.", "UPE2A"),
        ("upe2a", "En UPE2A, on parle.", "UPE2A"),
        ("CM2", "Les CM2 partent.", "CM2"),
        ("cm2", "Un CM2 calme.", "CM2"),
        ("CM2", "Les CM1 restent.", NOT_FOUND),
        ("H5P", "Une activité H5P.", "H5P"),
        ("h5p", "Créer un H5P.", "H5P"),
        ("M@gistère", "Un parcours M@gistère.", "M@gistère"),
        ("M@gistère", "Sur M@gistère aussi.", "M@gistère"),
        ("magistère", "Dans M@gistère, tout est là.", "M@gistère"),
        ("magistère", "Deux parcours M@gistère.", "M@gistère"),
        ("magistere", "Trois parcours M@gistère.", "M@gistère"),
        ("m@gistere", "Quatre parcours M@gistère.", "M@gistère"),
        ("M@gistère", "Un parcours Magistère.", "Magistère"),
        ("R&D", "Le service R&D.", "R&D"),
        ("r&d", "Un budget R&D.", "R&D"),
        ("R&D", "L’équipe R & D.", "R & D"),
        ("R&D", "Le plan D.", NOT_FOUND),
        ("C++", "Coder en C++.", "C++"),
        ("c++", "Programmer en C++.", "C++"),
        ("C++", "Prendre de la vitamine C.", NOT_FOUND),
        ("langage C", "Le langage C reste.", "langage | C"),
        (".NET", "Une application .NET.", ".NET"),
        (".net", "Avec .NET, on déploie.", ".NET"),
        (".NET", "Un refus net.", NOT_FOUND),
        ("C#", "Un cours de C#.", "C#"),
    ]);
}

#[test]
fn what_stands_in_capitals_is_not_always_an_acronym() {
    check(&[
        ("gestion du temps", "LA GESTION DU TEMPS EN CLASSE", "GESTION | TEMPS"),
        ("GAR", "BIENVENUE À LA GARE CENTRALE", NOT_FOUND),
        ("gare", "RENDEZ-VOUS DEVANT LA GARE", "GARE"),
        ("MEN", "ELLE MÈNE LA DANSE AVEC NOUS", NOT_FOUND),
        ("mener", "ILS MÈNENT LA DANSE AVEC NOUS", "MÈNENT"),
        ("école", "ÉCOLE FERMÉE CE MATIN", "ÉCOLE"),
        ("ecole", "UNE ECOLE POUR TOUS", "ECOLE"),
        ("tablettes", "LES TABLETTES À LA MAISON", "TABLETTES"),
        ("LES TABLETTES À LA MAISON", "Les tablettes restent.", "tablettes"),
        ("\"la gestion du temps\"", "PARTIE 1 : LA GESTION DU TEMPS", "LA GESTION DU TEMPS"),
        // An acronym stays one in a heading.
        ("RGPD", "COMPRENDRE LE RGPD EN DIX MINUTES", "RGPD"),
        ("RGPD", "Le RGPD rassure.", "RGPD"),
        ("rgpd", "LE RGPD EXPLIQUÉ AUX ENFANTS", "RGPD"),
        ("\"RGPD\"", "APPLIQUER LE RGPD AVEC SÉRÉNITÉ", "RGPD"),
        // Roman numerals, and words made of their letters.
        ("Louis XIV", "Le roi Louis XIV règne.", "Louis | XIV"),
        ("louis xiv", "Ici, Louis XIV meurt.", "Louis | XIV"),
        ("DIX", "Il a dix ans.", "dix"),
        ("MIX", "Le mix énergétique.", "mix"),
        ("CD", "Un CD audio.", "CD"),
        // Emphasis.
        ("jamais", "Il ne faut JAMAIS crier.", "JAMAIS"),
        ("important", "C’est TRÈS IMPORTANT, retenez-le.", "IMPORTANT"),
    ]);
}

#[test]
fn acronyms_that_became_names() {
    check(&[
        ("CLEMI", "Le Clemi forme.", "Clemi"),
        ("Clemi", "Le CLEMI publie.", "CLEMI"),
        ("clemi", "Ce Clemi invite.", "Clemi"),
        ("clemi", "Ce CLEMI répond.", "CLEMI"),
        ("CANOPÉ", "L’atelier Canopé ouvre.", "Canopé"),
        ("Canopé", "Le réseau CANOPÉ aide.", "CANOPÉ"),
        ("CANOPE", "Un atelier Canopé ferme.", "Canopé"),
        ("canope", "Le réseau CANOPÉ imprime.", "CANOPÉ"),
        ("canopé", "Un livre du réseau Canopé.", "Canopé"),
        ("Éléa", "La plateforme ELEA grandit.", "ELEA"),
        ("ELEA", "La plateforme Éléa change.", "Éléa"),
        ("éléa", "Un parcours Éléa.", "Éléa"),
        ("elea", "Un parcours ELEA.", "ELEA"),
        ("INSPÉ", "L’Inspé de Lille.", "Inspé"),
        ("inspe", "L’INSPÉ de Nice.", "INSPÉ"),
        ("Unesco", "L’UNESCO classe.", "UNESCO"),
        ("UNESCO", "L’Unesco protège.", "Unesco"),
    ]);
    // Where the index knows one of the two only.
    check(&[("CANOPÉ", "L’atelier Canopé ouvre.", "Canopé"), ("CLEMI", "Le Clemi forme.", "Clemi")]);
    check(&[("Canopé", "Le réseau CANOPÉ aide.", "CANOPÉ"), ("clemi", "Le CLEMI publie.", "CLEMI")]);
    check(&[("ELEA", "Un parcours Éléa.", "Éléa")]);
}

#[test]
fn small_letters_prefer_the_acronym_and_keep_the_word() {
    check_orders(&[
        ("cap", "Il prépare un CAP ici.", "Il garde le cap ici."),
        ("bac", "Il passera le BAC ici.", "Il passera le bac ici."),
        ("ram", "La RAM est pleine.", "La ram est pleine."),
        // In capitals the acronym is meant the more.
        ("CAP", "Il prépare un CAP ici.", "Il CAP, le cap, encore le cap ici et là sans fin aucune."),
    ]);
    // A word that everybody says, and once somebody shouts it.
    let folder = Folder::new();
    for at in 0..8 {
        folder.transcript(&format!("word-{at}"), "Divers", "La classe commence, la porte se ferme.");
    }
    folder.transcript("shout", "Divers", "Ferme la PORTE, Paul !").index();
    let answer = folder.search_json("porte");
    assert_eq!(answer.total(), 9, "{:?}", answer.ids());
}

// ------------------------------------------------------------------------- 2. Acronyms and what they stand for

/// The acronyms and expansions that an answer says it searched too.
fn expansions(answer: &Value) -> Vec<(&str, &str)> {
    let expansions = answer["expansions"].as_array().expect("`expansions` is a list");
    expansions
        .iter()
        .map(|each| (each["acronym"].as_str().expect("a text"), each["expansion"].as_str().expect("a text")))
        .collect()
}

#[test]
fn either_side_of_a_definition_finds_both() {
    // (what somebody said, the acronym, what it stands for)
    let rows = [
        ("Le gestionnaire d’accès aux ressources (GAR) arrive.", "GAR", "gestionnaire d’accès aux ressources"),
        ("Le GAR (gestionnaire d’accès aux ressources) arrive.", "GAR", "gestionnaire d’accès aux ressources"),
        ("Voici le GAR, le gestionnaire d’accès aux ressources.", "GAR", "gestionnaire d’accès aux ressources"),
        ("On ouvre l’ENT, c’est-à-dire l’espace numérique de travail.", "ENT", "espace numérique de travail"),
        (
            "Je suis RUPN, pour référent aux usages pédagogiques numériques.",
            "RUPN",
            "référent aux usages pédagogiques numériques",
        ),
        (
            "Le règlement général sur la protection des données, qu’on appelle le RGPD, s’applique.",
            "RGPD",
            "règlement général sur la protection des données",
        ),
        ("Écrivez au délégué à la protection des données : le DPD.", "DPD", "délégué à la protection des données"),
        ("ENT signifie environnement numérique de travail.", "ENT", "environnement numérique de travail"),
        (
            "L’éducation aux médias et à l’information, ou EMI, commence tôt.",
            "EMI",
            "éducation aux médias et à l’information",
        ),
        ("Le projet d’accueil individualisé, le PAI, se signe en septembre.", "PAI", "projet d’accueil individualisé"),
        (
            "L’UPE2A, l’unité pédagogique pour élèves allophones arrivants, accueille.",
            "UPE2A",
            "unité pédagogique pour élèves allophones arrivants",
        ),
        ("Le PPMS veut dire plan particulier de mise en sûreté.", "PPMS", "plan particulier de mise en sûreté"),
        (
            "La délégation académique au numérique éducatif (DANE) vous aide.",
            "DANE",
            "délégation académique au numérique éducatif",
        ),
        ("L’intelligence artificielle (IA) progresse.", "IA", "intelligence artificielle"),
        ("ENT : espace numérique de travail.", "ENT", "espace numérique de travail"),
        (
            "Le CPE, autrement dit le conseiller principal d’éducation, écoute.",
            "CPE",
            "conseiller principal d’éducation",
        ),
    ];
    let mut wrong = Vec::new();
    for (said, acronym, expansion) in rows {
        let folder = Folder::new();
        folder
            .transcript("definition", "Divers", said)
            .transcript("acronym", "Divers", &format!("Encore une question sur {acronym} avant midi."))
            .transcript("expansion", "Divers", &format!("Encore une question sur {expansion} avant midi."))
            .transcript("stranger", "Divers", "Encore une question avant midi.")
            .index();
        let mut expect = |what: &str, right: bool, found: &dyn std::fmt::Debug| {
            if !right {
                wrong.push(format!("{said}\n    {what}: {found:?}"));
            }
        };
        let plain = |text: &str| text.replace('’', "'");
        for (query, typed, other, other_lit) in
            [(acronym, "acronym", "expansion", expansion), (expansion, "expansion", "acronym", acronym)]
        {
            let answer = folder.search_json(query);
            let ids = answer.ids();
            let place = |id: &str| ids.iter().position(|each| *each == id);
            expect(
                &format!("{query} finds all three"),
                ["definition", typed, other].iter().all(|id| place(id).is_some()),
                &ids,
            );
            expect(&format!("{query} does not find the stranger"), place("stranger").is_none(), &ids);
            expect(
                &format!("{query} puts {typed} before {other}"),
                place(typed) < place(other) && place(typed).is_some(),
                &ids,
            );
            let lit = lit(&answer, other);
            expect(&format!("{query} lights {other_lit} in {other}"), lit == other_lit, &lit);
            let said: Vec<(String, String)> =
                expansions(&answer.0).into_iter().map(|(short, long)| (plain(short), plain(long))).collect();
            expect(&format!("{query} says so"), said == [(plain(acronym), plain(expansion))], &said);
        }
    }
    assert!(wrong.is_empty(), "{} expectations:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn several_senses_are_kept() {
    let folder = Folder::new();
    folder
        .transcript("espace", "Divers", "Notre espace numérique de travail (ENT) ouvre demain.")
        .transcript("environnement", "Divers", "Un environnement numérique de travail (ENT) pour chaque collège.")
        .transcript("ent", "Divers", "Connectez-vous à l’ENT.")
        .transcript("un", "Divers", "Cet espace numérique de travail est clair.")
        .transcript("autre", "Divers", "Cet environnement numérique de travail est riche.")
        .transcript("espace-vide", "Divers", "Un espace de jeu.")
        .index();
    for query in ["ENT", "ent", "l’ENT"] {
        let answer = folder.search_json(query);
        let mut ids = answer.ids();
        ids.sort_unstable();
        assert_eq!(ids, ["autre", "ent", "environnement", "espace", "un"], "{query}");
        let mut senses = expansions(&answer.0);
        senses.sort_unstable();
        assert_eq!(
            senses,
            [("ENT", "environnement numérique de travail"), ("ENT", "espace numérique de travail")],
            "{query}"
        );
    }
    let answer = folder.search_json("espace numérique de travail");
    assert!(answer.has("ent"), "{:?}", answer.ids());
    assert_eq!(expansions(&answer.0), [("ENT", "espace numérique de travail")]);
    assert_eq!(lit(&answer, "ent"), "ENT");
}

#[test]
fn the_glossary_is_printed_and_corrected() {
    let folder = Folder::new();
    folder
        .transcript("a", "Divers", "Bonjour à tous.\n\nLe gestionnaire d'accès aux ressources (GAR) arrive.")
        .transcript("b", "Divers", "La CARDIE se réunit.")
        .transcript("c", "Divers", "La cellule académique de recherche se réunit.")
        .index();
    let senses = folder.verbatim(["glossary", "--json"]).expect(0).json();
    assert_eq!(senses.as_array().map(Vec::len), Some(1), "{senses}");
    assert_eq!(
        (&senses[0]["acronym"], &senses[0]["transcript"], &senses[0]["segment"]),
        (&"GAR".into(), &"a".into(), &1.into())
    );
    assert_eq!(senses[0]["expansion"], "gestionnaire d'accès aux ressources");
    assert!(folder.search_json("CARDIE").total() == 1 && folder.search_json("GAR").has("a"));
}

#[test]
fn no_definition_is_no_expansion() {
    let folder = Folder::new();
    folder
        .transcript("gar", "Divers", "Le GAR, la gare, les ressources et l’accès.")
        .transcript("acces", "Divers", "L’accès aux ressources est libre.")
        .index();
    let answer = folder.search_json("GAR");
    assert_eq!((answer.ids(), expansions(&answer.0)), (vec!["gar"], vec![]));
}

// ------------------------------------------------------------------------------------------ 3. Elision and hyphens

#[test]
fn elision() {
    check(&[
        ("aime", "J’aime lire.", "aime"),
        ("appelle", "Il s’appelle Paul.", "appelle"),
        ("arrive", "Je n’arrive à rien.", "arrive"),
        ("entends", "Je t’entends mal.", "entends"),
        ("invite", "On m’invite souvent.", "invite"),
        ("équipe", "Notre chef d’équipe.", "équipe"),
        ("habitude", "Comme d’habitude.", "habitude"),
        ("hôpital", "Près de l’hôpital.", "hôpital"),
        ("utopie", "C’est qu’utopie rime.", "utopie"),
        ("automne", "Jusqu’à l’automne.", "automne"),
        ("aucun", "Puisqu’aucun train ne passe.", "aucun"),
        ("Alice", "Lorsqu’Alice chante.", "Alice"),
        ("hier", "Parce qu’hier il pleuvait.", "hier"),
        ("l’élève", "D’élève en élève.", "élève | élève"),
        ("ÉCOLE", "L’ÉCOLE À LA MAISON", "ÉCOLE"),
        // The list has its exceptions.
        ("aujourd’hui", "Aujourd'hui, on chante.", "Aujourd'hui"),
        ("aujourd hui", "Aujourd’hui, on danse.", FOUND),
        ("aujourdhui", "Aujourd’hui, on peint.", "Aujourd’hui"),
        ("hui", "Aujourd’hui, on compte.", NOT_FOUND),
        ("jour", "Aujourd’hui, on dort.", NOT_FOUND),
        ("quelqu'un", "Quelqu’un sonne.", "Quelqu’un"),
        ("quelqu’une", "Quelqu'une répond.", "Quelqu'une"),
        ("prud'homme", "Les prud’hommes tranchent.", "prud’hommes"),
        ("prudhommes", "Un prud’homme siège.", "prud’homme"),
        ("homme", "Le conseil de prud’hommes.", NOT_FOUND),
        ("presqu'île", "Une presqu’île sauvage.", "presqu’île"),
        ("presqu'ile", "Cette presqu’île boisée.", "presqu’île"),
        ("île", "La presqu’île de Crozon.", NOT_FOUND),
        ("\"chef-d'œuvre\"", "Un chef-d’oeuvre absolu.", "chef-d’oeuvre"),
        ("\"main d'oeuvre\"", "La main-d’œuvre manque.", "main-d’œuvre"),
    ]);
}

#[test]
fn spoken_contractions_and_lone_clitics() {
    check(&[
        ("petit", "Un p’tit groupe.", "p’tit"),
        ("petite", "Une p'tite pause.", "p'tite"),
        ("p'tit", "Un petit effort.", "petit"),
        ("p’tits", "Les petits lisent.", "petits"),
        ("j'suis", "Moi, je suis prêt.", "suis"),
        ("suis", "J’suis content.", "suis"),
        ("\"je suis content\"", "Là, je suis content.", "je suis content"),
        ("sais", "T’sais, on verra.", "sais"),
        ("truc", "L’truc marche.", "truc"),
        ("voilà", "V’là le car.", "V’là"),
        ("souci", "Y’a un souci.", "souci"),
        ("y’a", "Il y a un chat.", FOUND),
        ("\"y a un problème\"", "Y’a un problème.", FOUND),
        ("\"y’a un vélo\"", "Il y a un vélo.", FOUND),
        ("\"il y a\"", "Oui, il y a un train.", "il y a"),
        ("\"il y a\"", "Dis-moi ce qu’il a vu.", NOT_FOUND),
        ("\"il y’a\"", "Bref, il y a foule.", "il y a"),
        ("\"chacun y écrit\"", "Chacun y écrit à sa guise.", "Chacun y écrit"),
        ("\"y en a marre\"", "Y’en a marre !", "Y’en a marre"),
        ("\"on s’y perd\"", "Là, on s’y perd.", "on s’y perd"),
        ("plaît", "S’te plaît, répète.", "plaît"),
        ("l ecole", "Votre école.", "école"),
        ("d acces", "Un accès libre.", "accès"),
        ("j aime", "Moi, j’aime chanter.", "aime"),
        ("qu est-ce que l hypothèse", "Une hypothèse hardie.", "hypothèse"),
        ("\"l ecole rurale\"", "Vive l’école rurale !", "école rurale"),
        ("\"fin d annee\"", "La fin d’année approche.", "fin d’année"),
        ("\"L effort paie\"", "Croyez-moi, l’effort paie.", "effort paie"),
        ("\"C est clair\"", "Pour moi, c’est clair.", "est clair"),
        ("\"jusqu au bout\"", "On ira jusqu’au bout.", "au bout"),
        ("\"lorsqu il neige\"", "On sort lorsqu’il neige.", "il neige"),
        ("artagnan", "Voici d’Artagnan et ses amis.", "Artagnan"),
        ("d’Artagnan", "D’Artagnan arrive.", FOUND),
    ]);
}

#[test]
fn pronouns_behind_a_hyphen() {
    check(&[
        ("droit", "A-t-on le droit ?", "droit"),
        ("\"a-t-on le droit\"", "A-t-on le droit ici ?", "A-t-on le droit"),
        ("\"a t on le droit\"", "A-t-on le droit là ?", "A-t-on le droit"),
        ("a-t-on", "Qu’a-t-on vu ?", FOUND),
        ("dit", "Bonjour, dit-il.", "dit"),
        ("dire", "Bonsoir, dit-elle.", "dit"),
        ("dit-il", "Il dit merci.", "dit"),
        ("va", "Où va-t-elle ?", "va"),
        ("vas-y", "Vas-y doucement.", FOUND),
        ("vas", "Vas-y vite.", "Vas"),
        ("parle", "Comment parle-t-on ?", "parle"),
        ("parle-t-on", "On parle fort.", "parle"),
        ("montrer", "Montrez-moi la carte.", "Montrez"),
        ("donner", "Donne-le à Paul.", "Donne"),
        ("penser", "Que pense-t-il ?", "pense"),
        ("classe", "Cette classe-là travaille.", "classe"),
        ("\"cette classe\"", "Dans cette classe-ci, on lit.", "cette classe"),
    ]);
}

#[test]
fn compounds_meet_however_written() {
    check(&[
        ("rendez-vous", "Un rendez vous raté.", "rendez vous"),
        ("rendez vous", "Un rendez-vous tardif.", "rendez-vous"),
        ("rendez-vous", "Mes rendez-vous.", "rendez-vous"),
        ("visio-conférence", "Une visioconférence longue.", "visioconférence"),
        ("visio-conférence", "Une visio conférence brève.", "visio conférence"),
        ("visioconférence", "Une visio-conférence utile.", "visio-conférence"),
        ("visioconférence", "Une visio conférence ratée.", "visio conférence"),
        ("visio conférence", "Une visioconférence prévue.", "visioconférence"),
        ("visio conférence", "Une visio-conférence annulée.", "visio-conférence"),
        ("visioconférences", "Deux visio-conférences.", "visio-conférences"),
        ("e-mail", "Un email court.", "email"),
        ("champ", "Il part sur-le-champ.", "champ"),
        ("\"sur le champ\"", "Elle répond sur-le-champ.", "sur-le-champ"),
        ("montre", "La course contre-la-montre.", "montre"),
        ("email", "Un e-mail long.", "e-mail"),
        ("e mail", "Un e-mail vide.", "e-mail"),
        ("emails", "Vos e-mails.", "e-mails"),
        ("week-end", "Un weekend calme.", "weekend"),
        ("weekend", "Un week-end animé.", "week-end"),
        ("week end", "Un weekend pluvieux.", "weekend"),
        // Words that say nothing make no others.
        ("la porte de la classe", "Bien au-delà du mur.", NOT_FOUND),
        ("où est le gymnase", "Le vent d’ouest souffle.", NOT_FOUND),
        ("week-ends", "Tous les weekends.", "weekends"),
        ("c'est-à-dire", "C’est-à-dire demain.", "C’est-à-dire"),
        ("c’est à dire", "Bientôt, c’est-à-dire lundi.", FOUND),
        ("\"c’est-à-dire mardi\"", "Bientôt, c'est à dire mardi.", "c'est à dire mardi"),
        ("auto-évaluation", "L’autoévaluation aide.", "autoévaluation"),
        ("autoévaluation", "Une auto-évaluation juste.", "auto-évaluation"),
        ("cyber-harcèlement", "Le cyberharcèlement tue.", "cyberharcèlement"),
        ("cyberharcèlement", "Le cyber-harcèlement blesse.", "cyber-harcèlement"),
        ("vidéoprojecteur", "Un vidéo-projecteur en panne.", "vidéo-projecteur"),
        ("vidéo projecteur", "Un vidéoprojecteur neuf.", "vidéoprojecteur"),
        ("wifi", "Le wi-fi coupe.", "wi-fi"),
        ("wi-fi", "Le WiFi revient.", "WiFi"),
        ("portemonnaie", "Un porte-monnaie perdu.", "porte-monnaie"),
        ("télé-travail", "Le télétravail progresse.", "télétravail"),
        ("télétravail", "Le télé-travail recule.", "télé-travail"),
        ("co-construire", "Il faut coconstruire.", "coconstruire"),
        ("multimédia", "Un outil multi-média.", "multi-média"),
        ("documents", "Un porte-documents noir.", FOUND),
        ("peut-être", "Demain, peut-être.", FOUND),
        ("après-midi", "Un après midi libre.", FOUND),
        ("\"mot clé\"", "Le mot-clé cherché.", "mot-clé"),
        ("\"mot-clé\"", "Un mot clé trouvé.", "mot clé"),
        ("\"tout à l’heure\"", "À tout-à-l'heure !", "tout-à-l'heure"),
        ("\"compte rendu\"", "Le compte-rendu suit.", "compte-rendu"),
        ("compte-rendu", "Un compte rendu suit.", FOUND),
    ]);
}

// ------------------------------------------------------------------------------------------------------ 4. Accents

#[test]
fn accents_are_never_required() {
    check(&[
        ("pecheur", "Le pêcheur rentre.", "pêcheur"),
        ("lecon", "La leçon finie.", "leçon"),
        ("LECON", "Une leçon apprise.", "leçon"),
        ("sûrement", "Surement pas.", "Surement"),
        ("surement", "Sûrement oui.", "Sûrement"),
        ("août", "En aout, il pleut.", "aout"),
        ("naif", "Un dessin naïf.", "naïf"),
        ("ambigu", "Un mot ambigüe.", "ambigüe"),
        ("maîtresse", "Sa maitresse sourit.", "maitresse"),
        ("connaitre", "Bien connaître Paris.", "connaître"),
        ("connaître", "Se connaitre soi-même.", "connaitre"),
        ("coût", "Le cout du trajet.", "cout"),
        ("clé", "Une clef perdue.", "clef"),
        ("clef", "La clé retrouvée.", "clé"),
        ("cle", "La clef de voûte.", "clef"),
        ("clés", "Deux clefs rouillées.", "clefs"),
        ("événement", "Un évènement rare.", "évènement"),
        ("évènement", "Un événement prévu.", "événement"),
        ("evenements", "Un événement imprévu.", "événement"),
        ("événements", "Des évènements heureux.", "évènements"),
        ("boîte", "Une boite à outils.", "boite"),
        ("boite", "La boîte à idées.", "boîte"),
        ("règlementation", "La réglementation change.", "réglementation"),
        ("œil", "Un oeil de lynx.", "oeil"),
        ("soeur", "Ma sœur aînée.", "sœur"),
        ("nœud", "Un noeud marin.", "noeud"),
        ("OEUVRE", "Une œuvre majeure.", "œuvre"),
        ("oeuvre", "ŒUVRE COLLECTIVE DES PETITS", "ŒUVRE"),
        ("ex aequo", "Ils finissent ex æquo.", "ex | æquo"),
        ("vitæ", "Le curriculum vitae.", "vitae"),
        ("ecole", "Une ÉCOLE à part.", "ÉCOLE"),
        ("école", "Une ECOLE fermée.", "ECOLE"),
        ("État", "L’Etat finance.", "Etat"),
        ("etat", "L’État contrôle.", "État"),
        ("Etat", "L’état du réseau.", "état"),
        ("évaluation", "L’e\u{301}valuation finale.", "e\u{301}valuation"),
        ("e\u{301}valuation", "Votre évaluation orale.", "évaluation"),
        ("ça", "Ca marche.", "Ca"),
        ("Éric", "Eric arrive.", "Eric"),
        ("pole", "Le pôle numérique.", "pôle"),
        ("\"a la maison\"", "Rester à la maison.", "à la maison"),
        ("\"là où\"", "Reste la ou tu es.", "la ou"),
    ]);
}

#[test]
fn typed_accents_come_first() {
    check_orders(&[
        ("élève", "Voici un élève ici même.", "Voici un prix élevé ici."),
        ("élevé", "Voici un prix élevé ici.", "Voici un élève ici même."),
        ("pêche", "La pêche commence ici.", "Le péché commence ici."),
        ("péché", "Le péché commence ici.", "La pêche commence ici."),
        ("côte", "Une côte abrupte ici.", "Un côté abrupt ici."),
        ("côté", "Un côté abrupt ici.", "Une côte abrupte ici."),
        ("côté", "Un côté abrupt ici.", "Une cote abrupte ici."),
        ("sûr", "Un lieu sûr ici.", "Un lieu sur terre."),
        ("marché", "Le marché reprend ici.", "La marche reprend ici."),
        ("à", "Il va à Nice.", "Il a vu Nice."),
        ("mûr", "Un fruit mûr ici.", "Un grand mur ici."),
        ("tâche", "Une tâche reste ici.", "Une tache reste ici."),
        ("jeûne", "Le jeûne dure ici.", "Le jeune dort ici."),
        ("maïs", "Du maïs pousse ici.", "Oui mais pas ici."),
        ("forêt", "Une forêt bleue ici.", "Un foret bleu ici."),
        ("interné", "Un malade interné ici.", "Un malade interne ici."),
        ("dès", "Viens dès lundi matin.", "Viens des lundis matin."),
        ("là", "Il reste là demain.", "Il reste la nuit."),
        ("où", "Dis où tu vas.", "Dis ou tu pars."),
        ("thé", "Un thé vert ici.", "Un the vert ici."),
        // Among other words too.
        ("élève motivé", "Voici un élève ici, motivé.", "Voici un prix élevé, motivé."),
        ("niveau élevé", "Un niveau élevé ici.", "Un niveau élève ici."),
        ("côté pratique", "Un côté très pratique.", "Une côte très pratique."),
    ]);
}

#[test]
fn a_word_typed_without_accents_is_not_worse_than_one_with() {
    check_not_below(&[
        ("marche", "La marche reprend ici.", "Le marché reprend ici."),
        ("sur", "Un lieu sur terre.", "Un lieu sûr ici."),
        ("a", "Il a vu Nice.", "Il va à Nice."),
        ("mur", "Un grand mur ici.", "Un fruit mûr ici."),
        ("jeune", "Le jeune dort ici.", "Le jeûne dure ici."),
        ("tache", "Une tache reste ici.", "Une tâche reste ici."),
        ("mais", "Oui mais pas ici.", "Du maïs pousse ici."),
        ("cote", "Une cote abrupte ici.", "Un côté abrupt ici."),
        // Capitals without accents say nothing of accents.
        ("état", "Cet Etat existe ici.", "Cet État existe ici."),
        ("etat", "Cet etat existe ici.", "Cet état existe ici."),
    ]);
}

// --------------------------------------------------------------------------------------------------- 5. Inflection

#[test]
fn inflected_forms_meet() {
    check(&[
        // Plurals.
        ("travail", "Les travaux avancent.", "travaux"),
        ("travaux", "Un travail bâclé.", "travail"),
        ("œil", "De beaux yeux.", "yeux"),
        ("yeux", "Un œil fermé.", "œil"),
        ("oeil", "Des yeux fermés.", "yeux"),
        ("journal", "Lire les journaux.", "journaux"),
        ("journaux", "Ce journal paraît.", "journal"),
        ("animal", "Des animaux sauvages.", "animaux"),
        ("local", "Des locaux vétustes.", "locaux"),
        ("jeu", "Des jeux drôles.", "jeux"),
        ("tableaux", "Au tableau noir.", "tableau"),
        ("bijou", "Des bijoux fins.", "bijoux"),
        ("outils", "Un outil rouillé.", "outil"),
        ("numérique", "Des cahiers numériques.", "numériques"),
        ("numériques", "Un cahier numérique.", "numérique"),
        ("vidéos", "Une vidéo floue.", "vidéo"),
        ("numéros", "Un numéro pair.", "numéro"),
        // Feminines.
        ("enseignant", "Des enseignantes ravies.", "enseignantes"),
        ("enseignante", "Un enseignant ravi.", "enseignant"),
        ("directeur", "La directrice parle.", "directrice"),
        ("directrices", "Un directeur pressé.", "directeur"),
        ("formatrice", "Les formateurs arrivent.", "formateurs"),
        ("chercheur", "Une chercheuse trouve.", "chercheuse"),
        ("chercheuses", "Un chercheur cherche.", FOUND),
        ("actif", "Une méthode active.", "active"),
        ("sportive", "Un esprit sportif.", "sportif"),
        ("créatif", "Une idée créative.", "créative"),
        ("naïve", "Un conte naïf.", "naïf"),
        ("neuf", "Une règle neuve.", "neuve"),
        ("bref", "Une phrase brève.", "brève"),
        ("éducatif", "Une sortie éducative.", "éducative"),
        ("nouveau", "Une nouvelle salle.", "nouvelle"),
        ("beau", "Une belle salle.", "belle"),
        ("général", "Des idées générales.", "générales"),
        ("générale", "Des principes généraux.", "généraux"),
        ("nationaux", "Une fête nationale.", "nationale"),
        ("européen", "La semaine européenne.", "européenne"),
        ("lycéen", "Des lycéennes votent.", "lycéennes"),
        ("français", "La langue française.", "française"),
        ("public", "La place publique.", "publique"),
        ("heureux", "Une fin heureuse.", "heureuse"),
        ("long", "Une longue route.", "longue"),
        ("grec", "La salade grecque.", "grecque"),
        // Verbs.
        ("utiliser", "Nous utilisons un vélo.", "utilisons"),
        ("utilisons", "On va utiliser ça.", "utiliser"),
        ("utilise", "Ils utilisaient un crayon.", "utilisaient"),
        ("enseigner", "Ils enseignent ici.", "enseignent"),
        ("enseignent", "Je veux enseigner là.", "enseigner"),
        ("enseigner", "Elle enseignait ailleurs.", "enseignait"),
        ("manger", "Nous mangeons tard.", "mangeons"),
        ("mangent", "Vous mangez tôt.", "mangez"),
        ("commencer", "Nous commençons demain.", "commençons"),
        ("appeler", "Il appelle sa mère.", "appelle"),
        ("acheter", "Elle achète du pain.", "achète"),
        ("préférer", "Je préfère attendre.", "préfère"),
        ("essayer", "J’essaie encore.", "essaie"),
        ("envoyer", "Elle envoie la lettre.", "envoie"),
        ("créer", "Elles créent un club.", "créent"),
        ("finir", "Ils finissent tard.", "finissent"),
        ("choisissons", "Il faut choisir vite.", "choisir"),
        ("apprendre", "Ils apprennent vite.", "apprennent"),
        ("apprenons", "On a beaucoup appris.", "appris"),
        ("prendre", "Elle prend un bus.", "prend"),
        ("voir", "Nous voyons loin.", "voyons"),
        ("savoir", "Ils savent nager.", "savent"),
        ("écrire", "Ils écrivent bien.", "écrivent"),
        ("lire", "Vous lisez mal.", "lisez"),
        ("venir", "Elles viennent demain.", "viennent"),
        ("recevoir", "Il reçoit un colis.", "reçoit"),
        ("mettre", "Nous mettons la table.", "mettons"),
        ("pouvoir", "Ils pourront sortir.", "pourront"),
        ("aller", "Ils iront loin.", "iront"),
        ("évaluer", "Elle évaluera demain.", "évaluera"),
        ("partager", "En partageant tout.", "partageant"),
    ]);
}

#[test]
fn words_of_different_meaning_are_kept_apart() {
    check_apart(&[
        ("communiste", "Un parti communiste ici.", "Une communication brève ici."),
        ("communication", "Une communication brève ici.", "Un parti communiste ici."),
        ("commune", "Une petite commune ici.", "Une communication brève ici."),
        ("organisation", "Une bonne organisation ici.", "Un bon organe ici."),
        ("organe", "Un bon organe ici.", "Une bonne organisation ici."),
        ("général", "Un avis général ici.", "Il faut générer ici."),
        ("générer", "Il faut générer ici.", "Un avis général ici."),
        ("général", "Un avis général ici.", "Un don généreux ici."),
        ("environ", "Il y a environ dix mots.", "Notre environnement compte beaucoup ici."),
        ("environnement", "Notre environnement compte beaucoup ici.", "Il y a environ dix mots."),
        ("formation", "Une formation courte ici.", "Un format court ici."),
        ("format", "Un format court ici.", "Une formation courte ici."),
        ("formation", "Une formation courte ici.", "Une forme courte ici."),
        ("test", "Un test simple ici.", "Un testament simple ici."),
        ("testament", "Un testament simple ici.", "Un test simple ici."),
        ("maintenant", "On part maintenant ici.", "On veut maintenir ici."),
        ("maintenir", "On veut maintenir ici.", "On part maintenant ici."),
        ("identité", "Une identité claire ici.", "Un mot identique ici."),
        ("données", "Des données claires ici.", "Un don clair ici."),
        ("directeur", "Un directeur pressé ici.", "Un train direct ici."),
        ("direct", "Un train direct ici.", "Un directeur pressé ici."),
        ("gare", "Une gare fermée ici.", "Un gars fermé ici."),
        ("numéro", "Un numéro pair ici.", "Un outil numérique ici."),
        ("opéra", "Un opéra bref ici.", "Une opération brève ici."),
        ("opération", "Une opération brève ici.", "Un opéra bref ici."),
        ("base", "Une base solide ici.", "Un mur bas ici."),
        ("pays", "Un pays froid ici.", "Il faut payer ici."),
        ("port", "Un port calme ici.", "Une porte calme ici."),
        ("cas", "Un cas rare ici.", "Une case rare ici."),
        ("politique", "Un débat politique ici.", "Un agent poli ici."),
        ("portable", "Un portable neuf ici.", "Une porte neuve ici."),
    ]);
}

// -------------------------------------------------------------------------------------------- 6. Inclusive writing

#[test]
fn inclusive_writing_with_every_separator() {
    let forms = [
        "enseignant·e·s",
        "enseignant.e.s",
        "enseignant-e-s",
        "enseignant(e)s",
        "enseignant/e/s",
        "enseignant•e•s",
        "enseignant‧e‧s",
        "enseignant⋅e⋅s",
        "enseignant・e・s",
        "enseignant\u{387}e\u{387}s",
        "enseignant·es",
        "enseignant.es",
        "enseignant-es",
        "enseignant(es)",
        "enseignant/es",
        "enseignantEs",
    ];
    let mut rows: Vec<(String, String, &str)> = Vec::new();
    for form in forms {
        for query in
            ["enseignant", "enseignante", "enseignants", "enseignantes", form, "enseignant·e·s", "ENSEIGNANT.E.S"]
        {
            rows.push((query.to_owned(), format!("Les {form} arrivent."), form));
        }
        rows.push(("\"les enseignants du lycée\"".to_owned(), format!("Oui, les {form} du lycée."), form));
        rows.push(("\"les enseignantes du lycée\"".to_owned(), format!("Non, les {form} du lycée."), form));
        rows.push((format!("\"les {form} du lycée\""), format!("Voilà, les {form} du lycée."), form));
    }
    // Phrases are lit as a whole.
    let phrase: Vec<String> = rows.iter().map(|(_, _, form)| format!("les {form} du lycée")).collect();
    let rows: Vec<Row<'_>> = rows
        .iter()
        .zip(&phrase)
        .map(|((query, said, form), phrase)| {
            (query.as_str(), said.as_str(), if query.starts_with('"') { phrase.as_str() } else { *form })
        })
        .collect();
    check(&rows);
}

#[test]
fn inclusive_writing_of_other_endings() {
    check(&[
        ("acteur", "Un·e acteur·rice·s du film.", "acteur·rice·s"),
        ("actrice", "Des acteur·rice·s du soir.", "acteur·rice·s"),
        ("acteurs", "Les acteur·rice·s saluent.", "acteur·rice·s"),
        ("actrices", "Ces acteur·rice·s partent.", "acteur·rice·s"),
        ("acteur·rice·s", "Nos acteur·rice·s dorment.", "acteur·rice·s"),
        ("acteur·rice", "Un acteur entre.", "acteur"),
        ("acteur·rice·s", "Une actrice sort.", "actrice"),
        ("actrice", "Un.e acteur.trice joue.", "acteur.trice"),
        ("directrice", "Le directeur/trice décide.", "directeur/trice"),
        ("directrice", "Le directeur/la directrice décide.", "directeur | directrice"),
        ("directeur", "Ce directeur/cette directrice décide.", "directeur | directrice"),
        ("citoyenne", "Chaque citoyen·ne vote.", "citoyen·ne"),
        ("citoyens", "Les citoyen·ne·s votent.", "citoyen·ne·s"),
        ("citoyennes", "Des citoyen.ne.s votent.", "citoyen.ne.s"),
        ("professionnelle", "Un·e professionnel·le aide.", "professionnel·le"),
        ("professionnels", "Des professionnel·le·s aident.", "professionnel·le·s"),
        ("professionnelles", "Les professionnel(le)s soignent.", "professionnel(le)s"),
        ("chercheuse", "Des chercheur·euse·s trouvent.", "chercheur·euse·s"),
        ("chercheuse", "Un chercheur·se cherche.", "chercheur·se"),
        ("formatrices", "Les formateur·rices arrivent.", "formateur·rices"),
        ("formateurs", "Les formateur·trices partent.", "formateur·trices"),
        ("créative", "Un esprit créatif·ve.", "créatif·ve"),
        ("heureuse", "Il est heureux·se.", "heureux·se"),
        ("étudiante", "Un étudiant·e inscrit·e.", "étudiant·e"),
        ("inscrite", "Toute personne inscrit(e).", "inscrit(e)"),
        ("motivée", "On cherche quelqu’un de motivé(e).", "motivé(e)"),
        ("motivés", "Des gens motivé-e-s.", "motivé-e-s"),
        ("élues", "Les élu·e·s siègent.", "élu·e·s"),
        ("amie", "Cher·e ami·e, bonjour.", "ami·e"),
        ("première", "Le premier·ère arrivé·e.", "premier·ère"),
        ("conseillère", "Un conseiller·ère d’orientation.", "conseiller·ère"),
        ("inspectrice", "L’inspecteur·rice passe.", "inspecteur·rice"),
        ("parents", "Les parent·s d’élèves.", "parent·s"),
        ("enseignante", "LES ENSEIGNANT·E·S EN GRÈVE", "ENSEIGNANT·E·S"),
        // What only looks like it.
        ("élève", "Le duo professeur/élève.", "élève"),
        ("professeur", "Ce duo professeur/élève.", "professeur"),
        ("vient", "D’où vient-elle ?", "vient"),
        ("place", "Le prix (en euros) de la place (assise).", "place"),
        ("classe", "Une classe (calme) attend.", "classe"),
        ("garçons", "Garçons-filles, même combat.", "Garçons"),
        ("\"il est content elle part\"", "Il est content. Elle part.", "Il est content. Elle part"),
    ]);
}

#[test]
fn addresses_are_no_inclusive_writing() {
    check(&[
        ("apps.education.fr", "Voyez apps.education.fr ici.", "apps | education | fr"),
        ("education", "Voyez https://www.education.gouv.fr/es ici.", "education"),
        ("eduscol", "Sur eduscol.education.fr, cherchez.", "eduscol"),
        ("eduscol.education.fr", "Sur eduscol.education.fr, trouvez.", "eduscol | education | fr"),
        ("amigo", "Le site www.amigo.es ferme.", "amigo"),
        ("amigo.es", "Le site amigo.es rouvre.", FOUND),
        ("monlycee", "Allez sur monlycee.net tout de suite.", "monlycee"),
        ("dupont", "Écrivez à jean.dupont@ac-lyon.fr demain.", "dupont"),
        (
            "https://podeduc.apps.education.fr/",
            "Tout est sur podeduc.apps.education.fr.",
            "podeduc | apps | education | fr",
        ),
    ]);
}

// -------------------------------------------------------------------------------------- 7. Numbers and ordinals

#[test]
fn ordinals() {
    check(&[
        ("1er degré", "Le premier degré ouvre.", "premier | degré"),
        ("premier degré", "Le 1er degré ferme.", "1er | degré"),
        ("premier degré", "Le 1ᵉʳ degré attend.", "1ᵉʳ | degré"),
        ("1ᵉʳ degré", "Le premier degré dort.", "premier | degré"),
        ("1er degré", "Le 1ᵉʳ degré veille.", "1ᵉʳ | degré"),
        ("\"1er degré\"", "Au premier degré.", "premier degré"),
        ("\"premier degré\"", "Au 1er degré.", "1er degré"),
        ("\"PREMIER DEGRÉ\"", "Du 1ᵉʳ degré.", "1ᵉʳ degré"),
        ("2d degré", "Le second degré ouvre.", "second | degré"),
        ("2nd degré", "Le second degré ferme.", "second | degré"),
        ("second degré", "Le 2d degré attend.", "2d | degré"),
        ("second degré", "Le 2nd degré dort.", "2nd | degré"),
        ("2d degré", "Le 2nd degré veille.", "2nd | degré"),
        ("\"second degré\"", "Au 2d degré.", "2d degré"),
        ("second degré", "Le 2e degré monte.", "2e | degré"),
        ("1re", "En première, on choisit.", "première"),
        ("première", "En 1re, on hésite.", "1re"),
        ("première", "La 1ère générale.", "1ère"),
        ("2de", "En seconde, on débute.", "seconde"),
        ("seconde", "La 2nde générale.", "2nde"),
        ("6e", "La 6ème B chante.", "6ème"),
        ("6e", "En sixième, on rit.", "sixième"),
        ("6ème", "La sixième A danse.", "sixième"),
        ("6ème", "La 6e C peint.", "6e"),
        ("sixième", "La 6e D court.", "6e"),
        ("sixièmes", "Les 6es partent.", "6es"),
        ("6e", "Il y a 6 tables.", NOT_FOUND),
        ("3e", "Un stage de troisième.", "troisième"),
        ("4e", "Une classe de 4ᵉ.", "4ᵉ"),
        ("5ième", "La 5e saute.", "5e"),
        ("CM1", "Un double niveau CM1-CM2.", "CM1"),
        ("2D", "Un plan en 2D.", "2D"),
    ]);
}

#[test]
fn centuries_times_and_amounts() {
    check(&[
        ("XXIe siècle", "Au 21e siècle, tout va vite.", "21e | siècle"),
        ("21e siècle", "Au XXIe siècle, tout change.", "XXIe | siècle"),
        ("xxie siècle", "Notre XXIe siècle.", "XXIe | siècle"),
        ("\"XXIe siècle\"", "Le 21ème siècle.", "21ème siècle"),
        ("21e siècle", "Le XXIᵉ siècle.", "XXIᵉ | siècle"),
        ("19e siècle", "Le XIXème siècle.", "XIXème | siècle"),
        ("vers", "Vers midi, on mange.", "Vers"),
        ("5e", "Vers midi, on dort.", NOT_FOUND),
        ("1er", "François Ier règne.", "Ier"),
        ("francois ier", "Charles Ier parle à François.", "Ier | François"),
        ("\"la IInde guerre\"", "Pendant la 2nde guerre.", "la 2nde guerre"),
        ("Ve République", "La cinquième République.", "cinquième | République"),
        ("XIXe", "Un 19ème siècle bourgeois.", "19ème"),
        ("5e République", "Sous la Ve République.", "Ve | République"),
        ("cinquième République", "La Ve République vacille.", "Ve | République"),
        ("17h", "On part à 17 h.", "17 h"),
        ("17 h", "On rentre à 17h.", "17h"),
        ("17h", "On dîne à 17\u{A0}h.", "17\u{A0}h"),
        ("17h30", "On mange à 17 h 30.", "17 h 30"),
        ("17 h 30", "On dort à 17h30.", "17h30"),
        ("17h", "Il y a 17 heureux.", NOT_FOUND),
        ("80 %", "Près de 80\u{A0}% des voix.", FOUND),
        ("80%", "Environ 80 % des gens.", FOUND),
        ("80 %", "Plus de 80% des cas.", FOUND),
        ("\"80 % des élèves\"", "Soit 80\u{202F}% des élèves.", "80\u{202F}% des élèves"),
        ("100 000", "Plus de 100\u{202F}000 comptes.", "100\u{202F}000"),
        ("100000", "Quelque 100 000 euros.", "100 000"),
        ("100 000", "Soit 100000 pas.", "100000"),
        ("100\u{A0}000", "Déjà 100 000 vues.", "100 000"),
        ("100 000", "Il a 100 amis.", NOT_FOUND),
        ("1 200", "Ces 1200 postes.", "1200"),
        ("\"100 000 élèves\"", "Pour 100\u{A0}000 élèves.", "100\u{A0}000 élèves"),
        ("3,5", "Un effort de 3,5 points.", "3,5"),
        ("2024-2025", "L’année 2024-2025 finit.", FOUND),
        ("covid 19", "Le Covid-19 circule.", FOUND),
        ("5G", "La 5G arrive.", "5G"),
    ]);
}

// ------------------------------------------------------------------------------------------------------- 8. Speech

#[test]
fn fillers_and_repeats_take_no_place() {
    check(&[
        ("\"classe inversée\"", "La classe euh inversée.", "classe euh inversée"),
        ("\"classe inversée\"", "Cette classe, euh, inversée.", "classe, euh, inversée"),
        ("\"classe inversée\"", "Une classe, hein, ben, inversée.", FOUND),
        ("\"classe inversée\"", "La classe classe inversée.", FOUND),
        ("\"classe inversée\"", "Ma classe euh… inversée.", FOUND),
        ("\"classe inversée\"", "Leur classe euh euh inversée.", FOUND),
        ("\"classe inversée\"", "Sa classe\n\neuh\n\ninversée.", FOUND),
        ("\"sur le numérique\"", "Parlons sur le le numérique.", FOUND),
        ("\"sur le numérique\"", "Débat sur le le le numérique.", FOUND),
        ("\"je pense que\"", "Je je je pense que oui.", FOUND),
        ("\"pour les parents\"", "Pour les euh les parents.", FOUND),
        ("\"il faut former\"", "Il faut, hein, former.", FOUND),
        ("\"on va commencer\"", "On va ben commencer.", FOUND),
        ("\"bonjour à tous\"", "Bonjour heu à tous.", FOUND),
        ("\"la classe euh inversée\"", "Disons la classe inversée.", "la classe inversée"),
        ("\"nous nous levons\"", "Demain, nous nous levons tôt.", "nous nous levons"),
        ("\"vous vous trompez\"", "Là, vous vous trompez.", "vous vous trompez"),
        // They are shown, and found when asked for.
        ("euh", "Alors euh, on y va.", "euh"),
        ("hein", "C’est bien, hein ?", "hein"),
        ("ben", "Ben oui.", "Ben"),
        ("\"la classe euh calme\"", "Enfin, la classe euh calme.", "la classe euh calme"),
        ("\"euh voilà\"", "Alors euh voilà.", "euh voilà"),
        ("\"ben oui\"", "Alors, ben oui.", "ben oui"),
        ("\"ben oui\"", "Euh ben oui.", "ben oui"),
        ("\"ben oui\"", "Donc oui.", "oui"),
        ("\"très bien hein\"", "C’est très bien, hein, ma classe.", "très bien, hein"),
        ("\"euh\"", "Alors euh, on y va.", "euh"),
        ("\"euh ben\"", "Alors euh, ben, on y va.", "euh, ben"),
        ("\"euh ben\"", "Alors on y va.", NOT_FOUND),
        ("\"ah ah ah\"", "Ah, on y va !", "Ah"),
        // Neighbours across a filler are still not neighbours across a word.
        ("\"classe inversée\"", "La classe est euh inversée.", NOT_FOUND),
    ]);
}

#[test]
fn sounds_are_no_speech() {
    check(&[
        ("musique", "[Musique] Bonjour.", NOT_FOUND),
        ("musique", "[musique] Bonsoir.", NOT_FOUND),
        ("musique", "[Musique douce] Bienvenue.", NOT_FOUND),
        ("musique", "(Musique) Au revoir.", NOT_FOUND),
        ("musique", "[MUSIQUE] À demain.", NOT_FOUND),
        ("musique", "Un cours de musique.", "musique"),
        ("rires", "On commence [rires] enfin.", NOT_FOUND),
        ("rire", "Il faut en rire.", "rire"),
        ("applaudissements", "Merci. [Applaudissements]", NOT_FOUND),
        ("applaudissements", "De longs applaudissements.", "applaudissements"),
        ("\"la séance commence\"", "La séance [Musique] commence.", FOUND),
        ("\"la séance reprend\"", "La séance (rires) reprend.", FOUND),
        ("\"la séance finit\"", "La séance\n\n[Musique]\n\nfinit.", FOUND),
        ("rires", "Des rires d’enfants.", "rires"),
        // Brackets hold words, too.
        ("pédagogie", "La [pédagogie] active.", "pédagogie"),
    ]);
}

#[test]
fn phrases_over_all_of_it() {
    check(&[
        ("\"projet d’établissement\"", "Le projet\n\nd’établissement avance.", "projet | établissement"),
        ("\"tous les lycéens\"", "Tous les lycéen·ne·s, oui.", "Tous les lycéen·ne·s"),
        ("\"les lycéennes volontaires\"", "Les lycéen·ne·s volontaires.", "Les lycéen·ne·s volontaires"),
        ("\"les inspecteurs généraux\"", "Les euh inspecteur·rice·s généraux.", FOUND),
        ("\"l’accès au GAR\"", "Pour l’accès au\n\nG.A.R., écrivez.", FOUND),
        ("\"rendez-vous en classe\"", "Un rendez vous en classe.", "rendez vous en classe"),
        ("\"la visioconférence commence\"", "La visio-conférence commence.", "La visio-conférence commence"),
        ("\"aujourd'hui à l'ENT\"", "Aujourd’hui à l’ENT.", "Aujourd’hui à l’ENT"),
    ]);
}

#[test]
fn what_recognisers_invent_is_dropped_and_reported() {
    let folder = Folder::new();
    folder
        .transcript("a", "Divers", "Bonjour à tous.\n\nSous-titres réalisés par la communauté d'Amara.org")
        .transcript("b", "Divers", "Bonsoir.\n\nSous-titres réalisés para la communauté d’Amara.org\n\nAu revoir.")
        .transcript("c", "Divers", "Une communauté se réunit.");
    folder.index();
    assert_eq!(folder.search_json("Amara").total(), 0);
    assert_eq!(folder.search_json("communauté").ids(), ["c"]);
    assert_eq!(folder.search_json("\"bonsoir au revoir\"").ids(), ["b"]);
    let report = folder.verbatim(["check", "talks"]);
    assert!(report.stdout.contains("Amara") || report.stderr.contains("Amara"), "{report:?}");
}

// ----------------------------------------------------------------------------------------------------- 9. Spelling

/// An index in which there are few words, so that one knows which are not.
fn few_words() -> Folder {
    let folder = Folder::new();
    let said = [
        "Le numérique éducatif avance.",
        "Le cyberharcèlement fait souffrir.",
        "Une procédure de licenciement.",
        "La pédagogie active et l’évaluation formative.",
        "Un ordinateur, une tablette, une bibliothèque.",
        "L’accueil du professeur, le développement de l’apprentissage.",
        "Le collège propose un langage différent.",
        "La gare et le verre, le poison et la table.",
        "Le RGPD, la DSDEN et l’UNESCO.",
        "Merci à Philibert Beauchamp et à Jean Renaud.",
        "Merci à Thibaudier et à Guillaumin.",
        "L’orthographe, la philosophie, la phonétique, une équipe.",
        "Une note, une vidéo, un mail.",
    ];
    for (at, said) in said.iter().enumerate() {
        folder.transcript(&format!("t{at:02}"), "Divers", said);
    }
    folder.index();
    folder
}

#[test]
fn misspelt_words_find_theirs_and_the_answer_says_so() {
    let folder = few_words();
    // (typed, searched, lit)
    let rows = [
        ("numérqiue", "numérique", "numérique"),
        ("numerqiue", "numérique", "numérique"),
        ("NUMÉRQIUE", "numérique", "numérique"),
        ("cybeharcelement", "cyberharcèlement", "cyberharcèlement"),
        ("licenciment", "licenciement", "licenciement"),
        ("pédagogei", "pédagogie", "pédagogie"),
        ("eavluation", "évaluation", "évaluation"),
        ("ordinnateur", "ordinateur", "ordinateur"),
        ("biblioteque", "bibliothèque", "bibliothèque"),
        ("acceuil", "accueil", "accueil"),
        ("profeseur", "professeur", "professeur"),
        ("developement", "développement", "développement"),
        ("aprentissage", "apprentissage", "apprentissage"),
        ("colége", "collège", "collège"),
        ("language", "langage", "langage"),
        ("diférent", "différent", "différent"),
        ("outils numérqiues", "outils numérique", "numérique"),
        ("le licenciment", "le licenciement", "licenciement"),
        ("l’ordinnateur", "l’ordinateur", "ordinateur"),
        ("numérqiue éducatif", "numérique éducatif", "numérique éducatif"),
    ];
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|&(typed, searched, expected)| {
            let answer = folder.search_json(typed);
            let found: Vec<String> = answer.ids().iter().map(|id| lit(&answer, id)).collect();
            let suggestion = answer.0["suggestion"].as_str().unwrap_or("nothing");
            let plan = folder.verbatim(["explain", "--", typed]).expect(0).stdout;
            let word = expected.split(' ').next().unwrap_or_default();
            // Words that were searched together may be lit together or one by one.
            let is_lit = found.len() == 1 && found[0].replace(" | ", " ") == expected;
            (!is_lit || suggestion != searched || !plan.contains(word)).then(|| {
                format!("{typed}\n    expected {expected}, suggestion {searched}\n    found    {found:?}, suggestion {suggestion}\n{plan}")
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
    // A slip in the ending may leave the stem as it was; then the word was found, and there is nothing to say.
    for (typed, expected) in [("cyberharcellement", "cyberharcèlement"), ("evalution", "évaluation")] {
        let answer = folder.search_json(typed);
        let found: Vec<String> = answer.ids().iter().map(|id| lit(&answer, id)).collect();
        assert_eq!(found, [expected], "{typed}");
    }
}

#[test]
fn what_is_left_as_it_was_typed() {
    let folder = few_words();
    // (typed, why)
    let rows = [
        ("gart", "four letters"),
        ("gard", "four letters, though it sounds like gare"),
        ("vert", "four letters, though it sounds like verre"),
        ("nost", "four letters"),
        ("vido", "four letters"),
        ("mel", "three letters"),
        ("RGDP", "an acronym"),
        ("UNECSO", "an acronym"),
        ("DSEDN", "an acronym"),
        ("GARE1", "a code"),
        ("dsedn", "nothing near but an acronym"),
        ("unecso", "nothing near but an acronym"),
        ("xylophone", "nothing near"),
        ("\"numérqiue\"", "quoted"),
    ];
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|&(typed, why)| {
            let answer = folder.search_json(typed);
            let suggestion = &answer.0["suggestion"];
            (answer.total() > 0 || !suggestion.is_null()).then(|| {
                format!(
                    "{typed} ({why}): {suggestion}, found {:?}",
                    answer.ids().iter().map(|id| lit(&answer, id)).collect::<Vec<_>>()
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_word_that_is_there_is_not_corrected() {
    let folder = Folder::new();
    folder
        .transcript("a", "Divers", "Le poison agit.")
        .transcript("b", "Divers", "Le poisson nage, un poisson saute.")
        .transcript("c", "Divers", "Deux poissons nagent.")
        .transcript("d", "Divers", "L’élection approche.")
        .transcript("e", "Divers", "La sélection approche, la sélection dure.")
        .index();
    for (query, ids) in [("poison", vec!["a"]), ("élection", vec!["d"])] {
        let answer = folder.search_json(query);
        assert_eq!((answer.ids(), &answer.0["suggestion"]), (ids, &Value::Null), "{query}");
    }
}

#[test]
fn misheard_names_are_reached_by_sound() {
    let folder = few_words();
    // (typed, what it sounds like)
    let rows = [
        ("filibère", "Philibert"),
        ("Filiber", "Philibert"),
        ("guiyomin", "Guillaumin"),
        ("bochan", "Beauchamp"),
        ("renault", "Renaud"),
        ("tibodier", "Thibaudier"),
        ("filosofi", "philosophie"),
        ("ortografe", "orthographe"),
        ("fonétik", "phonétique"),
        ("numérik", "numérique"),
        ("ékipe", "équipe"),
    ];
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|&(typed, name)| {
            let answer = folder.search_json(typed);
            let found: Vec<String> = answer.ids().iter().map(|id| lit(&answer, id)).collect();
            let suggestion = answer.0["suggestion"].as_str().unwrap_or("nothing");
            let plan = folder.verbatim(["explain", "--", typed]).expect(0).stdout;
            (found != [name] || suggestion != name || !plan.contains(name))
                .then(|| format!("{typed}: expected {name}; suggestion {suggestion}, found {found:?}\n{plan}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn sound_is_the_last_step() {
    let folder = few_words();
    let explain = |query: &str| folder.verbatim(["explain", "--", query]).expect(0).stdout;
    let by_sound = explain("filibère");
    assert!(by_sound.contains("sounds") && by_sound.contains("Philibert"), "{by_sound}");
    let by_spelling = explain("licenciment");
    assert!(!by_spelling.contains("sounds") && by_spelling.contains("spelt"), "{by_spelling}");
    let as_typed = explain("licenciement");
    assert!(!as_typed.contains("sounds") && !as_typed.contains("spelt"), "{as_typed}");
}

// --------------------------------------------------------------------------------------------------- 10. Completion

/// An index with words to be completed.
fn words_to_complete() -> Folder {
    let folder = Folder::new();
    let said = [
        "Le cyberharcèlement blesse.",
        "Le cyberharcèlement isole, la cybersécurité rassure.",
        "L’évaluation formative.",
        "Une évaluation, un évènement.",
        "Le RRUPN répond.",
        "Un RRUPN formé, la pédagogie.",
        "Éléa et la pédagogie.",
        "La pédagogie et le pédagogue.",
        "Les compétences de Clémentine.",
    ];
    for (at, said) in said.iter().enumerate() {
        folder.transcript(&format!("t{at}"), "Divers", said);
    }
    folder.index();
    folder
}

#[test]
fn the_last_word_may_still_be_being_typed() {
    check(&[
        ("cyberharc", "Le cyberharcèlement blesse.", "cyberharcèlement"),
        ("le cyberharc", "Ce cyberharcèlement isole.", "cyberharcèlement"),
        ("CYBERHARC", "Un cyberharcèlement grave.", "cyberharcèlement"),
        ("contre le cyberharcèl", "Tout cyberharcèlement cesse.", "cyberharcèlement"),
        ("éval", "L’évaluation finale.", "évaluation"),
        ("eval", "Une évaluation juste.", "évaluation"),
        ("l’éval", "Notre évaluation passe.", "évaluation"),
        ("compét", "Les compétences visées.", "compétences"),
        ("RRU", "Le RRUPN arrive.", "RRUPN"),
        ("rru", "Un RRUPN part.", "RRUPN"),
        // Only the last one, and only where a word begins so.
        ("harcèl", "Encore le cyberharcèlement.", NOT_FOUND),
        ("compét maison", "Des compétences rares.", NOT_FOUND),
        ("\"cyberharc\"", "Ah, le cyberharcèlement.", NOT_FOUND),
    ]);
}

#[test]
fn suggestions_are_written_as_in_the_corpus() {
    let folder = words_to_complete();
    let server = folder.serve(&[]);
    // (typed, the first suggestions)
    let rows: [(&str, &[&str]); 11] = [
        ("cyberharc", &["cyberharcèlement"]),
        ("cyber", &["cyberharcèlement", "cybersécurité"]),
        ("CYBER", &["cyberharcèlement", "cybersécurité"]),
        ("eva", &["évaluation"]),
        ("%C3%A9v", &["évaluation", "évènement"]),
        ("contre+le+cyberh", &["contre le cyberharcèlement"]),
        ("rru", &["RRUPN"]),
        ("ped", &["pédagogie", "pédagogue"]),
        ("ele", &["Éléa"]),
        ("clem", &["Clémentine"]),
        ("zzz", &[]),
    ];
    for (typed, expected) in rows {
        let response = server.get(&format!("/api/suggest?q={typed}"));
        assert_eq!(response.status, 200, "{typed}: {response:?}");
        let answer = response.json();
        let texts: Vec<&str> = answer["suggestions"]
            .as_array()
            .expect("`suggestions` is a list")
            .iter()
            .map(|suggestion| suggestion["text"].as_str().expect("a text"))
            .collect();
        assert_eq!(texts, expected, "{typed}");
    }
    let counts = server.get("/api/suggest?q=cyber").json();
    assert_eq!((&counts["suggestions"][0]["count"], &counts["suggestions"][1]["count"]), (&2.into(), &1.into()));
}

#[test]
fn a_file_adds_to_the_glossary_corrects_and_forbids() {
    let folder = Folder::new();
    folder.transcript("a", "Un", "Le GAR, c’est-à-dire le gestionnaire d’accès aux ressources, est ouvert.");
    folder.transcript("b", "Deux", "La CAS (cellule d’appui scolaire) se réunit.");
    folder.transcript("c", "Trois", "Le guichet des abonnements répond, et le club de lecture aussi.");
    folder.transcript("d", "Quatre", "Le CDL se tient le jeudi.");
    folder.index();
    let file = folder.path().join("sigles.yaml");
    std::fs::write(&file, "GAR: guichet des abonnements\nCAS: []\nCDL: [club de lecture]\n").expect("a new file");
    let senses = |arguments: &[&str]| -> Vec<String> {
        let output = folder.verbatim([&["glossary", "--json"], arguments].concat()).expect(0);
        let senses = output.json();
        let sense = |sense: &Value| {
            format!(
                "{} = {}",
                sense["acronym"].as_str().unwrap_or_default(),
                sense["expansion"].as_str().unwrap_or_default()
            )
        };
        senses.as_array().map(|senses| senses.iter().map(sense).collect()).unwrap_or_default()
    };
    let learnt = ["CAS = cellule d’appui scolaire", "GAR = gestionnaire d’accès aux ressources"];
    assert_eq!(senses(&[]), learnt);
    let corrected = ["CDL = club de lecture", "GAR = guichet des abonnements"];
    assert_eq!(senses(&["--glossary", "sigles.yaml"]), corrected);

    // What the file says is searched.
    let found = folder.verbatim(["search", "GAR", "--json", "--glossary", "sigles.yaml"]).expect(0).json();
    let ids: Vec<&str> =
        found["results"].as_array().into_iter().flatten().filter_map(|found| found["id"].as_str()).collect();
    assert_eq!(ids, ["a", "c"], "the acronym first, then what it stands for");

    std::fs::write(&file, "GAR\n").expect("a file");
    let wrong = folder.verbatim(["glossary", "--glossary", "sigles.yaml"]).expect(2);
    assert!(wrong.stderr.contains("sigles.yaml: ") && wrong.stderr.contains("YAML"), "{wrong:?}");
}
