//! What the analysis makes of French as it is written: rows that a French speaker can read.

use proptest::prelude::*;
use verbatim_french::Analyzer;

/// Checks the tokens of `text`, each as `lit=term`: an acronym's term is in capitals, a word's is not.
#[track_caller]
fn check(text: &str, expected: &str) {
    let tokens: Vec<String> =
        Analyzer::new().tokens(text).into_iter().map(|token| format!("{}={}", &text[token.span], token.fold)).collect();
    assert_eq!(tokens.join(" | "), expected, "{text}");
}

/// Whether two words are one to a search that does not ask for the exact form.
fn meet(left: &str, right: &str) -> bool {
    let stem = |word| Analyzer::new().tokens(word).into_iter().map(|token| token.stem).collect::<Vec<_>>();
    stem(left) == stem(right)
}

#[test]
fn words() {
    check("Les élèves travaillent.", "Les=les | élèves=eleves | travaillent=travaillent");
    check("cœur d’élève", "cœur=coeur | élève=eleve");
    check("e\u{301}le\u{300}ve", "e\u{301}le\u{300}ve=eleve");
    check("ÉCOLE Ecole école", "ÉCOLE=ECOLE | Ecole=ecole | école=ecole");
    check("apps.education.fr", "apps=apps | education=education | fr=fr");
    check("inté\u{AD}gration\u{200B}", "inté\u{AD}gration=integration");
    check("", "");
    check("… « » — ! 🎉", "");
}

#[test]
fn elision() {
    for apostrophe in ["'", "’", "ʼ", "‘", "`", "´", "＇", "′"] {
        check(&format!("l{apostrophe}ENT"), "ENT=ENT");
        check(&format!("d{apostrophe}accès"), "accès=acces");
        check(&format!("jusqu{apostrophe}à"), "à=a");
    }
    check("L’ENT, D'ENT, QU’ENT", "ENT=ENT | ENT=ENT | ENT=ENT");
    check("aujourd’hui", "aujourd’hui=aujourdhui");
    check("quelqu'un", "quelqu'un=quelquun");
    check("prud'homme", "prud'homme=prudhomme");
    check("presqu'île", "presqu'île=presquile");
    check("rock'n'roll", "rock'n'roll=rocknroll");
    check("O'Hara", "O'Hara=ohara");
    check("j'suis p'tit", "suis=suis | p'tit=petit");
    check("y'a qu'à", "y=y | a=a | à=a");
    check("j'n'ai", "ai=ai");
    check("l' école et l'« école »", "école=ecole | et=et | école=ecole");
    check("'bonjour'", "bonjour=bonjour");
    check("c'\u{336}te école", "c'\u{336}te=cette | école=ecole");
}

#[test]
fn hyphens() {
    check("a-t-on", "a=a | on=on");
    check("dit-il", "dit=dit | il=il");
    check("vas-y", "vas=vas | y=y");
    check("c'est-à-dire demain", "c'est-à-dire=cestadire | demain=demain");
    check("C’est à dire demain", "C’est à dire=cestadire | demain=demain");
    check("visio-conférence", "visio-conférence=visioconference");
    check("visio conférence", "visio conférence=visioconference");
    check("visioconférence", "visioconférence=visioconference");
    check("un e-mail", "un=un | e-mail=email");
    check("e-RUN eRUN", "e-RUN=ERUN | eRUN=ERUN");
    check("rendez-vous", "rendez-vous=rendezvous");
    check("porte-parole", "porte=porte | parole=parole");
}

