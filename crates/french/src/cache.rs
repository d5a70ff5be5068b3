//! Remembers what words become: most words of a text were met before.
//!
//! A look at memory that is far away takes longer than the rest of what is done for a word. So all words of a text are
//! looked up at once, when no look has to wait for the one before; and what is known of them lies in the order in which
//! they were met, so that frequent words lie together. Only who asks for the letters of a term has to go and read them.

use std::ops::Range;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    pieces::{Class, Piece},
    token::{Kind, Rules},
};

/// The words remembered. A year of talks has fewer; a text of random words must not fill the memory.
const WORDS: usize = 1 << 17;

/// The slots of a table that is new.
const FIRST_SLOTS: usize = 1 << 8;

/// What a single word becomes.
pub(crate) struct Forms {
    pub(crate) kind: Kind,
    pub(crate) fold: String,
    pub(crate) stem: String,
    pub(crate) rules: Rules,
}

/// A word that is remembered.
pub(crate) struct Entry {
    pub(crate) fold: Box<str>,
    pub(crate) stem: Box<str>,
    /// A hash of `fold`, by which words that sound the same are known without a look at them. With 64 bits, no two that
    /// differ are to be expected side by side.
    pub(crate) sound: u64,
    /// See [`Token::word`](crate::Token::word).
    pub(crate) number: u32,
    pub(crate) rules: Rules,
    pub(crate) kind: Kind,
    /// Whether the word may begin something longer that is one token.
    pub(crate) joins: bool,
}

/// The words met before, as they are written.
pub(crate) struct Cache {
    /// The numbers of short words. Each lies in the first slot from where its hash points that was free when it came;
    /// at least half of the slots are free.
    short: Vec<(Short, u32)>,
    long: FxHashMap<String, u32>,
    /// The words by their numbers, from `first` on.
    entries: Vec<Entry>,
    /// How many words were forgotten.
    first: u32,
}

impl Default for Cache {
    fn default() -> Self {
        Self { short: vec![FREE; FIRST_SLOTS], long: FxHashMap::default(), entries: Vec::new(), first: 0 }
    }
}

/// A slot without a word: none is so long.
const FREE: (Short, u32) = (Short(u128::MAX), 0);

/// A word of at most 15 bytes, and its length.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Short(u128);

impl Short {
    /// The word in a range of `text`.
    fn of(text: &str, range: Range<usize>) -> Option<Self> {
        let (bytes, length) = (text.as_bytes(), range.len());
        if length > 15 {
            return None;
        }
        let letters = match bytes.get(range.start..).and_then(|rest| rest.first_chunk()) {
            // To read more than the word spares a copy of a length that is not known before.
            Some(chunk) => u128::from_le_bytes(*chunk) & !(u128::MAX << (8 * length)),
            None => bytes.get(range)?.iter().rev().fold(0, |letters, byte| letters << 8 | u128::from(*byte)),
        };
        Some(Self(letters | (length as u128) << 120))
    }

    /// Where to look for it first: the halves of a product of its halves, which depend on all their bits.
    fn hash(self) -> usize {
        let (low, high) = (self.0 as u64 ^ 0x9E37_79B9_7F4A_7C15, (self.0 >> 64) as u64 ^ 0xC2B2_AE3D_27D4_EB4F);
        let product = u128::from(low) * u128::from(high);
        (product as u64 ^ (product >> 64) as u64) as usize
    }
}

impl Cache {
    /// Notes the number of each word of `text` that is remembered, and begins nothing longer.
    pub(crate) fn find_all(&self, text: &str, pieces: &mut [Piece]) {
        for piece in pieces.iter_mut().filter(|piece| piece.class == Class::Word) {
            let is_whole = |number: &u32| self.entry(*number).is_some_and(|entry| !entry.joins);
            piece.known = self.number(text, piece.range()).filter(is_whole);
        }
    }

