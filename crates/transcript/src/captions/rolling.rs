//! Rolling captions: each line stands in several captions, as it moves up the screen.
//!
//! YouTube's automatic captions show a line while it is spoken, with the line before above it; then
//! for 10 ms alone; then above the next. Others let a line grow word by word.

use std::borrow::Cow;

use super::Caption;
use super::oddities::Oddities;

/// Fewer than this many are someone repeating themselves.
const MIN_REPEATED: usize = 3;

/// Rolling captions have two or three lines.
const MAX_LINES: usize = 6;

/// Captions with only what is new in each, if they roll.
pub(super) fn unrolled<'a>(captions: Vec<Caption<'a>>, oddities: &mut Oddities) -> Vec<Caption<'a>> {
    let begins: Vec<usize> = captions.windows(2).map(|pair| new_from(&pair[0], &pair[1])).collect();
    let repeated = begins.iter().filter(|begin| **begin > 0).count();
    // In a talk that is captioned line by line, a few lines may be said twice.
    if repeated < MIN_REPEATED || repeated * 3 < captions.len() {
        return captions;
    }
    let first = begins.iter().position(|begin| *begin > 0).map_or(0, |at| captions[at + 1].line);
    let message = "rolling captions, each line in several of them; each is read once";
    oddities.add(first, || message.to_owned());
    let begins = std::iter::once(0).chain(begins);
    let new = captions.into_iter().zip(begins).map(|(caption, begin)| from(caption, begin));
    new.filter(|caption| !caption.text.trim().is_empty()).collect()
}

/// Where what is new begins in the text of `caption`; 0 if it does not begin with lines of the one before.
fn new_from(before: &Caption<'_>, caption: &Caption<'_>) -> usize {
    // A pause of seconds wipes the screen.
    if caption.time.start_ms > before.time.end_ms.saturating_add(3_000) {
        return 0;
    }
    let mut new = caption.lines();
    let Some(first) = new.next() else { return 0 };
    if before.lines().nth(MAX_LINES).is_some() {
        return 0;
    }
    for (dropped, line) in before.lines().enumerate() {
        if first.starts_with(line)
            && let Some(begin) = common_end(before.lines().skip(dropped), caption)
        {
            return begin;
        }
    }
    0
}

/// The end of the lines that all of `old` have in common with the first of `caption`; the last may have grown.
fn common_end<'l>(old: impl Iterator<Item = &'l str>, caption: &Caption<'_>) -> Option<usize> {
    let mut old = old.peekable();
    let mut new = caption.lines();
    let mut end = None;
    while let Some(line) = old.next() {
        let grown = new.next()?;
        let rest = grown.strip_prefix(line)?;
        let grows = old.peek().is_none() && rest.starts_with(' ');
        if !(rest.is_empty() || grows) {
            return None;
        }
        let at = end_in(&caption.text, grown) - rest.len();
        end = Some(at);
    }
    end
}

/// Where a part of a text ends in it.
fn end_in(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize + part.len()
}

/// What stands in a caption from `begin` on.
fn from(mut caption: Caption<'_>, begin: usize) -> Caption<'_> {
    if begin > 0 {
        caption.words.retain(|(at, _)| *at >= begin);
        let begin = caption.text.len() - caption.text[begin..].trim_start().len();
        caption.text = match caption.text {
            Cow::Borrowed(text) => text[begin..].into(),
            Cow::Owned(mut text) => text.split_off(begin).into(),
        };
        for (at, _) in &mut caption.words {
            *at = at.saturating_sub(begin);
        }
    }
    caption
}
