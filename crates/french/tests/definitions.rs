//! What acronyms stand for, as texts say it: rows that a French speaker can read, and the judged set where it is there.

use std::{collections::HashSet, fs, path::Path};

use proptest::prelude::*;
use verbatim_french::{definitions, fold};

/// Checks the definitions of `text`, each as `acronym = expansion`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> =
        definitions(text).into_iter().map(|found| format!("{} = {}", found.acronym, found.expansion)).collect();
    assert_eq!(found, expected, "{text}");
}

const GAR: &[&str] = &["GAR = gestionnaire d'accès aux ressources"];
const ENT: &[&str] = &["ENT = espace numérique de travail"];
const NOTHING: &[&str] = &[];

#[test]
fn brackets() {
    check("Le gestionnaire d'accès aux ressources (GAR) ouvre ce matin.", GAR);
    check("Le gestionnaire d'accès aux ressources (le GAR) ouvre ce matin.", GAR);
    check("Le gestionnaire d'accès aux ressources [GAR] ouvre ce matin.", GAR);
    check("Le GAR (gestionnaire d'accès aux ressources) ouvre ce matin.", GAR);
    check("Le GAR (le gestionnaire d'accès aux ressources) ouvre.", GAR);
    check("Le GAR, (pour gestionnaire d'accès aux ressources), ouvre.", GAR);
    check("Ouvrez l'ENT (ou espace numérique de travail).", ENT);
    check("Le G.A.R. (gestionnaire d'accès aux ressources) ouvre.", &["G.A.R. = gestionnaire d'accès aux ressources"]);
    check("Les CPEs (conseillers principaux d'éducation) passent.", &["CPEs = conseillers principaux d'éducation"]);
    check(
        "Un CAPES (certificat d'aptitude au professorat de l'enseignement du second degré) suffit.",
        &["CAPES = certificat d'aptitude au professorat de l'enseignement du second degré"],
    );
    check(
        "L'enquête du programme international pour le suivi des acquis des élèves (PISA) paraît.",
        &["PISA = programme international pour le suivi des acquis des élèves"],
    );
}

#[test]
fn side_by_side() {
    check("L'ENT, l'espace numérique de travail, est en panne.", ENT);
    check("L'ENT, espace numérique de travail, est en panne.", ENT);
    check("L'espace numérique de travail, l'ENT, est en panne.", ENT);
    check("Notre espace numérique de travail : l'ENT", ENT);
    check("ENT : espace numérique de travail", ENT);
    check("L'ENT - l'espace numérique de travail - est en panne.", ENT);
    check("L'ENT – espace numérique de travail – est en panne.", ENT);
    check("On parle de l'ENT, de l'espace numérique de travail, toute la journée.", ENT);
    check("L'ENT, euh, donc l'espace numérique de travail, il est en panne.", ENT);
    check("Le livret scolaire unique de Zoé, le LSU, est complet.", &["LSU = livret scolaire unique"]);
    check("Je viens du laboratoire LRI, le laboratoire de la Recherche en Informatique.", NOTHING);
    check(
        "Je viens du laboratoire RI, le laboratoire de la Recherche en Informatique.",
        &["RI = Recherche en Informatique"],
    );
    check("Parlons de l'IA, l'intelligence artificielle, sans peur.", &["IA = intelligence artificielle"]);
    check("alors voilà l'ENT l'espace numérique de travail c'est ouvert", ENT);
}

#[test]
fn cues() {
    check("L'ENT, c'est-à-dire l'espace numérique de travail, est en panne.", ENT);
    check("L'ENT, c'est l'espace numérique de travail.", ENT);
    check("L'ENT est un espace numérique de travail.", ENT);
    check("ENT, ça veut dire espace numérique de travail.", ENT);
    check("ENT, qui veut dire « espace numérique de travail », est un sigle.", ENT);
    check("ENT signifie espace numérique de travail.", ENT);
    check("ENT est l'acronyme de « espace numérique de travail ».", ENT);
    check("ENT est le sigle d'espace numérique de travail.", ENT);
    check("L'ENT, autrement dit l'espace numérique de travail, est en panne.", ENT);
    check("L'ENT, à savoir l'espace numérique de travail, est en panne.", ENT);
    check("ENT pour espace numérique de travail.", ENT);
    check("L'ENT ou espace numérique de travail est en panne.", ENT);
    check("L'espace numérique de travail ou ENT est en panne.", ENT);
    check("L'espace numérique de travail, dit ENT, est en panne.", ENT);
    check("L'espace numérique de travail, abrégé en ENT, est en panne.", ENT);
    check("L'espace numérique de travail, d'où le sigle ENT.", ENT);
    check("L'espace numérique de travail, qu'on appelle l'ENT.", ENT);
    check("L'espace numérique de travail, qu'on appelle aussi l'ENT.", ENT);
    check("L'espace numérique de travail, ce qu'on appelle l'ENT.", ENT);
    check("L'espace numérique de travail, que tout le monde appelle désormais l'ENT.", ENT);
    check("Ce qu'on appelle l'ENT, c'est l'espace numérique de travail.", ENT);
    check("Un espace numérique de travail, plus communément appelé ENT.", ENT);
}

