//! Captions joined to paragraphs of a few sentences, each part with its time.

use super::Caption;
use crate::model::{Cue, Segment, Time};
use crate::sentence::{Sentence, sentences};
use crate::text::{self, MAX_SEGMENT};

/// A paragraph of this many bytes ends with the sentence.
const LONG: usize = 300;

/// Where no sentence ends, a paragraph of this many bytes ends at the next caption.
const TOO_LONG: usize = 900;

/// In captions without punctuation, a paragraph of this many bytes ends at a short pause.
const READABLE: usize = 250;

/// And one of this many at any.
const LONG_WITHOUT_SENTENCES: usize = 450;

/// A pause between sentences that makes a paragraph, in milliseconds.
const PAUSE: u32 = 2_000;

/// One that makes a paragraph even inside a sentence, in milliseconds.
const LONG_PAUSE: u32 = 5_000;

/// One that is a good place to cut where there is no punctuation, in milliseconds.
const BREATH: u32 = 300;

/// Joins captions in the order of their times.
pub(super) fn join(captions: &[Caption<'_>]) -> Vec<Segment> {
    let mut joiner = Joiner { punctuated: are_punctuated(captions), segments: Vec::new(), open: Segment::default() };
    let mut before: Option<&Caption<'_>> = None;
    for caption in captions {
        if before.is_some_and(|before| joiner.breaks_between(before, caption)) {
            joiner.close();
        }
        joiner.add(caption);
        before = Some(caption);
    }
    joiner.close();
    joiner.segments
}

/// Whether sentences end often enough to be told; automatic captions may have a stop in a number.
fn are_punctuated(captions: &[Caption<'_>]) -> bool {
    let length: usize = captions.iter().map(|caption| caption.text.len()).sum();
    let stops = |text: &str| text.bytes().filter(|byte| matches!(byte, b'.' | b'?' | b'!')).count();
    let ends: usize = captions.iter().map(|caption| stops(&caption.text)).sum();
    ends * 400 > length
}

struct Joiner {
    punctuated: bool,
    segments: Vec<Segment>,
    open: Segment,
}

impl Joiner {
    fn breaks_between(&self, before: &Caption<'_>, caption: &Caption<'_>) -> bool {
        if caption.opens_turn || caption.speaker != before.speaker {
            return true;
        }
        let pause = caption.time.start_ms.saturating_sub(before.said_by());
        let length = self.open.text.len();
        if self.punctuated {
            let ended = text::ends_sentence(&self.open.text);
            pause >= LONG_PAUSE || pause >= PAUSE && ended || length >= TOO_LONG
        } else {
            pause >= PAUSE || length >= READABLE && pause >= BREATH || length >= LONG_WITHOUT_SENTENCES
        }
    }

    fn add(&mut self, caption: &Caption<'_>) {
        let folded = text::folded(&caption.text);
        let mut begun = false;
        for Sentence { range, is_complete } in sentences(&folded) {
            for piece in text::pieces(&folded[range]) {
                if self.open.text.len() + 1 + piece.len() > MAX_SEGMENT {
                    self.close();
                }
                begun &= !self.open.cues.is_empty();
                self.push(piece, caption, begun);
                begun = true;
            }
            if is_complete && self.open.text.len() >= LONG {
                self.close();
            }
        }
    }

    /// Adds words to the open paragraph; they go on with the caption if it has `begun` in it.
    fn push(&mut self, said: &str, caption: &Caption<'_>, begun: bool) {
        let open = &mut self.open;
        if open.text.is_empty() {
            open.speaker.clone_from(&caption.speaker);
        } else {
            open.text.push(' ');
        }
        if !begun {
            open.cues.push(Cue { offset: open.text.len(), time: caption.time });
        }
        open.text.push_str(said);
        let Time { start_ms, end_ms } = open.time.unwrap_or(caption.time);
        open.time = Some(Time { start_ms, end_ms: end_ms.max(caption.time.end_ms) });
    }

    fn close(&mut self) {
        if !self.open.text.is_empty() {
            self.segments.push(std::mem::take(&mut self.open));
        }
    }
}
