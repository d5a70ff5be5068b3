//! Labels: paragraphs that name who speaks next, and are not spoken themselves.

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
    let parts: Vec<&str> = names
        .split(" puis ")
        .map(|part| part.trim_end_matches(','))
        .collect();
    let persons: Option<Vec<String>> = parts
        .iter()
        .map(|part| person(part, parts.len() > 1))
        .collect();
    Some(Label {
        on_screen: on_screen.trim_end().to_owned(),
        persons: persons?,
    })
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
    let abbreviated = |part: &str| {
        part.chars().count() == 1
            || ["dr", "pr", "mr", "st", "ste"].contains(&&*part.to_lowercase())
    };
    match word.strip_suffix('.') {
        Some(stem) => !stem
            .split(['-', '.'])
            .filter(|part| !part.is_empty())
            .all(abbreviated),
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

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || is_joint(c))
}

/// What may stand inside a name besides letters; accents, too, where they are characters of their own.
fn is_joint(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2011}' | '\'' | '’' | '.' | '\u{300}'..='\u{36F}'
    )
}

const PARTICLES: [&str; 14] = [
    "de", "du", "des", "la", "le", "les", "van", "von", "der", "den", "ben", "el", "al", "y",
];

/// `de`, or a name with its particle: `d'Ormesson`.
fn is_particle(word: &str) -> bool {
    let elided = word.strip_prefix("d'").or(word.strip_prefix("d’"));
    PARTICLES.contains(&word) || elided.is_some_and(is_name)
}

fn is_opener(word: &str) -> bool {
    is_listed(
        include_str!("../../lists/openers.txt"),
        &word.to_lowercase().replace('’', "'"),
    )
}

/// `Une élève`, `Le professeur`, `Narratrice`, `Voix off`, `élève en ULIS`: no one's name, but someone.
fn is_role(phrase: &str) -> bool {
    let lower = phrase.to_lowercase();
    let mut words = lower.split([' ', '\'', '’']).peekable();
    words.next_if(|word| ["un", "une", "le", "la", "l", "des", "les", "deux"].contains(word));
    let Some(role) = words.next() else {
        return false;
    };
    let role = role.replace("e\u{301}", "é");
    if !is_listed(include_str!("../../lists/roles.txt"), &role) {
        return false;
    }
    let rest: Vec<&str> = words.collect();
    match rest[..] {
        [] | ["off"] => true,
        [first, ..] => {
            ["en", "de", "du", "des", "d", "au", "à", "aux"].contains(&first)
                && !is_speech(&rest.join(" "))
        }
    }
}

/// Whether the words are rather spoken than someone's function.
fn is_speech(words: &str) -> bool {
    let first = words
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let imperative = (first.ends_with("ez") && first != "chez")
        || (first.ends_with("ons") && !first.ends_with("ions"));
    let list = include_str!("../../lists/speech.txt");
    // A capital inside makes it a name: Université Paris-Est.
    let mut said = words.split(|c: char| !c.is_alphanumeric());
    imperative || is_listed(list, &first) || said.any(|word| is_listed(list, word))
}

/// Lists are short and labels few: looking through beats a table.
fn is_listed(list: &str, word: &str) -> bool {
    list.lines().any(|line| line == word)
}

fn capitalised(phrase: &str) -> String {
    let mut chars = phrase.chars();
    let first = chars
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    first + chars.as_str()
}
