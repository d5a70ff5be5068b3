//! The columns of a segment of the index, opened once.

use std::sync::Arc;

use tantivy::{
    DocId, SegmentReader, TantivyError,
    columnar::{Column, StrColumn},
    directory::{CompositeFile, FileSlice},
    index::SegmentComponent,
    schema::Field,
};

use verbatim_indexer::{Dictionary, Record, Records};

use super::{docs::Docs, values::Values};
use crate::facet::Facet;

/// What a segment knows of each of its transcripts beside its words, and where these stand.
pub(super) struct Columns {
    /// The positions of the terms of each field.
    positions: CompositeFile,
    ids: Option<StrColumn>,
    priorities: Column<i64>,
    areas: Values,
    speakers: Values,
    records: Records,
    /// Those of its transcripts that were not deleted, where some were.
    alive: Option<Docs>,
}

impl Columns {
    pub(super) fn open(segment: &SegmentReader, dictionary: &Arc<Dictionary>) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let positions = segment.open_read(SegmentComponent::Positions).map_err(TantivyError::from)?;
        Ok(Self {
            positions: CompositeFile::open(&positions)?,
            ids: columns.str("id")?,
            priorities: columns.i64("priority")?,
            areas: Values::open(segment, &Facet::Area.to_string())?,
            speakers: Values::open(segment, &Facet::Speaker.to_string())?,
            records: Records::open(segment, dictionary)?,
            alive: segment.has_deletes().then(|| {
                let mut alive = Docs::none(segment.max_doc());
                segment.doc_ids_alive().for_each(|doc| alive.insert(doc));
                alive
            }),
        })
    }

    /// The positions of the terms of a field; `None` where it has no positions.
    pub(super) fn positions(&self, field: Field) -> Option<FileSlice> {
        self.positions.open_read(field)
    }

    /// What is stored of a transcript; `None` where it is damaged.
    pub(super) fn record(&self, doc: DocId) -> tantivy::Result<Option<Record>> {
        self.records.get(doc)
    }

    /// The ids.
    pub(super) fn ids(&self) -> Option<&StrColumn> {
        self.ids.as_ref()
    }

    /// Where the id of a transcript stands among those of its segment, in their order.
    pub(super) fn id_rank(&self, doc: DocId) -> Option<u64> {
        self.ids.as_ref()?.term_ords(doc).next()
    }

    /// The rank of a transcript where no query orders the list.
    pub(super) fn priority(&self, doc: DocId) -> i64 {
        self.priorities.first(doc).unwrap_or(i64::MAX)
    }

    /// Those of its transcripts that were not deleted, where some were.
    pub(super) fn alive(&self) -> Option<&Docs> {
        self.alive.as_ref()
    }

    /// Which areas its transcripts belong to.
    pub(super) fn areas(&self) -> &Values {
        &self.areas
    }

    /// Who speaks in them.
    pub(super) fn speakers(&self) -> &Values {
        &self.speakers
    }
}
