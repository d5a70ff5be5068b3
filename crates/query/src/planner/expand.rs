//! What the words of a query stand for, and what stands for them: acronyms, and words written in two or in one.

use verbatim_french::{Kind, OwnedToken, fold, is_stop_word};
use verbatim_indexer::Sense;

use super::{
    Expansion, Planner,
    understand::{Reading, acronym},
};
use crate::plan::{Concept, Field, Phrase, Step};

/// The weight of the phrase an acronym stands for: what was typed comes first. A phrase is worth the sum of its words.
const EXPANSION_WEIGHT: f32 = 0.15;
/// The weight of an acronym beside the words it stands for, which were typed.
const ABBREVIATION_WEIGHT: f32 = 0.5;
/// The most senses of an acronym that are searched.
const MOST_SENSES: usize = 3;

impl Planner<'_> {
    /// Adds the words that two neighbours make when written in one, where the index has them: `télé travail`. Words that
    /// say nothing make no others: `de la` is not `delà`, nor `où est` the west.
    pub(super) fn joined(&mut self, tokens: &[OwnedToken]) {
        for pair in tokens.windows(2) {
            let joined = [pair[0].written.as_str(), &pair[1].written].concat();
            let is_word = |token: &OwnedToken| {
                token.kind == Kind::Word && token.fold.chars().count() > 1 && !is_stop_word(&token.fold)
            };
            let known = || self.vocabulary.lexicon().get(&fold(&joined)).is_some_and(|entry| entry.words() > 0);
            if pair.iter().all(is_word) && known() {
                let concepts = self.analyzer.tokens(&joined).into_iter().map(|token| self.concept(&token, &joined));
                let concepts: Vec<Concept> = concepts.collect();
                self.planned.plan.concepts.extend(concepts);
            }
        }
    }

    /// Adds what the acronyms among the tokens stand for.
    pub(super) fn expand(&mut self, tokens: &[OwnedToken]) {
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
    pub(super) fn abbreviate(&mut self, tokens: &[OwnedToken]) {
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
}

impl Expansion {
    fn of(sense: &Sense) -> Self {
        Self { acronym: sense.acronym.clone(), expansion: sense.expansion.clone() }
    }
}
