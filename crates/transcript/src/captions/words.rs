//! Word times: long captions cut into several moments, and pauses found inside them.

use super::Caption;
use crate::model::Time;

/// A moment is to be found within this many milliseconds.
const LONG: u32 = 5_000;

/// Silence between two words that makes the second another moment, in milliseconds.
const PAUSE: u32 = 2_000;

/// Cuts captions of which more is known than begin and end.
pub(super) fn cut(captions: Vec<Caption<'_>>) -> Vec<Caption<'_>> {
    if captions.iter().all(|caption| caption.words.is_empty()) {
        return captions;
    }
    let mut cut = Vec::with_capacity(captions.len());
    for caption in captions {
        if caption.words.is_empty() {
            cut.push(caption);
        } else {
            cut_one(&caption, &mut cut);
        }
    }
    cut
}

fn cut_one<'a>(caption: &Caption<'a>, cut: &mut Vec<Caption<'a>>) {
    let text = &*caption.text;
    let mut begin = (0, caption.time.start_ms);
    let mut last = begin;
    let mut opens_turn = caption.opens_turn;
    let mut push = |from: (usize, u32), to: usize, end_ms: u32| {
        let said = text[from.0..to].trim();
        if !said.is_empty() {
            cut.push(Caption {
                line: caption.line,
                time: Time { start_ms: from.1, end_ms: end_ms.max(from.1) },
                text: said.to_owned().into(),
                speaker: caption.speaker.clone(),
                opens_turn: std::mem::take(&mut opens_turn),
                words: Vec::new(),
            });
        }
    };
    for &(at, ms) in &caption.words {
        // Times that go back, or out of the caption, tell nothing.
        if ms < last.1 || ms > caption.time.end_ms || at < last.0 || !text.is_char_boundary(at) {
            continue;
        }
        let word = u32::try_from(at - last.0).unwrap_or(u32::MAX / 1_000);
        let silence = (ms - last.1).saturating_sub(500 + 120 * word);
        if text[begin.0..at].trim().is_empty() {
            begin = (begin.0, ms);
        } else if ms - begin.1 >= LONG || silence >= PAUSE {
            push(begin, at, ms - silence);
            begin = (at, ms);
        }
        last = (at, ms);
    }
    push(begin, text.len(), caption.time.end_ms);
}
