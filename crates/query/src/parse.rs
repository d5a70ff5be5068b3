//! Reads what was typed. It never fails: a search box must not answer with a syntax error.

use crate::{
    ast::{Clause, Query},
    facet::Facet,
    limits::{MAX_CHARS, MAX_WORDS},
    note::Note,
};

/// Quotation marks that open a phrase, and those that close it.
const OPENING: [char; 5] = ['"', '«', '“', '”', '„'];
const CLOSING: [char; 5] = ['"', '»', '”', '“', '‟'];

/// The query, and what the person who typed it might want to know about how it was read.
pub fn parse(text: &str) -> (Query, Vec<Note>) {
    let mut notes = Vec::new();
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    if end < text.len() {
        notes.push(Note::TooLong(MAX_CHARS));
    }
    let mut rest = text[..end].trim_start();
    let mut query = Query::default();
    while !rest.is_empty() {
        if query.clauses.len() == MAX_WORDS {
            notes.push(Note::TooManyWords(MAX_WORDS));
            break;
        }
        let (clause, after) = clause(rest, &mut notes);
        query.clauses.extend(clause);
        rest = after.trim_start();
    }
    (query, notes)
}

/// The clause at the head of `text`, and what follows it.
fn clause<'t>(text: &'t str, notes: &mut Vec<Note>) -> (Option<Clause>, &'t str) {
    if let Some((phrase, after)) = quoted(text, notes) {
        return (clean(phrase).map(Clause::Phrase), after);
    }
    // A mark that closes nothing is no part of a word.
    if let Some(after) = text.strip_prefix(CLOSING) {
        return (None, after);
    }
    if let Some(negated) = text.strip_prefix('-').filter(|rest| !rest.starts_with(char::is_whitespace)) {
        let (what, after) = quoted(negated, notes).unwrap_or_else(|| word(negated));
        return (clean(what).filter(|what| what.contains(char::is_alphanumeric)).map(Clause::Not), after);
    }
    if let Some((facet, value)) = filter(text) {
        let (what, after) = quoted(value, notes).unwrap_or_else(|| word(value));
        return (clean(what).map(|what| Clause::Filter(facet, what)), after);
    }
    let (typed, after) = word(text);
    let prefix = typed.strip_suffix('*').filter(|prefix| prefix.contains(char::is_alphanumeric));
    let clause = match prefix {
        Some(prefix) => clean(prefix).map(Clause::Prefix),
        None => clean(typed).filter(|typed| typed.contains(char::is_alphanumeric)).map(Clause::Word),
    };
    (clause, after)
}

/// What stands between quotation marks at the head of `text`, and what follows. A mark that is not closed runs to the
/// end: the phrase may still be being typed.
fn quoted<'t>(text: &'t str, notes: &mut Vec<Note>) -> Option<(&'t str, &'t str)> {
    let inside = text.strip_prefix(OPENING)?;
    match inside.split_once(CLOSING) {
        Some((phrase, after)) => Some((phrase, after)),
        None => {
            notes.push(Note::OpenQuotation);
            Some((inside, ""))
        }
    }
}

/// The text up to white space or a quotation mark, and what follows.
fn word(text: &str) -> (&str, &str) {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = text[first..].find(|c: char| c.is_whitespace() || OPENING.contains(&c) || CLOSING.contains(&c));
    text.split_at(end.map_or(text.len(), |end| first + end))
}

/// The facet whose key and colon stand at the head of `text`, and its value with what follows.
fn filter(text: &str) -> Option<(Facet, &str)> {
    let (key, value) = text.split_once(':')?;
    let facet = Facet::ALL.into_iter().find(|facet| facet.to_string().eq_ignore_ascii_case(key))?;
    (!value.starts_with(char::is_whitespace)).then_some((facet, value))
}

/// Folds white space; `None` where nothing is left.
fn clean(text: &str) -> Option<String> {
    let cleaned = text
        .chars()
        .filter(|c| !OPENING.contains(c) && !CLOSING.contains(c))
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    (!cleaned.is_empty()).then_some(cleaned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parse;

    #[test]
    fn what_was_typed_is_understood() {
        // (typed, understood, how many notes)
        let rows = [
            ("GAR", "GAR", 0),
            ("  classe   inversée ", "classe inversée", 0),
            ("\"classe inversée\"", "\"classe inversée\"", 0),
            ("« classe inversée »", "\"classe inversée\"", 0),
            ("“classe inversée” ENT", "\"classe inversée\" ENT", 0),
            ("\"classe inv", "\"classe inv\"", 1),
            ("\"\" ENT", "ENT", 0),
            ("ENT -GAR", "ENT -\"GAR\"", 0),
            ("ENT -\"le GAR\"", "ENT -\"le GAR\"", 0),
            ("ENT - GAR", "ENT GAR", 0),
            ("visio-conférence", "visio-conférence", 0),
            ("area:\"Domaine 1\" ENT", "area:\"Domaine 1\" ENT", 0),
            ("AREA:Webinaires", "area:\"Webinaires\"", 0),
            ("area: ENT", "area: ENT", 0),
            ("speaker:\"Marie Dupuis\" ENT", "speaker:\"Marie Dupuis\" ENT", 0),
            ("Speaker:Dupuis", "speaker:\"Dupuis\"", 0),
            ("speakers:Dupuis", "speakers:Dupuis", 0),
            ("cyberharc*", "cyberharc*", 0),
            ("*", "", 0),
            ("l’ENT?", "l’ENT?", 0),
            ("dire\"bonjour\"", "dire \"bonjour\"", 0),
            ("ENT» -GAR", "ENT -\"GAR\"", 0),
            ("«\"»-a", "-\"a\"", 0),
            ("--- + ! OR", "OR", 0),
            ("", "", 0),
        ];
        for (typed, understood, notes) in rows {
            let (query, found) = parse(typed);
            assert_eq!((query.to_string().as_str(), found.len()), (understood, notes), "{typed}");
        }
    }

    #[test]
    fn long_queries_are_cut() {
        let (query, notes) = parse(&"mot ".repeat(500));
        assert_eq!((query.clauses.len(), notes.len()), (64, 2));
    }

    proptest! {
        #[test]
        fn what_is_understood_is_understood_again(typed in "[a-zé\"«»“”*:’ .-]{0,40}|\\PC{0,40}") {
            let (query, _) = parse(&typed);
            prop_assert_eq!(parse(&query.to_string()).0, query);
        }
    }
}
