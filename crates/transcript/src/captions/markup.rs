//! Tags and entities of a caption: what is text, who says it, and when each word is said.

use std::borrow::Cow;

use super::clock;
use crate::text;

/// The words of one voice in a caption.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Part<'a> {
    /// With the line breaks of the source.
    pub(super) text: Cow<'a, str>,
    /// As `<v …>` names it.
    pub(super) voice: Option<String>,
    /// Where words begin in the text and when, in milliseconds, if times stand between them.
    pub(super) words: Vec<(usize, u32)>,
}

/// Tags that style or structure captions; any other `<…>` is text that someone did not escape.
const TAGS: [&str; 14] = ["c", "i", "b", "u", "s", "v", "lang", "ruby", "rt", "font", "strike", "em", "strong", "span"];

/// A caption has one voice or two; in an endless one, all after these are one.
const MAX_VOICES: usize = 100;

/// Reads what stands in a caption, part by part.
pub(super) fn read<'a>(source: &'a str, mut push: impl FnMut(Part<'a>)) {
    if !source.bytes().any(|byte| matches!(byte, b'<' | b'&' | b'{')) {
        return push(Part { text: Cow::Borrowed(source), ..Part::default() });
    }
    let mut part = Part { text: Cow::Owned(String::with_capacity(source.len())), ..Part::default() };
    let mut voices = 0;
    let mut rest = source;
    while let Some(at) = rest.find(['<', '&', '{']) {
        part.text.to_mut().push_str(&rest[..at]);
        rest = &rest[at..];
        rest = match rest.as_bytes()[0] {
            b'<' => match Tag::read(rest) {
                Some((tag, after)) => {
                    voices += usize::from(matches!(tag, Tag::Voice(_)));
                    apply(if voices > MAX_VOICES { Tag::Style } else { tag }, &mut part, &mut push);
                    after
                }
                None => keep(rest, &mut part),
            },
            b'&' => match entity(rest) {
                Some((character, after)) => {
                    part.text.to_mut().extend(character);
                    after
                }
                None => keep(rest, &mut part),
            },
            _ => after_override(rest).unwrap_or_else(|| keep(rest, &mut part)),
        };
    }
    part.text.to_mut().push_str(rest);
    push(part);
}

/// Takes the first, ASCII character for what it is.
fn keep<'a>(rest: &'a str, part: &mut Part<'_>) -> &'a str {
    let (first, after) = rest.split_at(1);
    part.text.to_mut().push_str(first);
    after
}

enum Tag {
    /// Styling: the text goes on.
    Style,
    /// `<br>`.
    Break,
    /// `<v Marie>`, or `</v>`.
    Voice(Option<String>),
    /// `<00:00:15.519>`.
    Time(u32),
}

impl Tag {
    fn read(text: &str) -> Option<(Tag, &str)> {
        let end = 1 + text[1..].find(['<', '>'])?;
        let inner = text[1..end].trim();
        if !text[end..].starts_with('>') {
            return None;
        }
        let after = &text[end + 1..];
        if inner.starts_with(|c: char| c.is_ascii_digit()) {
            return Some((Tag::Time(clock::whole(inner)?), after));
        }
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let name = name.split([' ', '.', '\t', '\n', '/']).next().unwrap_or_default();
        let tag = if name == "v" {
            let annotation = inner.split_once(char::is_whitespace).map(|(_, annotation)| annotation);
            let person = annotation.map(|name| text::fold(&decoded(name))).filter(|name| !name.is_empty());
            Tag::Voice(person)
        } else if name.eq_ignore_ascii_case("br") {
            Tag::Break
        } else if TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag)) {
            Tag::Style
        } else {
            return None;
        };
        Some((tag, after))
    }
}

fn apply<'a>(tag: Tag, part: &mut Part<'a>, push: &mut impl FnMut(Part<'a>)) {
    match tag {
        Tag::Style => {}
        Tag::Break => part.text.to_mut().push('\n'),
        Tag::Time(ms) => part.words.push((part.text.len(), ms)),
        Tag::Voice(voice) => {
            if part.text.trim().is_empty() {
                part.voice = voice;
            } else {
                let next = Part { voice, ..Part::default() };
                push(std::mem::replace(part, next));
            }
        }
    }
}

fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, after) = entity(rest).unwrap_or((Some('&'), &rest[1..]));
        decoded.extend(character);
        rest = after;
    }
    decoded + rest
}

/// `&amp;`, `&#233;`, `&#xE9;`; marks of direction are no character at all.
fn entity(text: &str) -> Option<(Option<char>, &str)> {
    let window = &text.as_bytes()[1..text.len().min(12)];
    let end = 1 + window.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'#'))?;
    let after = text[end..].strip_prefix(';')?;
    let name = &text[1..end];
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => match name {
            "nbsp" => '\u{A0}',
            "lrm" | "rlm" | "shy" => return Some((None, after)),
            _ => {
                let mut lines = include_str!("../../lists/entities.txt").lines();
                let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
                value.chars().next()?
            }
        },
    };
    Some((Some(character), after))
}

/// What follows `{\an8}`, an instruction of another format that players understand in SubRip.
fn after_override(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("{\\")?;
    let end = inner.find(['{', '}', '\n'])?;
    inner[end..].strip_prefix('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let mut found = Vec::new();
        read(source, |part| {
            let voice = part.voice.map(|voice| format!("{voice}> ")).unwrap_or_default();
            let words: String = part.words.iter().map(|(at, ms)| format!(" {at}:{ms}")).collect();
            found.push(format!("{voice}{}{words}", part.text));
        });
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn markup_is_read_and_taken_off() {
        check("Bonjour", &["Bonjour"]);
        check("<i>Bonjour</i> <font color=\"#fff\">à tous</font>", &["Bonjour à tous"]);
        check("{\\an8}{\\i1}Là-haut", &["Là-haut"]);
        check("<c.jaune.gras>Oui</c> <lang fr>non</lang>", &["Oui non"]);
        check("<v Marie>Bonjour", &["Marie> Bonjour"]);
        check("<v.fort Marie &amp; Paul>Bonjour</v>", &["Marie & Paul> Bonjour", ""]);
        check("<v Marie>Oui</v>\n<v Paul>Non", &["Marie> Oui", "Paul> \nNon"]);
        check("le<00:00:15.519><c> trisè</c><00:00:16.560><c> point</c>", &["le trisè point 2:15519 9:16560"]);
        check(
            "Q&amp;A &lt;br&gt; &#233;t&#xE9; l&rsquo;&eacute;cole &lrm;ici&nbsp;!",
            &["Q&A <br> été l’école ici\u{A0}!"],
        );
        check("a<br>b<BR/>c", &["a\nb\nc"]);
    }

    #[test]
    fn what_is_no_markup_is_text() {
        for text in
            ["a < b", "la balise <div>", "x <", "<", "&", "Q&A", "&inconnu;", "&#99999999;", "{x}", "{\\", "<<i"]
        {
            check(text, &[text]);
        }
        check("<<i>>", &["<>"]);
    }
}
