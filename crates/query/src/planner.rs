//! From what was asked to what an engine is to do: here French and the words of the index meet.

use verbatim_french::{Analyzer, Kind, OwnedToken, Rule, fold, is_acronym, is_stop_word};
use verbatim_indexer::{Glossary, Lexicon, Sense};

use crate::{
    ast::{Clause, Query},
    note::Note,
    plan::{Concept, Field, Phrase, Plan, Step, Weighted},
    spelling,
};

/// What a plan needs to know of the index.
pub(crate) trait Vocabulary {
    /// How many transcripts have the term.
    fn doc_freq(&self, field: Field, term: &str) -> u64;
    /// The words of the index as they are written in it.
    fn lexicon(&self) -> &Lexicon;
    /// What the acronyms of the index stand for.
    fn glossary(&self) -> &Glossary;
    /// The area of that name, whatever its case and accents.
    fn area(&self, typed: &str) -> Option<String>;
}

/// A plan, and what is to be said about it.
#[derive(Debug, Default)]
pub(crate) struct Planned {
    pub(crate) plan: Plan,
    /// What the person who asked might want to know about how the query was read.
    pub(crate) notes: Vec<Note>,
    /// The query with the words that were searched in place of those that are not in the index.
    pub(crate) suggestion: Option<String>,
    /// The acronyms whose expansion was searched too, and the expansions whose acronym was.
    pub(crate) expansions: Vec<Expansion>,
}

/// An acronym and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// The acronym, as it is written in the transcripts.
    pub acronym: String,
    /// What it stands for.
    pub expansion: String,
}

/// The weight of a folded word beside its stem. Measured between 0.25 and 0.5 on judged talks and questions.
const FOLD_WEIGHT: f32 = 0.4;
/// The weight of the title's own score beside that of the whole text, which holds the title too.
const TITLE_WEIGHT: f32 = 0.5;
/// The weight of a word that has just the accents that were typed, where others look like it without them. Among other
/// words it is a hint; a word alone is all that was asked, and `élevé` comes before `élève`.
const ACCENT_WEIGHT: f32 = 0.2;
const LONE_ACCENT_WEIGHT: f32 = 4.0;
/// The part of the words of one folded form that must have the accents typed for the others to be no matter.
const UNDISPUTED: f32 = 0.9;
/// The weight of an ordinary word beside the acronym that looks like it.
const HOMOGRAPH_WEIGHT: f32 = 0.3;
/// The weight of the phrase an acronym stands for: what was typed comes first. A phrase is worth the sum of its words.
const EXPANSION_WEIGHT: f32 = 0.15;
/// The weight of an acronym beside the words it stands for, which were typed.
const ABBREVIATION_WEIGHT: f32 = 0.5;
/// The most senses of an acronym that are searched.
const MOST_SENSES: usize = 3;
/// An acronym that is rarer than its homograph by more than this is a word that someone once shouted.
const SHOUTED: u64 = 4;
/// A word in capitals with fewer letters than this is looked up as it is where it is no acronym of the index: its stem
/// would be that of other words (`GAR`, `gare`).
const SHORTEST_STEMMED: usize = 6;
/// The most words that a prefix stands for.
const MOST_COMPLETIONS: usize = 50;
/// From this many bytes on, a word that is not in the index is more likely misspelt than a form of one that is.
const LONG_WORD: usize = 9;
/// The most spellings of a word typed without accents that are looked at, the most frequent first,
const MOST_SPELLINGS: usize = 4;
/// and how much rarer than all together one may be: a slip of the pen is no word.
const RARE_SPELLING: u64 = 20;
/// The fewest letters of a last word that is taken for the beginning of one while it is being typed.
const SHORTEST_PREFIX: usize = 3;

