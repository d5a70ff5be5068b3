//! The blocks of a Markdown text (paragraphs, headings, items, rows), each as plain text with its line.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::literal;
use super::speaker;
use crate::error::Note;
use crate::text;
use crate::turn::{Turn, turn};

/// What is said in one go, as far as the markup tells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// Its text, with the line breaks of the source.
    pub(super) text: String,
    /// Where in the text links end, and where they lead.
    pub(super) links: Vec<(usize, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading, with its level.
    Heading(HeadingLevel),
    /// A paragraph or list item: someone may begin to speak here.
    Paragraph,
    /// Code, HTML, a table row: text that is what it is.
    Literal,
}

impl Block {
    pub(super) fn opens_turn(&self) -> bool {
        self.kind == Kind::Paragraph && matches!(turn(&self.text), Turn::Begins(_))
    }
}

/// Reads Markdown whose first line is `first_line` of the file.
///
/// Any change of block ends the text before it, so no stack is needed, and nesting costs nothing.
pub(super) fn blocks(markdown: &str, first_line: usize, notes: &mut Vec<Note>) -> Vec<Block> {
    let markdown = literal::keep_definitions(markdown);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(&markdown, options).into_offset_iter() {
        reader.at = range.start;
        reader.escaped = markdown[..range.start].ends_with('\\');
        reader.read(event);
    }
    reader.flush();
    note_lines(&markdown, first_line, reader.oddities, notes);
    reader.blocks
}

/// Turns places in the text into lines of the file.
fn note_lines(markdown: &str, first_line: usize, mut oddities: Vec<(usize, &str)>, notes: &mut Vec<Note>) {
    oddities.sort_unstable();
    let (mut line, mut counted) = (first_line, 0);
    for (at, message) in oddities {
        line += markdown.as_bytes()[counted..at].iter().filter(|&&byte| byte == b'\n').count();
        counted = at;
        notes.push(Note { line, message: message.to_owned() });
    }
}

/// The block being read and those that are done.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    oddities: Vec<(usize, &'static str)>,
    /// Where in the source the event stands.
    at: usize,
    /// The event stands behind a backslash, which is not part of it.
    escaped: bool,
    text: String,
    links: Vec<(usize, String)>,
    /// The links that are open, innermost last.
    open_links: Vec<String>,
    heading: Option<HeadingLevel>,
    /// In code or HTML: nothing is markup.
    literal: bool,
    /// In a table row.
    row: bool,
    /// A cell ended; the next text is another one's.
    cell_ended: bool,
    /// Asterisks read but not yet in the text, and where the first stands.
    stars: usize,
    stars_at: usize,
    /// Emphasis just ended, or stray asterisks were left out: what comes may be cut off by a space.
    seam: bool,
}

