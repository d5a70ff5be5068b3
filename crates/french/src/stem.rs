//! The stem of a French word: Snowball's, then folded.
//!
//! Folding first would lose a fifth of the pairs that Snowball brings together: its rules read accents.

use frostem::{Algorithm, Stemmer};

use crate::fold::fold_into;

/// The version of the stemmer's rules, part of the fingerprint of the analysis.
pub(crate) const VERSION: &str = "snowball french 2026-10-16";

/// A word's stem.
pub(crate) struct French(Stemmer);

impl French {
    pub(crate) fn new() -> Self {
        Self(Stemmer::new(Algorithm::French))
    }

    /// Appends the folded stem of a lower-case word to `out`.
    pub(crate) fn stem_into(&self, lower: &str, out: &mut String) {
        fold_into(&self.0.stem(lower), out);
    }
}
