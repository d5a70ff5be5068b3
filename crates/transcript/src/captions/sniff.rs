//! Which format a caption file really has.

use super::clock;
use super::oddities::Oddities;
use crate::format::Format;

/// How many lines are looked at; times stand in the first few, but a header can be long.
const LINES: usize = 2_000;

/// The format that the content shows, or else the one that the ending promises.
pub(super) fn format(text: &str, promised: Format, oddities: &mut Oddities) -> Format {
    let (found, dotted) = by_content(text).unwrap_or((promised, false));
    if promised == Format::WebVtt && found == Format::SubRip && dotted {
        oddities.add(1, || "the first line is not `WEBVTT`; read as WebVTT all the same".to_owned());
        return promised;
    }
    if found != promised {
        oddities.add(1, || format!("this is {}, not {}; read as what it is", found.name(), promised.name()));
    }
    found
}

/// The format, and whether its first time has a dot before the milliseconds.
fn by_content(text: &str) -> Option<(Format, bool)> {
    let begin = text.trim_start();
    if begin.starts_with("WEBVTT") {
        return Some((Format::WebVtt, true));
    }
    for line in begin.lines().take(LINES) {
        // Only a line that begins with a digit can tell a time.
        if !line.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if clock::arrow_line(line).is_some() {
            return Some((Format::SubRip, !line.contains(',')));
        }
        if clock::comma_line(line).is_some() {
            return Some((Format::Sbv, true));
        }
    }
    begin.starts_with(['{', '[']).then_some((Format::Whisper, false))
}
