//! The addresses of pages and passages.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// What must be escaped in a part of a path; `/` stays, it separates the parts of an id.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The reading page of a transcript, with a query lit in it.
pub(crate) fn transcript(id: &str, query: &str) -> String {
    let path = utf8_percent_encode(id, PATH);
    if query.is_empty() { format!("/transcripts/{path}") } else { format!("/transcripts/{path}?q={}", value(query)) }
}

/// A segment on the reading page.
pub(crate) fn segment(id: &str, query: &str, segment: usize) -> String {
    format!("{}#s{segment}", transcript(id, query))
}

/// A page of results.
pub(crate) fn results(query: &str, area: Option<&str>, page: usize) -> String {
    let mut link = format!("/?q={}", value(query));
    if let Some(area) = area {
        link.push_str("&area=");
        link.push_str(&value(area));
    }
    if page > 1 {
        link.push_str(&format!("&page={page}"));
    }
    link
}

fn value(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::{results, segment};

    #[test]
    fn ids_and_queries_survive() {
        assert_eq!(segment("edu/a%20b", "l’ENT", 14), "/transcripts/edu/a%2520b?q=l%E2%80%99ENT#s14");
        assert_eq!(results("a&b", Some("Domaine 1"), 2), "/?q=a%26b&area=Domaine%201&page=2");
    }
}