/// Plans a query, in one area where that is asked for beside it. Phrases are looked up in `phrases_in`: word for word in
/// [`Field::Fold`], in any form in [`Field::Stem`].
pub(crate) fn plan(
    query: &Query,
    area: Option<&str>,
    phrases_in: Field,
    analyzer: &mut Analyzer,
    vocabulary: &dyn Vocabulary,
) -> Planned {
    let mut planner = Planner { analyzer, vocabulary, phrases_in, planned: Planned::default(), corrected: Vec::new() };
    let mut clauses = query.clauses.iter().peekable();
    while let Some(clause) = clauses.next() {
        let mut kept = clause.clone();
        match clause {
            Clause::Word(word) => {
                // Words typed in a row are analysed together: `G A R`, `rendez vous`, `17 h`.
                let mut words = vec![word.as_str()];
                while let Some(Clause::Word(word)) = clauses.next_if(|next| matches!(next, Clause::Word(_))) {
                    words.push(word);
                }
                let corrected = planner.words(&words.join(" "), clauses.peek().is_none());
                kept = Clause::Word(corrected);
            }
            Clause::Prefix(prefix) => planner.prefix(prefix),
            Clause::Phrase(phrase) => {
                let phrase = planner.phrase(phrase);
                planner.planned.plan.phrases.extend(phrase);
            }
            Clause::Not(text) => {
                let phrase = planner.phrase(text);
                planner.planned.plan.excluded.extend(phrase);
            }
            Clause::Area(area) => planner.area(area),
        }
        planner.corrected.push(kept);
    }
    if let Some(area) = area {
        planner.area(area);
    }
    planner.drop_stop_words();
    planner.weigh_accents();
    planner.finish()
}

struct Planner<'a> {
    analyzer: &'a mut Analyzer,
    vocabulary: &'a dyn Vocabulary,
    phrases_in: Field,
    planned: Planned,
    /// The clauses, with the words that were searched.
    corrected: Vec<Clause>,
}

/// What a token of the query is looked up as.
enum Reading {
    /// An acronym of the index, and the word that looks like it with this weight.
    Acronym(String, f32),
    /// An ordinary word.
    Word,
    /// An ordinary word that also stands in capitals here and there, as this acronym.
    Shouted(String),
    /// In capitals, but no acronym of the index: the word as it stands.
    FoldOnly,
}

