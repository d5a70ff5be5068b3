//! From French to the index: the one place where tokens become words of fields.

use verbatim_french::Analyzer;
use verbatim_transcript::Transcript;

use crate::{
    schema::GAP,
    stream::Stream,
    vocabulary::Vocabulary,
    words::{Layout, Recorder},
};

/// What was heard in the transcripts of a segment of the index.
pub(crate) struct Heard {
    /// It remembers the words it has met, so it stays when a segment is done.
    analyzer: Analyzer,
    pub(crate) vocabulary: Vocabulary,
    /// Title, description and speech.
    pub(crate) text: Stream,
    /// The titles once more.
    pub(crate) title: Stream,
}

/// How many words a transcript has, and where they stand.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// How many words there are in all,
    pub(crate) words: u32,
    /// how many of them are the title's,
    pub(crate) title: u32,
    /// and how many have another form at the same place.
    pub(crate) also: u32,
    /// Where the words of the description stand.
    pub(crate) description: Layout,
    /// Where the words of each segment stand.
    pub(crate) segments: Vec<Layout>,
}

/// An analyzer that has met more words than these makes room for a new one: it gives no two words one number, so that a
/// table of its numbers would grow without end.
const MOST_MET: usize = 1 << 20;

impl Heard {
    pub(crate) fn new() -> Self {
        Self {
            analyzer: Analyzer::new(),
            vocabulary: Vocabulary::default(),
            text: Stream::default(),
            title: Stream::default(),
        }
    }

    /// Analyses the next transcript.
    pub(crate) fn add(&mut self, transcript: &Transcript) -> Terms {
        self.text.begin();
        self.title.begin();
        let mut terms = Terms::default();
        let (_, mut next) = self.hear(&transcript.metadata.title, 0, true, &mut terms);
        terms.title = terms.words;
        terms.description.position = next + GAP;
        if let Some(description) = &transcript.metadata.description {
            (terms.description, next) = self.hear(description, next + GAP, false, &mut terms);
        }
        next += GAP;
        for segment in &transcript.segments {
            let layout;
            (layout, next) = self.hear(&segment.text, next, false, &mut terms);
            terms.segments.push(layout);
        }
        terms
    }

    /// Adds the words of a text that begins at position `first`; returns where they stand, and the position after its
    /// last place.
    fn hear(&mut self, text: &str, first: u32, is_title: bool, terms: &mut Terms) -> (Layout, u32) {
        let mut recorder = Recorder::new(text, first);
        let mut push = |word, position| {
            self.text.push(word, position);
            if is_title {
                self.title.push(word, position);
            }
        };
        let places = self.analyzer.analyze(text, |token| {
            recorder.note(token);
            let position = first + token.position;
            push(self.vocabulary.word(token), position);
            terms.words += 1;
            if let Some(also) = token.also.and_then(|also| self.vocabulary.also(also)) {
                push(also, position);
                terms.also += 1;
            }
        });
        (recorder.finish(), first + places)
    }

    /// How much room it takes, in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.vocabulary.memory() + self.text.memory() + self.title.memory()
    }

    /// Forgets the transcripts.
    pub(crate) fn clear(&mut self) {
        if self.vocabulary.met() > MOST_MET {
            *self = Self::new();
        } else {
            self.vocabulary.clear();
            self.text.clear();
            self.title.clear();
        }
    }
}
