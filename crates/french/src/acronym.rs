//! Tells acronyms from words, before anything is lower-cased or stemmed: `GAR` is not `gare`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::{
    fold::fold,
    list::entries,
    number::is_roman,
    pieces::{Class, Piece},
    token::{Kind, Rule, Rules},
    unit::{Term, Unit},
};

pub(crate) const WORDS: &str = include_str!("../lists/capital_words.txt");

static WORD: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(WORDS).collect());

/// The longest name in mixed case that is taken for an acronym (`TraAM`, `GTnum`), in characters. `YouTube` is a word.
const LONGEST_MIXED: usize = 6;

/// The acronym that `word` is, and whether it stood in the plural.
pub(crate) fn plain(word: &str) -> Option<(String, Rules)> {
    let (mut upper, mut lower, mut digits, mut length) = (0, 0, 0, 0);
    for c in word.chars() {
        length += 1;
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
        digits += usize::from(c.is_ascii_digit());
    }
    if upper == 0 || upper + lower + digits != length || upper + digits < 2 && !word.starts_with(char::is_lowercase) {
        return None;
    }
    let rules = Rules::default().with(Rule::Acronym);
    if lower == 0 {
        let is_word = digits == 0 && (is_word_in_capitals(word) || is_roman(word));
        return (!is_word).then(|| (term(word), rules));
    }
    if lower == 1 && upper >= 2 && word.ends_with('s') {
        return Some((term(&word[..word.len() - 1]), rules.with(Rule::Plural)));
    }
    // `iPads`, `PoCs`: the name without its s is one too.
    let singular = word.strip_suffix('s').filter(|name| name.len() > 2 && plain(name).is_some());
    match singular {
        Some(name) => Some((term(name), rules.with(Rule::Plural))),
        None => (length <= LONGEST_MIXED).then(|| (term(word), rules)),
    }
}

/// Whether a word in a sentence of capitals cannot be a word: it has no vowel, or digits.
pub(crate) fn is_unpronounceable(word: &str) -> bool {
    let folded = fold(word);
    folded.len() >= 2
        && (!folded.contains(['a', 'e', 'i', 'o', 'u', 'y']) || folded.contains(|c: char| c.is_ascii_digit()))
}

/// Whether `word`, which stands in capitals, is a word that nobody takes for an acronym.
pub(crate) fn is_word_in_capitals(word: &str) -> bool {
    WORD.contains(fold(word).as_str())
}

/// The term of an acronym: folded, in capitals.
pub(crate) fn term(acronym: &str) -> String {
    fold(acronym).to_uppercase()
}

/// `E.N.T.` or `e.n.t.`, at the head of `pieces`.
pub(crate) fn dotted(text: &str, pieces: &[Piece]) -> Option<Unit> {
    let letters = letters(text, pieces, |separator| separator.class == Class::Sign('.'));
    let small = text[pieces[0].range()].contains(char::is_lowercase);
    if letters < if small { 3 } else { 2 } {
        return None;
    }
    let closed = matches!(pieces.get(2 * letters - 1), Some(Piece { class: Class::Sign('.'), .. }));
    Some(spelt(text, &pieces[..2 * letters - usize::from(!closed)]))
}

/// `G A R`, at the head of `pieces`.
pub(crate) fn spaced(text: &str, pieces: &[Piece]) -> Option<Unit> {
    let letters = letters(text, pieces, |separator| {
        separator.class == Class::Space && separator.end == separator.start + 1 || separator.class == Class::Sign('-')
    });
    let capitals = (0..letters).all(|at| text[pieces[2 * at].range()].contains(char::is_uppercase));
    (letters >= 3 && capitals && !pieces[0].capitals).then(|| spelt(text, &pieces[..2 * letters - 1]))
}

/// The most letters an acronym is spelt with; a longer row of single letters is an alphabet.
const MOST_LETTERS: usize = 10;

