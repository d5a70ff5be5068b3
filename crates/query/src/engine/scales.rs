//! What being said so often is worth in each field.

use tantivy::{Searcher, fieldnorm::FieldNormReader};
use verbatim_indexer::Fields;

use crate::{bm25::Bm25, plan::Field};

/// A scale for each field that terms are looked up in.
pub(super) struct Scales {
    pub(super) stem: Scale,
    fold: Scale,
    written: Scale,
    title: Scale,
}

/// What being said so often is worth in a field.
pub(super) struct Scale {
    pub(super) bm25: Bm25,
    /// The norm of each length that the engine tells apart.
    norms: [f32; 256],
}

impl Scales {
    /// Those of an index.
    ///
    /// # Errors
    /// The index cannot be read.
    pub(super) fn of(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let average_length = |field| -> tantivy::Result<f32> {
            let (mut words, mut transcripts) = (0, 0);
            for segment in searcher.segment_readers() {
                words += segment.inverted_index(field)?.total_num_tokens();
                transcripts += u64::from(segment.max_doc());
            }
            Ok(words as f32 / transcripts.max(1) as f32)
        };
        Ok(Self {
            stem: Scale::new(Bm25::for_transcripts(average_length(fields.stem)?)),
            fold: Scale::new(Bm25::for_transcripts(average_length(fields.fold)?)),
            written: Scale::new(Bm25::for_transcripts(average_length(fields.written)?)),
            title: Scale::new(Bm25::for_titles(average_length(fields.title)?)),
        })
    }

    /// That of a field.
    pub(super) fn of_field(&self, field: Field) -> &Scale {
        match field {
            Field::Stem => &self.stem,
            Field::Fold => &self.fold,
            Field::Written => &self.written,
            Field::Title => &self.title,
        }
    }
}

impl Scale {
    fn new(bm25: Bm25) -> Self {
        let norm = |id| u8::try_from(id).map_or(0.0, |id| bm25.norm(FieldNormReader::id_to_fieldnorm(id)));
        Self { bm25, norms: std::array::from_fn(norm) }
    }

    /// What a term is worth that a transcript has so many `times`, as a part of its rarity; `norm` is the engine's number for
    /// the transcript's length.
    pub(super) fn worth(&self, times: u32, norm: u8) -> f32 {
        self.bm25.saturated(times as f32, self.norm(norm))
    }

    /// What stands in the way of words in a transcript whose length has this number.
    pub(super) fn norm(&self, norm: u8) -> f32 {
        self.norms[usize::from(norm)]
    }
}