#[test]
fn letters() {
    check(
        "La DGESCO, direction générale de l'enseignement scolaire, écrit.",
        &["DGESCO = direction générale de l'enseignement scolaire"],
    );
    check("La DANE, direction académique du numérique, écrit.", &["DANE = direction académique du numérique"]);
    check(
        "La DANE, délégation académique au numérique éducatif, écrit.",
        &["DANE = délégation académique au numérique éducatif"],
    );
    check("Un AED (assistant d'éducation) surveille.", &["AED = assistant d'éducation"]);
    check(
        "L'UPE2A, l'unité pédagogique pour élèves allophones arrivants.",
        &["UPE2A = unité pédagogique pour élèves allophones arrivants"],
    );
    check("Le W3C, le World Wide Web Consortium, publie.", &["W3C = World Wide Web Consortium"]);
    check("Le CM2 (cours moyen deuxième année) part en classe verte.", &["CM2 = cours moyen deuxième année"]);
    check("Le XML (extensible markup language) reste.", &["XML = extensible markup language"]);
    check("Le HTML (HyperText Markup Language) reste.", &["HTML = HyperText Markup Language"]);
    check("Les TraAM, travaux académiques mutualisés, continuent.", &["TraAM = travaux académiques mutualisés"]);
    check(
        "Je suis eRUN, enseignante référente pour les usages du numérique.",
        &["eRUN = enseignante référente pour les usages du numérique"],
    );
    check("La R&D, c'est-à-dire la recherche et développement.", &["R&D = recherche et développement"]);
    check("La recherche-développement ou R&D coûte cher.", &["R&D = recherche-développement"]);
    check("Le BYOD, en anglais \"Bring your own device\", arrive.", &["BYOD = Bring your own device"]);
    check(
        "Un accompagnant(e) des élèves en situation de handicap (AESH) arrive.",
        &["AESH = accompagnant(e) des élèves en situation de handicap"],
    );
    check(
        "Les accompagnant·e·s des élèves en situation de handicap (AESH).",
        &["AESH = accompagnant·e·s des élèves en situation de handicap"],
    );
}

#[test]
fn names() {
    check(
        "Le Centre national d'étude des systèmes scolaires (Cnesco) publie.",
        &["Cnesco = Centre national d'étude des systèmes scolaires"],
    );
    check(
        "Le Clemi, Centre pour l'éducation aux médias et à l'information, publie.",
        &["Clemi = Centre pour l'éducation aux médias et à l'information"],
    );
    check(
        "L'Inspé, institut national supérieur du professorat et de l'éducation, ouvre.",
        &["Inspé = institut national supérieur du professorat et de l'éducation"],
    );
    check(
        "Ce cadre des usages numériques pour l'éducation, CUN-E ou CUN Édu, est neuf.",
        &[
            "CUN-E = cadre des usages numériques pour l'éducation",
            "CUN Édu = cadre des usages numériques pour l'éducation",
        ],
    );
}

#[test]
fn signs() {
    for apostrophe in ["'", "’", "ʼ", "´"] {
        let expansion = format!("gestionnaire d{apostrophe}accès aux ressources");
        check(&format!("Le {expansion} (GAR)."), &[&format!("GAR = {expansion}")]);
    }
    check("L’ENT\u{A0}: «\u{A0}espace numérique de travail\u{A0}».", ENT);
    check("L’ENT (“espace numérique de travail”).", ENT);
    check(
        "Le PEAC, parcours éducatif, artistique et culturel, commence.",
        &["PEAC = parcours éducatif, artistique et culturel"],
    );
    check("LE GESTIONNAIRE D'ACCÈS AUX RESSOURCES (GAR)", &["GAR = GESTIONNAIRE D'ACCÈS AUX RESSOURCES"]);
    check("l'espace nume\u{301}rique de travail (ENT)", &["ENT = espace nume\u{301}rique de travail"]);
}

#[test]
fn several() {
    check("Le GAR (gestionnaire d'accès aux ressources) et l'ENT (espace numérique de travail).", &[GAR[0], ENT[0]]);
    check(
        "Le DPD, délégué à la protection des données, ou DPO, de l'anglais data protection officer.",
        &["DPD = délégué à la protection des données", "DPO = data protection officer"],
    );
}

