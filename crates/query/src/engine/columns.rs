//! The columns of a segment of the index, opened once.

use std::sync::Arc;

use tantivy::{
    DocId, SegmentReader,
    columnar::{Column, StrColumn},
};

use verbatim_indexer::{Dictionary, Record, Records};

use crate::facet::Facet;

/// What a segment knows of each of its transcripts beside its words.
pub(super) struct Columns {
    ids: Option<StrColumn>,
    priorities: Column<i64>,
    areas: Option<StrColumn>,
    speakers: Option<StrColumn>,
    records: Records,
}

impl Columns {
    pub(super) fn open(segment: &SegmentReader, dictionary: &Arc<Dictionary>) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            ids: columns.str("id")?,
            priorities: columns.i64("priority")?,
            areas: columns.str(&Facet::Area.to_string())?,
            speakers: columns.str(&Facet::Speaker.to_string())?,
            records: Records::open(segment, dictionary)?,
        })
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

    /// The values of a facet.
    pub(super) fn facet(&self, facet: Facet) -> Option<&StrColumn> {
        match facet {
            Facet::Area => self.areas.as_ref(),
            Facet::Speaker => self.speakers.as_ref(),
        }
    }
}
