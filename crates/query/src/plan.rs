//! What an engine is to do for a query, as plain data: only terms and weights, no French and no engine.
//!
//! A plan can be printed (`verbatim explain`), and another engine that holds the same terms can carry it out.

use std::fmt;

use verbatim_french::{Analyzer, Kind, OwnedToken, Rule, fold, is_stop_word};

use crate::{
    ast::{Clause, Query},
    note::Note,
};

/// A field of the index that terms are looked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Stems of title, description and speech.
    Stem,
    /// Folded words of the same.
    Fold,
    /// Words as written.
    Written,
    /// Stems of the title alone.
    Title,
}

/// What an engine is to do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Words of which an answer has at least one, unless phrases are asked for.
    pub concepts: Vec<Concept>,
    /// Neighbouring concepts, by their places in `concepts`, which answer better close together and in this order.
    pub pairs: Vec<(usize, usize)>,
    /// Phrases that every answer has.
    pub phrases: Vec<Phrase>,
    /// What no answer has.
    pub excluded: Vec<Phrase>,
    /// The only area that answers may belong to.
    pub area: Option<String>,
}

/// A word that was asked for, and the terms that stand for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Concept {
    /// As it was typed.
    pub typed: String,
    /// The terms that make a transcript an answer, with their weights. Their scores add up.
    pub terms: Vec<Weighted>,
    /// The field in which its occurrences are found and lit,
    pub lit_in: Field,
    /// by these terms.
    pub lit: Vec<String>,
}

/// A term and how much it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighted {
    /// The field.
    pub field: Field,
    /// The term.
    pub term: String,
    /// What its BM25 score is multiplied by.
    pub weight: f32,
}

/// Terms that stand side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// As it was typed.
    pub typed: String,
    /// The field.
    pub field: Field,
    /// The terms, each with its distance from the first.
    pub terms: Vec<(u32, String)>,
}

/// What the plan needs to know of the index.
pub trait Vocabulary {
    /// How many transcripts have the term.
    fn doc_freq(&self, field: Field, term: &str) -> u64;
    /// The terms of a field that begin with `prefix`, the most frequent first.
    fn completions(&self, field: Field, prefix: &str, limit: usize) -> Vec<String>;
    /// The area of that name, whatever its case and accents.
    fn area(&self, typed: &str) -> Option<String>;
}

/// The weight of a folded word beside its stem. Measured between 0.25 and 0.5 on judged talks and questions.
const FOLD_WEIGHT: f32 = 0.4;
/// The weight of the title's own score beside that of the whole text, which holds the title too.
const TITLE_WEIGHT: f32 = 0.5;
/// The weight of a word that has just the accents that were typed, where others look like it without them: enough to
/// bring `élevé` before `élève`, and no condition.
const ACCENT_WEIGHT: f32 = 0.8;
/// The part of the words of one folded form that must have the accents typed for the others to be no matter.
const UNDISPUTED: f32 = 0.9;
/// The weight of an ordinary word beside the acronym that looks like it.
const HOMOGRAPH_WEIGHT: f32 = 0.3;
/// A word in capitals with fewer letters than this is looked up as it is where it is no acronym of the index: its stem
/// would be that of other words (`GAR`, `gare`).
const SHORTEST_STEMMED: usize = 6;
/// The most words that a prefix stands for.
const MOST_COMPLETIONS: usize = 50;

impl Plan {
    /// The plan for a query, and what the person who asked might want to know about it.
    ///
    /// Phrases are looked up in `phrases_in`: word for word in [`Field::Fold`], in any form in [`Field::Stem`].
    pub fn new(
        query: &Query,
        phrases_in: Field,
        analyzer: &mut Analyzer,
        vocabulary: &dyn Vocabulary,
    ) -> (Self, Vec<Note>) {
        let mut planner = Planner { analyzer, vocabulary, phrases_in, plan: Self::default(), notes: Vec::new() };
        let mut clauses = query.clauses.iter().peekable();
        while let Some(clause) = clauses.next() {
            match clause {
                Clause::Word(word) => {
                    // Words typed in a row are analysed together: `G A R`, `rendez vous`, `17 h`.
                    let mut words = vec![word.as_str()];
                    while let Some(Clause::Word(word)) = clauses.next_if(|next| matches!(next, Clause::Word(_))) {
                        words.push(word);
                    }
                    planner.words(&words.join(" "));
                }
                Clause::Prefix(prefix) => planner.prefix(prefix),
                Clause::Phrase(phrase) => {
                    let phrase = planner.phrase(phrase);
                    planner.plan.phrases.extend(phrase);
                }
                Clause::Not(text) => {
                    let phrase = planner.phrase(text);
                    planner.plan.excluded.extend(phrase);
                }
                Clause::Area(area) => planner.area(area),
            }
        }
        planner.drop_stop_words();
        (planner.plan, planner.notes)
    }

