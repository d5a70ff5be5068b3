//! Brings a text to one spelling of its characters, and remembers where each of them stood.
//!
//! Composed Unicode (NFC), one apostrophe, one hyphen, one space, nothing invisible. The lists of characters are those
//! that French transcripts were seen to use.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::scan;

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
        self.clear();
        // No French letter is spelt with a mark after it but for those that can be composed.
        if !self.read_composed(source) {
            self.clear();
            self.read_any(source);
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.edits.clear();
    }

    /// Normalises a text without marks; returns false at the first one.
    fn read_composed(&mut self, source: &str) -> bool {
        let (mut at, mut copied) = (0, 0);
        while let Some(next) = scan::position(&source.as_bytes()[at..], may_begin_irregular) {
            at += next;
            let Some(c) = source[at..].chars().next() else { break };
            let end = at + c.len_utf8();
            if is_mark(c) {
                return false;
            }
            if substitute(c).is_some() {
                self.text.push_str(&source[copied..at]);
                self.replace(source, at..end);
                copied = end;
            }
            at = end;
        }
        self.text.push_str(&source[copied..]);
        true
    }

    fn read_any(&mut self, source: &str) {
        let mut at = 0;
        while let Some(length) = plain_prefix(&source[at..]) {
            self.text.push_str(&source[at..at + length]);
            at += length;
            let Some(end) = irregular_prefix(&source[at..]) else {
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

    /// Where ranges of the text stood.
    pub(crate) fn sources(&self) -> Sources<'_> {
        Sources { edits: &self.edits, before: 0, regular: 0..0, source: 0 }
    }
}

/// Finds where ranges of a normalised text stood: quickly, where each lies not far from the one before.
pub(crate) struct Sources<'a> {
    edits: &'a [Edit],
    /// How many edits end before the range that was asked for last.
    before: usize,
    /// A stretch of the normalised text without edits, most often that of the next range too, and where it stood.
    regular: Range<usize>,
    source: usize,
}

impl Sources<'_> {
    /// The bytes of the source that `range` of the normalised text was made from.
    ///
    /// What was dropped just before or just after the range is not part of it; a stretch that was replaced is never
    /// cut in two.
    pub(crate) fn of(&mut self, range: Range<usize>) -> Range<usize> {
        if self.regular.start <= range.start && range.end <= self.regular.end {
            let at = |normalized: usize| self.source + (normalized - self.regular.start);
            return at(range.start)..at(range.end);
        }
        let (start, end) = (offset(range.start), offset(range.end));
        while self.before > 0 && self.edits[self.before - 1].normalized.end > start {
            self.before -= 1;
        }
        let is_before = |edit: &&Edit| edit.normalized.end <= start;
        self.before += self.edits[self.before..].iter().take_while(is_before).count();

        let mut rest = self.edits[self.before..].iter();
        let mut last = self.before.checked_sub(1).map(|last| &self.edits[last]);
        let mut next = rest.next();
        (self.regular.start, self.source) =
            last.map_or((0, 0), |edit| (edit.normalized.end as usize, edit.source.end as usize));
        self.regular.end = next.map_or(usize::MAX, |edit| edit.normalized.start as usize);
        let start = match next {
            Some(edit) if edit.normalized.start < start => edit.source.start,
            _ => unmap(last, start),
        };
        while let Some(edit) = next
            && edit.normalized.start < end
            && edit.normalized.end <= end
        {
            (last, next) = (next, rest.next());
        }
        let end = match next {
            Some(edit) if edit.normalized.start < end => edit.source.end,
            _ => unmap(last, end),
        };
        start as usize..end.max(start) as usize
    }
}

/// Where `at` stood, knowing the last edit before it.
fn unmap(last: Option<&Edit>, at: u32) -> u32 {
    last.map_or(at, |edit| edit.source.end + (at - edit.normalized.end))
}

/// Transcripts are far below 4 GiB: readers refuse larger files.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whether a byte may begin a character that is not kept as it is: the letters of Latin-1 and Latin Extended-A are.
fn may_begin_irregular(byte: u8) -> bool {
    (byte == b'`') | (byte == 0xC2) | (byte > 0xC5)
}

/// The length of what can be copied as it is; `None` at the end of the text.
fn plain_prefix(text: &str) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    let mut plain = text.len();
    let mut previous = 0;
    for (at, c) in text.char_indices() {
        if substitute(c).is_some() {
            plain = at;
            break;
        }
        if is_mark(c) {
            // With what is no letter a mark makes none: what is lit begins with the mark, not with a space or a dot.
            plain = if text[..at].ends_with(char::is_alphanumeric) { previous } else { at };
            break;
        }
        previous = at;
    }
    Some(plain)
}

/// The length of the stretch to be replaced at the head of `text`: one character, or a letter with its marks.
fn irregular_prefix(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    if substitute(first).is_some() {
        return Some(first.len_utf8());
    }
    Some(chars.find(|&(_, c)| !is_mark(c)).map_or(text.len(), |(at, _)| at))
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
            assert_eq!(&source[normalized.sources().of(start..start + word.len())], expected, "{source}");
        }
    }

    proptest! {
        #[test]
        fn every_span_lies_on_character_boundaries(source in "[a-zéE\u{301}\u{300}’\u{200B} `\u{AD}ﬁ가-힣\u{1100}-\u{1200}]{0,30}") {
            let mut normalized = Normalized::default();
            normalized.read(&source);
            let bounds: Vec<usize> = normalized.text.char_indices().map(|(at, _)| at).chain([normalized.text.len()]).collect();
            let (mut sources, mut last) = (normalized.sources(), 0);
            for pair in bounds.windows(2) {
                let span = sources.of(pair[0]..pair[1]);
                prop_assert_eq!(&span, &normalized.sources().of(pair[0]..pair[1]));
                prop_assert!(source.get(span.clone()).is_some(), "{span:?}");
                prop_assert!(span.end >= last);
                last = span.end;
            }
        }
    }
}
