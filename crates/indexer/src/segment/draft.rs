//! The files of a segment, from its first transcript to the last byte.

use std::collections::BTreeMap;

use tantivy::{
    DocId, Segment, TantivyDocument,
    directory::TerminatingWrite,
    fastfield::FastFieldsWriter,
    fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter},
    index::SegmentComponent,
    postings::InvertedIndexSerializer,
    schema::Value,
    store::StoreWriter,
};

use super::{postings::Inverter, values::Values};
use crate::{
    analysis::{Heard, Terms},
    records,
    schema::Fields,
    store::Opened,
    vocabulary::Form,
};

/// All that is known of the transcripts of a segment but for what is heard in them. What is stored is written at once.
pub(super) struct Draft {
    segment: Segment,
    fields: Fields,
    store: StoreWriter,
    columns: FastFieldsWriter,
    norms: FieldNormsWriter,
    values: Values,
    /// How many transcripts there are.
    count: DocId,
}

impl Draft {
    pub(super) fn new(opened: &Opened) -> tantivy::Result<Self> {
        let Opened { index, fields, .. } = opened;
        let (segment, schema, settings) = (index.new_segment(), index.schema(), index.settings());
        let file = segment.open_write(SegmentComponent::Store)?;
        // What is stored is packed already, so a thread of its own would have nothing to do.
        let store = StoreWriter::new(file, settings.docstore_compression, settings.docstore_blocksize, false)?;
        let tokenizers = index.fast_field_tokenizer().clone();
        let columns = FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, tokenizers)?;
        let norms = FieldNormsWriter::for_schema(&schema);
        Ok(Self { segment, fields: *fields, store, columns, norms, values: Values::default(), count: 0 })
    }

    /// Adds the next transcript, of which `record` is shown and `terms` was heard.
    pub(super) fn add(&mut self, document: &TantivyDocument, record: &[u8], terms: &Terms) -> tantivy::Result<()> {
        let doc = self.count;
        self.count += 1;
        self.store.store_bytes(&records::document(self.fields.record, record))?;
        self.columns.add_document(document)?;
        let Fields { stem, fold, written, title, .. } = self.fields;
        let mut lengths = BTreeMap::from([
            (stem, terms.words),
            (fold, terms.words + terms.also),
            (written, terms.words),
            (title, terms.title),
        ]);
        for (field, value) in document.field_values() {
            if let Some(text) = value.as_str()
                && self.values.add(field, text, doc)
            {
                *lengths.entry(field).or_default() += 1;
            }
        }
        lengths.into_iter().for_each(|(field, length)| self.norms.record(doc, field, length));
        Ok(())
    }

    /// How much room it takes, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.values.memory() + self.columns.mem_usage() + self.norms.mem_usage()
    }

    /// Writes all the files.
    pub(super) fn write(mut self, heard: &Heard) -> tantivy::Result<Segment> {
        let segment = self.segment;
        self.store.close()?;
        let mut file = segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut file, None)?;
        file.terminate()?;
        self.norms.fill_up_to_max_doc(self.count);
        let file = segment.open_write(SegmentComponent::FieldNorms)?;
        self.norms.serialize(FieldNormsSerializer::from_write(file)?, None)?;
        // The engine notes the best of each block of postings, for which it must know how long the transcripts are.
        let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut out = InvertedIndexSerializer::open(&segment)?;
        self.values.write(&norms, &mut out)?;
        let Fields { stem, fold, written, title, .. } = self.fields;
        let stems = heard.vocabulary.ranking(Form::Stem);
        let mut text = Inverter::new(&heard.text, &heard.vocabulary);
        text.write(stem, &stems, &norms, &mut out)?;
        text.write(fold, &heard.vocabulary.ranking(Form::Fold), &norms, &mut out)?;
        text.write(written, &heard.vocabulary.ranking(Form::Written), &norms, &mut out)?;
        Inverter::new(&heard.title, &heard.vocabulary).write(title, &stems, &norms, &mut out)?;
        out.close()?;
        Ok(segment.with_max_doc(self.count))
    }
}
