//! Knows speech from writing: fillers and repeats take no place, sounds in brackets are not speech.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::{
    fold::fold,
    list::entries,
    pieces::{Class, Piece},
};

pub(crate) const FILLERS: &str = include_str!("../lists/fillers.txt");
pub(crate) const SOUNDS: &str = include_str!("../lists/sounds.txt");

static FILLER: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(FILLERS).collect());
static SOUND: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(SOUNDS).collect());

/// The most words in brackets that are read as a sound: `[musique de fond]`.
const MOST_WORDS: usize = 4;

/// Whether a folded word only fills the time until the next one.
pub(crate) fn is_filler(folded: &str) -> bool {
    FILLER.contains(folded)
}

/// How many pieces at the head of `pieces` are a sound, brackets included: `[Musique]`, `(rires)`; 0 where none is.
pub(crate) fn sound(text: &str, pieces: &[Piece]) -> usize {
    let close = match pieces[0].class {
        Class::Sign('[') => ']',
        Class::Sign('(') => ')',
        _ => return 0,
    };
    let within = 2 * MOST_WORDS;
    let Some(end) = pieces.iter().take(within + 1).position(|piece| piece.class == Class::Sign(close)) else {
        return 0;
    };
    let mut words = pieces[1..end].iter().filter(|piece| piece.class == Class::Word);
    let is_sound = words.next().is_some_and(|word| SOUND.contains(fold(&text[word.range()]).as_str()));
    // In parentheses stands prose too, so they hold the sound alone.
    let alone =
        pieces[1..end].iter().all(|piece| piece.class != Class::Sign(',')) && (close == ']' || words.count() == 0);
    if is_sound && alone { end + 1 } else { 0 }
}
