//! From French to the index: the one place where tokens become terms of fields.
//!
//! A transcript is analysed once, and all its fields are written from that: each field's text is its terms, one a line,
//! and the tokenizer given to the engine does no more than read the lines. Any engine that can split at line ends can
//! hold the same tokens.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use verbatim_french::Analyzer;
use verbatim_transcript::Transcript;

use crate::{
    schema::GAP,
    words::{Layout, Recorder},
};

/// The terms of a transcript, a text for each field, and where its parts begin in the stream of positions.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    pub(crate) stem: Lines,
    pub(crate) fold: Lines,
    pub(crate) written: Lines,
    pub(crate) title: Lines,
    /// Where the words of the description stand.
    pub(crate) description: Layout,
    /// Where the words of each segment stand.
    pub(crate) segments: Vec<Layout>,
    /// How many words there are in all.
    pub(crate) words: u64,
}

impl Terms {
    /// Analyses `transcript`.
    pub(crate) fn of(transcript: &Transcript, analyzer: &mut Analyzer) -> Self {
        let mut terms = Self::default();
        let (_, mut next) = terms.add(&transcript.metadata.title, 0, analyzer);
        // The title comes first, so there are no other stems yet.
        terms.title = terms.stem.clone();
        terms.description.position = next + GAP;
        if let Some(description) = &transcript.metadata.description {
            (terms.description, next) = terms.add(description, next + GAP, analyzer);
        }
        next += GAP;
        for segment in &transcript.segments {
            let layout;
            (layout, next) = terms.add(&segment.text, next, analyzer);
            terms.segments.push(layout);
        }
        terms
    }

    /// Adds the tokens of a text that begins at position `first`; returns where they stand, and the position after its
    /// last place.
    fn add(&mut self, text: &str, first: u32, analyzer: &mut Analyzer) -> (Layout, u32) {
        let mut recorder = Recorder::new(text, first);
        let places = analyzer.analyze(text, |token| {
            recorder.note(token);
            let position = first + token.position;
            self.stem.push(token.stem, position);
            self.fold.push(token.fold, position);
            if let Some(also) = token.also {
                self.fold.push(also, position);
            }
            self.written.push(token.written, position);
            self.words += 1;
        });
        (recorder.finish(), first + places)
    }
}

/// Terms, one a line; a line that begins with [`JUMP`] says how far the next term lies from the one before.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines {
    pub(crate) text: String,
    next: u32,
}

/// No term begins with it: the analysis keeps letters, digits and a few signs.
const JUMP: u8 = 1;

impl Lines {
    fn push(&mut self, term: &str, position: u32) {
        if position != self.next {
            // Only what shares a place lies at less than one.
            let jump = i64::from(position) - i64::from(self.next);
            self.text.push_str(&format!("{}{jump}\n", char::from(JUMP)));
        }
        self.text.push_str(term);
        self.text.push('\n');
        self.next = position + 1;
    }
}

/// Reads [`Lines`] back, for the engine.
#[derive(Clone, Default)]
pub(crate) struct LineTokenizer {
    token: Token,
}

impl Tokenizer for LineTokenizer {
    type TokenStream<'a> = LineTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineTokens<'a> {
        self.token.reset();
        LineTokens { rest: text, next: 0, token: &mut self.token }
    }
}

/// The terms of one field of one transcript.
pub(crate) struct LineTokens<'a> {
    rest: &'a str,
    next: i64,
    token: &'a mut Token,
}

impl<'a> LineTokens<'a> {
    /// The next line. Lines are short, so a look at each byte finds their end sooner than a search for it.
    fn line(&mut self) -> Option<&'a str> {
        let end = self.rest.bytes().position(|byte| byte == b'\n')?;
        let (line, rest) = (&self.rest[..end], &self.rest[end + 1..]);
        self.rest = rest;
        Some(line)
    }
}

impl TokenStream for LineTokens<'_> {
    fn advance(&mut self) -> bool {
        let Some(mut line) = self.line() else {
            return false;
        };
        if line.as_bytes().first() == Some(&JUMP) {
            self.next += line[1..].parse::<i64>().unwrap_or_default();
            let Some(term) = self.line() else { return false };
            line = term;
        }
        self.token.text.clear();
        self.token.text.push_str(line);
        self.token.position = usize::try_from(self.next).unwrap_or_default();
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
