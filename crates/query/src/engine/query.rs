//! From a plan to the engine's query.

use tantivy::{
    Term,
    query::{AllQuery, BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, TermQuery, TermSetQuery},
    schema::IndexRecordOption,
};

use super::{Engine, timed::Timed};
use crate::{
    budget::Budget,
    plan::{Filter, Phrase, Plan},
};

impl Engine {
    /// The engine's query. Pruning by blocks needs a flat union of terms with frequencies, so nothing is nested that
    /// need not be.
    pub(super) fn query(&self, plan: &Plan, scored: bool, budget: Budget) -> Box<dyn Query> {
        let option = if scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for weighted in plan.concepts.iter().flat_map(|concept| &concept.terms) {
            let query = TermQuery::new(self.term(weighted.field, &weighted.term), option);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(query), weighted.weight))));
        }
        for phrase in plan.phrases.iter().filter(|phrase| !phrase.required) {
            let query = BoostQuery::new(self.phrase(phrase, scored), phrase.weight);
            clauses.push((Occur::Should, Box::new(query)));
        }
        let restricted = plan.has_required_phrases() || !plan.excluded.is_empty() || !plan.filters.is_empty();
        if !restricted && !clauses.is_empty() {
            return Box::new(BooleanQuery::new(clauses));
        }
        let mut all: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        if !plan.has_required_phrases() && !clauses.is_empty() {
            all.push((Occur::Must, Box::new(BooleanQuery::new(clauses))));
        } else {
            // With phrases that every answer has, the words only rank.
            all.append(&mut clauses);
        }
        let required = plan.phrases.iter().filter(|phrase| phrase.required);
        all.extend(required.map(|phrase| (Occur::Must, self.phrase(phrase, scored))));
        // To pass a filter is no merit.
        let filters = plan.filters.iter().map(|filter| BoostQuery::new(Box::new(self.filter(filter)), 0.0));
        all.extend(filters.map(|query| (Occur::Must, Box::new(query) as Box<dyn Query>)));
        if plan.is_unranked() && plan.filters.is_empty() {
            all.push((Occur::Must, Box::new(AllQuery)));
        }
        let query = Box::new(BooleanQuery::new(all));
        if plan.excluded.is_empty() {
            return query;
        }
        let excluded = plan.excluded.iter().map(|phrase| (Occur::MustNot, self.excluded(phrase)));
        let wanted = (Occur::Must, Box::new(Timed { query, budget }) as Box<dyn Query>);
        Box::new(BooleanQuery::new(std::iter::once(wanted).chain(excluded).collect()))
    }

    fn phrase(&self, phrase: &Phrase, scored: bool) -> Box<dyn Query> {
        match phrase.terms.as_slice() {
            [(_, term)] => {
                let option = if scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
                Box::new(TermQuery::new(self.term(phrase.field, term), option))
            }
            terms => Box::new(PhraseQuery::new_with_offset(
                terms.iter().map(|(offset, term)| (*offset as usize, self.term(phrase.field, term))).collect(),
            )),
        }
    }

    fn filter(&self, filter: &Filter) -> TermSetQuery {
        let field = self.facet(filter.facet);
        TermSetQuery::new(filter.values.iter().map(|value| Term::from_field_text(field, value)))
    }

    /// A phrase that no answer has. The engine moves what it excludes back, which its phrases do not stand and its unions
    /// do; a union of one would be taken apart.
    fn excluded(&self, phrase: &Phrase) -> Box<dyn Query> {
        if phrase.terms.len() == 1 {
            return self.phrase(phrase, false);
        }
        Box::new(BooleanQuery::union(vec![self.phrase(phrase, false), self.phrase(phrase, false)]))
    }
}
