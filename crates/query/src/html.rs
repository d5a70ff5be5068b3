//! Spells lit text in HTML: everything is escaped, and `<mark>` is the only tag.

use std::ops::Range;

/// `text` with `highlights`, rising byte ranges on character boundaries, in `<mark>`.
pub(crate) fn marked(text: &str, highlights: &[Range<usize>]) -> String {
    marked_at(text, highlights, |_| None)
}

/// The same; `anchor` names the places among the highlights that links lead to, by their offsets.
pub(crate) fn marked_at(
    text: &str,
    highlights: &[Range<usize>],
    mut anchor: impl FnMut(usize) -> Option<String>,
) -> String {
    let mut html = String::with_capacity(text.len() + 16 * highlights.len());
    let mut at = 0;
    for lit in highlights {
        escape(&text[at..lit.start], &mut html);
        match anchor(lit.start) {
            Some(name) => {
                html.push_str("<mark id=\"");
                escape(&name, &mut html);
                html.push_str("\">");
            }
            None => html.push_str("<mark>"),
        }
        escape(&text[lit.clone()], &mut html);
        html.push_str("</mark>");
        at = lit.end;
    }
    escape(&text[at..], &mut html);
    html
}

/// Text or HTML that breaks no line before a mark that French sets apart, nor after an opening quotation mark. Transcripts
/// are typed with plain spaces there.
pub(crate) fn with_french_spaces(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        spaced.push(match (c, next) {
            (' ', '!' | '?' | ';') => '\u{202f}',
            (' ', ':' | '»' | '%' | '…') => '\u{a0}',
            (' ', _) if before == '«' => '\u{a0}',
            _ => c,
        });
        before = c;
    }
    spaced
}

/// `text` as text and as the value of an attribute.
pub(crate) fn escaped(text: &str) -> String {
    marked(text, &[])
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{marked, with_french_spaces};

    #[test]
    fn nothing_but_marks_is_markup() {
        let lit = 10..13;
        assert_eq!(
            marked("<script>l'ENT & \"GAR\"</script>", std::slice::from_ref(&lit)),
            "&lt;script&gt;l&#39;<mark>ENT</mark> &amp; &quot;GAR&quot;&lt;/script&gt;"
        );
        assert_eq!(marked("", &[]), "");
    }

    #[test]
    fn no_line_breaks_where_french_has_none() {
        for (html, spaced) in [
            ("Clochette ! Vous", "Clochette\u{202f}! Vous"),
            ("« Quoi ? » : 80 %", "«\u{a0}Quoi\u{202f}?\u{a0}»\u{a0}: 80\u{a0}%"),
            ("le <mark>GAR</mark> ; puis", "le <mark>GAR</mark>\u{202f}; puis"),
            ("un mot", "un mot"),
            ("", ""),
        ] {
            assert_eq!(with_french_spaces(html), spaced);
        }
    }
}