#[test]
fn acronyms() {
    check("le GAR et la gare", "le=le | GAR=GAR | et=et | la=la | gare=gare");
    check("E.N.T. G.A.R", "E.N.T.=ENT | G.A.R=GAR");
    check("e.n.t.", "e.n.t.=ENT");
    check("le G A R", "le=le | G A R=GAR");
    check("les GARs, CPEs", "les=les | GARs=GAR | CPEs=CPE");
    check("eRUN iPad TraAM GTnum PoC", "eRUN=ERUN | iPad=IPAD | TraAM=TRAAM | GTnum=GTNUM | PoC=POC");
    check("B2i UPE2A CM2 H5P C2i2e", "B2i=B2I | UPE2A=UPE2A | CM2=CM2 | H5P=H5P | C2i2e=C2I2E");
    check("M@gistère", "M@gistère=magistere");
    check("prof@ac-lyon.fr", "prof=prof | ac=ac | lyon=lyon | fr=fr");
    check("R&D C++ C# .NET", "R&D=R&D | C++=C++ | C#=C# | .NET=.NET");
    check("ÉPLE", "ÉPLE=EPLE");
    check("YouTube", "YouTube=youtube");
    check("ES EU AI", "ES=ES | EU=EU | AI=AI");
    check("il ne faut PAS", "il=il | ne=ne | faut=faut | PAS=pas");
}

#[test]
fn capitals() {
    check("RÈGLEMENT INTÉRIEUR", "RÈGLEMENT=reglement | INTÉRIEUR=interieur");
    check("QU’EST-CE QUE LE GAR ?", "EST=est | CE=ce | QUE=que | LE=le | GAR=gar");
    check("CNIL, CLEMI, GAR", "CNIL=CNIL | CLEMI=CLEMI | GAR=GAR");
    check("MENTIONS LÉGALES. Le GAR.", "MENTIONS=mentions | LÉGALES=legales | Le=le | GAR=GAR");
}

#[test]
fn numbers() {
    check("1er premier 1ère 1ᵉʳ", "1er=1e | premier=1e | 1ère=1e | 1ᵉʳ=1e");
    check("2d 2nd second 2ème", "2d=2e | 2nd=2e | second=2e | 2ème=2e");
    check("6e 6ème sixième", "6e=6e | 6ème=6e | sixième=6e");
    check("XXIe 21e xxie siècle, la vie", "XXIe=21e | 21e=21e | xxie=21e | siècle=siecle | la=la | vie=vie");
    check("Louis XIV", "Louis=louis | XIV=xiv");
    check("17h, 17 h, 17 heures", "17h=17h | 17 h=17h | 17=17 | heures=heures");
    check("17h30, 17 h 30", "17h30=17h30 | 17 h 30=17h30");
    check("80 % 80%", "80=80 | 80=80");
    check("100 000 et 100\u{202F}000", "100 000=100000 | et=et | 100\u{202F}000=100000");
    check("3,14 17:30", "3,14=3,14 | 17:30=17:30");
    check("3D 5G", "3D=3D | 5G=5G");
    check("30 secondes", "30=30 | secondes=secondes");
}

#[test]
fn stems() {
    for (left, right) in [
        ("élève", "élèves"),
        ("enseignant", "enseignante"),
        ("enseignent", "enseigner"),
        ("utilisons", "utiliser"),
        ("commençons", "commencer"),
        ("mangeons", "mangent"),
        ("numérique", "numériques"),
        ("travaux", "travail"),
        ("yeux", "œil"),
        ("national", "nationaux"),
        ("acteur", "actrice"),
        ("directrices", "directeur"),
        ("peuvent", "pouvoir"),
        ("apprennent", "apprendre"),
        ("clef", "clé"),
        ("licencié", "licenciement"),
        ("organiser", "organisation"),
        ("L’École", "école"),
    ] {
        assert!(meet(left, right), "{left} and {right}");
    }
    for (left, right) in [
        ("organe", "organisation"),
        ("communiste", "communication"),
        ("commune", "communication"),
        ("général", "générer"),
        ("environ", "environnement"),
        ("formation", "format"),
        ("testament", "test"),
        ("maintenant", "maintenir"),
        ("direct", "directeur"),
        ("maisons", "maiser"),
        ("président", "présider"),
    ] {
        assert!(!meet(left, right), "{left} and {right}");
    }
    for (left, right) in [
        ("GAR", "gare"),
        ("GAR", "gars"),
        ("MEN", "mener"),
        ("DANE", "dans"),
        ("ENS", "en"),
        ("TICE", "tic"),
        ("ENT", "ent"),
    ] {
        assert!(!meet(left, right), "{left} and {right}");
    }
}

