//! From what was asked to what an engine is to do: here French and the words of the index meet.

mod expand;
mod understand;

use verbatim_french::{Analyzer, Kind, OwnedToken, Rule, fold, is_stop_word};
use verbatim_indexer::{Glossary, Lexicon};

use understand::Reading;

use crate::{
    ast::{Clause, Query},
    budget::Budget,
    facet::Facet,
    limits::{MAX_COMPLETIONS, MAX_CORRECTIONS, MAX_PREFIXES, MAX_WORDS},
    note::Note,
    plan::{Concept, Field, Filter, Phrase, Plan, Step, Weighted},
};

/// What a plan needs to know of the index.
pub(crate) trait Vocabulary {
    /// How many transcripts have the term.
    fn doc_freq(&self, field: Field, term: &str) -> u64;
    /// The words of the index as they are written in it.
    fn lexicon(&self) -> &Lexicon;
    /// What the acronyms of the index stand for.
    fn glossary(&self) -> &Glossary;
    /// The values of a facet that are meant by what was typed, whatever their case and accents.
    fn values(&self, facet: Facet, typed: &str) -> Vec<String>;
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
/// The weight of a word that has just the accents that were typed, where nothing else was asked.
const LONE_ACCENT_WEIGHT: f32 = 4.0;

/// Plans a query, with the filters that are asked for beside it. Phrases are looked up in `phrases_in`: word for word in
/// [`Field::Fold`], in any form in [`Field::Stem`].
pub(crate) fn plan(
    query: &Query,
    filters: &[(Facet, &str)],
    phrases_in: Field,
    analyzer: &mut Analyzer,
    vocabulary: &dyn Vocabulary,
    budget: Budget,
) -> Planned {
    let (planned, corrected, done) = (Planned::default(), Vec::new(), Done::default());
    let mut planner = Planner { analyzer, vocabulary, phrases_in, planned, corrected, done, budget };
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
                extend(&mut planner.planned.plan.phrases, phrase);
            }
            Clause::Not(text) => {
                let phrase = planner.phrase(text);
                extend(&mut planner.planned.plan.excluded, phrase);
            }
            Clause::Filter(facet, value) => {
                // The last one counts, and to look up a name takes time.
                let is_same = |later: &Clause| matches!(later, Clause::Filter(other, _) if other == facet);
                let is_overruled = clauses.clone().any(is_same) || filters.iter().any(|(other, _)| other == facet);
                if !is_overruled {
                    planner.filter(*facet, value);
                }
            }
        }
        planner.corrected.push(kept);
    }
    filters.iter().for_each(|&(facet, value)| planner.filter(facet, value));
    planner.drop_stop_words();
    planner.weigh_accents();
    planner.finish()
}

/// A phrase that is asked for twice is asked for.
fn extend(phrases: &mut Vec<Phrase>, phrase: Option<Phrase>) {
    phrases.extend(phrase.filter(|phrase| !phrases.contains(phrase)));
}

struct Planner<'a> {
    analyzer: &'a mut Analyzer,
    vocabulary: &'a dyn Vocabulary,
    phrases_in: Field,
    planned: Planned,
    /// The clauses, with the words that were searched.
    corrected: Vec<Clause>,
    done: Done,
    budget: Budget,
}

/// What has been done so far of what is done only so often.
#[derive(Debug, Default)]
struct Done {
    words: usize,
    prefixes: usize,
    corrections: usize,
}

impl Planner<'_> {
    fn finish(mut self) -> Planned {
        if self.planned.plan.concepts.iter().any(|concept| concept.step.replacement().is_some()) {
            self.planned.suggestion = Some(Query { clauses: self.corrected }.to_string());
        }
        self.planned
    }

    /// The words of a text, as many as are still read.
    fn tokens(&mut self, text: &str) -> Vec<OwnedToken> {
        let mut tokens = self.analyzer.tokens(text);
        let left = MAX_WORDS - self.done.words;
        if tokens.len() > left {
            tokens.truncate(left);
            self.note(Note::TooManyWords(MAX_WORDS));
        }
        self.done.words += tokens.len();
        tokens
    }

    fn note(&mut self, note: Note) {
        if !self.planned.notes.contains(&note) {
            self.planned.notes.push(note);
        }
    }

    /// Whether one more word may be looked for among all words of the index.
    fn may_correct(&mut self) -> bool {
        self.done.corrections += 1;
        self.done.corrections <= MAX_CORRECTIONS && !self.budget.is_spent()
    }

    /// Plans words typed in a row; returns them as they were searched. The last may still be being typed.
    fn words(&mut self, text: &str, last: bool) -> String {
        let tokens = self.tokens(text);
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

    fn prefix(&mut self, prefix: &str) {
        if self.done.prefixes == MAX_PREFIXES {
            return self.note(Note::TooManyPrefixes(MAX_PREFIXES));
        }
        self.done.prefixes += 1;
        let tokens = self.tokens(prefix);
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
        let tokens = self.tokens(typed);
        let only_fillers = tokens.iter().all(|token| token.rules.contains(Rule::Filler));
        let mut terms: Vec<(u32, String)> = Vec::new();
        let mut dropped = 0;
        for (at, token) in tokens.iter().enumerate() {
            if is_lone_clitic(token, tokens.get(at + 1), at == 0) {
                dropped += 1;
                continue;
            }
            // What takes no place in a text takes none in a phrase, unless nothing else is asked for.
            if token.rules.contains(Rule::Repeat) || token.rules.contains(Rule::Filler) && !only_fillers {
                continue;
            }
            let term = match self.reading(token) {
                Reading::Acronym(acronym, 0.0) => acronym,
                Reading::Acronym(acronym, _) if token.kind == Kind::Acronym => acronym,
                Reading::FoldOnly => token.fold.to_lowercase(),
                _ if self.phrases_in == Field::Stem => self.as_word(token).stem,
                _ => self.as_word(token).fold,
            };
            let term = (token.position - dropped, term);
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        let (first, _) = terms.first().cloned()?;
        terms.iter_mut().for_each(|(offset, _)| *offset -= first);
        Some(Phrase { typed: typed.to_owned(), field: self.phrases_in, terms, weight: 1.0, required: true })
    }

    fn filter(&mut self, facet: Facet, typed: &str) {
        let mut values = self.vocabulary.values(facet, typed);
        if values.is_empty() {
            self.planned.notes.push(Note::Unknown(facet, typed.to_owned()));
            values.push(typed.to_owned());
        }
        let plan = &mut self.planned.plan;
        plan.filters.retain(|filter| filter.facet != facet);
        plan.filters.push(Filter { facet, values });
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

impl Step {
    /// What stands in place of what was typed.
    fn replacement(&self) -> Option<&str> {
        match self {
            Self::Typed | Self::Prefix => None,
            Self::Spelling(word) | Self::Split(word) | Self::Sound(word) => Some(word),
        }
    }
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
    found.truncate(MAX_COMPLETIONS);
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

/// The `l` of `l ecole`, typed without its apostrophe: in the text it takes no place. These are fewer than what an
/// apostrophe elides: z alone is a letter. A capital may only begin a sentence: C is a language.
fn is_lone_clitic(token: &OwnedToken, next: Option<&OwnedToken>, is_first: bool) -> bool {
    let written = if is_first { &token.written.to_lowercase() } else { &token.written };
    let clitics = ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];
    clitics.contains(&written.as_str())
        && next.is_some_and(|next| next.fold.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']))
}
