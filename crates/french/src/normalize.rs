//! Brings a text to one spelling of its characters, and remembers where each of them stood.
//!
//! Composed Unicode (NFC), one apostrophe, one hyphen, one space, nothing invisible. The lists of characters are those
//! that French transcripts were seen to use.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The first combining mark of Unicode.
const FIRST_MARK: char = '\u{300}';

/// Whether a character is a mark on the one before. French is full of apostrophes and dashes, which are none.
fn is_mark(c: char) -> bool {
    c >= FIRST_MARK && !('\u{2010}'..='\u{20CF}').contains(&c) && is_combining_mark(c)
}

/// A text brought to one spelling, which can say where each of its bytes stood in the text as given.
#[derive(Debug, Default)]
pub(crate) struct Normalized {
    /// The text.
    pub(crate) text: String,
    /// Where the two texts differ, in order.
    edits: Vec<Edit>,
}

/// A stretch that was replaced: both ends of it, in both texts.
#[derive(Debug)]
struct Edit {
    normalized: Range<u32>,
    source: Range<u32>,
}

impl Normalized {
    /// Normalises `source` into the buffers of `self`.
    pub(crate) fn read(&mut self, source: &str) {
        self.text.clear();
        self.edits.clear();
        // No French letter is spelt with a mark after it but for those that can be composed.
        let composed = !source.chars().any(is_mark);
        let mut at = 0;
        while let Some(length) = plain_prefix(&source[at..], composed) {
            self.text.push_str(&source[at..at + length]);
            at += length;
            let Some(end) = irregular_prefix(&source[at..], composed) else {
                break;
            };
            self.replace(source, at..at + end);
            at += end;
        }
    }

    fn replace(&mut self, source: &str, range: Range<usize>) {
        let start = self.text.len();
        let stretch = &source[range.clone()];
        match stretch.chars().next() {
            Some(first) if stretch.len() == first.len_utf8() && substitute(first).is_some() => {
                self.text.extend(substitute(first).flatten());
            }
            _ => self.text.extend(stretch.nfc()),
        }
        let end = self.text.len();
        self.edits
            .push(Edit { normalized: offset(start)..offset(end), source: offset(range.start)..offset(range.end) });
    }

    /// The bytes of the source that `range` of the normalised text was made from.
    ///
    /// What was dropped just before or just after the range is not part of it; a stretch that was replaced is never
    /// cut in two.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        if self.edits.is_empty() {
            return range;
        }
        let (start, end) = (offset(range.start), offset(range.end));
        let before_start = self.edits.partition_point(|edit| edit.normalized.end <= start);
        let before_end = self.edits.partition_point(|edit| edit.normalized.start < end && edit.normalized.end <= end);
        let start = match self.edits.get(before_start) {
            Some(edit) if edit.normalized.start < start => edit.source.start,
            _ => self.unmap(before_start, start),
        };
        let end = match self.edits.get(before_end) {
            Some(edit) if edit.normalized.start < end => edit.source.end,
            _ => self.unmap(before_end, end),
        };
        start as usize..end.max(start) as usize
    }

    /// Where `at` stood, knowing how many edits come before it.
    fn unmap(&self, edits_before: usize, at: u32) -> u32 {
        match edits_before.checked_sub(1).map(|last| &self.edits[last]) {
            Some(edit) => edit.source.end + (at - edit.normalized.end),
            None => at,
        }
    }
}

/// Transcripts are far below 4 GiB: readers refuse larger files.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The length of what can be copied as it is; `None` at the end of the text.
fn plain_prefix(text: &str, composed: bool) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    let mut plain = text.len();
    let mut previous = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii() && c != '`' {
            previous = at;
            continue;
        }
        if substitute(c).is_some() {
            plain = at;
            break;
        }
        if !composed && is_combining_mark(c) {
            // With what is no letter a mark makes none: what is lit begins with the mark, not with a space or a dot.
            plain = if text[..at].ends_with(char::is_alphanumeric) { previous } else { at };
            break;
        }
        previous = at;
    }
    Some(plain)
}

/// The length of the stretch to be replaced at the head of `text`: one character, or a letter with its marks.
fn irregular_prefix(text: &str, composed: bool) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    if substitute(first).is_some() || composed {
        return Some(first.len_utf8());
    }
    Some(chars.find(|&(_, c)| !is_combining_mark(c)).map_or(text.len(), |(at, _)| at))
}

/// What stands in place of a character: `Some(None)` where it is dropped, `None` where it is kept.
fn substitute(c: char) -> Option<Option<char>> {
    match c {
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => Some(None),
        '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2007}' => Some(Some(' ')),
        '’' | 'ʼ' | '‘' | 'ʻ' | '‛' | '′' | 'ʹ' | '´' | '`' | '＇' => Some(Some('\'')),
        '\u{2010}'..='\u{2013}' | '\u{2212}' => Some(Some('-')),
        '\u{387}' => Some(Some('·')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Normalized;

    #[test]
    fn spans_point_into_the_text_as_given() {
        // (source, normalised word, what it was)
        let rows = [
            ("à l’école", "école", "école"),
            ("a\u{300} l’e\u{301}cole", "école", "e\u{301}cole"),
            ("inté\u{AD}gration", "intégration", "inté\u{AD}gration"),
            ("\u{FEFF}le \u{200B}GAR\u{200B}.", "GAR", "GAR"),
            ("vingt\u{A0}‑\u{A0}deux", "deux", "deux"),
            ("l`ENT et l´ENT", "ENT et l'ENT", "ENT et l´ENT"),
            ("GAR \u{113B8}.ᢀ", "\u{113B8}.ᢀ", "\u{113B8}.ᢀ"),
            ("E A.Ę.\u{1067}a", "\u{1067}a", "\u{1067}a"),
        ];
        let mut normalized = Normalized::default();
        for (source, word, expected) in rows {
            normalized.read(source);
            let start = normalized.text.find(word).unwrap_or_else(|| panic!("{word} in {}", normalized.text));
            assert_eq!(&source[normalized.source(start..start + word.len())], expected, "{source}");
        }
    }

    proptest! {
        #[test]
        fn every_span_lies_on_character_boundaries(source in "[a-zéE\u{301}\u{300}’\u{200B} `\u{AD}ﬁ가-힣\u{1100}-\u{1200}]{0,30}") {
            let mut normalized = Normalized::default();
            normalized.read(&source);
            let bounds: Vec<usize> = normalized.text.char_indices().map(|(at, _)| at).chain([normalized.text.len()]).collect();
            let mut last = 0;
            for pair in bounds.windows(2) {
                let span = normalized.source(pair[0]..pair[1]);
                prop_assert!(source.get(span.clone()).is_some(), "{span:?}");
                prop_assert!(span.end >= last);
                last = span.end;
            }
        }
    }
}
