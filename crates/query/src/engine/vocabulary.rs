//! What a plan asks of the index before it is carried out.

use std::collections::BTreeSet;

use verbatim_french::fold;
use verbatim_indexer::{Glossary, Lexicon};

use super::Engine;
use crate::{facet::Facet, plan::Field, planner::Vocabulary};

impl Vocabulary for Engine {
    fn doc_freq(&self, field: Field, term: &str) -> u64 {
        // A dictionary that cannot be read is said by the search that follows.
        self.searcher.doc_freq(&self.term(field, term)).unwrap_or_default()
    }

    fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    fn glossary(&self) -> &Glossary {
        &self.glossary
    }

    fn values(&self, facet: Facet, typed: &str) -> Vec<String> {
        let folded = fold(typed);
        let (mut equal, mut like) = (BTreeSet::new(), BTreeSet::new());
        for segment in self.searcher.segment_readers() {
            // A dictionary that cannot be read is said by the search that follows.
            let Ok(index) = segment.inverted_index(self.facet(facet)) else { continue };
            let Ok(mut terms) = index.terms().stream() else { continue };
            while terms.advance() {
                let value = std::str::from_utf8(terms.key()).unwrap_or_default();
                let known = fold(value);
                if known == folded {
                    equal.insert(value.to_owned());
                } else if facet == Facet::Speaker && has_words(&known, &folded) {
                    like.insert(value.to_owned());
                }
            }
        }
        let values = if equal.is_empty() { like } else { equal };
        values.into_iter().collect()
    }
}

/// Whether a name has all of these words: people are asked for by their family name too.
fn has_words(name: &str, words: &str) -> bool {
    let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let mut words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| parts.contains(&word))
}
