//! Remembers what words become: most words of a text were met before.
//!
//! A look at memory that is far away takes longer than the rest of what is done for a word. So short words are keys by
//! value, and the terms of a word stand side by side.

use rustc_hash::FxHashMap;

use crate::token::{Kind, Rules};

/// The words remembered. A year of talks has fewer; a text of random words must not fill the memory.
const WORDS: usize = 1 << 17;

/// What a single word becomes.
pub(crate) struct Forms {
    pub(crate) kind: Kind,
    pub(crate) fold: String,
    pub(crate) stem: String,
    pub(crate) rules: Rules,
}

/// A word that is remembered.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    pub(crate) rules: Rules,
    /// See [`Token::word`](crate::Token::word).
    pub(crate) number: u32,
    /// Where its terms begin in the text of all terms; how long they are, in bytes.
    start: u32,
    fold: u16,
    stem: u16,
}

/// The words met before, as they are written.
#[derive(Default)]
pub(crate) struct Cache {
    short: FxHashMap<Short, Entry>,
    long: FxHashMap<String, Entry>,
    /// The terms of all words, each with its fold before its stem.
    terms: String,
    /// How many words were ever remembered.
    met: u32,
}

/// A word of at most 15 bytes, and its length.
#[derive(PartialEq, Eq, Hash)]
struct Short(u64, u64);

impl Short {
    fn of(word: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        let (length, letters) = bytes.split_first_mut()?;
        letters.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        *length = u8::try_from(word.len()).ok()?;
        let [low, high] = [0, 8].map(|at| u64::from_le_bytes(std::array::from_fn(|byte| bytes[at + byte])));
        Some(Self(low, high))
    }
}

impl Cache {
    /// What is remembered of a word.
    pub(crate) fn get(&self, word: &str) -> Option<Entry> {
        match Short::of(word) {
            Some(short) => self.short.get(&short),
            None => self.long.get(word),
        }
        .copied()
    }

    /// Remembers what a word becomes.
    pub(crate) fn add(&mut self, word: &str, forms: &Forms) -> Entry {
        if self.short.len() + self.long.len() >= WORDS {
            *self = Self { met: self.met, ..Self::default() };
        }
        let Forms { kind, fold, stem, rules } = forms;
        let start = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        let length = |term: &str| u16::try_from(term.len()).unwrap_or(u16::MAX);
        let number = self.met;
        self.met = self.met.wrapping_add(1);
        let entry = Entry { kind: *kind, rules: *rules, number, start, fold: length(fold), stem: length(stem) };
        self.terms.push_str(fold);
        self.terms.push_str(stem);
        match Short::of(word) {
            Some(short) => self.short.insert(short, entry),
            None => self.long.insert(word.to_owned(), entry),
        };
        entry
    }

    /// The folded word and the stem of an entry.
    pub(crate) fn terms(&self, entry: Entry) -> (&str, &str) {
        let start = entry.start as usize;
        let both = &self.terms[start..start + usize::from(entry.fold) + usize::from(entry.stem)];
        both.split_at(usize::from(entry.fold))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cache, Forms};
    use crate::token::{Kind, Rules};

    #[test]
    fn each_word_has_its_own_terms() {
        let words =
            ["", "a", "e", "é", "éé", "enseignant", "anticonstituti", "anticonstitutio", "anticonstitution", "été\0"];
        let forms = |word: &str| Forms {
            kind: Kind::Word,
            fold: format!("{word}-fold"),
            stem: word.to_uppercase(),
            rules: Rules::default(),
        };
        let mut cache = Cache::default();
        for word in words {
            assert!(cache.get(word).is_none(), "{word}");
            cache.add(word, &forms(word));
        }
        for word in words {
            let Forms { fold, stem, .. } = forms(word);
            let known = cache.get(word).map(|entry| cache.terms(entry));
            assert_eq!(known, Some((fold.as_str(), stem.as_str())), "{word}");
        }
    }
}
