//! SBV: captions below a line `0:00:01.000,0:00:04.000`, as YouTube's editor writes them.

use super::Caption;
use super::arrows::line_end;
use super::clock::{self, Timing};
use super::markup;
use crate::model::Time;

/// Reads the captions; what stands before the first is nothing we know.
pub(super) fn read(text: &str) -> Vec<Caption<'_>> {
    let mut captions = Vec::new();
    let mut open: Option<(usize, Timing, usize)> = None;
    let mut close = |open: Option<(usize, Timing, usize)>, end: usize| {
        let Some((line, Timing { start_ms, end_ms }, text_at)) = open else { return };
        let time = Time { start_ms, end_ms: end_ms.unwrap_or(start_ms).max(start_ms) };
        markup::read(&text[text_at.min(end)..end], |part| {
            let text = if part.text.contains("[br]") { part.text.replace("[br]", "\n").into() } else { part.text };
            if !text.trim().is_empty() {
                captions.push(Caption { line, time, text, speaker: part.voice, opens_turn: false, words: part.words });
            }
        });
    };
    let (mut at, mut line) = (0, 0);
    while at < text.len() {
        let end = line_end(text, at);
        line += 1;
        if let Some(timing) = clock::comma_line(&text[at..end]) {
            close(open.replace((line, timing, end)), at);
        }
        at = end + 1;
    }
    close(open, text.len());
    captions
}
