//! Captions of a word each, as some recognisers and editors make them, joined to readable ones.

use super::Caption;

/// Fewer captions are a short text, whatever their length.
const MIN_CAPTIONS: usize = 20;

/// The mean length of a word, in bytes, is less.
const MAX_BYTES: usize = 12;

/// Joined captions last this many milliseconds at most.
const LONG: u32 = 3_000;

/// And have no pause inside of as many.
const PAUSE: u32 = 700;

/// Joins captions of single words; others stay as they are.
pub(super) fn joined(captions: Vec<Caption<'_>>) -> Vec<Caption<'_>> {
    let bytes: usize = captions.iter().map(|caption| caption.text.trim().len()).sum();
    if captions.len() < MIN_CAPTIONS || bytes > captions.len() * MAX_BYTES {
        return captions;
    }
    // Where some begin with a space, the others go on with the word before: ` cyber`, `harcèlement`.
    let spaced = captions.iter().any(|caption| caption.text.starts_with(' '));
    let mut joined: Vec<Caption<'_>> = Vec::new();
    for caption in captions {
        let goes_on = |before: &&mut Caption<'_>| {
            caption.time.end_ms.saturating_sub(before.time.start_ms) <= LONG
                && caption.time.start_ms.saturating_sub(before.time.end_ms) < PAUSE
                && caption.speaker == before.speaker
                && !caption.opens_turn
        };
        match joined.last_mut().filter(goes_on) {
            Some(before) => {
                let text = before.text.to_mut();
                if !spaced && !caption.text.starts_with(['.', ',', '…', '\'', '’', '-']) {
                    text.push(' ');
                }
                text.push_str(&caption.text);
                before.time.end_ms = before.time.end_ms.max(caption.time.end_ms);
                before.words.clear();
            }
            None => joined.push(caption),
        }
    }
    joined
}
