//! The words of a segment, each with a number and its terms.

use std::collections::HashMap;

use tantivy::tokenizer::MAX_TOKEN_LEN;
use verbatim_french::Token;

/// Which of the terms of a word a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    /// See [`Token::written`].
    Written,
    /// See [`Token::fold`].
    Fold,
    /// See [`Token::stem`].
    Stem,
}

/// The words that were met, numbered from 0 in the order in which they were: so frequent ones have small numbers, which
/// lie near each other in any table.
#[derive(Default)]
pub(crate) struct Vocabulary {
    words: Vec<Word>,
    /// The terms of all words, those of each in the order of [`Form`].
    terms: String,
    /// The number of a word, by the one that the analyzer gave it.
    numbers: Vec<u32>,
    /// The numbers of words that were joined from pieces, by their terms, one a line.
    joined: HashMap<String, u32>,
    /// A place to write such a key.
    key: String,
}

/// Where the terms of a word lie, and how long they are, in bytes. What has no term in a field has an empty one.
struct Word {
    start: usize,
    lengths: [u16; 3],
}

/// In place of the number of a word that was not met.
const NEW: u32 = u32::MAX;

impl Vocabulary {
    /// The number of a word.
    pub(crate) fn word(&mut self, token: &Token<'_>) -> u32 {
        let terms = [token.written, token.fold, token.stem];
        let Some(number) = token.word else { return self.join(terms) };
        let number = number as usize;
        if number >= self.numbers.len() {
            self.numbers.resize(number + 1, NEW);
        }
        if self.numbers[number] == NEW {
            self.numbers[number] = self.add(terms);
        }
        self.numbers[number]
    }

    /// The number of what has a folded form alone. There is none where that is longer than the engine takes.
    pub(crate) fn also(&mut self, fold: &str) -> Option<u32> {
        (fold.len() <= MAX_TOKEN_LEN).then(|| self.join(["", fold, ""]))
    }

    fn join(&mut self, terms: [&str; 3]) -> u32 {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        terms.iter().for_each(|term| key.extend([term, "\n"]));
        let number = self.joined.get(&key).copied().unwrap_or_else(|| {
            let number = self.add(terms);
            self.joined.insert(key.clone(), number);
            number
        });
        self.key = key;
        number
    }

    fn add(&mut self, terms: [&str; 3]) -> u32 {
        let number = u32::try_from(self.words.len()).expect("a segment is closed long before");
        let lengths = terms.map(|term| u16::try_from(term.len()).expect("the analysis cuts what is longer"));
        self.words.push(Word { start: self.terms.len(), lengths });
        self.terms.extend(terms);
        number
    }

    /// The term of a word in a field.
    pub(crate) fn term(&self, word: u32, form: Form) -> &str {
        let Word { start, lengths } = &self.words[word as usize];
        let before: usize = lengths[..form as usize].iter().map(|&length| usize::from(length)).sum();
        &self.terms[start + before..][..usize::from(lengths[form as usize])]
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// How many words the analyzer has met.
    pub(crate) fn met(&self) -> usize {
        self.numbers.len()
    }

    /// How much room it takes, in bytes.
    pub(crate) fn memory(&self) -> usize {
        /// What a key takes in the map, with its text.
        const KEY: usize = 80;
        self.terms.len()
            + self.words.len() * size_of::<Word>()
            + self.numbers.len() * size_of::<u32>()
            + self.joined.len() * KEY
    }

    /// Forgets the words.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.terms.clear();
        self.numbers.fill(NEW);
        self.joined.clear();
    }

    /// The terms of the words in a field, in the order in which an index has them.
    pub(crate) fn ranking(&self, form: Form) -> Ranking {
        let term = |word| self.term(word, form);
        // Most terms differ in their first bytes, which are compared without a look at the text.
        let mut words: Vec<(u64, u32)> = (0..)
            .take(self.words.len())
            .filter(|&word| !term(word).is_empty())
            .map(|word| (prefix(term(word)), word))
            .collect();
        words.sort_unstable_by(|left, right| left.0.cmp(&right.0).then_with(|| term(left.1).cmp(term(right.1))));
        // A word without a term has the rank 0.
        let mut ranking = Ranking { form, ranks: vec![0; self.words.len()], words: Vec::new() };
        let mut rank = 0;
        for (_, word) in words {
            if ranking.words.last().is_none_or(|&before| term(before) != term(word)) {
                ranking.words.push(word);
                rank += 1;
            }
            ranking.ranks[word as usize] = rank;
        }
        ranking
    }
}

/// The first bytes of a term as a number, of which larger ones come later.
fn prefix(term: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = term.len().min(bytes.len());
    bytes[..length].copy_from_slice(&term.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

/// The order of the terms in a field.
pub(crate) struct Ranking {
    /// Which terms they are.
    pub(crate) form: Form,
    /// The rank of each word's term, from 1; 0 where a word has none.
    pub(crate) ranks: Vec<u32>,
    /// For each rank, from 1, a word that has its term.
    pub(crate) words: Vec<u32>,
}
