//! The fields whose terms are whole values: ids, areas, speakers.

use std::collections::BTreeMap;

use tantivy::{
    DocId, fieldnorm::FieldNormReaders, postings::InvertedIndexSerializer, schema::Field, tokenizer::MAX_TOKEN_LEN,
};

/// The values of each field, and the transcripts that have them.
#[derive(Default)]
pub(crate) struct Values {
    fields: BTreeMap<Field, BTreeMap<String, Vec<DocId>>>,
    memory: usize,
}

impl Values {
    /// Notes that a transcript, which does not come before another that has it, has a value; returns whether it is short
    /// enough for the engine.
    pub(crate) fn add(&mut self, field: Field, value: &str, doc: DocId) -> bool {
        /// What a value takes in the map beside its text.
        const VALUE: usize = 80;
        if value.len() > MAX_TOKEN_LEN {
            return false;
        }
        let values = self.fields.entry(field).or_default();
        if let Some(docs) = values.get_mut(value) {
            docs.push(doc);
        } else {
            values.insert(value.to_owned(), vec![doc]);
            self.memory += VALUE + value.len();
        }
        self.memory += size_of::<DocId>();
        true
    }

    /// How much room they take, in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.memory
    }

    /// Writes them all.
    pub(crate) fn write(&self, norms: &FieldNormReaders, out: &mut InvertedIndexSerializer) -> tantivy::Result<()> {
        for (&field, values) in &self.fields {
            let total = values.values().map(|docs| docs.len() as u64).sum();
            let mut out = out.new_field(field, total, norms.get_field(field)?)?;
            for (value, docs) in values {
                out.new_term_without_freq(value.as_bytes())?;
                docs.iter().for_each(|&doc| out.write_doc(doc, 0, &[]));
                out.close_term()?;
            }
            out.close()?;
        }
        Ok(())
    }
}
