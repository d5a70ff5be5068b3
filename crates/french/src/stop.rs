//! Words that say nothing in a query of several words.

use std::{collections::HashSet, sync::LazyLock};

use crate::list::entries;

pub(crate) const LIST: &str = include_str!("../lists/stop_words.txt");

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(LIST).collect());

/// Whether a folded word carries no meaning in a query of several words.
pub fn is_stop_word(folded: &str) -> bool {
    WORDS.contains(folded)
}
