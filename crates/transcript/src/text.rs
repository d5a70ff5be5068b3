//! Text as a reader should see it: white space folded, what cannot be seen removed, no endless paragraphs.

use std::borrow::Cow;

/// The longest segment, in bytes; a longer paragraph becomes several segments.
///
/// A talk without any paragraphs must still be shown, lit and paid for piece by piece. An ordinary
/// paragraph has some 500 bytes; 20,000 are ten minutes of speech.
pub(crate) const MAX_SEGMENT: usize = 20_000;

/// The text on one line: runs of white space become one space, what has no width is removed.
///
/// No-break spaces stay, wide or narrow: they are typography, and the reader is to see them. Control
/// characters go, for a transcript must not steer the terminal that shows it.
pub(crate) fn fold(text: &str) -> String {
    folded(text).into_owned()
}

/// As [`fold`]; most text needs nothing.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    let clean = is_clean(text.as_bytes()) && text.trim().len() == text.len();
    if clean { Cow::Borrowed(text) } else { Cow::Owned(fold_characters(text)) }
}

/// Whether nothing is to be folded within.
fn is_clean(bytes: &[u8]) -> bool {
    /// So many bytes are looked at together, which takes a few instructions where nothing is odd.
    const BLOCK: usize = 32;
    let is_odd = |byte: u8| byte < b' ' || matches!(byte, 0x7F | 0xC2 | 0xE2 | 0xEF);
    let is_clean_at = |at: usize| match bytes[at] {
        b' ' => bytes.get(at + 1) != Some(&b' '),
        0..b' ' | 0x7F => false,
        // These begin what cannot be seen, and much that can.
        0xC2 | 0xE2 | 0xEF => !begins_invisible(&bytes[at..]),
        _ => true,
    };
    (0..bytes.len()).step_by(BLOCK).all(|start| {
        let end = bytes.len().min(start + BLOCK);
        let is_plain = bytes.get(start..=start + BLOCK).is_some_and(|block| {
            let pairs = block.iter().zip(&block[1..]);
            !pairs.fold(false, |odd, (&one, &next)| odd | is_odd(one) | (one == b' ' && next == b' '))
        });
        is_plain || (start..end).all(is_clean_at)
    })
}

/// Whether nothing is left of the text when it is folded.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| is_space(c) || is_invisible(c) || c.is_whitespace())
}

/// Whether UTF-8 begins with one of the characters beyond ASCII that [`is_space`] or [`is_invisible`] knows.
fn begins_invisible(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xC2, 0x80..=0x9F | 0xAD, ..]
            | [0xE2, 0x80, 0x8B | 0xA8 | 0xA9, ..]
            | [0xE2, 0x81, 0xA0, ..]
            | [0xEF, 0xBB, 0xBF, ..]
    )
}

fn fold_characters(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if is_space(c) {
            gap = true;
        } else if !is_invisible(c) {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(c);
        }
    }
    let trimmed = folded.trim();
    if trimmed.len() == folded.len() { folded } else { trimmed.to_owned() }
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Zero-width space, soft hyphen, word joiner, byte order mark, control characters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{AD}' | '\u{2060}' | '\u{FEFF}') || c.is_control()
}

/// Folded text in pieces of at most [`MAX_SEGMENT`] bytes, none of them empty.
///
/// A cut falls after the last sentence that fits; where that would leave less than half a piece,
/// between two words; where there are no words, between two characters.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while rest.len() > MAX_SEGMENT {
        let (piece, after) = rest.split_at(cut(rest));
        pieces.push(piece.trim_end());
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
}

fn cut(text: &str) -> usize {
    let room = (0..=MAX_SEGMENT).rev().find(|&at| text.is_char_boundary(at)).expect("0 is a boundary");
    let window = &text[..room];
    let spaces = || window.rmatch_indices(' ').map(|(at, _)| at);
    spaces()
        .take_while(|&at| at > room / 2)
        .find(|&at| ends_sentence(&window[..at]) && !text[at + 1..].starts_with(['»', '!', '?', ')']))
        .or_else(|| spaces().next())
        .unwrap_or(room)
}

/// Whether the text ends with a full stop or its like, perhaps in quotes or brackets.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let closes = |c: &char| "\"»”’') \u{A0}\u{202F}".contains(*c);
    // A few characters back, no more: a text may be all quotes.
    let last = text.chars().rev().take(6).find(|c| !closes(c));
    last.is_some_and(|c| matches!(c, '.' | '!' | '?' | '…'))
}

/// The last part of an id: the title of a transcript that has none.
pub(crate) fn last_part(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_folded_onto_one_line() {
        let check = |text: &str, expected: &str| assert_eq!(fold(text), expected, "{text:?}");
        check("  Bonjour \t à\n\n tous ", "Bonjour à tous");
        check("cyber\u{AD}har\u{200B}cèle\u{2060}ment\u{FEFF}", "cyberharcèlement");
        check("a \u{200B} b", "a b");
        check("Quoi\u{A0}? Vraiment\u{202F}!", "Quoi\u{A0}? Vraiment\u{202F}!");
        check("\u{A0}\u{200B} ", "");
        check("un\u{2028}deux\u{85}trois\u{B}quatre", "un deux trois quatre");
        check("\u{1B}[31mrouge\u{7}\0", "[31mrouge");
        check("e\u{301}cole", "e\u{301}cole"); // NFD stays: the analysis normalises
    }

    #[test]
    fn text_that_needs_nothing_is_told_by_its_bytes() {
        let long = "mot ".repeat(8);
        for c in (0..0x1_1000).filter_map(char::from_u32) {
            let short = [format!("a{c}b"), format!("a {c} b"), format!("{c}a"), format!("a{c}"), c.to_string()];
            for text in short.into_iter().chain([format!("{long}{c}{long}"), format!("{long}a{c}b {long}z")]) {
                assert_eq!(folded(&text), fold_characters(&text), "{text:?}");
                assert_eq!(is_blank(&text), fold(&text).is_empty(), "{text:?}");
            }
        }
    }

    #[test]
    fn long_text_is_cut_after_a_sentence_or_a_word() {
        let check = |text: &str, pieces_expected: usize, end: &str| {
            let found = pieces(text);
            assert_eq!(found.len(), pieces_expected);
            assert!(found[0].ends_with(end), "ends with {:?}", &found[0][found[0].len() - 20..]);
            assert!(found.iter().all(|piece| piece.len() <= MAX_SEGMENT && !piece.is_empty()));
            let letters = |text: &str| text.replace(' ', "");
            assert_eq!(letters(&found.concat()), letters(text), "nothing is lost");
        };
        check("Court.", 1, "Court.");
        check(&"Une phrase « dite. » ".repeat(2_000), 3, "« dite. »");
        check(&"sans point ".repeat(2_000), 2, "point");
        check(&"é".repeat(15_000), 2, "é");
        check(&format!("Oui. {}", "mot ".repeat(5_000)), 2, "mot");
        assert!(pieces("").is_empty());
    }
}
