//! Remembers what words become: most words of a text were met before.
//!
//! A look at memory that is far away takes longer than the rest of what is done for a word. So a word is one line of
//! memory: short words are keys by value, side by side with what they become, and only who asks for the letters of a
//! term has to go and read them.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::token::{Kind, Rules};

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
    /// A hash of `fold`, by which words that sound the same are known without a look at them.
    pub(crate) sound: u64,
    /// See [`Token::word`](crate::Token::word).
    pub(crate) number: u32,
    pub(crate) rules: Rules,
    pub(crate) kind: Kind,
    /// Whether the word may begin something longer that is one token.
    pub(crate) joins: bool,
}

/// The words met before, as they are written.
#[derive(Default)]
pub(crate) struct Cache {
    /// Each short word lies in the first slot from where its hash points that was free when it came; at least half of
    /// the slots are free.
    short: Vec<Option<(Short, Entry)>>,
    /// How many slots are taken.
    taken: usize,
    long: FxHashMap<String, Entry>,
    /// How many words were ever remembered.
    met: u32,
}

/// A word of at most 15 bytes, and its length.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Short(u64, u64);

impl Short {
    fn of(word: &str) -> Option<Self> {
        let bytes = word.as_bytes();
        let length = bytes.len();
        // Reads of fixed size that overlap spare a copy of a size that is not known before.
        let (low, high) = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) if length <= 15 => {
                (u64::from_le_bytes(*first), u64::from_le_bytes(*last) >> 8 >> (8 * (15 - length)))
            }
            (Some(_), _) => return None,
            _ => match (bytes.first_chunk(), bytes.last_chunk()) {
                (Some(first), Some(last)) => {
                    let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
                    (u64::from(first) | u64::from(last) << (8 * (length - 4)), 0)
                }
                _ => (bytes.iter().rev().fold(0, |low, byte| low << 8 | u64::from(*byte)), 0),
            },
        };
        Some(Self(low, high | (length as u64) << 56))
    }

    /// Where to look for it first. Both halves of the product of both halves depend on all bits.
    fn hash(self) -> usize {
        let product = u128::from(self.0 ^ 0x9E37_79B9_7F4A_7C15) * u128::from(self.1 ^ 0xC2B2_AE3D_27D4_EB4F);
        (product as u64 ^ (product >> 64) as u64) as usize
    }
}

impl Cache {
    /// What is remembered of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&Entry> {
        let Some(short) = Short::of(word) else { return self.long.get(word) };
        let mut at = short.hash();
        loop {
            match self.short.get(at & self.short.len().wrapping_sub(1))? {
                Some((known, entry)) if *known == short => return Some(entry),
                Some(_) => at = at.wrapping_add(1),
                None => return None,
            }
        }
    }

    /// Remembers what a word becomes that is not remembered yet.
    pub(crate) fn add(&mut self, word: &str, forms: Forms, joins: bool) -> &Entry {
        if self.taken + self.long.len() >= WORDS {
            *self = Self { met: self.met, ..Self::default() };
        }
        let Forms { kind, fold, stem, rules } = forms;
        let (sound, number) = (xxh3_64(fold.as_bytes()), self.met);
        self.met = self.met.wrapping_add(1);
        let entry = Entry { fold: fold.into(), stem: stem.into(), sound, number, rules, kind, joins };
        let Some(short) = Short::of(word) else { return self.long.entry(word.to_owned()).or_insert(entry) };
        if 2 * self.taken >= self.short.len() {
            self.grow();
        }
        self.taken += 1;
        let slot = self.free(short);
        &self.short[slot].insert((short, entry)).1
    }

    /// The slot for a short word that is not in the table.
    fn free(&self, short: Short) -> usize {
        let mut at = short.hash();
        loop {
            at &= self.short.len() - 1;
            if self.short[at].is_none() {
                return at;
            }
            at += 1;
        }
    }

    fn grow(&mut self) {
        let slots = (2 * self.short.len()).max(FIRST_SLOTS);
        let old = std::mem::take(&mut self.short);
        self.short.resize_with(slots, || None);
        for (short, entry) in old.into_iter().flatten() {
            let slot = self.free(short);
            self.short[slot] = Some((short, entry));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cache, Forms, Short};
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
    fn short_words_are_told_apart_at_each_byte() {
        for length in 0..=15 {
            let word = "a".repeat(length);
            for at in 0..length {
                let other = format!("{}b{}", &word[..at], &word[at + 1..]);
                assert!(Short::of(&word) != Short::of(&other), "{word} {other}");
            }
            assert!(Short::of(&word) != Short::of(&format!("{word}\0")), "{word}");
        }
    }
}