    /// Whether nothing in it ranks one transcript before another.
    pub fn is_unranked(&self) -> bool {
        self.concepts.is_empty() && self.phrases.is_empty()
    }
}

struct Planner<'a> {
    analyzer: &'a mut Analyzer,
    vocabulary: &'a dyn Vocabulary,
    phrases_in: Field,
    plan: Plan,
    notes: Vec<Note>,
}

/// What a token of the query is looked up as.
enum Reading {
    /// An acronym of the index, or the ordinary word that looks like it where the weight is above 0.
    Acronym(String, f32),
    Word,
    /// In capitals, but no acronym of the index.
    FoldOnly,
}

impl Planner<'_> {
    fn words(&mut self, text: &str) {
        let first = self.plan.concepts.len();
        for token in self.analyzer.tokens(text) {
            let concept = self.concept(&token, &text[token.span.clone()]);
            self.plan.concepts.push(concept);
        }
        let content: Vec<usize> =
            (first..self.plan.concepts.len()).filter(|&at| !is_dispensable(&self.plan.concepts[at])).collect();
        self.plan.pairs.extend(content.windows(2).map(|pair| (pair[0], pair[1])));
    }

    fn concept(&mut self, token: &OwnedToken, typed: &str) -> Concept {
        let mut terms = Vec::new();
        let mut lit = Vec::new();
        let mut lit_in = Field::Stem;
        let mut add = |stem: &str, fold: &str, weight: f32| {
            lit.push(stem.to_owned());
            for (field, term, part) in
                [(Field::Stem, stem, 1.0), (Field::Fold, fold, FOLD_WEIGHT), (Field::Title, stem, TITLE_WEIGHT)]
            {
                terms.push(Weighted { field, term: term.to_owned(), weight: weight * part });
            }
        };
        match self.reading(token) {
            Reading::Acronym(acronym, word_weight) => {
                add(&acronym, &acronym, 1.0);
                if word_weight > 0.0 {
                    add(&token.stem, &token.fold, word_weight);
                }
            }
            Reading::Word => {
                let word = self.as_word(token);
                add(&word.stem, &word.fold, 1.0);
                terms.extend(self.accents(&word));
            }
            Reading::FoldOnly => {
                let word = fold(&token.written);
                terms.push(Weighted { field: Field::Fold, term: word.clone(), weight: 1.0 });
                (lit_in, lit) = (Field::Fold, vec![word]);
            }
        }
        Concept { typed: typed.to_owned(), terms, lit_in, lit }
    }

    /// The word with the accents that were typed, where the index has others that differ by their accents alone.
    fn accents(&self, word: &OwnedToken) -> Vec<Weighted> {
        let lower = word.written.to_lowercase();
        if word.kind != Kind::Word || lower == word.fold {
            return Vec::new();
        }
        let forms = [capitalized(&lower), lower];
        let typed: u64 = forms.iter().map(|form| self.vocabulary.doc_freq(Field::Written, form)).sum();
        let all = self.vocabulary.doc_freq(Field::Fold, &word.fold);
        if typed == 0 || typed as f32 >= UNDISPUTED * all as f32 {
            return Vec::new();
        }
        let weighted = |term| Weighted { field: Field::Written, term, weight: ACCENT_WEIGHT };
        forms.into_iter().map(weighted).collect()
    }

    fn reading(&self, token: &OwnedToken) -> Reading {
        let acronym = fold(&token.written).to_uppercase();
        let acronyms = self.vocabulary.doc_freq(Field::Stem, &acronym);
        match token.kind {
            Kind::Number => Reading::Word,
            Kind::Acronym if acronyms > 0 => Reading::Acronym(acronym, 0.0),
            Kind::Word if token.rules.contains(Rule::Capitals) && acronyms > 0 => Reading::Acronym(acronym, 0.0),
            Kind::Acronym if acronym.chars().count() < SHORTEST_STEMMED => Reading::FoldOnly,
            Kind::Acronym => Reading::Word,
            Kind::Word if acronyms == 0 || is_stop_word(&token.fold) => Reading::Word,
            Kind::Word => {
                // A word that someone once shouted is still a word.
                let words = self.vocabulary.doc_freq(Field::Fold, &token.fold);
                let weight = match words {
                    0 => 0.0,
                    words if words > 4 * acronyms => 1.0,
                    _ => HOMOGRAPH_WEIGHT,
                };
                Reading::Acronym(acronym, weight)
            }
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

    fn prefix(&mut self, prefix: &str) {
        let tokens = self.analyzer.tokens(prefix);
        let Some((last, before)) = tokens.split_last() else {
            return;
        };
        for token in before {
            let concept = self.concept(token, &prefix[token.span.clone()]);
            self.plan.concepts.push(concept);
        }
        let folded = fold(&last.written);
        let mut completions = self.vocabulary.completions(Field::Fold, &folded, MOST_COMPLETIONS);
        completions.extend(self.vocabulary.completions(Field::Fold, &folded.to_uppercase(), MOST_COMPLETIONS));
        if completions.is_empty() {
            completions.push(folded);
        }
        let weighted = |term: &String| Weighted { field: Field::Fold, term: term.clone(), weight: 1.0 };
        self.plan.concepts.push(Concept {
            typed: format!("{}*", &prefix[last.span.clone()]),
            terms: completions.iter().map(weighted).collect(),
            lit_in: Field::Fold,
            lit: completions,
        });
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
            let term = match self.reading(token) {
                Reading::Acronym(acronym, 0.0) => acronym,
                Reading::FoldOnly => fold(&token.written),
                Reading::Acronym(..) | Reading::Word if self.phrases_in == Field::Stem => self.as_word(token).stem,
                Reading::Acronym(..) | Reading::Word => self.as_word(token).fold,
            };
            terms.push((token.position - dropped, term));
        }
        let (first, _) = terms.first().cloned()?;
        terms.iter_mut().for_each(|(offset, _)| *offset -= first);
        Some(Phrase { typed: typed.to_owned(), field: self.phrases_in, terms })
    }

    fn area(&mut self, typed: &str) {
        let area = self.vocabulary.area(typed);
        if area.is_none() {
            self.notes.push(Note::UnknownArea(typed.to_owned()));
        }
        self.plan.area = Some(area.unwrap_or_else(|| typed.to_owned()));
    }

    /// Words that say nothing are left out, unless there are no others.
    fn drop_stop_words(&mut self) {
        let plan = &mut self.plan;
        if plan.phrases.is_empty() && plan.concepts.iter().all(is_dispensable) {
            return;
        }
        let mut kept = 0;
        let places: Vec<Option<usize>> = plan
            .concepts
            .iter()
            .map(|concept| {
                (!is_dispensable(concept)).then(|| {
                    kept += 1;
                    kept - 1
                })
            })
            .collect();
        plan.concepts.retain(|concept| !is_dispensable(concept));
        plan.pairs = plan.pairs.iter().filter_map(|&(left, right)| places[left].zip(places[right])).collect();
    }
}

