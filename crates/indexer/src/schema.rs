//! The fields of the index: the contract between who writes it and who reads it.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

/// Counts up whenever the fields, or what is stored in them, change. An index of another version is built again.
pub(crate) const VERSION: u32 = 7;

/// Positions left free between title, description and speech, so that no phrase runs from one into the next.
pub const GAP: u32 = 100;

/// The fields of a transcript.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// The transcript's id.
    pub id: Field,
    /// The file it came from, as a path below the folder given.
    pub source: Field,
    /// The fingerprint of that file.
    pub fingerprint: Field,
    /// The part of a collection it belongs to; filtered by, counted by.
    pub area: Field,
    /// Who speaks in it, each name once; filtered by, counted by.
    pub speaker: Field,
    /// Its rank where no query orders the list.
    pub priority: Field,
    /// How many words it holds.
    pub words: Field,
    /// The stems of title, description and speech, in one stream of positions.
    pub stem: Field,
    /// The folded words, at the same positions.
    pub fold: Field,
    /// The words as written, with case and accents, without positions.
    pub written: Field,
    /// The stems of the title alone.
    pub title: Field,
    /// What the transcript says its acronyms stand for: see `glossary`.
    pub definition: Field,
    /// What is shown: a [`Record`](crate::Record).
    pub record: Field,
}

impl Fields {
    /// The schema and its fields.
    pub(crate) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            id: schema.add_text_field("id", STRING | FAST),
            source: schema.add_text_field("source", STRING | FAST),
            fingerprint: schema.add_u64_field("fingerprint", FAST),
            area: schema.add_text_field("area", STRING | FAST),
            speaker: schema.add_text_field("speaker", STRING | FAST),
            priority: schema.add_i64_field("priority", FAST),
            words: schema.add_u64_field("words", FAST),
            stem: terms(&mut schema, "stem", IndexRecordOption::WithFreqsAndPositions),
            fold: terms(&mut schema, "fold", IndexRecordOption::WithFreqsAndPositions),
            written: terms(&mut schema, "written", IndexRecordOption::WithFreqs),
            title: terms(&mut schema, "title", IndexRecordOption::WithFreqs),
            definition: schema.add_text_field("definition", STRING),
            record: schema.add_bytes_field("record", STORED),
        };
        (schema.build(), fields)
    }
}

/// A field of terms. Nothing in the engine makes them: see `analysis`.
fn terms(schema: &mut SchemaBuilder, name: &str, option: IndexRecordOption) -> Field {
    let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(option);
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}
