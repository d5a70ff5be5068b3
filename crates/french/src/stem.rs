//! The stem of a French word: what its plural, its feminine and its verb forms have in common.
//!
//! Snowball's rules do most of it. They leave present-tense forms in -ent and -ons alone and know no irregular verbs,
//! and they bring together words that have nothing to do with each other (commune, communiste, communication): lists
//! mend both. The stem is folded at the very end: Snowball reads accents, and folding before it would lose a fifth of
//! the pairs that it brings together.

use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    fold::fold_into,
    list::{entries, pairs},
};

/// The version of the stemmer's rules, part of the fingerprint of the analysis.
pub(crate) const VERSION: &str = "snowball french 2026-10-16";

pub(crate) const APART: &str = include_str!("../lists/apart.txt");
pub(crate) const FORMS: &str = include_str!("../lists/forms.txt");
pub(crate) const VERBS: &str = include_str!("../lists/verbs.txt");

static STEM: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| pairs(APART).collect());
static LEMMA: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| pairs(FORMS).collect());
static VERB: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| entries(VERBS).map(|verb| verb.trim_end_matches(" -")).collect());
/// Verbs whose form in -ons is a common plural: brouillons, rayons.
static NOUN_IN_ONS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| entries(VERBS).filter_map(|verb| verb.strip_suffix(" -")).collect());

/// Feminines in -trice that have no masculine.
const NO_MASCULINE: [&str; 4] = ["matrice", "matrices", "cicatrice", "cicatrices"];

/// Snowball's stemmer for French, with its lists.
pub(crate) struct French(Stemmer);

impl French {
    pub(crate) fn new() -> Self {
        Self(Stemmer::new(Algorithm::French))
    }

    /// Appends the folded stem of a lower-case word to `out`.
    pub(crate) fn stem_into(&self, word: &str, out: &mut String) {
        if let Some(stem) = STEM.get(word) {
            return fold_into(stem, out);
        }
        let lemma = LEMMA.get(word).map(|lemma| (*lemma).to_owned());
        let lemma = lemma.or_else(|| infinitive(word)).or_else(|| masculine(word)).unwrap_or_else(|| word.to_owned());
        match STEM.get(lemma.as_str()) {
            Some(stem) => fold_into(stem, out),
            None => fold_into(&self.0.stem(&lemma), out),
        }
    }
}

/// The infinitive of a form in -ent or -ons of a verb that is listed: mangent, commençons, mangeons.
fn infinitive(word: &str) -> Option<String> {
    let listed = |root: &str| Some(format!("{root}er")).filter(|verb| VERB.contains(verb.as_str()));
    if let Some(root) = word.strip_suffix("ent") {
        return listed(root);
    }
    let root = word.strip_suffix("ons")?;
    let soft = root.strip_suffix('ç').map(|root| format!("{root}c"));
    let soft = soft.or_else(|| root.strip_suffix("ge").map(|root| format!("{root}g")));
    listed(soft.as_deref().unwrap_or(root)).filter(|verb| !NOUN_IN_ONS.contains(verb.as_str()))
}

/// The masculine of a feminine in -trice: actrice, directrices.
fn masculine(word: &str) -> Option<String> {
    let root = word.strip_suffix("trice").or_else(|| word.strip_suffix("trices"))?;
    (!NO_MASCULINE.contains(&word)).then(|| format!("{root}teur"))
}