impl Reader {
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.literal => self.text.push_str(&text),
            Event::Text(text) if self.escaped && self.at_line_begin() && text.starts_with('-') => {
                self.push(speaker::ESCAPED_HYPHEN);
                self.push(&text[1..]);
            }
            Event::Text(text) if !self.escaped => self.push_prose(&text),
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::Html(html) => self.text.push_str(&html),
            Event::InlineHtml(html) if literal::is_comment(&html) => {}
            Event::InlineHtml(html) => self.push(&html),
            Event::SoftBreak | Event::HardBreak => self.push("\n"),
            Event::Rule => self.flush(),
            // Extensions that are not switched on; whatever they would hold is text.
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.push(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.close_elision(),
            Tag::Link { dest_url, .. } => self.open_links.push(dest_url.into_string()),
            Tag::Image { .. } => {}
            Tag::TableCell => {
                self.settle_stars(None);
                self.cell_ended = !self.text.is_empty();
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level);
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.flush();
                self.literal = true;
            }
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                self.row = true;
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.seam = true,
            TagEnd::Link => self.links.extend(self.open_links.pop().map(|address| (self.text.len(), address))),
            TagEnd::Image | TagEnd::TableCell => {}
            _ => self.flush(),
        }
    }

    fn at_line_begin(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }

    /// Adds text whose asterisks are not escaped, yet make nothing bold.
    fn push_prose(&mut self, text: &str) {
        let mut rest = text;
        while let Some(star) = rest.find('*') {
            self.push(&rest[..star]);
            let after = rest[star..].trim_start_matches('*');
            if self.stars == 0 {
                self.stars_at = self.at;
            }
            self.stars += rest.len() - star - after.len();
            rest = after;
        }
        self.push(rest);
    }

    /// Decides on asterisks when the character after them is known.
    ///
    /// `données **. **` was meant to be bold; `m**` in the middle of something was not.
    fn settle_stars(&mut self, next: Option<char>) {
        let stars = std::mem::take(&mut self.stars);
        let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
        if stars == 2 && (apart(self.text.chars().next_back()) || apart(next)) {
            self.seam = true;
            self.oddities.push((self.stars_at, "`**` that makes nothing bold is left out; remove it"));
        } else {
            self.text.extend(std::iter::repeat_n('*', stars));
        }
    }

    fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.settle_stars(text.chars().next());
        if self.cell_ended {
            self.text.push_str(" | ");
            self.cell_ended = false;
        }
        let text = if std::mem::take(&mut self.seam) && closes(text) {
            self.shorten(self.text.trim_end_matches(' ').len());
            text.trim_start_matches(' ')
        } else {
            text
        };
        self.text.push_str(text);
    }

    /// `l’ **open data**` is `l’open data`: the space stands there for the asterisks' sake.
    fn close_elision(&mut self) {
        let Some(before) = self.text.strip_suffix(' ') else {
            return;
        };
        let Some(word) = before.strip_suffix(['’', '\'']) else {
            return;
        };
        let word = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let elided = ["c", "d", "j", "l", "m", "n", "qu", "s", "t"];
        if elided.contains(&word.to_lowercase().as_str()) {
            self.shorten(before.len());
        }
    }

    /// Takes spaces off the end, and back the links that end in them.
    fn shorten(&mut self, len: usize) {
        self.text.truncate(len);
        for (at, _) in self.links.iter_mut().rev().take_while(|(at, _)| *at > len) {
            *at = len;
        }
    }

    /// Ends the block being read.
    fn flush(&mut self) {
        self.settle_stars(None);
        let text = std::mem::take(&mut self.text);
        let links = std::mem::take(&mut self.links);
        let heading = self.heading.take();
        let literal = std::mem::take(&mut self.literal);
        let row = std::mem::take(&mut self.row);
        self.cell_ended = false;
        self.seam = false;
        let mut done = |kind, text: &str, links| {
            if !text::is_blank(text) {
                self.blocks.push(Block { kind, text: text.to_owned(), links });
            }
        };
        if let Some(level) = heading {
            done(Kind::Heading(level), &text, links);
        } else if literal {
            let (text, closed) = literal::without_comments(&text);
            if !closed {
                self.oddities.push((self.at, "an HTML comment is not closed and is read as text; end it with `-->`"));
            }
            for paragraph in literal::paragraphs(&text) {
                done(Kind::Literal, &paragraph, Vec::new());
            }
        } else if row {
            done(Kind::Literal, &text, links);
        } else {
            let mut links = links.into_iter().peekable();
            let mut begin = 0;
            for paragraph in speaker::at_turns(&text) {
                let end = begin + paragraph.len();
                let within = std::iter::from_fn(|| links.next_if(|(at, _)| *at <= end));
                done(Kind::Paragraph, paragraph, within.map(|(at, address)| (at - begin, address)).collect());
                begin = end;
            }
        }
    }
}

/// Whether the text goes on with a comma or a full stop, which follow a word without a space.
fn closes(text: &str) -> bool {
    let mut chars = text.trim_start_matches(' ').chars();
    matches!(chars.next(), Some('.' | ',')) && !matches!(chars.next(), Some('.'))
}
