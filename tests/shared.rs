//! What is promised for real transcripts, where they lie beside the repository.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::support::{Answer, Folder, root, skipped, snippets, text};

/// A folder of real transcripts; `None`, said loudly, where it is not there.
fn corpus(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared/corpus").join(name);
    if path.is_dir() {
        return fs::canonicalize(path).ok();
    }
    skipped(&format!("{}: no real transcripts here; they are not part of the repository", path.display()));
    None
}

/// Indexes a folder, every file of which must be read.
#[track_caller]
fn index(paths: &[&Path]) -> Folder {
    let folder = Folder::new();
    let paths = paths.iter().map(|path| path.to_str().expect("a path in UTF-8"));
    let output = folder.verbatim(["index", "--json", "--strict"].into_iter().chain(paths)).expect(0);
    assert_eq!(output.json()["skipped"].as_array().map(Vec::len), Some(0), "{output:?}");
    folder
}

/// The Markdown files below a folder, by the id that they should have.
fn markdown(root: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(id) =
                path.strip_prefix(root).ok().and_then(Path::to_str).and_then(|id| id.strip_suffix(".md"))
            {
                found.push((id.to_owned(), path));
            }
        }
    }
    found
}

/// All that is lit in an answer.
fn all_lit(answer: &Answer) -> BTreeSet<String> {
    answer.ids().iter().flat_map(|id| answer.lit(id)).collect()
}

/// How often a word stands in a file, as a word.
fn occurrences(path: &Path, word: &str) -> usize {
    let text = fs::read_to_string(path).expect("a transcript");
    let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(word)
        .filter(|(at, _)| edge(text[..*at].chars().next_back()) && edge(text[at + word.len()..].chars().next()))
        .count()
}

#[test]
fn every_file_is_read() {
    let Some(path) = corpus("pix-tutos") else { return };
    let folder = index(&[&path]);
    let answer = folder.search_json("");
    for (id, _) in markdown(&path) {
        assert!(answer.has(&id), "{id} is not in the index");
    }
}

#[test]
fn acronyms_of_the_first_example_are_found() {
    let Some(path) = corpus("seed") else { return };
    let folder = index(&[&path]);
    let ids: Vec<String> = markdown(&path).into_iter().map(|(id, _)| id).collect();
    for acronym in ["GAR", "ENT", "RRUPN", "DASEN", "eRUN"] {
        let answer = folder.search_json(acronym);
        assert_eq!(answer.ids(), ids, "{acronym}");
        assert_eq!(all_lit(&answer), BTreeSet::from([acronym.to_owned()]));
    }
}

#[test]
fn gar_finds_the_acronym_and_no_railway_station() {
    let Some(path) = corpus("pix-tutos") else { return };
    let more = Folder::new();
    more.transcript("train", "Le train", "Le train entre en gare, les gares sont fermées.").transcript(
        "voiture",
        "La voiture",
        "Il faut se garer devant la gare.",
    );
    let folder = index(&[&path, &more.talk("")]);
    let answer = folder.search_json("GAR");
    let expected: BTreeSet<String> =
        markdown(&path).into_iter().filter(|(_, path)| occurrences(path, "GAR") > 0).map(|(id, _)| id).collect();
    let found: BTreeSet<String> = answer.ids().iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "all that say it, and no others");
    assert_eq!(all_lit(&answer), BTreeSet::from(["GAR".to_owned()]));
    for snippet in answer.results().iter().flat_map(snippets) {
        assert!(text(snippet).contains("GAR"), "{snippet}");
    }
    let answer = folder.search_json("gare");
    assert_eq!(answer.ids().into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(["train", "voiture"]));
}

#[test]
fn all_ways_to_write_ent_are_one() {
    let Some(path) = corpus("pix-tutos") else { return };
    let folder = index(&[&path]);
    let reference = folder.search_json("ENT");
    let expected: BTreeSet<String> =
        markdown(&path).into_iter().filter(|(_, path)| occurrences(path, "ENT") > 0).map(|(id, _)| id).collect();
    let found: BTreeSet<String> = reference.ids().iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "all that say it, and no others");
    for query in ["ENT", "l’ENT", "l'ENT", "E.N.T.", "\"l’ENT\"", "\"l'ENT\""] {
        let answer = folder.search_json(query);
        let found: BTreeSet<String> = answer.ids().iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{query}");
        assert_eq!(all_lit(&answer), BTreeSet::from(["ENT".to_owned()]), "{query}");
    }
}

#[test]
fn accents() {
    let Some(path) = corpus("pix-tutos") else { return };
    let folder = index(&[&path]);
    let answer = folder.search_json("eleve");
    assert!(all_lit(&answer).contains("élève"), "{:?}", all_lit(&answer));
    let answer = folder.search_json("élevé");
    let has = |id: &&str| occurrences(&path.join(format!("{id}.md")), "élevé") > 0;
    let ids = answer.ids();
    let count = ids.iter().filter(|id| has(id)).count();
    assert!(count > 0 && ids[..count].iter().all(has), "«élevé» above «élève»: {ids:?}");
}