impl Planner<'_> {
    fn finish(mut self) -> Planned {
        if self.planned.plan.concepts.iter().any(|concept| concept.step.replacement().is_some()) {
            self.planned.suggestion = Some(Query { clauses: self.corrected }.to_string());
        }
        self.planned
    }

    /// Plans words typed in a row; returns them as they were searched. The last may still be being typed.
    fn words(&mut self, text: &str, last: bool) -> String {
        let tokens = self.analyzer.tokens(text);
        let mut places = Vec::new();
        let mut corrected = String::new();
        let mut copied = 0;
        for (at, token) in tokens.iter().enumerate() {
            let typed = &text[token.span.clone()];
            let may_go_on = last && at + 1 == tokens.len() && token.span.end == text.len();
            for concept in self.understand(token, typed, may_go_on) {
                if let Some(replacement) = concept.step.replacement() {
                    corrected.push_str(&text[copied..token.span.start]);
                    corrected.push_str(replacement);
                    copied = token.span.end;
                }
                places.push(self.planned.plan.concepts.len());
                self.planned.plan.concepts.push(concept);
            }
        }
        corrected.push_str(&text[copied..]);
        let concepts = &self.planned.plan.concepts;
        places.retain(|&place| !is_dispensable(&concepts[place]));
        self.planned.plan.pairs.extend(places.windows(2).map(|pair| (pair[0], pair[1])));
        self.joined(&tokens);
        self.expand(&tokens);
        self.abbreviate(&tokens);
        corrected
    }

    /// Adds the words that two neighbours make when written in one, where the index has them: `télé travail`.
    fn joined(&mut self, tokens: &[OwnedToken]) {
        for pair in tokens.windows(2) {
            let joined = [pair[0].written.as_str(), &pair[1].written].concat();
            let is_word = |token: &OwnedToken| token.kind == Kind::Word && token.fold.chars().count() > 1;
            let known = || self.vocabulary.lexicon().get(&fold(&joined)).is_some_and(|entry| entry.words() > 0);
            if pair.iter().all(is_word) && known() {
                let concepts = self.analyzer.tokens(&joined).into_iter().map(|token| self.concept(&token, &joined));
                let concepts: Vec<Concept> = concepts.collect();
                self.planned.plan.concepts.extend(concepts);
            }
        }
    }

    /// Adds what the acronyms among the tokens stand for.
    fn expand(&mut self, tokens: &[OwnedToken]) {
        for token in tokens {
            let is_acronym = token.kind == Kind::Acronym || matches!(self.reading(token), Reading::Acronym(..));
            let acronym = acronym(token);
            let senses = self.vocabulary.glossary().of(&acronym).take(if is_acronym { MOST_SENSES } else { 0 });
            for sense in senses {
                let phrase = Phrase {
                    typed: sense.expansion.clone(),
                    field: Field::Stem,
                    terms: sense.stems.clone(),
                    weight: EXPANSION_WEIGHT,
                    required: false,
                };
                if !self.planned.plan.phrases.contains(&phrase) {
                    self.planned.plan.phrases.push(phrase);
                    self.planned.expansions.push(Expansion::of(sense));
                }
            }
        }
    }

    /// Adds the acronyms whose expansions stand among the tokens.
    fn abbreviate(&mut self, tokens: &[OwnedToken]) {
        for (at, first) in tokens.iter().enumerate() {
            for sense in self.vocabulary.glossary().starting_with(&first.stem) {
                let here = tokens[at..].iter().map(|token| (token.position - first.position, &token.stem));
                let stands_here = sense.stems.len() > 1
                    && here.take(sense.stems.len()).eq(sense.stems.iter().map(|(offset, stem)| (*offset, stem)));
                let acronym = fold(&sense.acronym).to_uppercase();
                if stands_here && self.vocabulary.doc_freq(Field::Stem, &acronym) > 0 {
                    let (step, terms, lit) = (Step::Typed, Vec::new(), Vec::new());
                    let mut concept = Concept { typed: sense.acronym.clone(), step, terms, lit };
                    concept.add(&acronym, &acronym, ABBREVIATION_WEIGHT);
                    self.planned.plan.concepts.push(concept);
                    self.planned.expansions.push(Expansion::of(sense));
                }
            }
        }
    }

    /// What a token means: itself where the index knows it, else the first step that leads to words of the index.
    fn understand(&mut self, token: &OwnedToken, typed: &str, may_go_on: bool) -> Vec<Concept> {
        if token.kind == Kind::Acronym && may_go_on && !self.is_known(token) {
            let mut completions = completions(self.vocabulary.lexicon(), &token.fold.to_lowercase());
            completions.retain(|term| !term.contains(char::is_lowercase));
            if !completions.is_empty() && token.fold.chars().count() >= SHORTEST_PREFIX {
                return vec![prefix_concept(typed, completions)];
            }
        }
        if token.kind != Kind::Word || self.is_known(token) {
            return match self.misspelt(token) {
                Some(word) => self.replaced(&word, typed, Step::Spelling(word.clone())),
                None => vec![self.concept(token, typed)],
            };
        }
        let lexicon = self.vocabulary.lexicon();
        if may_go_on && token.fold.chars().count() >= SHORTEST_PREFIX {
            let completions = completions(lexicon, &token.fold);
            if !completions.is_empty() {
                return vec![prefix_concept(typed, completions)];
            }
        }
        if let Some(word) = spelling::nearest(&token.written, 1, lexicon) {
            return self.replaced(word, typed, Step::Spelling(word.to_owned()));
        }
        if let Some((left, right)) = spelling::split(&token.fold, lexicon) {
            let words = format!("{} {}", left.fold, right.fold);
            return self.replaced(&words, typed, Step::Split(words.clone()));
        }
        if let Some(word) = spelling::nearest(&token.written, 2, lexicon) {
            return self.replaced(word, typed, Step::Spelling(word.to_owned()));
        }
        if let Some(word) = spelling::sounding(&token.written, lexicon) {
            return self.replaced(word, typed, Step::Sound(word.to_owned()));
        }
        vec![self.concept(token, typed)]
    }

    /// The word that a long one meant which is not in the index itself, though its stem is that of another word:
    /// `licenciment` has the stem of `licence`.
    fn misspelt(&mut self, token: &OwnedToken) -> Option<String> {
        let lexicon = self.vocabulary.lexicon();
        if token.kind != Kind::Word || token.fold.len() < LONG_WORD || lexicon.get(&token.fold).is_some() {
            return None;
        }
        let word = spelling::nearest(&token.written, 1, lexicon)?.to_owned();
        let is_other = self.analyzer.tokens(&word).first().is_some_and(|other| other.stem != token.stem);
        is_other.then_some(word)
    }

    /// The concepts of the words that stand in place of what was typed; the first says how that came about.
    fn replaced(&mut self, words: &str, typed: &str, step: Step) -> Vec<Concept> {
        let tokens = self.analyzer.tokens(words);
        let mut concepts: Vec<Concept> = tokens.iter().map(|token| self.concept(token, typed)).collect();
        if let Some(first) = concepts.first_mut() {
            first.step = step;
        }
        concepts
    }

    fn is_known(&self, token: &OwnedToken) -> bool {
        let known = |field, term: &str| self.vocabulary.doc_freq(field, term) > 0;
        known(Field::Stem, &token.stem) || known(Field::Fold, &token.fold) || known(Field::Stem, &acronym(token))
    }

    fn concept(&mut self, token: &OwnedToken, typed: &str) -> Concept {
        let mut concept = Concept { typed: typed.to_owned(), step: Step::Typed, terms: Vec::new(), lit: Vec::new() };
        match self.reading(token) {
            Reading::Acronym(acronym, word_weight) => {
                concept.add(&acronym, &acronym, 1.0);
                if word_weight > 0.0 {
                    concept.add_folded(&fold(&token.written), word_weight);
                }
            }
            reading @ (Reading::Word | Reading::Shouted(_)) => {
                if let Reading::Shouted(acronym) = reading {
                    concept.add(&acronym, &acronym, HOMOGRAPH_WEIGHT);
                }
                let word = self.as_word(token);
                concept.add(&word.stem, &word.fold, 1.0);
                let others = self.other_stems(&word);
                if !others.is_empty() {
                    concept.lit.push((Field::Fold, word.fold.clone()));
                }
                // Typed accents say which of them is meant; the others are found by the folded word all the same.
                if word.written.to_lowercase() == word.fold {
                    others.iter().for_each(|stem| concept.add_stem(stem, 1.0));
                }
                concept.terms.extend(self.accents(&word));
            }
            Reading::FoldOnly => concept.add_folded(&token.fold.to_lowercase(), 1.0),
        }
        concept
    }

    fn reading(&self, token: &OwnedToken) -> Reading {
        if token.kind == Kind::Number {
            return Reading::Word;
        }
        let acronym = acronym(token);
        let entry = self.vocabulary.lexicon().get(&fold(&token.written));
        // A name is written with a capital only, so it is the acronym in other clothes: Clemi, CLEMI.
        let name_weight = if entry.is_some_and(|entry| entry.is_name()) { 1.0 } else { 0.0 };
        let acronyms = self.vocabulary.doc_freq(Field::Stem, &acronym);
        let in_capitals = token.kind == Kind::Acronym || token.rules.contains(Rule::Capitals);
        match token.kind {
            _ if in_capitals && acronyms > 0 => Reading::Acronym(acronym, name_weight),
            Kind::Acronym if acronym.chars().count() < SHORTEST_STEMMED => Reading::FoldOnly,
            _ if acronyms == 0 || in_capitals || is_stop_word(&token.fold) => Reading::Word,
            _ => match entry.map_or(0, |entry| entry.words()) {
                words if words > SHOUTED * acronyms => Reading::Shouted(acronym),
                _ if name_weight > 0.0 => Reading::Acronym(acronym, name_weight),
                0 => Reading::Acronym(acronym, 0.0),
                _ => Reading::Acronym(acronym, HOMOGRAPH_WEIGHT),
            },
        }
    }

    /// The token as an ordinary word, where it was taken for an acronym because it stands in capitals.
    fn as_word(&mut self, token: &OwnedToken) -> OwnedToken {
        if token.kind != Kind::Acronym {
            return token.clone();
        }
        let lower = token.written.to_lowercase();
        self.analyzer.tokens(&lower).into_iter().next().unwrap_or_else(|| token.clone())
    }

    /// The other stems of the words of the index that differ from a word by their accents alone: for `eleve`, those of
    /// élève and élevé.
    fn other_stems(&mut self, word: &OwnedToken) -> Vec<String> {
        let lexicon = self.vocabulary.lexicon();
        let Some(entry) = lexicon.get(&word.fold).filter(|_| word.kind == Kind::Word) else { return Vec::new() };
        let total = entry.words();
        let mut stems: Vec<String> = Vec::new();
        for form in entry.spellings().take(MOST_SPELLINGS).filter(|form| form.count * RARE_SPELLING >= total) {
            if is_acronym(form.written) {
                continue;
            }
            for token in self.analyzer.tokens(&form.written.to_lowercase()) {
                if token.stem != word.stem && !stems.contains(&token.stem) {
                    stems.push(token.stem);
                }
            }
        }
        stems
    }

    /// The word with the accents that were typed, where the index has others that differ by their accents alone.
    fn accents(&self, word: &OwnedToken) -> Vec<Weighted> {
        let lower = word.written.to_lowercase();
        let Some(entry) = self.vocabulary.lexicon().get(&word.fold) else { return Vec::new() };
        if word.kind != Kind::Word || lower == word.fold {
            return Vec::new();
        }
        let forms: Vec<_> = entry.spellings().filter(|form| form.written.to_lowercase() == lower).collect();
        // Without accents and with a capital, a word says nothing of its accents: Etat.
        let silent = |written: &str| written.starts_with(char::is_uppercase) && fold(written) == written.to_lowercase();
        let all: u64 = entry.spellings().filter(|form| !silent(form.written)).map(|form| form.count).sum();
        let typed: u64 = forms.iter().map(|form| form.count).sum();
        if typed == 0 || typed as f32 >= UNDISPUTED * all as f32 {
            return Vec::new();
        }
        let weighted = |form: &verbatim_indexer::Spelling<'_>| Weighted {
            field: Field::Written,
            term: form.written.to_owned(),
            weight: ACCENT_WEIGHT,
        };
        forms.iter().map(weighted).collect()
    }

    fn prefix(&mut self, prefix: &str) {
        let tokens = self.analyzer.tokens(prefix);
        let Some((last, before)) = tokens.split_last() else { return };
        for token in before {
            let concept = self.concept(token, &prefix[token.span.clone()]);
            self.planned.plan.concepts.push(concept);
        }
        let folded = fold(&last.written);
        let mut completions = completions(self.vocabulary.lexicon(), &folded);
        if completions.is_empty() {
            completions.push(folded);
        }
        let typed = format!("{}*", &prefix[last.span.clone()]);
        self.planned.plan.concepts.push(prefix_concept(&typed, completions));
    }

    fn phrase(&mut self, typed: &str) -> Option<Phrase> {
        let tokens = self.analyzer.tokens(typed);
        let mut terms: Vec<(u32, String)> = Vec::new();
        let mut dropped = 0;
        for (at, token) in tokens.iter().enumerate() {
            if is_lone_clitic(token, tokens.get(at + 1)) {
                dropped += 1;
                continue;
            }
            // What takes no place in a text takes none in a phrase.
            if token.rules.contains(Rule::Repeat) || token.rules.contains(Rule::Filler) && tokens.len() > 1 {
                continue;
            }
            let term = match self.reading(token) {
                Reading::Acronym(acronym, 0.0) => acronym,
                Reading::Acronym(acronym, _) if token.kind == Kind::Acronym => acronym,
                Reading::FoldOnly => token.fold.to_lowercase(),
                _ if self.phrases_in == Field::Stem => self.as_word(token).stem,
                _ => self.as_word(token).fold,
            };
            terms.push((token.position - dropped, term));
        }
        let (first, _) = terms.first().cloned()?;
        terms.iter_mut().for_each(|(offset, _)| *offset -= first);
        Some(Phrase { typed: typed.to_owned(), field: self.phrases_in, terms, weight: 1.0, required: true })
    }

    fn area(&mut self, typed: &str) {
        let area = self.vocabulary.area(typed);
        if area.is_none() {
            self.planned.notes.push(Note::UnknownArea(typed.to_owned()));
        }
        self.planned.plan.area = Some(area.unwrap_or_else(|| typed.to_owned()));
    }

    /// Words that say nothing are left out, unless there are no others.
    fn drop_stop_words(&mut self) {
        let plan = &mut self.planned.plan;
        if plan.phrases.is_empty() && plan.concepts.iter().all(is_dispensable) {
            return;
        }
        let mut kept = 0;
        let place = |concept: &Concept| {
            (!is_dispensable(concept)).then(|| {
                kept += 1;
                kept - 1
            })
        };
        let places: Vec<Option<usize>> = plan.concepts.iter().map(place).collect();
        plan.concepts.retain(|concept| !is_dispensable(concept));
        plan.pairs = plan.pairs.iter().filter_map(|&(left, right)| places[left].zip(places[right])).collect();
    }

    fn weigh_accents(&mut self) {
        if let [alone] = self.planned.plan.concepts.as_mut_slice() {
            let accents = alone.terms.iter_mut().filter(|term| term.field == Field::Written);
            accents.for_each(|term| term.weight = LONE_ACCENT_WEIGHT);
        }
    }
}