#[test]
fn no_definition() {
    check("", NOTHING);
    check("Le GAR, la gare et les gars.", NOTHING);
    check("Connectez-vous à l'ENT. Espace numérique de travail, bonjour.", NOTHING);
    check("Voici notre espace numérique de travail. L'ENT est en panne.", NOTHING);
    check("Le GAR et le gestionnaire d'accès aux ressources.", NOTHING);
    check("Les élèves de CM1, CM2 et sixième, les AESH, les ATSEM.", NOTHING);
    check("L'ENT, en nous trompant, on l'a fermé.", NOTHING);
    check("Les EA ou Ésat et des actions pour tous.", NOTHING);
    check("En CDD appelé contrat doctoral de droit privé ou en CDI.", NOTHING);
    check("Le CSE ou, le cas échéant, l'employeur.", NOTHING);
    check("Des API publiques, qu'on appelle des API ouvertes.", NOTHING);
    check("Il naît à Albany (États-Unis).", NOTHING);
    check("Marie, ma amie rousse, ira en Espagne.", NOTHING);
    check("A, B, C (ABC).", NOTHING);
    check("LE LA LES DES (DES) LA LE LA, LE, LA", NOTHING);
    check("((((((", NOTHING);
}

#[test]
fn spans_say_what_is_found() {
    let text = "« L’École » : le gestionnaire d’accès aux ressources (GAR).";
    let found = &definitions(text)[0];
    assert_eq!(&text[found.acronym_span.clone()], "GAR");
    assert_eq!(&text[found.expansion_span.clone()], "gestionnaire d’accès aux ressources");
}

/// Texts that are all capitals, brackets or candidates: twice the text takes about twice the time, so that all of these
/// end soon even unoptimised.
#[test]
fn time_is_in_proportion_to_the_text() {
    let begun = std::time::Instant::now();
    for piece in
        ["(", "A", "AB ", "(AB) ", "GG g g g ", "ABAB, ab ab ", "A.", "a(e)", "(a", "ou le ", "AB ou ", "A-", "A1 "]
    {
        definitions(&format!("{}b", piece.repeat(60_000 / piece.len())));
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_odd(text in r#"([A-Za-zéÉœ0-9'’.,:;()«»" &@·*-]|ENT|GAR|, |\PC| ou | le | d'){0,80}"#) {
        for found in definitions(&text) {
            prop_assert_eq!(text.get(found.acronym_span.clone()), Some(found.acronym.as_str()));
            prop_assert_eq!(text.get(found.expansion_span.clone()), Some(found.expansion.as_str()));
            prop_assert!(!found.acronym.is_empty() && !found.expansion.is_empty());
            let (acronym, expansion) = (found.acronym_span, found.expansion_span);
            prop_assert!(acronym.end <= expansion.start || expansion.end <= acronym.start);
        }
    }
}

type Row = (String, String, String);

/// Precision and recall over the judged set, if it is there: a row is an acronym, its expansion and the file.
#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn judged_set() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let Ok(table) = fs::read_to_string(shared.join("eval/acronyms.tsv")) else {
        eprintln!(
            "SKIPPED: precision and recall of definitions; there is no {}",
            shared.join("eval/acronyms.tsv").display()
        );
        return;
    };
    let (mut explicit, mut judged, mut files) = (HashSet::new(), HashSet::new(), HashSet::new());
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let row = row(cells[0], cells[1], cells[2]);
        if cells[3] == "explicit" {
            explicit.insert(row.clone());
        }
        judged.insert(row);
        files.insert(cells[2]);
    }
    let mut found = HashSet::new();
    for file in files {
        let text =
            fs::read_to_string(shared.join("corpus/pix-tutos").join(file)).expect("the table names files we have");
        let definitions = passages(&text).into_iter().flat_map(|passage| definitions(&passage));
        found.extend(definitions.map(|definition| row(&definition.acronym, &definition.expansion, file)));
    }
    let right = found.intersection(&judged).count();
    let reached = found.intersection(&explicit).count();
    let (precision, recall) = (right as f64 / found.len() as f64, reached as f64 / explicit.len() as f64);
    eprintln!("precision {right}/{} = {precision:.3}, recall {reached}/{} = {recall:.3}", found.len(), explicit.len());
    assert!(precision >= 0.95, "{:#?}", found.difference(&judged));
    assert!(recall >= 0.90, "{:#?}", explicit.difference(&found));
}

fn row(acronym: &str, expansion: &str, file: &str) -> Row {
    (fold(acronym), fold(&expansion.replace('’', "'")), file.to_owned())
}

/// Title, description, paragraphs and items of a transcript in Markdown, without its markup. The crate that reads
/// transcripts is no neighbour of this one.
fn passages(file: &str) -> Vec<String> {
    let (front, body) = file.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")).unwrap_or(("", file));
    let values = front.lines().filter_map(|line| line.strip_prefix("title: ").or(line.strip_prefix("description: ")));
    let mut passages: Vec<String> =
        values.map(|value| value.trim_matches(['\'', '"']).replace("''", "'")).chain([String::new()]).collect();
    for line in body.lines().map(str::trim) {
        let item = line.strip_prefix("- ");
        if line.is_empty() || item.is_some() {
            passages.push(String::new());
        }
        let passage = passages.last_mut().expect("one is pushed above");
        passage.push_str(&item.unwrap_or(line).replace(['*', '\\'], ""));
        passage.push(' ');
    }
    passages
}
