//! Where sentences end, well enough to cut paragraphs and passages there.

use std::ops::Range;

/// Words with a full stop that is not a sentence's; single letters (`J.`, `M.`) are none either.
const ABBREVIATIONS: [&str; 14] =
    ["mme", "mlle", "mm", "mr", "dr", "pr", "me", "st", "ste", "cf", "ex", "art", "fig", "vol"];

/// A sentence of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the text: bytes, on character boundaries.
    pub range: Range<usize>,
    /// Whether its end is in the text.
    pub is_complete: bool,
}

/// The sentences of a text on one line. Together they are the text, but for the spaces between two.
pub fn sentences(text: &str) -> impl Iterator<Item = Sentence> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = &text[start..];
        if rest.is_empty() {
            return None;
        }
        let (length, is_complete) = end(rest);
        let range = start..start + length;
        start = text.len() - rest[length..].trim_start_matches(' ').len();
        Some(Sentence { range, is_complete })
    })
}

/// Where the first sentence ends, and whether it does so by a full stop or its like.
fn end(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| may_end(*byte)) {
        let stop = at + found;
        let after = past_stops(text, stop);
        if after == stop {
            at = stop + 1; // a character that begins like `…`
            continue;
        }
        let end = past_closers(text, after);
        if end == text.len() {
            return (end, !(bytes[stop] == b'.' && after == stop + 1 && is_abbreviated(&text[..stop])));
        }
        let next = text[end..].strip_prefix(' ').and_then(|next| next.chars().next());
        if next.is_some_and(begins_sentence)
            && !(bytes[stop] == b'.' && after == stop + 1 && is_abbreviated(&text[..stop]))
        {
            return (end, true);
        }
        at = end.max(stop + 1);
    }
    (text.len(), false)
}

fn may_end(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | 0xE2)
}

/// The end of the run of full stops and their like that begins at `at`, where there is one.
fn past_stops(text: &str, at: usize) -> usize {
    // Only a byte that begins a character was found.
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches(['.', '!', '?', '…']).len()
}

/// Past quotes and brackets that close, and the spaces that French puts before them.
fn past_closers(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let tight = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
        // `? !` and `. »`: a space may stand before what belongs to the sentence.
        let spaced = tight.starts_with(['»', '!', '?']);
        let next = if spaced { tight } else { rest };
        let closer = next.chars().next().filter(|c| "\"»”’')]!?".contains(*c));
        match closer {
            Some(c) => at = text.len() - next.len() + c.len_utf8(),
            None => return at,
        }
    }
}

fn begins_sentence(c: char) -> bool {
    !c.is_lowercase()
}

fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit([' ', '\'', '’', '(', '-', '\u{A0}']).next().unwrap_or_default();
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    single || (word.len() <= 4 && ABBREVIATIONS.contains(&&*word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = sentences(text)
            .map(|Sentence { range, is_complete }| format!("{}{}", &text[range], if is_complete { "" } else { "|" }))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        check("Bonjour. Voici le GAR.", &["Bonjour.", "Voici le GAR."]);
        check("Pourquoi ? Comment", &["Pourquoi ?", "Comment|"]);
        check("« Vraiment ? » Oui !", &["« Vraiment ? »", "Oui !"]);
        check("« Vraiment\u{A0}?\u{A0}» Oui ?! Non…", &["« Vraiment\u{A0}?\u{A0}»", "Oui ?!", "Non…"]);
        check("Eh bien... oui. Bon.", &["Eh bien... oui.", "Bon."]);
        check("M. Dupont et Mme. Roy de J.-P. Martin.", &["M. Dupont et Mme. Roy de J.-P. Martin."]);
        check("La version 3.2 du site.fr est là", &["La version 3.2 du site.fr est là|"]);
        check("C'est l'été – oui – là. 12 heures.", &["C'est l'été – oui – là.", "12 heures."]);
        check("(Oui.) Non.", &["(Oui.)", "Non."]);
        check("", &[]);
    }
}