impl Concept {
    /// Adds a word by its stem, folded form and title.
    fn add(&mut self, stem: &str, fold: &str, weight: f32) {
        self.add_stem(stem, weight);
        self.terms.push(Weighted { field: Field::Fold, term: fold.to_owned(), weight: weight * FOLD_WEIGHT });
    }

    /// Adds a stem, in the text and in the title.
    fn add_stem(&mut self, stem: &str, weight: f32) {
        self.lit.push((Field::Stem, stem.to_owned()));
        for (field, part) in [(Field::Stem, 1.0), (Field::Title, TITLE_WEIGHT)] {
            self.terms.push(Weighted { field, term: stem.to_owned(), weight: weight * part });
        }
    }

    /// Adds a word by its folded form alone.
    fn add_folded(&mut self, fold: &str, weight: f32) {
        self.lit.push((Field::Fold, fold.to_owned()));
        self.terms.push(Weighted { field: Field::Fold, term: fold.to_owned(), weight });
    }
}

impl Expansion {
    fn of(sense: &Sense) -> Self {
        Self { acronym: sense.acronym.clone(), expansion: sense.expansion.clone() }
    }
}

impl Step {
    /// What stands in place of what was typed.
    fn replacement(&self) -> Option<&str> {
        match self {
            Self::Typed | Self::Prefix => None,
            Self::Spelling(word) | Self::Split(word) | Self::Sound(word) => Some(word),
        }
    }
}

