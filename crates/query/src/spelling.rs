//! Finds the word of the index that a word which is not in it meant.

use strsim::osa_distance;
use verbatim_french::{fold, phonetic, phonetic_with_final_r};
use verbatim_indexer::{Entry, Lexicon};

/// Words with fewer letters are too near to too many others to be corrected.
const SHORTEST: usize = 5;
/// From this many letters on, two slips are forgiven.
const TWO_SLIPS: usize = 8;
/// Up to this many letters, a letter in another's place makes another word (intra, infra).
const NO_SUBSTITUTES: usize = 5;
/// Words with fewer letters than this sound like too many others.
const SHORTEST_SOUND: usize = 5;
/// The fewest letters of each part of a word that was written in one by mistake.
const SHORTEST_PART: usize = 3;

/// The word that `written` meant with at most `slips` slips: the nearest, then the one that sounds the same, then the
/// most frequent. A slip is a letter too many, too few or wrong, or two exchanged.
pub(crate) fn nearest<'l>(written: &str, slips: usize, lexicon: &'l Lexicon) -> Option<&'l str> {
    let folded = fold(written);
    let folded = folded.as_str();
    let letters = folded.chars().count();
    let allowed = match letters {
        ..SHORTEST => 0,
        SHORTEST..TWO_SLIPS => 1,
        _ => 2,
    };
    let slips = slips.min(allowed);
    if slips == 0 || folded.contains(|c: char| !c.is_alphabetic()) {
        return None;
    }
    let (sound, set) = (phonetic(written), letter_set(folded));
    let near = |entry: &Entry<'_>| (letter_set(entry.fold) ^ set).count_ones() as usize <= 2 * slips;
    lexicon
        .of_length(folded.len().saturating_sub(slips)..=folded.len() + slips)
        .filter(near)
        .filter_map(|entry| {
            let distance = osa_distance(entry.fold, folded);
            let same_head = entry.fold.chars().next() == folded.chars().next();
            let substitute =
                letters <= NO_SUBSTITUTES && entry.fold.chars().count() == letters && !exchanged(entry.fold, folded);
            let words = entry.words();
            let fits = distance <= slips
                && (same_head || distance == 1 && letters > NO_SUBSTITUTES)
                && !substitute
                && words > 0;
            fits.then_some((distance, entry.sound != sound, !same_head, std::cmp::Reverse(words), entry))
        })
        .min_by(|left, right| (left.0, left.1, left.2, left.3).cmp(&(right.0, right.1, right.2, right.3)))
        .and_then(|(.., entry)| most_frequent_word(entry))
}

/// The most frequent word that sounds like `written`.
pub(crate) fn sounding<'l>(written: &str, lexicon: &'l Lexicon) -> Option<&'l str> {
    if written.chars().count() < SHORTEST_SOUND || written.contains(|c: char| !c.is_alphabetic()) {
        return None;
    }
    let alike =
        |sound: String| lexicon.entries().filter(|entry| entry.sound == sound).max_by_key(|entry| entry.words());
    let entry = alike(phonetic(written)).or_else(|| alike(phonetic_with_final_r(written)?));
    entry.and_then(most_frequent_word)
}

/// The two words that `folded` is made of, by their folded forms: those of which the rarer one is most frequent.
pub(crate) fn split<'l>(folded: &str, lexicon: &'l Lexicon) -> Option<(Entry<'l>, Entry<'l>)> {
    folded
        .char_indices()
        .map(|(at, _)| at)
        .filter(|&at| folded[..at].chars().count() >= SHORTEST_PART && folded[at..].chars().count() >= SHORTEST_PART)
        .filter_map(|at| lexicon.get(&folded[..at]).zip(lexicon.get(&folded[at..])))
        .max_by_key(|(left, right)| left.words().min(right.words()))
        .filter(|(left, right)| left.words().min(right.words()) > 0)
}

fn most_frequent_word(entry: Entry<'_>) -> Option<&str> {
    entry.spellings().map(|spelling| spelling.written).find(|written| !verbatim_french::is_acronym(written))
}

/// Whether two words of the same length differ by two neighbours exchanged, or by a vowel for a vowel.
fn exchanged(left: &str, right: &str) -> bool {
    let differ: Vec<(char, char)> = left.chars().zip(right.chars()).filter(|(left, right)| left != right).collect();
    let is_vowel = |c: char| "aeiouy".contains(c);
    match differ[..] {
        [(one, other)] => is_vowel(one) && is_vowel(other),
        [(a, b), (c, d)] => a == d && b == c,
        _ => false,
    }
}

/// The letters of a word, a bit for each: what two words do not share is a cheap bound on their distance.
fn letter_set(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_alphabetic).fold(0, |set, byte| set | 1 << (byte.to_ascii_lowercase() - b'a'))
}