#[test]
fn a_phrase_is_found_with_either_apostrophe() {
    let (Some(tutos), Some(seed)) = (corpus("pix-tutos"), corpus("seed")) else {
        return;
    };
    let folder = index(&[&tutos, &seed]);
    let straight = folder.search_json("\"gestionnaire d'accès aux ressources\"");
    let curly = folder.search_json("\"gestionnaire d’accès aux ressources\"");
    assert!(straight.total() > 0 && straight.notes().is_empty());
    assert_eq!(straight.ids(), curly.ids());
    for lit in all_lit(&straight) {
        assert_eq!(lit.to_lowercase().replace('’', "'"), "gestionnaire d'accès aux ressources");
    }
}

#[test]
fn check_names_every_slip_of_the_front_matter() {
    let Some(path) = corpus("pix-tutos") else { return };
    let folder = Folder::new();
    let findings = folder.verbatim(["check", path.to_str().expect("a path in UTF-8")]).expect(0).stdout;
    let mut slips = 0;
    for (_, path) in markdown(&path) {
        let text = fs::read_to_string(&path).expect("a transcript");
        let front = text.lines().skip(1).take_while(|line| line.trim_end() != "---");
        for (at, line) in front.enumerate() {
            let Some((key, value)) = line.split_once(':') else { continue };
            let is_key = !key.is_empty() && key.trim_end().chars().all(|c| c.is_ascii_alphabetic());
            let slip = key.ends_with(' ') || !value.is_empty() && !value.starts_with([' ', '\t', '\r']);
            if is_key && slip {
                slips += 1;
                let place = format!("{}:{}: ", path.display(), at + 2);
                assert!(findings.contains(&place), "{place}{line}\n{findings}");
            }
        }
    }
    assert!(slips > 0, "the corpus has slips");
}

/// The words of a text as anyone would hear them: letters, in lower case.
fn heard(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The words of a WebVTT file, each with the second in which its cue begins, read as plainly as can be.
fn cues(path: &Path) -> Vec<(f64, String)> {
    let mut words = Vec::new();
    let mut begin = None;
    for line in fs::read_to_string(path).expect("captions").lines() {
        if let Some((time, _)) = line.split_once(" --> ") {
            let parts = time.split(':').map(|part| part.parse::<f64>().expect("hours, minutes, seconds"));
            begin = Some(parts.fold(0.0, |all, part| all * 60.0 + part));
        } else if line.trim().is_empty() || line.trim().parse::<u32>().is_ok() {
            // Blank lines and numbers say nothing.
        } else if let Some(begin) = begin {
            words.extend(heard(line).into_iter().map(|word| (begin, word)));
        }
    }
    words
}

/// When a paragraph begins, told by three words in a row among its first eight that stand once in the captions.
fn told(paragraph: &str, cues: &[(f64, String)]) -> Option<f64> {
    let words = heard(paragraph);
    let once = |at: usize| {
        let three = words.get(at..at + 3)?;
        let mut places =
            (0..cues.len().saturating_sub(2)).filter(|from| (0..3).all(|word| cues[from + word].1 == three[word]));
        let place = places.next().filter(|_| places.next().is_none())?;
        Some(cues[place.checked_sub(at)?].0)
    };
    (0..6).find_map(once)
}

#[test]
fn paragraphs_have_the_times_of_the_captions_beside_them() {
    let Some(path) = corpus("pix-tutos") else { return };
    let folder = index(&[&path]);
    let server = folder.serve(&[]);
    let everything = folder.search_json("");
    let (mut paragraphs, mut timed, mut judged, mut right) = (0, 0, 0, 0);
    for (id, captions) in [
        ("mednum/interagir-avec-une-visualisation", "Interagir_avec_une_visualisation"),
        ("mednum/parametrer-une-dataviz", "Parametrer_une_datavisualisation"),
        ("mednum/trier-des-donnees", "Trier_des_donnees"),
    ] {
        assert!(!everything.has(&format!("captions/mednum/{captions}")), "{captions} is no second transcript");
        let cues = cues(&path.join(format!("captions/mednum/{captions}.vtt")));
        let mut latest = 0.0;
        for segment in server.get(&format!("/api/transcripts/{id}")).json()["segments"].as_array().expect("a list") {
            paragraphs += 1;
            let Some(start) = segment["start"].as_f64() else { continue };
            timed += 1;
            assert!(start >= latest, "{id}: times go back: {segment}");
            latest = start;
            if let Some(expected) = told(text(segment), &cues) {
                judged += 1;
                right += usize::from((start - expected).abs() <= 2.0);
            }
        }
    }
    let almost_all = |part: usize, all: usize| part * 100 >= all * 95;
    assert!(almost_all(timed, paragraphs) && almost_all(right, judged), "{timed}/{paragraphs}, {right}/{judged}");
    assert!(judged * 100 >= paragraphs * 75, "{judged} of {paragraphs} paragraphs can be judged");
}
