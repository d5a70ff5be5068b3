//! Reads the word lists in `lists/`: an entry a line, `#` begins a comment.

/// The entries of a list, trimmed, without comments and blank lines.
pub(crate) fn entries(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|entry| !entry.is_empty())
}

/// The entries of a list of pairs: `written  form`.
pub(crate) fn pairs(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    entries(text).filter_map(|entry| entry.split_once(char::is_whitespace)).map(|(left, right)| (left, right.trim()))
}