/// How many single letters of one case stand at the head of `pieces` with one separator between each two.
fn letters(text: &str, pieces: &[Piece], separates: impl Fn(&Piece) -> bool) -> usize {
    // Most words are no letters, and this is asked of every word.
    let mut first = text[pieces[0].range()].chars();
    let upper = first.next().is_some_and(char::is_uppercase);
    if first.next().is_some() {
        return 0;
    }
    let is_letter = |piece: &Piece| {
        let mut chars = text[piece.range()].chars();
        piece.class == Class::Word
            && chars.next().is_some_and(|c| c.is_alphabetic() && c.is_uppercase() == upper)
            && chars.next().is_none()
    };
    let mut letters = 0;
    while letters < MOST_LETTERS && pieces.get(2 * letters).is_some_and(is_letter) {
        letters += 1;
        if !pieces.get(2 * letters - 1).is_some_and(&separates) {
            break;
        }
    }
    letters
}

fn spelt(text: &str, pieces: &[Piece]) -> Unit {
    let letters: String =
        pieces.iter().filter(|piece| piece.class == Class::Word).map(|piece| &text[piece.range()]).collect();
    let term = term(&letters);
    Unit {
        pieces: pieces.len(),
        start: pieces[0].start,
        end: pieces[pieces.len() - 1].end,
        kind: Kind::Acronym,
        written: Some(term.clone()),
        term: Term::Fixed(term),
        also: None,
        rules: Rules::default().with(Rule::Acronym).with(Rule::Spelt),
    }
}

/// Names with a sign in them, at the head of `pieces`: `R&D`, `R & D`, `C++`, `C#`, `.NET`, `M@gistère`.
pub(crate) fn signed(text: &str, pieces: &[Piece]) -> Option<Unit> {
    let word = |at: usize| {
        pieces.get(at).filter(|piece| piece.class == Class::Word).map(|piece| &text[piece.range()]).unwrap_or_default()
    };
    let sign = |at: usize| match pieces.get(at) {
        Some(Piece { class: Class::Sign(sign), .. }) => Some(*sign),
        _ => None,
    };
    let is_space = |at: usize| matches!(pieces.get(at), Some(Piece { class: Class::Space, .. }));
    let is_letter = |word: &str| word.len() == 1 && word.is_ascii();
    let capitals = |word: &str| !word.is_empty() && word.len() <= 3 && word.chars().all(char::is_uppercase);
    let both = |left: &str, right: &str| is_letter(left) && is_letter(right) || capitals(left) && capitals(right);
    // An address goes on behind its dot: m@gistere.fr.
    let is_address = sign(3) == Some('.') && !word(4).is_empty();
    let (count, magistere) = match (sign(0), sign(1)) {
        (Some('.'), _) if word(1).eq_ignore_ascii_case("net") => (2, false),
        (None, Some('&')) if both(word(0), word(2)) => (3, false),
        (None, None)
            if is_space(1) && sign(2) == Some('&') && is_space(3) && is_letter(word(0)) && is_letter(word(4)) =>
        {
            (5, false)
        }
        (None, Some('+')) if is_letter(word(0)) && sign(2) == Some('+') => (3, false),
        (None, Some('#')) if is_letter(word(0)) => (2, false),
        (None, Some('@')) if is_letter(word(0)) && word(2).len() > 2 && !is_address => (3, true),
        _ => return None,
    };
    let (start, end) = (pieces[0].start, pieces[count - 1].end);
    let name = &text[start as usize..end as usize];
    let (kind, written, term) = if magistere {
        (Kind::Word, Some(name.replace('@', "a")), Term::Word)
    } else {
        let written = name.replace(' ', "").to_uppercase();
        (Kind::Acronym, Some(written.clone()), Term::Fixed(term(&written)))
    };
    Some(Unit {
        pieces: count,
        start,
        end,
        kind,
        written,
        term,
        also: None,
        rules: Rules::default().with(Rule::Acronym),
    })
}
