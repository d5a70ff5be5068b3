//! Words that say nothing in a query of several words.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::list::entries;

pub(crate) const LIST: &str = include_str!("../lists/stop_words.txt");

static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(LIST).collect());

/// Whether a folded word carries no meaning in a query of several words.
pub fn is_stop_word(folded: &str) -> bool {
    WORDS.contains(folded)
}
