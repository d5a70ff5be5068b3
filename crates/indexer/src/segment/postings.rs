//! Turns the stream of words of a segment into postings: for each term of a field, where it stands.
//!
//! A counting sort: as words come in the order of transcripts and positions, so do the places of each term.

use std::io;

use tantivy::{
    DocId,
    fieldnorm::FieldNormReaders,
    postings::{FieldSerializer, InvertedIndexSerializer},
    schema::Field,
};

use crate::{
    stream::{Stream, Transcripts},
    vocabulary::{Ranking, Vocabulary},
};

/// Writes the postings of fields whose words are one stream.
pub(crate) struct Inverter<'a> {
    stream: &'a Stream,
    vocabulary: &'a Vocabulary,
    transcripts: Transcripts<'a>,
    /// How often each word stands in the stream.
    counts: Vec<u32>,
    /// The places of all terms, those of each together.
    places: Vec<u32>,
}

impl<'a> Inverter<'a> {
    pub(crate) fn new(stream: &'a Stream, vocabulary: &'a Vocabulary) -> Self {
        let transcripts = Transcripts::of(stream);
        let counts = stream.counts(vocabulary.len());
        Self { stream, vocabulary, transcripts, counts, places: vec![0; stream.len()] }
    }

    /// Writes a field that holds the terms of a ranking.
    pub(crate) fn write(
        &mut self,
        field: Field,
        ranking: &Ranking,
        norms: &FieldNormReaders,
        out: &mut InvertedIndexSerializer,
    ) -> tantivy::Result<()> {
        let ends = self.sort(&ranking.ranks, ranking.words.len());
        let total = self.places.len() as u64 - u64::from(ends[0]);
        let mut out = out.new_field(field, total, norms.get_field(field)?)?;
        let mut docs = Vec::new();
        for (&word, bounds) in ranking.words.iter().zip(ends.windows(2)) {
            let places = &mut self.places[bounds[0] as usize..bounds[1] as usize];
            // The words of another stream are none of this one.
            if !places.is_empty() {
                split(&self.transcripts, places, &mut docs);
                write(self.vocabulary.term(word, ranking.form), &docs, places, &mut out)?;
            }
        }
        Ok(out.close()?)
    }

    /// Sorts the places by the rank of the term that stands there; returns where those of each rank end, the words without a
    /// term first.
    fn sort(&mut self, ranks: &[u32], last: usize) -> Vec<u32> {
        let mut next = vec![0; last + 2];
        for (&rank, count) in ranks.iter().zip(&self.counts) {
            next[rank as usize + 1] += count;
        }
        for rank in 1..next.len() {
            next[rank] += next[rank - 1];
        }
        let places = &mut self.places;
        self.stream.walk(|word, place| {
            let at = &mut next[ranks[word as usize] as usize];
            places[*at as usize] = place;
            *at += 1;
        });
        next.pop();
        next
    }
}

/// Splits the places of a term by transcript: `docs` becomes the transcripts, each with how many of the places lie in it;
/// each place becomes its distance from the one before in the same transcript, or from the transcript's start.
fn split(transcripts: &Transcripts<'_>, places: &mut [u32], docs: &mut Vec<(DocId, u32)>) {
    docs.clear();
    let (mut doc, mut count) = (0, 0);
    let (mut before, mut end) = (0, 0);
    for place in places {
        if *place >= end {
            if count > 0 {
                docs.push((doc, count));
            }
            (doc, count) = (transcripts.at(*place), 0);
            (before, end) = (transcripts.start(doc), transcripts.end(doc));
        }
        count += 1;
        (*place, before) = (*place - before, *place);
    }
    if count > 0 {
        docs.push((doc, count));
    }
}

/// Writes one term, whose places were [`split`].
fn write(term: &str, docs: &[(DocId, u32)], mut steps: &[u32], out: &mut FieldSerializer<'_>) -> io::Result<()> {
    out.new_term(term.as_bytes(), docs.len() as u32, true)?;
    for &(doc, count) in docs {
        let (these, rest) = steps.split_at(count as usize);
        out.write_doc(doc, count, these);
        steps = rest;
    }
    out.close_term()
}
