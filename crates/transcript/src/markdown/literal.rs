//! Text that Markdown would swallow, and HTML, of which only comments go.

/// Takes from `[Jean]: Bonjour` what would make it the definition of a link and drop it from the text.
///
/// A space without width between bracket and colon does; it is removed with all others of its kind.
/// Definitions that do define a link, by an address, stay.
pub(super) fn keep_definitions(markdown: &str) -> String {
    let mut kept = String::with_capacity(markdown.len());
    let mut pieces = markdown.split("]:");
    kept.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        kept.push_str(if is_address(piece) { "]:" } else { "]\u{200B}:" });
        kept.push_str(piece);
    }
    kept
}

fn is_address(text: &str) -> bool {
    let target = text.trim_start_matches([' ', '\t']);
    let target = target.split_whitespace().next().unwrap_or_default();
    text.starts_with([' ', '\t', '<'])
        && (target.contains("://") || target.starts_with(['/', '#', '<', '.']) || target.starts_with("mailto:"))
}

/// Whether inline HTML is a comment, which is always closed.
pub(super) fn is_comment(html: &str) -> bool {
    html.starts_with("<!--")
}

/// The HTML without its comments, and whether the last of them was closed; one that was not stays.
pub(super) fn without_comments(html: &str) -> (String, bool) {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(begin) = rest.find("<!--") {
        // `<!-->` and `<!--->` are whole comments, so the end may overlap the begin.
        let Some(end) = rest[begin + 2..].find("-->") else {
            kept.push_str(rest);
            return (kept, false);
        };
        kept.push_str(&rest[..begin]);
        rest = &rest[begin + 2 + end + 3..];
    }
    kept.push_str(rest);
    (kept, true)
}

/// Parts of a text between blank lines.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    lines.split(|line| line.trim().is_empty()).map(|lines| lines.join("\n")).collect()
}
