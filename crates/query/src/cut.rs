//! Where a passage is cut out of a text: at sentences where they are short enough, else at words.

use std::ops::Range;

use verbatim_transcript::sentences;

/// Below this many bytes a passage takes its neighbours in, to be understood.
pub(crate) const SHORT: usize = 120;
/// Above this many bytes it is cut.
pub(crate) const LONG: usize = 320;
/// What is kept before a lit word where there are no sentences to cut at, in bytes.
const LEAD: usize = 80;

/// The sentences around `core`, as many as are short enough together; words where a sentence is not. Trimmed, in bytes.
pub(crate) fn cut_at_sentences(text: &str, core: Range<usize>) -> Range<usize> {
    let bounds: Vec<Range<usize>> = sentences(text).map(|sentence| sentence.range).collect();
    let first = bounds.partition_point(|sentence| sentence.end <= core.start);
    let last = bounds.partition_point(|sentence| sentence.start < core.end).saturating_sub(1).max(first);
    let (Some(from), Some(to)) = (bounds.get(first), bounds.get(last)) else {
        return 0..text.len();
    };
    let mut range = from.start..to.end;
    if range.len() > LONG {
        return trim(text, cut_at_words(text, range, core));
    }
    let (mut before, mut after) = (first, last + 1);
    loop {
        if after < bounds.len() && range.len() + bounds[after].len() <= LONG {
            range.end = bounds[after].end;
            after += 1;
        } else if before > 0 && range.len() + bounds[before - 1].len() <= LONG {
            before -= 1;
            range.start = bounds[before].start;
        } else {
            return trim(text, range);
        }
        if range.len() >= SHORT {
            return trim(text, range);
        }
    }
}

/// The sentence in which a byte stands; the words around it where the sentence is too long.
pub(crate) fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let sentence = sentences(text).map(|sentence| sentence.range).find(|sentence| at < sentence.end);
    let sentence = sentence.unwrap_or(0..text.len());
    let core = at..at;
    trim(text, if sentence.len() > LONG { cut_at_words(text, sentence, core) } else { sentence })
}

/// The words around `core` within `sentence`.
fn cut_at_words(text: &str, sentence: Range<usize>, core: Range<usize>) -> Range<usize> {
    let start = if core.start.saturating_sub(LEAD) <= sentence.start {
        sentence.start
    } else {
        let from = ceil_boundary(text, core.start - LEAD);
        text[from..core.start].find(char::is_whitespace).map_or(core.start, |at| from + at)
    };
    let most = ceil_boundary(text, (start + LONG).min(text.len()));
    if most >= sentence.end {
        return start..sentence.end;
    }
    let end = text[start..most].rfind(char::is_whitespace).map_or(most, |at| start + at);
    start..if end > core.start { end } else { most }
}

/// Where the last character before `end` begins; `end` is a boundary.
pub(crate) fn last_char(text: &str, end: usize) -> usize {
    text[..end].char_indices().next_back().map_or(0, |(at, _)| at)
}

fn ceil_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Without white space at its ends, nor what closes the sentence before.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let cut = &text[range.clone()];
    let head = cut.trim_start_matches(|c: char| c.is_whitespace() || ".,;:!?)]»”".contains(c));
    let start = range.start + cut.len() - head.len();
    start..start + head.trim_end().len()
}

/// Whether a sentence begins at `at`.
pub(crate) fn begins_sentence(text: &str, at: usize) -> bool {
    ends_sentence(text[..at].trim_end())
}

pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '»', '”', ')', ' ', '\u{A0}', '\u{202F}']).ends_with(['.', '!', '?', '…', ':'])
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::Index};
    use verbatim_french::Analyzer;

    use super::{LEAD, LONG, cut_at_sentences, sentence_around};

    proptest! {
        #[test]
        fn a_cut_lies_on_whole_letters_and_shows_the_word_it_is_made_for(
            text in "GAR ([a-zé]{1,9} |[A-Z]{1,5} |[.!?…;:,»\"] ?|\\PC|\u{a0}|\n|.NET|[a-z]{90}){0,60}",
            word in any::<Index>(),
        ) {
            let words = Analyzer::new().tokens(&text);
            let word = word.get(&words).span.clone();
            for cut in [cut_at_sentences(&text, word.clone()), sentence_around(&text, word.start)] {
                prop_assert!(text.get(cut.clone()).is_some(), "{cut:?} of {text:?}");
                prop_assert!(cut.start < word.end && word.start < cut.end, "{cut:?} without {word:?} of {text:?}");
                prop_assert!(cut.len() <= LEAD + LONG + word.len(), "{cut:?} of {text:?}");
            }
        }
    }
}
