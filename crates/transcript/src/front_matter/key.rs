//! The begin of a line of front matter: a key, a colon, and how they stand together.

/// The keys that have a field of their own.
pub(super) const KNOWN: [&str; 9] = [
    "area",
    "captionFilePath",
    "description",
    "fileType",
    "pdfFilePath",
    "priority",
    "title",
    "videoDownloadHref",
    "videoEmbedSrc",
];

/// The begin of a line `key: value`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    /// A space stands before the colon.
    pub(super) spaced: bool,
    /// No space stands after the colon.
    pub(super) glued: bool,
}

impl<'a> Key<'a> {
    pub(super) fn of(line: &'a str) -> Option<Self> {
        if line.starts_with(['"', '\'']) {
            return Key::quoted(line);
        }
        if line.starts_with("- ")
            || line.starts_with(['#', '[', ']', '{', '}', '&', '*', '!', '|', '>', '%', '@', '`', '?', ','])
        {
            return None;
        }
        let (name, value) = line.split_once(':')?;
        if !is_separate(value) && is_word(name.trim_end()) && !value.starts_with("//") {
            return Some(Key::new(name, value));
        }
        let at = line.match_indices(':').map(|(at, _)| at).find(|&at| is_separate(&line[at + 1..]))?;
        Some(Key::new(&line[..at], &line[at + 1..])).filter(|key| !key.name.is_empty())
    }

    fn quoted(line: &'a str) -> Option<Self> {
        let (name, rest) = line[1..].split_once(&line[..1])?;
        let value = rest.trim_start().strip_prefix(':')?;
        Some(Key::new(name, value)).filter(|key| !key.name.is_empty() && !key.glued)
    }

    fn new(name: &'a str, value: &'a str) -> Self {
        Key {
            // What has no width is no part of a name either.
            name: name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')),
            value,
            spaced: name.ends_with(char::is_whitespace),
            glued: !is_separate(value),
        }
    }

    pub(super) fn known(&self) -> Option<&'static str> {
        KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(self.name))
    }
}

/// Whether what follows a colon is apart from it.
fn is_separate(value: &str) -> bool {
    value.is_empty() || value.starts_with([' ', '\t'])
}

fn is_word(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}