/// A stop word, typed in small letters or at the head of a sentence.
fn is_dispensable(concept: &Concept) -> bool {
    concept.terms.iter().any(|term| term.field == Field::Fold && is_stop_word(&term.term))
        && concept.lit.len() == 1
        && concept.lit[0].chars().all(|c| !c.is_uppercase())
        && !(concept.typed.chars().count() == 1 && concept.typed.chars().all(char::is_uppercase))
}

/// The `l` of `l ecole`, typed without its apostrophe: in the text it takes no place.
fn is_lone_clitic(token: &OwnedToken, next: Option<&OwnedToken>) -> bool {
    matches!(token.written.as_str(), "l" | "d" | "j" | "m" | "t" | "s" | "n" | "c" | "qu")
        && next.is_some_and(|next| next.fold.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']))
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stem => "stem",
            Self::Fold => "fold",
            Self::Written => "written",
            Self::Title => "title",
        })
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let terms: Vec<&str> = self.terms.iter().map(|(_, term)| term.as_str()).collect();
        write!(f, "{}:\"{}\"", self.field, terms.join(" "))
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for phrase in &self.phrases {
            writeln!(f, "must    {phrase}")?;
        }
        for concept in &self.concepts {
            let terms: Vec<String> = concept
                .terms
                .iter()
                .map(|Weighted { field, term, weight }| format!("{field}:{term}^{weight}"))
                .collect();
            writeln!(f, "any of  {}  ({})", terms.join(" "), concept.typed)?;
        }
        for &(left, right) in &self.pairs {
            writeln!(f, "near    {} then {}", self.concepts[left].typed, self.concepts[right].typed)?;
        }
        for phrase in &self.excluded {
            writeln!(f, "not     {phrase}")?;
        }
        if let Some(area) = &self.area {
            writeln!(f, "area    {area}")?;
        }
        Ok(())
    }
}
