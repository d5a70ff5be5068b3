//! How persons are named: `Marie Dupuis`, `Jean-Noël d'Ormesson`, `Une élève`, `Voix off`.

pub(crate) fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || is_joint(c))
}

/// What may stand inside a name besides letters; accents, too, where they are characters of their own.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2011}' | '\'' | '’' | '.' | '\u{300}'..='\u{36F}')
}

pub(crate) const PARTICLES: [&str; 14] =
    ["de", "du", "des", "la", "le", "les", "van", "von", "der", "den", "ben", "el", "al", "y"];

/// `de`, or a name with its particle: `d'Ormesson`.
pub(crate) fn is_particle(word: &str) -> bool {
    let elided = word.strip_prefix("d'").or(word.strip_prefix("d’"));
    PARTICLES.contains(&word) || elided.is_some_and(is_name)
}

pub(crate) fn is_opener(word: &str) -> bool {
    is_listed(include_str!("../lists/openers.txt"), &word.to_lowercase().replace('’', "'"))
}

/// `Une élève`, `Le professeur`, `Narratrice`, `Voix off`, `élève en ULIS`: no one's name, but someone.
pub(crate) fn is_role(phrase: &str) -> bool {
    let lower = phrase.to_lowercase();
    let mut words = lower.split([' ', '\'', '’']).peekable();
    words.next_if(|word| ["un", "une", "le", "la", "l", "des", "les", "deux"].contains(word));
    let Some(role) = words.next() else {
        return false;
    };
    let role = role.replace("e\u{301}", "é");
    if !is_listed(include_str!("../lists/roles.txt"), &role) {
        return false;
    }
    let rest: Vec<&str> = words.collect();
    match rest[..] {
        [] | ["off"] => true,
        [first, ..] => ["en", "de", "du", "des", "d", "au", "à", "aux"].contains(&first) && !is_speech(&rest.join(" ")),
    }
}

/// Whether the words are rather spoken than someone's function.
pub(crate) fn is_speech(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    let imperative = (first.ends_with("ez") && first != "chez") || (first.ends_with("ons") && !first.ends_with("ions"));
    let list = include_str!("../lists/speech.txt");
    // A capital inside makes it a name: Université Paris-Est.
    let mut said = words.split(|c: char| !c.is_alphanumeric());
    imperative || is_listed(list, &first) || said.any(|word| is_listed(list, word))
}

/// Lists are short and labels few: looking through beats a table.
pub(crate) fn is_listed(list: &str, word: &str) -> bool {
    list.lines().any(|line| line == word)
}

pub(crate) fn capitalised(phrase: &str) -> String {
    let mut chars = phrase.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}
