//! Joins words that are written in two or in one: `visio-conférence`, `visio conférence`, `visioconférence`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::{
    fold::folded,
    list::entries,
    pieces::{Class, Piece},
    stop::is_stop_word,
    token::{Kind, Rule, Rules},
    unit::{Term, Unit},
};

pub(crate) const PREFIXES: &str = include_str!("../lists/prefixes.txt");
pub(crate) const COMPOUNDS: &str = include_str!("../lists/compounds.txt");

static PREFIX: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(PREFIXES).collect());
static COMPOUND: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(COMPOUNDS).collect());
static COMPOUND_HEAD: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| entries(COMPOUNDS).filter_map(|pair| pair.split(' ').next()).collect());

/// The compound at the head of `pieces`, which begins with a word.
pub(crate) fn compound(text: &str, pieces: &[Piece]) -> Option<Unit> {
    let [left, between, right, ..] = pieces else {
        return None;
    };
    let hyphen = between.class == Class::Sign('-');
    if right.class != Class::Word || right.elided || !(hyphen || between.class == Class::Space) {
        return None;
    }
    let (first, second) = (&text[left.range()], &text[right.range()]);
    // This runs for every word: a look at the first of two, mostly without a copy, before one at both.
    let head = folded(first);
    // In sur-le-champ and contre-la-montre nothing is glued.
    let is_prefix = hyphen && PREFIX.contains(&*head) && !is_stop_word(second);
    let is_listed =
        || COMPOUND_HEAD.contains(&*head) && COMPOUND.contains(format!("{head} {}", folded(second)).as_str());
    if !is_prefix && !is_listed() || second.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(Unit {
        pieces: 3,
        start: left.start,
        end: right.end,
        kind: Kind::Word,
        written: Some([first, second].concat()),
        term: Term::Word,
        also: None,
        rules: Rules::default().with(Rule::Compound),
    })
}

/// Whether a word may begin a compound that is written with a space.
pub(crate) fn is_head(word: &str) -> bool {
    COMPOUND_HEAD.contains(&*folded(word))
}

/// `c'est-à-dire` at the head of `pieces`, which begins with its `est`: one word that says nothing, and no form of dire.
pub(crate) fn that_is(text: &str, pieces: &[Piece]) -> Option<Unit> {
    let [est, first, a, second, dire, ..] = pieces else { return None };
    let is_between = |piece: &Piece| matches!(piece.class, Class::Space | Class::Sign('-'));
    let words = [est, a, dire].map(|piece| folded(&text[piece.range()]));
    let before = text[..est.start as usize].strip_suffix(['\''])?;
    let clitic = u32::try_from(before.strip_suffix(['c', 'C'])?.len()).ok()?;
    let is_it = est.elided && is_between(first) && is_between(second) && words == [EST, "a", "dire"];
    is_it.then(|| Unit {
        pieces: 5,
        start: clitic,
        end: dire.end,
        kind: Kind::Word,
        written: Some(THAT_IS.to_owned()),
        term: Term::Word,
        also: None,
        rules: Rules::default().with(Rule::Compound),
    })
}

/// The verb of `c'est-à-dire`, folded.
pub(crate) const EST: &str = "est";

/// How `c'est-à-dire` is looked up.
const THAT_IS: &str = "cestàdire";

/// Whether `pieces[at]` is the `t` of `a-t-on`, which stands for nothing.
pub(crate) fn is_euphonic(text: &str, pieces: &[Piece], at: usize) -> bool {
    let is_hyphen = |piece: Option<&Piece>| piece.is_some_and(|piece| piece.class == Class::Sign('-'));
    text[pieces[at].range()].eq_ignore_ascii_case("t")
        && is_hyphen(at.checked_sub(1).and_then(|before| pieces.get(before)))
        && is_hyphen(pieces.get(at + 1))
}
