//! Labels: paragraphs that name who speaks next, and are not spoken themselves.

use crate::person::{PARTICLES, capitalised, is_name, is_opener, is_particle, is_role, is_speech};

/// A paragraph that announces who speaks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Titles shown on the screen, in quotes before the names: text, but no one's words.
    pub(super) on_screen: String,
    /// Who speaks in the next turn, in the turn after it, and so on.
    pub(super) persons: Vec<String>,
}

/// A longer paragraph is no label.
const MAX_WORDS: usize = 25;

/// Reads «Prénom Nom, fonction, organisme.», «Une élève.» or «Alice, puis Le professeur.».
///
/// Taking speech for a label would hide it from the search, so in doubt it is none: no word of
/// speech may occur, no question, no second sentence. Ask only before a turn.
pub(super) fn read(paragraph: &str) -> Option<Label> {
    let (on_screen, names) = after_quotes(paragraph);
    let names = names.trim_end_matches(['.', ':', ' ', '\u{A0}', '\u{202F}']);
    let plausible = names.split_whitespace().count() <= MAX_WORDS
        && !names.contains(['?', '!', ';', '…'])
        && !names.split_whitespace().any(ends_clause);
    if !plausible {
        return None;
    }
    let parts: Vec<&str> = names.split(" puis ").map(|part| part.trim_end_matches(',')).collect();
    let persons: Option<Vec<String>> = parts.iter().map(|part| person(part, parts.len() > 1)).collect();
    Some(Label { on_screen: on_screen.trim_end().to_owned(), persons: persons? })
}

/// `"Titre" "Sous-titre" Nom` in two: the strings in quotes, and what follows them.
fn after_quotes(paragraph: &str) -> (&str, &str) {
    let mut rest = paragraph;
    loop {
        let close = match rest.chars().next() {
            Some('"') => '"',
            Some('«') => '»',
            Some('“') => '”',
            _ => break,
        };
        let quoted = rest.char_indices().skip(1).find(|&(_, c)| c == close);
        let Some((at, _)) = quoted else { break };
        let after = &rest[at + close.len_utf8()..];
        if !after.starts_with(char::is_whitespace) {
            break;
        }
        rest = after.trim_start();
    }
    paragraph.split_at(paragraph.len() - rest.len())
}

/// Whether a word ends with a full stop or colon that is not an abbreviation's: `J.`, `J.-P.`, `Dr.`.
fn ends_clause(word: &str) -> bool {
    let abbreviated =
        |part: &str| part.chars().count() == 1 || ["dr", "pr", "mr", "st", "ste"].contains(&&*part.to_lowercase());
    match word.strip_suffix('.') {
        Some(stem) => !stem.split(['-', '.']).filter(|part| !part.is_empty()).all(abbreviated),
        None => word.ends_with(':'),
    }
}

/// The name in `Prénom Nom, fonction`; a first name alone needs company or a role.
fn person(part: &str, in_company: bool) -> Option<String> {
    let (head, function) = match part.split_once(',') {
        Some((head, function)) => (head.trim(), Some(function.trim())),
        None => (part.trim(), None),
    };
    if function.is_some_and(|function| function.is_empty() || is_speech(function)) {
        return None;
    }
    if is_role(head) {
        return Some(capitalised(head));
    }
    let words: Vec<&str> = head.split_whitespace().collect();
    let known_by_role = function.is_some_and(is_role);
    let named = match words[..] {
        [first] => (in_company || known_by_role) && is_name(first) && !is_opener(first),
        [first, .., last] => {
            words.len() <= 5
                && is_name(first)
                && !is_opener(first)
                && !PARTICLES.contains(&last)
                && words.iter().all(|word| is_name(word) || is_particle(word))
        }
        [] => false,
    };
    named.then(|| head.to_owned())
}
