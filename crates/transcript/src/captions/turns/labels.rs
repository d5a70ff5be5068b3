//! Labels: names before a colon, `MARIE :`, `Paul Roy:`, `Une élève :`, told from other words there.

use std::collections::HashMap;

use super::Caption;
use crate::person::{PARTICLES, capitalised, is_listed, is_name, is_opener, is_particle, is_role};
use crate::turn::DASHES;

/// A label is shorter, in bytes.
const MAX_LENGTH: usize = 60;

/// The names that are labels in one file.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// As written before the colon -> as shown.
    names: HashMap<String, String>,
    /// Each caption has one, so that one without is someone else's.
    each: bool,
}

/// How sure a name is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `Une élève`, `Intervenant 2`: alone.
    Role,
    /// `MARIE DUPUIS`: alone.
    FullCapitals,
    /// `MARIE`, `Marie Dupuis`: if there is another label.
    Likely,
    /// `Marie`, `GAR`: if it comes again.
    Doubtful,
}

impl Labels {
    /// Taking a word of the talk for a label would hide it from the search, so names are weighed over the whole file.
    pub(super) fn of(captions: &[Caption<'_>]) -> Labels {
        let mut counts: HashMap<&str, (Option<Kind>, usize)> = HashMap::new();
        let (mut all, mut again) = (0, 0);
        let mut last = (usize::MAX, "");
        for (at, caption) in captions.iter().enumerate() {
            if !caption.text.as_bytes().contains(&b':') {
                continue;
            }
            for line in caption.lines() {
                let line = line.trim_start_matches('>').trim_start_matches(DASHES).trim_start();
                let Some((name, _)) = split(line) else { continue };
                let (kind, count) = counts.entry(name).or_insert_with(|| (kind(name), 0));
                *count += 1;
                if kind.is_some() {
                    all += 1;
                    again += usize::from(at > 0 && last == (at - 1, name));
                    last = (at, name);
                }
            }
        }
        let sure = |kind: Option<Kind>, count: usize| match kind {
            None => false,
            Some(Kind::Role | Kind::FullCapitals) => true,
            Some(Kind::Likely) => all > 1,
            Some(Kind::Doubtful) => count > 1,
        };
        let names = counts.into_iter().filter(|(_, (kind, count))| sure(*kind, *count));
        Labels { names: names.map(|(name, _)| (name.to_owned(), shown(name))).collect(), each: again * 2 >= all }
    }

    pub(super) fn are_none(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a label holds for the captions after it.
    pub(super) fn hold(&self) -> bool {
        !self.each
    }

    /// The name a line begins with, and what is said.
    pub(super) fn read<'l>(&self, line: &'l str) -> Option<(String, &'l str)> {
        let (name, said) = split(line)?;
        Some((self.names.get(name)?.clone(), said))
    }
}

/// `MARIE (hors champ) : Oui.` in `MARIE` and `Oui.`.
fn split(line: &str) -> Option<(&str, &str)> {
    let at = line.bytes().take(MAX_LENGTH).position(|byte| byte == b':')?;
    let said = &line[at + 1..];
    if !(said.is_empty() || said.starts_with(char::is_whitespace)) {
        return None;
    }
    let name = line[..at].trim_end();
    let name = name.strip_suffix(')').and_then(|name| name.split_once('(')).map_or(name, |(name, _)| name);
    Some((name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']')), said.trim_start()))
}

fn kind(name: &str) -> Option<Kind> {
    let words: Vec<&str> = name.split_whitespace().collect();
    if !name.starts_with(char::is_uppercase) || words.len() > 4 {
        return None;
    }
    if is_role(name) || is_numbered(name) {
        return Some(Kind::Role);
    }
    let (first, last) = (*words.first()?, *words.last()?);
    let lower = first.to_lowercase();
    let named = words.iter().all(|word| is_name(word) || is_particle(word)) && !PARTICLES.contains(&last);
    let speaks = |word: &&str| is_listed(include_str!("../../../lists/speech.txt"), &word.to_lowercase());
    if !named
        || words[1..].iter().any(speaks)
        || is_opener(first)
        || is_listed(include_str!("../../../lists/not_names.txt"), &lower)
    {
        return None;
    }
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let vowels = letters().any(|c| "AEIOUYaeiouy".contains(c) || !c.is_ascii());
    let capitals = letters().all(char::is_uppercase) && letters().count() > 2;
    match (capitals, words.len()) {
        _ if !vowels => None,
        (true, 2..) => Some(Kind::FullCapitals),
        (true, _) if letters().count() > 3 || !name.is_ascii() => Some(Kind::Likely),
        (false, 2..) => Some(Kind::Likely),
        _ => Some(Kind::Doubtful),
    }
}

/// `Intervenante 2`, `SPEAKER_00`, `Voix 1`.
fn is_numbered(name: &str) -> bool {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let word = word.trim_end_matches([' ', '_', '\u{A0}']).to_lowercase();
    let someone = ["speaker", "locuteur", "locutrice", "participant", "participante", "personne", "homme", "femme"];
    name.ends_with(|c: char| c.is_ascii_digit()) && (someone.contains(&&*word) || is_role(&word))
}

/// Capitals are for the label's sake: `JEAN-PAUL DE LA TOUR` is `Jean-Paul de la Tour`.
fn shown(name: &str) -> String {
    let shouted = !name.chars().any(|c| c.is_lowercase() || c.is_ascii_digit());
    if !shouted {
        return name.to_owned();
    }
    let word = |word: &str| {
        let lower = word.to_lowercase();
        if PARTICLES.contains(&&*lower) {
            return lower;
        }
        lower.split('-').map(|part| elided(part).unwrap_or_else(|| capitalised(part))).collect::<Vec<_>>().join("-")
    };
    capitalised(&name.split_whitespace().map(word).collect::<Vec<_>>().join(" "))
}

/// `d'ormesson` is `d'Ormesson`.
fn elided(part: &str) -> Option<String> {
    let rest = part.strip_prefix("d'").or(part.strip_prefix("d’"))?;
    Some(part[..part.len() - rest.len()].to_owned() + &capitalised(rest))
}