    /// What is remembered of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&Entry> {
        self.entry(self.number(word, 0..word.len())?)
    }

    /// The word of a number, unless it was forgotten since.
    pub(crate) fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number.wrapping_sub(self.first) as usize)
    }

    /// Remembers what a word becomes that is not remembered yet.
    pub(crate) fn add(&mut self, word: &str, forms: Forms, joins: bool) -> &Entry {
        if self.entries.len() >= WORDS {
            *self = Self { first: self.first.wrapping_add(self.entries.len() as u32), ..Self::default() };
        }
        let number = self.first.wrapping_add(self.entries.len() as u32);
        match Short::of(word, 0..word.len()) {
            Some(short) => {
                if 2 * self.entries.len() >= self.short.len() {
                    self.grow();
                }
                self.put(short, number);
            }
            None => {
                self.long.insert(word.to_owned(), number);
            }
        }
        let Forms { kind, fold, stem, rules } = forms;
        let sound = xxh3_64(fold.as_bytes());
        self.entries.push(Entry { fold: fold.into(), stem: stem.into(), sound, number, rules, kind, joins });
        &self.entries[self.entries.len() - 1]
    }

    fn number(&self, text: &str, range: Range<usize>) -> Option<u32> {
        let Some(short) = Short::of(text, range.clone()) else { return self.long.get(&text[range]).copied() };
        let mut at = short.hash();
        loop {
            let (known, number) = self.short[at & (self.short.len() - 1)];
            if known == short {
                return Some(number);
            }
            if known == FREE.0 {
                return None;
            }
            at = at.wrapping_add(1);
        }
    }

    fn put(&mut self, short: Short, number: u32) {
        let mut at = short.hash();
        let last = self.short.len() - 1;
        while self.short[at & last] != FREE {
            at = at.wrapping_add(1);
        }
        self.short[at & last] = (short, number);
    }

    fn grow(&mut self) {
        let slots = vec![FREE; 2 * self.short.len()];
        let mut words = std::mem::replace(&mut self.short, slots);
        words.retain(|slot| *slot != FREE);
        // Frequent words are met first, and should lie where their hash points.
        words.sort_unstable_by_key(|(_, number)| number.wrapping_sub(self.first));
        for (short, number) in words {
            self.put(short, number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cache, Forms, Short, WORDS};
    use crate::token::{Kind, Rules};

    #[test]
    fn each_word_has_its_own_terms() {
        let words =
            ["", "a", "e", "é", "éé", "enseignant", "anticonstituti", "anticonstitutio", "anticonstitution", "été\0"];
        let more = (0..2000).map(|number| format!("w{number}"));
        let words: Vec<String> = words.into_iter().map(str::to_owned).chain(more).collect();
        let forms = |word: &str| Forms {
            kind: Kind::Word,
            fold: format!("{word}-fold"),
            stem: word.to_uppercase(),
            rules: Rules::default(),
        };
        let mut cache = Cache::default();
        for word in &words {
            assert!(cache.get(word).is_none(), "{word}");
            cache.add(word, forms(word), false);
        }
        for word in &words {
            let Forms { fold, stem, .. } = forms(word);
            let known = cache.get(word).map(|entry| (&*entry.fold, &*entry.stem));
            assert_eq!(known, Some((fold.as_str(), stem.as_str())), "{word}");
        }
    }

    #[test]
    fn forgotten_words_leave_their_numbers() {
        let forms = || Forms { kind: Kind::Word, fold: "a".into(), stem: "a".into(), rules: Rules::default() };
        let mut cache = Cache::default();
        for number in 0..WORDS + 2 {
            assert_eq!(cache.add(&format!("w{number}"), forms(), false).number as usize, number);
        }
        assert!(cache.get("w0").is_none() && cache.entry(0).is_none());
        let last = format!("w{}", WORDS + 1);
        assert_eq!(cache.get(&last).map(|entry| entry.number as usize), Some(WORDS + 1));
    }

    #[test]
    fn short_words_are_told_apart_at_each_byte() {
        let short = |word: &str| Short::of(word, 0..word.len()).map(|short| short.0);
        for length in 0..=15 {
            let word = "a".repeat(length);
            assert_eq!(Short::of(&format!("{word}b and more after it"), 0..length).map(|short| short.0), short(&word));
            for at in 0..length {
                let other = format!("{}b{}", &word[..at], &word[at + 1..]);
                assert_ne!(short(&word), short(&other));
            }
            assert_ne!(short(&word), short(&format!("{word}\0")));
        }
    }
}
