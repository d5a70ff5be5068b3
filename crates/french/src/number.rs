//! Brings numbers and ordinals to one form: `100 000`, `17 h`, `1er` and `premier`, `XXIe` and `21e`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{
    fold::fold,
    list::pairs,
    pieces::{Class, Piece},
    token::{Kind, Rule, Rules},
    unit::{Term, Unit},
};

pub(crate) const ORDINALS: &str = include_str!("../lists/ordinals.txt");

static ORDINAL: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| pairs(ORDINALS).collect());

/// The endings of ordinals, folded, and the only number that has them, where it is one; after digits any of them is read,
/// right or wrong.
const ENDINGS: [(&[&str], Option<u32>); 3] = [
    (&["e", "es", "eme", "emes", "ieme"], None),
    (&["er", "ers", "re", "res", "ere", "eres"], Some(1)),
    (&["d", "de", "ds", "nd", "nde"], Some(2)),
];

/// The number, time or ordinal in digits at the head of `pieces`, which begins with a digit.
pub(crate) fn digits(text: &str, pieces: &[Piece]) -> Unit {
    let word = |at: usize| {
        pieces.get(at).filter(|piece| piece.class == Class::Word).map(|piece| &text[piece.range()]).unwrap_or_default()
    };
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let class = |at: usize| pieces.get(at).map(|piece| piece.class);

    let mut count = 1;
    let mut form = String::from(word(0));
    if is_digits(&form) {
        while form.len() <= 3 || count > 1 {
            let thousands = class(count) == Some(Class::Space)
                && pieces[count].end == pieces[count].start + 1
                && word(count + 1).len() == 3
                && is_digits(word(count + 1))
                && word(0).len() <= 3;
            if !thousands {
                break;
            }
            form.push_str(word(count + 1));
            count += 2;
        }
        while let Some(Class::Sign(sign @ (',' | '.' | ':'))) = class(count)
            && is_digits(word(count + 1))
        {
            form.push(sign);
            form.push_str(word(count + 1));
            count += 2;
        }
        if class(count) == Some(Class::Space) && matches!(word(count + 1), "h" | "H") {
            form.push('h');
            count += 2;
            if class(count) == Some(Class::Space) && word(count + 1).len() == 2 && is_digits(word(count + 1)) {
                form.push_str(word(count + 1));
                count += 2;
            }
        }
    }
    let ordinal = ordinal_in_digits(&form);
    let joined = count > 1 || ordinal.is_some();
    let rules = if joined { Rules::default().with(Rule::Number) } else { Rules::default() };
    let term = ordinal.unwrap_or_else(|| fold(&form));
    let (start, end) = (pieces[0].start, pieces[count - 1].end);
    Unit {
        pieces: count,
        start,
        end,
        kind: Kind::Number,
        written: Some(form),
        term: Term::Fixed(term),
        also: None,
        rules,
    }
}

/// `1er`, `2nd`, `6ème` as `1e`, `2e`, `6e`.
fn ordinal_in_digits(word: &str) -> Option<String> {
    let suffix = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &word[..word.len() - suffix.len()];
    // 2D and 3D are dimensions, 2d is the second.
    let ending = fold(suffix);
    let is_ending = ENDINGS.iter().any(|(endings, _)| endings.contains(&ending.as_str()));
    let known = !suffix.contains(char::is_uppercase) && is_ending;
    (known && !number.is_empty()).then(|| format!("{number}e"))
}

/// The one form of an ordinal in words: `première` is `1e`.
pub(crate) fn ordinal_in_words(folded: &str) -> Option<&'static str> {
    ORDINAL.get(folded).copied()
}

/// `XXIe` as `21e`: a Roman numeral of I, V and X with the ending of an ordinal.
pub(crate) fn roman_ordinal(word: &str) -> Option<String> {
    let numeral = word.trim_end_matches(char::is_lowercase);
    let suffix = &word[numeral.len()..];
    if suffix.is_empty() || numeral.is_empty() {
        return None;
    }
    let (value, ending) = (roman_value(numeral)?, fold(suffix));
    // Each with its own: Vers and Vère are words.
    let is_ordinal = ENDINGS
        .iter()
        .any(|(endings, only)| endings.contains(&ending.as_str()) && only.is_none_or(|only| only == value));
    is_ordinal.then(|| format!("{value}e"))
}

/// `xxie` as `21e`: as [`roman_ordinal`], typed small, of three letters or more, for `vie` is a word.
pub(crate) fn small_roman_ordinal(word: &str) -> Option<String> {
    let numeral = word.trim_end_matches(['e', 'è', 'm']);
    let is_numeral = numeral.len() >= 3 && numeral.bytes().all(|byte| b"ivx".contains(&byte));
    is_numeral.then(|| roman_ordinal(&format!("{}{}", numeral.to_uppercase(), &word[numeral.len()..]))).flatten()
}

/// Whether a word in capitals is a Roman numeral rather than an acronym: two letters or more of I, V and X.
pub(crate) fn is_roman(word: &str) -> bool {
    word.len() >= 2 && roman_value(word).is_some()
}

/// The value of a numeral of I, V and X. Those with L, C, D and M look like acronyms (CD, CM, MIX) and are rarely met.
fn roman_value(numeral: &str) -> Option<u32> {
    const PARTS: [(&str, u32); 5] = [("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)];
    const MOST: [usize; 5] = [3, 1, 1, 1, 3];
    let mut rest = numeral;
    let mut value = 0;
    for ((part, worth), most) in PARTS.into_iter().zip(MOST) {
        let mut times = 0;
        while let Some(after) = rest.strip_prefix(part)
            && times < most
        {
            rest = after;
            value += worth;
            times += 1;
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}