/// The token as it would be written as an acronym.
fn acronym(token: &OwnedToken) -> String {
    if token.kind == Kind::Acronym { token.fold.clone() } else { fold(&token.written).to_uppercase() }
}

/// The terms of the words that begin with `folded`, the most frequent first.
fn completions(lexicon: &Lexicon, folded: &str) -> Vec<String> {
    let mut found: Vec<(u64, String)> = Vec::new();
    for entry in lexicon.starting_with(folded) {
        let (words, acronyms) = (entry.words(), entry.acronyms());
        found.extend((words > 0).then(|| (words, entry.fold.to_owned())));
        found.extend((acronyms > 0).then(|| (acronyms, entry.fold.to_uppercase())));
    }
    found.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    found.truncate(MOST_COMPLETIONS);
    found.into_iter().map(|(_, term)| term).collect()
}

fn prefix_concept(typed: &str, completions: Vec<String>) -> Concept {
    let weighted = |term: &String| Weighted { field: Field::Fold, term: term.clone(), weight: 1.0 };
    Concept {
        typed: typed.to_owned(),
        step: Step::Prefix,
        terms: completions.iter().map(weighted).collect(),
        lit: completions.into_iter().map(|term| (Field::Fold, term)).collect(),
    }
}

/// A stop word, unless it was typed as an acronym or as a letter that is a name (langage C).
fn is_dispensable(concept: &Concept) -> bool {
    let is_letter = matches!(concept.typed.as_bytes(), [letter @ b'B'..=b'Z'] if !b"IOUY".contains(letter));
    concept.step == Step::Typed
        && !is_letter
        && concept.terms.iter().any(|term| term.field == Field::Fold && is_stop_word(&term.term))
}

/// The `l` of `l ecole`, typed without its apostrophe: in the text it takes no place.
fn is_lone_clitic(token: &OwnedToken, next: Option<&OwnedToken>) -> bool {
    matches!(token.written.as_str(), "l" | "d" | "j" | "m" | "t" | "s" | "n" | "c" | "qu" | "y")
        && next.is_some_and(|next| next.fold.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']))
}
