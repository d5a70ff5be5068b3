//! Spells lit text in HTML: everything is escaped, and `<mark>` is the only tag.

use std::ops::Range;

/// `text` with `highlights`, rising byte ranges on character boundaries, in `<mark>`.
pub(crate) fn marked(text: &str, highlights: &[Range<usize>]) -> String {
    let mut html = String::with_capacity(text.len() + 16 * highlights.len());
    let mut at = 0;
    for lit in highlights {
        escape(&text[at..lit.start], &mut html);
        html.push_str("<mark>");
        escape(&text[lit.clone()], &mut html);
        html.push_str("</mark>");
        at = lit.end;
    }
    escape(&text[at..], &mut html);
    html
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
    use super::marked;

    #[test]
    fn nothing_but_marks_is_markup() {
        let lit = 10..13;
        assert_eq!(
            marked("<script>l'ENT & \"GAR\"</script>", std::slice::from_ref(&lit)),
            "&lt;script&gt;l&#39;<mark>ENT</mark> &amp; &quot;GAR&quot;&lt;/script&gt;"
        );
        assert_eq!(marked("", &[]), "");
    }
}