#[test]
fn inclusive_writing() {
    for written in [
        "enseignant·e·s",
        "enseignant.e.s",
        "enseignant-e-s",
        "enseignant(e)s",
        "enseignant/e/s",
        "enseignant•e•s",
        "enseignant‧e‧s",
        "enseignant⋅e⋅s",
        "enseignant\u{387}e\u{387}s",
        "enseignant·es",
        "enseignants·es",
    ] {
        check(written, &format!("{written}=enseignants"));
        check(&format!("les {written}, ici"), &format!("les=les | {written}=enseignants | ici=ici"));
    }
    check("les enseignantEs, éluE", "les=les | enseignantEs=enseignants | éluE=elu");
    check("LES ENSEIGNANT·E·S EN GRÈVE", "LES=les | ENSEIGNANT·E·S=enseignants | EN=en | GRÈVE=greve");
    check("acteur·rice·s", "acteur·rice·s=acteurs");
    check("un·e acteur·rice", "un·e=un | acteur·rice=acteur");
    check("professionnel.le.s", "professionnel.le.s=professionnels");
    check("chercheur·euse·s", "chercheur·euse·s=chercheurs");
    check("élève(s)", "élève(s)=eleves");
    check("apps.education.fr", "apps=apps | education=education | fr=fr");
    check("C'est fini.Les élèves", "est=est | fini=fini | Les=les | élèves=eleves");
    check("et/ou", "et=et | ou=ou");
    check("dit-elle, donne-le", "dit=dit | elle=elle | donne=donne | le=le");
    check("une école (le collège)", "une=une | école=ecole | le=le | collège=college");
}

/// The place of each token of `text`.
fn places(text: &str) -> Vec<(String, u32)> {
    Analyzer::new().tokens(text).into_iter().map(|token| (text[token.span].to_owned(), token.position)).collect()
}

#[test]
fn speech() {
    let row = |words: &[(&str, u32)]| words.iter().map(|&(word, place)| (word.to_owned(), place)).collect::<Vec<_>>();
    assert_eq!(places("donc euh le numérique"), row(&[("donc", 0), ("euh", 0), ("le", 1), ("numérique", 2)]));
    assert_eq!(places("le le, le numérique"), row(&[("le", 0), ("le", 0), ("le", 0), ("numérique", 1)]));
    assert_eq!(places("oui. Oui"), row(&[("oui", 0), ("Oui", 1)]));
    assert_eq!(places("le euh le GAR"), row(&[("le", 0), ("euh", 0), ("le", 0), ("GAR", 1)]));
    assert_eq!(places("[Musique] bonjour [rires et applaudissements]"), row(&[("bonjour", 0)]));
    assert_eq!(places("(rires) la musique"), row(&[("la", 0), ("musique", 1)]));
    assert_eq!(places("[les élèves]"), row(&[("les", 0), ("élèves", 1)]));
}

proptest! {
    #[test]
    fn whatever_the_text_spans_are_its_own_and_places_never_go_back(
        text in "([a-zéèE]{1,6}|[A-Z]{1,4}|[0-9]{1,3}|[·.'’ -]|\\PC){0,40}",
    ) {
        let (mut place, mut end) = (0, 0);
        for token in Analyzer::new().tokens(&text) {
            let lit = text.get(token.span.clone());
            prop_assert!(lit.is_some_and(|lit| !lit.is_empty() && lit.trim() == lit), "{:?} of {text:?}", token.span);
            prop_assert!(token.span.start >= end, "{:?} of {text:?}", token.span);
            prop_assert!(token.position >= place, "place {} after {place} in {text:?}", token.position);
            prop_assert!(!token.fold.is_empty() && !token.stem.is_empty() && !token.written.is_empty(), "{text:?}");
            (place, end) = (token.position, token.span.end);
        }
    }
}
