//! Finds the letters of an acronym in the words of its expansion, at the least cost.

use std::ops::Range;

use super::{
    short::Letter,
    words::{Gap, Role, Words},
};

/// What it costs that a content word gives no letter.
const SKIPPED: u32 = 8;
/// What it costs that a letter comes from inside a word, not in one run with its first letter: `DANE`, numériquE.
const INNER: u32 = 10;
/// What it costs that a letter follows the first of its word: SCOlaire; a small letter asks for it: `GTnum`.
const FOLLOWING: u32 = 2;
const FOLLOWING_SMALL: u32 = 1;
/// What it costs that a stop word gives a letter.
const STOP: u32 = 1;
/// What a comma inside the expansion costs.
const COMMA: u32 = 3;

/// Letters further inside a word than this are not looked at.
const WORD_DEPTH: usize = 24;

/// An expansion that gives all letters of an acronym.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) cost: u32,
    pub(super) first: usize,
    pub(super) last: usize,
    /// Letters at the beginning of a word.
    pub(super) initials: usize,
    /// Letters in one run with the first letter of their word.
    pub(super) following: usize,
    /// Letters from anywhere else inside a word.
    pub(super) inner: usize,
    /// Those of them that are not from the last word.
    pub(super) inner_before_last: usize,
    /// Content words that give no letter.
    pub(super) skipped: usize,
    pub(super) commas: usize,
    /// Content words of three letters or more that give one.
    pub(super) giving: usize,
}

/// The best expansion of `letters` in `range`, as judged by `accept`: it begins with the range's first word if `start`
/// says so, and ends with its last word if `end` does.
pub(super) fn align(
    words: &Words<'_>,
    range: Range<usize>,
    letters: &[Letter],
    start: bool,
    end: bool,
    accept: impl Fn(&Fit) -> bool,
) -> Option<Fit> {
    let mut best: Option<Fit> = None;
    let mut open: Vec<Option<Fit>> = vec![None; letters.len() + 1];
    for at in range.clone() {
        if at > range.start {
            cross(words.gaps[at], &mut open);
        }
        let word = &words.words[at];
        if word.role() == Role::Break {
            open.fill(None);
            continue;
        }
        let mut next: Vec<Option<Fit>> = open.iter().map(|fit| fit.map(|fit| skip(fit, word.role()))).collect();
        for given in 0..letters.len() {
            let fit = match open[given] {
                Some(fit) => fit,
                None if given == 0 && word.role() == Role::Content && (!start || at == range.start) => {
                    Fit { first: at, ..Fit::default() }
                }
                None => continue,
            };
            take(words, at, fit, &letters[given..], |count, fit| {
                if given + count < letters.len() {
                    keep(&mut next[given + count], fit);
                } else if word.role() == Role::Content && (!end || at + 1 == range.end) && accept(&fit) {
                    let better = best.is_none_or(|best| fit.cost < best.cost || end && fit.cost == best.cost);
                    best = if better { Some(fit) } else { best };
                }
            });
        }
        open = next;
    }
    best
}

/// Whether an expansion of `letters` may begin with a word.
pub(super) fn may_begin(words: &Words<'_>, at: usize, letters: &[Letter]) -> bool {
    letters.first().is_some_and(|first| initial(words.words[at].folded(), first.folded).is_some())
}

/// Whether an expansion of `letters` may end with a word, which then holds the last of them.
pub(super) fn may_end(words: &Words<'_>, at: usize, letters: &[Letter]) -> bool {
    let word = words.words[at].folded();
    letters.last().is_some_and(|last| word.contains(last.folded) || initial(word, last.folded).is_some())
}

fn cross(gap: Gap, open: &mut [Option<Fit>]) {
    if gap.parts() {
        open.fill(None);
    } else if gap.has(Gap::COMMA) {
        for fit in open.iter_mut().flatten() {
            fit.commas += 1;
            fit.cost += COMMA;
        }
    }
}

fn skip(fit: Fit, role: Role) -> Fit {
    let skipped = usize::from(role == Role::Content);
    Fit { skipped: fit.skipped + skipped, cost: fit.cost + SKIPPED * skipped as u32, ..fit }
}

/// Keeps the cheaper of two beginnings; of two that cost the same, the later and shorter.
fn keep(place: &mut Option<Fit>, fit: Fit) {
    if place.is_none_or(|kept| fit.cost < kept.cost || fit.cost == kept.cost && fit.first > kept.first) {
        *place = Some(fit);
    }
}

/// Gives `letters` from word `at`: its first letter, then ever more from inside it. Tells each number of letters given.
fn take(words: &Words<'_>, at: usize, mut fit: Fit, letters: &[Letter], mut told: impl FnMut(usize, Fit)) {
    let word = &words.words[at];
    let Some(mut position) = initial(word.folded(), letters[0].folded) else { return };
    fit.last = at;
    fit.initials += 1;
    fit.inner_before_last = fit.inner;
    match word.role() {
        Role::Stop => fit.cost += STOP,
        _ => fit.giving += usize::from(word.folded().chars().nth(2).is_some()),
    }
    told(1, fit);
    if word.role() == Role::Stop {
        return;
    }
    let mut run = true;
    for (count, letter) in letters.iter().enumerate().skip(1) {
        let inside = word.folded().chars().enumerate().take(WORD_DEPTH).skip(position + 1);
        let Some((found, _)) = inside.into_iter().find(|(_, c)| *c == letter.folded) else { return };
        run &= found == position + 1;
        position = found;
        if is_capital(words.written(at), found) && !is_capital(words.written(at), 1) {
            fit.initials += 1;
        } else if run {
            fit.following += 1;
            fit.cost += if letter.small { FOLLOWING_SMALL } else { FOLLOWING };
        } else {
            fit.inner += 1;
            fit.cost += INNER;
        }
        told(count + 1, fit);
    }
}

/// Where in a word the letter stands that begins it: an `x` may come after an `e` (`XML`, extensible).
fn initial(word: &str, letter: char) -> Option<usize> {
    const NUMBERS: [&str; 6] = ["premi", "deux", "trois", "quatr", "cinq", "six"];
    if word.starts_with(letter) {
        return Some(0);
    }
    let number = letter.to_digit(10).and_then(|digit| NUMBERS.get((digit as usize).wrapping_sub(1)));
    if number.is_some_and(|number| word.starts_with(number)) {
        return Some(0);
    }
    (letter == 'x' && word.starts_with("ex")).then_some(1)
}

/// Whether a letter inside `written` is a capital, as in `HyperText`.
fn is_capital(written: &str, position: usize) -> bool {
    written.chars().nth(position).is_some_and(char::is_uppercase)
}
