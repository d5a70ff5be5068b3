//! Who speaks: told by voices, by labels (`MARIE :`), by dashes and `>>`.

mod labels;

use super::Caption;
use crate::text;
use crate::turn::{DASHES, Turn, turn};
use labels::Labels;

/// A caption has a few lines; in an endless one, dashes are something else.
const MAX_LINES: usize = 100;

/// Gives captions their speakers, and cuts those in which more than one speaks.
///
/// A label holds until the next label or turn; a voice of the markup for its caption alone.
pub(super) fn told(captions: Vec<Caption<'_>>) -> Vec<Caption<'_>> {
    if captions.iter().any(|caption| caption.speaker.is_some()) {
        return captions;
    }
    let labels = Labels::of(&captions);
    if labels.are_none() && !captions.iter().any(|caption| may_open(&caption.text)) {
        return captions;
    }
    let mut teller = Teller { labels, current: None, complete: true, told: Vec::with_capacity(captions.len()) };
    for caption in captions {
        teller.tell(caption);
    }
    teller.told
}

struct Teller<'a> {
    labels: Labels,
    current: Option<String>,
    /// The text before ends with a full stop or its like.
    complete: bool,
    told: Vec<Caption<'a>>,
}

/// What one says in a caption.
#[derive(Default)]
struct Part {
    said: String,
    speaker: Option<String>,
    opens_turn: bool,
}

impl<'a> Teller<'a> {
    fn tell(&mut self, mut caption: Caption<'a>) {
        let labelled = !self.labels.are_none() && caption.lines().any(|line| self.labels.read(line).is_some());
        if !labelled && !may_open(&caption.text) || caption.lines().nth(MAX_LINES).is_some() {
            self.current = self.current.take().filter(|_| self.labels.hold());
            caption.speaker.clone_from(&self.current);
            self.complete = text::ends_sentence(&caption.text);
            self.told.push(caption);
            return;
        }
        for Part { said, speaker, opens_turn } in self.parts(&caption) {
            if !said.trim().is_empty() {
                let Caption { line, time, .. } = caption;
                self.told.push(Caption { line, time, text: said.into(), speaker, opens_turn, words: Vec::new() });
            }
        }
    }

    /// The lines of a caption, joined for each who speaks.
    fn parts(&mut self, caption: &Caption<'_>) -> Vec<Part> {
        let dashes = caption.lines().filter(|line| line.starts_with(DASHES)).count();
        let mut part = Part { speaker: self.current.clone(), ..Part::default() };
        let mut parts = Vec::new();
        for line in caption.lines().flat_map(at_arrows) {
            let (opened, line) = self.mark(line, dashes, caption, part.said.is_empty());
            let label = self.labels.read(line);
            let (speaker, line) = match label {
                Some((name, said)) => (Some(name), said),
                None if opened => (None, line),
                None => (self.current.clone(), line),
            };
            if opened || speaker != self.current {
                self.current.clone_from(&speaker);
                parts.push(std::mem::replace(&mut part, Part { speaker, opens_turn: true, ..Part::default() }));
            }
            if !part.said.is_empty() {
                part.said.push('\n');
            }
            part.said.push_str(line);
            if !line.is_empty() {
                self.complete = text::ends_sentence(line);
            }
        }
        parts.push(part);
        parts
    }

    /// Whether a line opens a turn by its dash or arrows, and the line without them.
    fn mark<'l>(&self, line: &'l str, dashes: usize, caption: &Caption<'_>, first: bool) -> (bool, &'l str) {
        if let Some(rest) = line.strip_prefix(">>") {
            return (true, rest.trim_start_matches('>').trim_start());
        }
        let (Turn::Begins(rest) | Turn::Item(rest)) = turn(line) else { return (false, line) };
        let item = matches!(turn(line), Turn::Item(_));
        // `– hier –` in a sentence is a parenthesis.
        let encloses =
            rest.split(' ').any(|word| word.len() <= 3 && word.starts_with(DASHES) && word.ends_with(DASHES));
        let opens = if dashes > 1 && !encloses {
            true
        } else if first && caption.lines().next() == Some(line) {
            self.complete || !(item || encloses)
        } else {
            self.complete
        };
        if opens { (true, rest) } else { (false, line) }
    }
}

/// Whether some line has a dash or `>>` where a turn may begin.
fn may_open(text: &str) -> bool {
    text.as_bytes().contains(&b'>') || text.split('\n').any(|line| line.trim_start().starts_with(DASHES))
}

/// A line cut before each `>>` that stands like a word; the last part takes what would be too many.
fn at_arrows(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, _) in line.match_indices(">>") {
        if parts.len() < MAX_LINES && at > begin && line[..at].ends_with(char::is_whitespace) {
            parts.push(line[begin..at].trim_end());
            begin = at;
        }
    }
    parts.push(&line[begin..]);
    parts
}
