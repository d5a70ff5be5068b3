//! Markdown as the sites write it: front matter, speech under `## Transcription`, names under `## Crédits`.

mod block;
mod label;
mod literal;
mod speaker;

use crate::error::{Error, Note};
use crate::front_matter;
use crate::model::{Segment, Transcript};
use crate::text;
use crate::turn::{Turn, turn};
use block::{Block, Kind};
use speaker::Speakers;

pub(crate) fn parse(id: &str, text: &str, notes: &mut Vec<Note>) -> Result<Transcript, Error> {
    let (front, body) = front_matter::split(text)?;
    let mut metadata = front_matter::read(&front, id, notes)?;
    let blocks = block::blocks(body.text, body.line, notes);
    let (speech, credits) = part(blocks);
    metadata.credits = credits;
    Ok(Transcript { id: id.to_owned(), metadata, segments: segments(&speech) })
}

/// Speech apart from credits.
///
/// A credits section ends at the next heading of the same or a higher level, and always where the
/// transcription begins.
fn part(blocks: Vec<Block>) -> (Vec<Block>, Option<String>) {
    let mut speech = Vec::new();
    let mut credits = Vec::new();
    let mut credits_level = None;
    for block in blocks {
        // It may have lost its `##`; a word without a full stop is no speech.
        if block.kind != Kind::Literal && is_named(&block.text, &["transcription", "transcriptions", "transcript"]) {
            credits_level = None;
            continue;
        }
        if let Kind::Heading(level) = block.kind {
            if credits_level.is_some_and(|open| level <= open) {
                credits_level = None;
            }
            if credits_level.is_none() && is_named(&block.text, &["credit", "credits"]) {
                credits_level = Some(level);
                continue;
            }
        }
        if credits_level.is_some() {
            credits.push(with_links(&block));
        } else {
            speech.push(block);
        }
    }
    (speech, (!credits.is_empty()).then(|| credits.join("\n")))
}

/// More bytes than a heading of one word has.
const LONG_HEADING: usize = 32;

/// Whether a heading is one of these words, whatever its case, accents and colon.
fn is_named(heading: &str, names: &[&str]) -> bool {
    let heading = heading.trim_end_matches(|c: char| c == ':' || c.is_whitespace());
    if heading.len() > LONG_HEADING {
        return false;
    }
    let plain: String = heading.to_lowercase().replace('é', "e").replace('\u{301}', "");
    names.contains(&plain.as_str())
}

/// Credits, one line for each of the source's, with the addresses that are linked to: a licence is
/// named *and* pointed at.
fn with_links(block: &Block) -> String {
    let mut text = String::new();
    let mut begin = 0;
    for (at, address) in &block.links {
        text.push_str(&block.text[begin..*at]);
        begin = *at;
        if address.contains("://") && !block.text.contains(address.as_str()) {
            text.push_str(&format!(" ({address})"));
        }
    }
    text.push_str(&block.text[begin..]);
    let lines = text.lines().map(text::fold).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn segments(blocks: &[Block]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut speakers = Speakers::default();
    for (at, block) in blocks.iter().enumerate() {
        let mut say = |said: &str, speaker: Option<String>| {
            segments.extend(text::pieces(&text::fold(said)).into_iter().map(|piece| Segment {
                text: piece.to_owned(),
                speaker: speaker.clone(),
                ..Segment::default()
            }));
        };
        match block.kind {
            Kind::Heading(_) => {
                speakers = Speakers::default();
                say(&block.text, None);
            }
            Kind::Literal => say(&block.text, speakers.current()),
            Kind::Paragraph => {
                if blocks.get(at + 1).is_some_and(Block::opens_turn)
                    && let Some(label) = label::read(&text::fold(&block.text))
                {
                    say(&label.on_screen, None);
                    speakers.announce(label.persons);
                    continue;
                }
                match turn(&block.text) {
                    Turn::Begins(said) => say(said, speakers.next()),
                    Turn::Item(said) | Turn::GoesOn(said) => say(said, speakers.current()),
                }
            }
        }
    }
    segments
}
