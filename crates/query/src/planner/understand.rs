//! What each word of a query means in this index: an acronym, a word, or the word that was meant.

use verbatim_french::{Kind, OwnedToken, Rule, fold, is_acronym, is_stop_word};

use super::{Planner, completions, prefix_concept};
use crate::{
    plan::{Concept, Field, Step, Weighted},
    spelling,
};

/// The weight of a word that has just the accents that were typed, where others look like it without them. Among other
/// words it is a hint; a word alone is all that was asked, and `élevé` comes before `élève`.
const ACCENT_WEIGHT: f32 = 0.2;
/// The part of the words of one folded form that must have the accents typed for the others to be no matter.
const UNDISPUTED: f32 = 0.9;
/// The weight of an ordinary word beside the acronym that looks like it.
const HOMOGRAPH_WEIGHT: f32 = 0.3;
/// An acronym that is rarer than its homograph by more than this is a word that someone once shouted.
const SHOUTED: u64 = 4;
/// A word in capitals with fewer letters than this is looked up as it is where it is no acronym of the index: its stem
/// would be that of other words (`GAR`, `gare`).
const SHORTEST_STEMMED: usize = 6;
/// From this many bytes on, a word that is not in the index is more likely misspelt than a form of one that is.
const LONG_WORD: usize = 9;
/// The most spellings of a word typed without accents that are looked at, the most frequent first,
const MOST_SPELLINGS: usize = 4;
/// and how much rarer than all together one may be: a slip of the pen is no word.
const RARE_SPELLING: u64 = 20;
/// The fewest letters of a last word that is taken for the beginning of one while it is being typed.
const SHORTEST_PREFIX: usize = 3;

/// What a token of the query is looked up as.
pub(super) enum Reading {
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
    /// What a token means: itself where the index knows it, else the first step that leads to words of the index.
    pub(super) fn understand(&mut self, token: &OwnedToken, typed: &str, may_go_on: bool) -> Vec<Concept> {
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
        if !self.may_correct() {
            return vec![self.concept(token, typed)];
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
    pub(super) fn misspelt(&mut self, token: &OwnedToken) -> Option<String> {
        let lexicon = self.vocabulary.lexicon();
        if token.kind != Kind::Word || token.fold.len() < LONG_WORD || lexicon.get(&token.fold).is_some() {
            return None;
        }
        if !self.may_correct() {
            return None;
        }
        let word = spelling::nearest(&token.written, 1, lexicon)?.to_owned();
        let is_other = self.analyzer.tokens(&word).first().is_some_and(|other| other.stem != token.stem);
        is_other.then_some(word)
    }

    /// The concepts of the words that stand in place of what was typed; the first says how that came about.
    pub(super) fn replaced(&mut self, words: &str, typed: &str, step: Step) -> Vec<Concept> {
        let tokens = self.analyzer.tokens(words);
        let mut concepts: Vec<Concept> = tokens.iter().map(|token| self.concept(token, typed)).collect();
        if let Some(first) = concepts.first_mut() {
            first.step = step;
        }
        concepts
    }

    pub(super) fn is_known(&self, token: &OwnedToken) -> bool {
        let known = |field, term: &str| self.vocabulary.doc_freq(field, term) > 0;
        known(Field::Stem, &token.stem) || known(Field::Fold, &token.fold) || known(Field::Stem, &acronym(token))
    }

    pub(super) fn concept(&mut self, token: &OwnedToken, typed: &str) -> Concept {
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

    pub(super) fn reading(&self, token: &OwnedToken) -> Reading {
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
    pub(super) fn as_word(&mut self, token: &OwnedToken) -> OwnedToken {
        if token.kind != Kind::Acronym {
            return token.clone();
        }
        let lower = token.written.to_lowercase();
        self.analyzer.tokens(&lower).into_iter().next().unwrap_or_else(|| token.clone())
    }

    /// The other stems of the words of the index that differ from a word by their accents alone: for `eleve`, those of
    /// élève and élevé.
    pub(super) fn other_stems(&mut self, word: &OwnedToken) -> Vec<String> {
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
    pub(super) fn accents(&self, word: &OwnedToken) -> Vec<Weighted> {
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
}

/// The token as it would be written as an acronym.
pub(super) fn acronym(token: &OwnedToken) -> String {
    if token.kind == Kind::Acronym { token.fold.clone() } else { fold(&token.written).to_uppercase() }
}
