//! Completes the word that is being typed.

use verbatim_french::{fold, is_acronym};
use verbatim_indexer::{Entry, Lexicon, Spelling};

/// A way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What was typed, with its last word completed as it is written in the transcripts.
    pub text: String,
    /// How many transcripts have that word, so spelt.
    pub count: u64,
}

/// The longest beginning of a word that is completed, in characters.
const LONGEST: usize = 40;

/// The most frequent words of the index that begin like the last word of `typed`, at most `limit`.
pub(crate) fn suggestions(typed: &str, lexicon: &Lexicon, limit: usize) -> Vec<Suggestion> {
    let start = typed
        .rfind(|c: char| !(c.is_alphanumeric() || c == '-'))
        .map_or(0, |at| at + typed[at..].chars().next().map_or(0, char::len_utf8));
    let (before, prefix) = typed.split_at(start);
    let folded = fold(prefix);
    if folded.is_empty() || folded.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut words: Vec<Spelling<'_>> = lexicon.starting_with(&folded).flat_map(as_written).collect();
    words.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.written.cmp(right.written)));
    words.truncate(limit);
    let suggestion = |word: Spelling<'_>| Suggestion { text: format!("{before}{}", word.written), count: word.count };
    words.into_iter().map(suggestion).collect()
}

/// The spellings of an entry worth offering: the acronym, and the most frequent word, in small letters where it is
/// sometimes written so.
fn as_written(entry: Entry<'_>) -> impl Iterator<Item = Spelling<'_>> {
    let acronym = entry.spellings().find(|spelling| is_acronym(spelling.written));
    let mut words = entry.spellings().filter(|spelling| !is_acronym(spelling.written));
    let is_name = entry.is_name();
    let word = words.find(|spelling| is_name || spelling.written.starts_with(|c: char| !c.is_uppercase()));
    acronym.into_iter().chain(word)
}
