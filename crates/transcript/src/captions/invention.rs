//! What a speech recogniser writes when nothing is said, left out.

use std::sync::LazyLock;

use super::Caption;
use super::oddities::Oddities;
use crate::{sentence, text};

/// A longer caption is no invention; they come alone, if repeated.
const MAX_LENGTH: usize = 400;

/// Silence around a phrase, in milliseconds, that makes it doubtful.
const SILENCE: u32 = 2_000;

/// Whether a paragraph of a written transcript is, whole, what no one says.
pub(crate) fn is_invention(text: &str) -> bool {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(Phrases::read);
    let text = text.trim();
    text.len() <= MAX_LENGTH && may_begin(text) && PHRASES.phrase(text) == Kind::Invention
}

/// Captions without those that were invented, which are reported.
pub(super) fn without<'a>(captions: Vec<Caption<'a>>, oddities: &mut Oddities) -> Vec<Caption<'a>> {
    let phrases = Phrases::read();
    let kinds: Vec<Kind> = captions.iter().map(|caption| phrases.kind(caption)).collect();
    if kinds.iter().all(|kind| *kind == Kind::Speech) {
        return captions;
    }
    let said = |kind: &Kind| *kind == Kind::Speech;
    let end = kinds.iter().rposition(said).map_or(0, |last| last + 1);
    let alone = |at: usize| {
        let before = at.checked_sub(1).map_or(0, |before| captions[before].said_by());
        let next = captions.get(at + 1).map_or(u32::MAX, |next| next.time.start_ms);
        let time = captions[at].time;
        time.start_ms.saturating_sub(before) >= SILENCE && next.saturating_sub(captions[at].said_by()) >= SILENCE
    };
    let invented: Vec<bool> = kinds
        .iter()
        .enumerate()
        .map(|(at, kind)| match kind {
            Kind::Speech => false,
            Kind::Invention => true,
            Kind::Farewell => at >= end || alone(at),
        })
        .collect();
    let (mut kept, mut left_out) = (Vec::with_capacity(captions.len()), 0);
    for (caption, invented) in captions.into_iter().zip(invented) {
        if invented {
            left_out += 1;
            let said = text::fold(&caption.text);
            oddities.add(caption.line, || format!("“{said}” is what recognisers write over silence; left out"));
        } else {
            kept.push(caption);
        }
    }
    if kept.is_empty() && left_out > 0 {
        oddities.explains_silence();
    }
    kept
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Speech,
    /// What no one says.
    Invention,
    /// What people say at an end, and recognisers at any.
    Farewell,
}

struct Phrases {
    phrases: Vec<(String, Kind)>,
}

impl Phrases {
    fn read() -> Phrases {
        let listed = |list: &'static str, kind: Kind| {
            let phrases = list.lines().filter(|line| !line.starts_with('#'));
            phrases.map(move |line| (letters(line), kind))
        };
        let inventions = listed(include_str!("../../lists/inventions.txt"), Kind::Invention);
        let farewells = listed(include_str!("../../lists/farewells.txt"), Kind::Farewell);
        Phrases { phrases: inventions.chain(farewells).collect() }
    }

    fn kind(&self, caption: &Caption<'_>) -> Kind {
        let text = caption.text.trim();
        if text.len() > MAX_LENGTH || !may_begin(text) {
            return Kind::Speech;
        }
        let whole = self.phrase(text);
        if whole != Kind::Speech {
            return whole;
        }
        // Often it is repeated.
        let folded = text::fold(text);
        let mut kinds = sentence::sentences(&folded).map(|sentence| self.phrase(&folded[sentence.range]));
        let first = kinds.next().unwrap_or(Kind::Speech);
        kinds.fold(first, |all, kind| if all == kind { all } else { Kind::Speech })
    }

    fn phrase(&self, text: &str) -> Kind {
        let letters = letters(text);
        self.phrases.iter().find(|(phrase, _)| *phrase == letters).map_or(Kind::Speech, |(_, kind)| *kind)
    }
}

/// Letters and digits alone, so that neither case nor punctuation matters.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether the first letters are some phrase's, so that most captions need not be looked at.
fn may_begin(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begin = text.as_bytes().get(..4).unwrap_or_default();
    BEGINS.iter().any(|phrase| begin.eq_ignore_ascii_case(phrase.as_bytes()))
}

/// How the phrases of both lists begin.
const BEGINS: [&str; 6] = ["sous", "par ", "subt", "tran", "merc", "than"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_phrase_begins_otherwise() {
        let lists = [include_str!("../../lists/inventions.txt"), include_str!("../../lists/farewells.txt")];
        for phrase in lists.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')) {
            assert!(may_begin(phrase), "{phrase}");
        }
    }
}
