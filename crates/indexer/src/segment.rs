//! A segment of the index in the making: transcripts in, the engine's files out.
//!
//! The engine's own way from text to postings looks up each word for each field, in memory that is far away. Here a word
//! has a number, which the analysis knows already; transcripts are kept as streams of numbers, and these are sorted once
//! for each field when the segment is written.

mod draft;
mod postings;
mod values;

use tantivy::Segment;

use crate::{
    analysis::Heard,
    document::{Accepted, document},
    record::Record,
    store::Opened,
};
use draft::Draft;

/// Makes segments, one after the other.
pub(crate) struct Builder<'a> {
    opened: &'a Opened,
    heard: Heard,
    /// What else the segment has, once it has a transcript.
    draft: Option<Draft>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(opened: &'a Opened) -> Self {
        Self { opened, heard: Heard::new(), draft: None }
    }

    /// Adds a transcript.
    ///
    /// # Errors
    /// The files of the segment cannot be written.
    pub(crate) fn add(&mut self, accepted: &Accepted) -> tantivy::Result<()> {
        let draft = match &mut self.draft {
            Some(draft) => draft,
            none => none.insert(Draft::new(self.opened)?),
        };
        let terms = self.heard.add(&accepted.transcript);
        let Opened { fields, dictionary, .. } = self.opened;
        let record = Record::encode(&accepted.transcript, &terms, dictionary);
        draft.add(&document(accepted, &terms, fields), &record, &terms)
    }

    /// How much room the segment takes so far, in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.draft.as_ref().map_or(0, |draft| self.heard.memory() + draft.memory())
    }

    /// Writes the segment, where there is one.
    ///
    /// # Errors
    /// The files of the segment cannot be written.
    pub(crate) fn finish(&mut self) -> tantivy::Result<Option<Segment>> {
        let segment = self.draft.take().map(|draft| draft.write(&self.heard)).transpose()?;
        self.heard.clear();
        Ok(segment)
    }
}
