//! Turns in a conversation, told by the dash before them.

/// What the first characters of a paragraph say about the conversation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Turn<'a> {
    /// Someone begins to speak: `– Bonjour`. Without the dash.
    Begins(&'a str),
    /// An item of an enumeration, by its small letter: `– une tablette ;`. Without the dash.
    Item(&'a str),
    /// Whoever speaks goes on.
    GoesOn(&'a str),
}

pub(crate) const DASHES: [char; 7] = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '–', '—', '―'];

/// Tells a turn by its dash.
pub(crate) fn turn(paragraph: &str) -> Turn<'_> {
    let said = paragraph.trim_start();
    let after = said.trim_start_matches(DASHES);
    let rest = after.trim_start();
    let minus = said.starts_with('-') && after.starts_with(|c: char| c.is_ascii_digit());
    let lists = said.starts_with(['–', '—']) && rest.starts_with(char::is_lowercase);
    if after.len() == said.len() || minus {
        Turn::GoesOn(paragraph)
    } else if lists {
        Turn::Item(rest)
    } else {
        Turn::Begins(rest)
    }
}
