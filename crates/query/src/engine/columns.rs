//! The columns of a segment of the index, opened once.

use tantivy::{
    DocId, SegmentReader,
    columnar::{Column, StrColumn},
};

use crate::facet::Facet;

/// What a segment knows of each of its transcripts beside its words.
pub(super) struct Columns {
    ids: Option<StrColumn>,
    priorities: Column<i64>,
    areas: Option<StrColumn>,
    speakers: Option<StrColumn>,
}

impl Columns {
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            ids: columns.str("id")?,
            priorities: columns.i64("priority")?,
            areas: columns.str(&Facet::Area.to_string())?,
            speakers: columns.str(&Facet::Speaker.to_string())?,
        })
    }

    /// The id of a transcript.
    pub(super) fn id(&self, doc: DocId) -> String {
        let mut id = String::new();
        if let (Some(ids), Some(rank)) = (&self.ids, self.id_rank(doc)) {
            // An id that cannot be read orders nothing; the record, read next, says what is damaged.
            let _ = ids.ord_to_str(rank, &mut id);
        }
        id
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
