//! Cuts elided words off: `l'ENT` is `ENT`, `j'n'ai` is `ai`, but `aujourd'hui` is one word and `y'a` are two.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    fold::{fold, folded, folded_initial, french, lowered},
    list::{entries, pairs},
    pieces::{Class, Letters, Piece},
};

pub(crate) const CLITICS: &str = include_str!("../lists/elision.txt");
pub(crate) const EXCEPTIONS: &str = include_str!("../lists/elision_exceptions.txt");
pub(crate) const CONTRACTIONS: &str = include_str!("../lists/contractions.txt");

static CLITIC: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(CLITICS).collect());
static EXCEPTION: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(EXCEPTIONS).collect());
static CONTRACTION: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| pairs(CONTRACTIONS).collect());
static EXCEPTION_BEGINNING: LazyLock<FxHashSet<(&str, char)>> =
    LazyLock::new(|| EXCEPTION.iter().chain(CONTRACTION.keys()).filter_map(|word| beginning(word)).collect());

/// A pronoun, and the apostrophe that spoken French puts after it.
const Y: &str = "y'";

/// The longest clitic, `jusqu` and its like, in characters.
const LONGEST: usize = 6;

/// Shortens every word piece that begins with elided words, and takes the words out that stand alone before an
/// apostrophe (`l' école`). Pieces no longer concatenate to the text after.
pub(crate) fn cut(text: &str, pieces: &mut Vec<Piece>) {
    let mut alone = false;
    let mut parted = Vec::new();
    let mut next = 0;
    while let Some(passed) = pieces[next..].iter().position(has_apostrophe) {
        let at = next + passed;
        next = at + 1;
        if pieces[at].class == Class::Sign('\'') {
            let before = pieces[..at].last_mut();
            if let Some(before) = before.filter(|before| is_clitic_alone(text, before)) {
                before.class = Class::Space;
                alone = true;
            }
            continue;
        }
        let word = &text[pieces[at].range()];
        let length = elided(word);
        if length > 0 {
            pieces[at].start += u32::try_from(length).expect("shorter than the word");
            pieces[at].letters = Letters::of(&word[length..]);
            pieces[at].elided = true;
        }
        // A whole word, though spoken French writes it so: `y'a` is what `il y a` ends with.
        let rest = &word[length..];
        if rest.len() > Y.len() && rest.get(..Y.len()).is_some_and(|head| head.eq_ignore_ascii_case(Y)) {
            parted.push(at);
        }
    }
    for at in parted.into_iter().rev() {
        let whole = pieces[at];
        pieces[at].end = whole.start + 1;
        let start = pieces[at].end + 1;
        let letters = Letters::of(&text[start as usize..whole.end as usize]);
        pieces.insert(at + 1, Piece { start, letters, elided: false, ..whole });
    }
    if alone {
        pieces.dedup_by(|next, piece| {
            let both = piece.class == Class::Space && next.class == Class::Space;
            if both {
                piece.end = next.end;
            }
            both
        });
    }
}

/// Whether a piece is an apostrophe, or a word with one inside.
fn has_apostrophe(piece: &Piece) -> bool {
    piece.letters.has(Letters::APOSTROPHE) || piece.class == Class::Sign('\'')
}

/// Whether a piece is the `l` of `l' école`.
fn is_clitic_alone(text: &str, piece: &Piece) -> bool {
    piece.class == Class::Word && !piece.elided && is_clitic(&text[piece.range()])
}

/// The length in bytes of the elided words at the head of `word`, apostrophes included.
fn elided(word: &str) -> usize {
    let mut length = 0;
    while let Some(at) = word[length..].find('\'') {
        let rest = &word[length..];
        if !is_clitic(&rest[..at]) || is_exception(rest) || !may_follow(&rest[..at], &rest[at + 1..]) {
            break;
        }
        length += at + 1;
    }
    length
}

fn is_clitic(word: &str) -> bool {
    word.chars().count() <= LONGEST && CLITIC.contains(&*lowered(word))
}

/// `presqu'` and its like are cut before a vowel only; a single letter also before a consonant (`j'suis`, `l'truc`).
fn may_follow(clitic: &str, rest: &str) -> bool {
    let is_vowel = |first: char| "aeiouyh".contains(first) || first.is_numeric();
    folded_initial(rest).is_some_and(|first| clitic.chars().count() == 1 || is_vowel(first))
}

fn is_exception(word: &str) -> bool {
    // Most words that begin with a clitic do not begin as one of these does.
    if beginning(word).is_some_and(|(clitic, letter)| !EXCEPTION_BEGINNING.contains(&(&*folded(clitic), letter))) {
        return false;
    }
    let folded = folded(word);
    EXCEPTION.contains(&*folded) || CONTRACTION.contains_key(&*folded)
}

/// What stands before the first apostrophe of a word, and the letter after it, folded, where French has that.
fn beginning(word: &str) -> Option<(&str, char)> {
    let (clitic, rest) = word.split_once('\'')?;
    Some((clitic, french(rest.chars().next()?)?))
}

/// The word that a spoken contraction stands for.
pub(crate) fn written_out(word: &str) -> Option<&'static str> {
    word.contains('\'').then(|| CONTRACTION.get(fold(word).as_str()).copied()).flatten()
}
