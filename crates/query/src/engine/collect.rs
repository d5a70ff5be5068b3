//! What the engine collects while it goes through the answers.

use std::collections::HashMap;

use tantivy::{
    COLLECT_BLOCK_BUFFER_LEN, DocAddress, DocId, Score, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::{Cardinality, StrColumn},
};

use super::columns::Columns;
use crate::facet::Facet;

/// Answers with their scores.
pub(crate) type Hits = Vec<(Score, DocAddress)>;

/// How many transcripts answer, in all and for each value of the facets, the most frequent first.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) total: usize,
    pub(crate) areas: Vec<(String, usize)>,
    pub(crate) speakers: Vec<(String, usize)>,
    /// The best of them, with their scores, where these had to be found by the way.
    pub(crate) best: Option<Hits>,
}

/// Collects all answers with at least this score.
pub(super) struct AtLeast(pub(super) Score);

impl Collector for AtLeast {
    type Fruit = Hits;
    type Child = SegmentAtLeast;

    fn for_segment(&self, segment: u32, _: &SegmentReader) -> tantivy::Result<SegmentAtLeast> {
        Ok(SegmentAtLeast { segment, least: self.0, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        Ok(fruits.concat())
    }
}

pub(super) struct SegmentAtLeast {
    segment: u32,
    least: Score,
    found: Hits,
}

impl SegmentCollector for SegmentAtLeast {
    type Fruit = Hits;

    fn collect(&mut self, doc: DocId, score: Score) {
        if score >= self.least {
            self.found.push((score, DocAddress::new(self.segment, doc)));
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}

/// Collects the addresses of all answers.
pub(super) struct Listing;

impl Collector for Listing {
    type Fruit = Vec<DocAddress>;
    type Child = SegmentListing;

    fn for_segment(&self, segment: u32, _: &SegmentReader) -> tantivy::Result<SegmentListing> {
        Ok(SegmentListing { segment, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<DocAddress>>) -> tantivy::Result<Vec<DocAddress>> {
        Ok(fruits.concat())
    }
}

pub(super) struct SegmentListing {
    segment: u32,
    found: Vec<DocAddress>,
}

impl SegmentCollector for SegmentListing {
    type Fruit = Vec<DocAddress>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.push(DocAddress::new(self.segment, doc));
    }

    fn harvest(self) -> Vec<DocAddress> {
        self.found
    }
}

/// Counts the answers, in all and for each value of the facets.
#[derive(Clone, Copy)]
pub(super) struct FacetCounts<'c>(pub(super) &'c [Columns]);

impl Collector for FacetCounts<'_> {
    type Fruit = Counts;
    type Child = SegmentFacetCounts;

    fn for_segment(&self, segment: u32, _: &SegmentReader) -> tantivy::Result<SegmentFacetCounts> {
        let values = |facet| Values::new(self.0[segment as usize].facet(facet).cloned());
        Ok(SegmentFacetCounts { total: 0, areas: values(Facet::Area), speakers: values(Facet::Speaker) })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Counts>) -> tantivy::Result<Counts> {
        let total = fruits.iter().map(|counts| counts.total).sum();
        let (areas, speakers) = fruits.into_iter().map(|counts| (counts.areas, counts.speakers)).unzip();
        Ok(Counts { total, areas: merged(areas), speakers: merged(speakers), best: None })
    }
}

/// The counts of all segments together, the most frequent values first.
fn merged(counts: Vec<Vec<(String, usize)>>) -> Vec<(String, usize)> {
    let mut sums: HashMap<String, usize> = HashMap::new();
    for (value, count) in counts.into_iter().flatten() {
        *sums.entry(value).or_default() += count;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|(left, left_count), (right, right_count)| right_count.cmp(left_count).then_with(|| left.cmp(right)));
    sums
}

pub(super) struct SegmentFacetCounts {
    total: usize,
    areas: Values,
    speakers: Values,
}

impl SegmentCollector for SegmentFacetCounts {
    type Fruit = Counts;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.total += docs.len();
        self.areas.count(docs);
        self.speakers.count(docs);
    }

    fn harvest(self) -> Counts {
        Counts { total: self.total, areas: self.areas.named(), speakers: self.speakers.named(), best: None }
    }
}

/// The values of one facet in a segment, and how often each was met.
struct Values {
    column: Option<StrColumn>,
    counts: Vec<usize>,
    /// Where the values of a block are read to.
    ords: [Option<u64>; COLLECT_BLOCK_BUFFER_LEN],
}

impl Values {
    fn new(column: Option<StrColumn>) -> Self {
        let values = column.as_ref().map_or(0, |column| column.num_terms());
        Self { column, counts: vec![0; values], ords: [None; COLLECT_BLOCK_BUFFER_LEN] }
    }

    fn count(&mut self, docs: &[DocId]) {
        let Some(column) = self.column.as_ref().map(|column| column.ords()) else { return };
        let mut count = |ord: u64| self.counts[usize::try_from(ord).unwrap_or_default()] += 1;
        if column.get_cardinality() == Cardinality::Multivalued {
            return docs.iter().flat_map(|&doc| column.values_for_doc(doc)).for_each(count);
        }
        // One value each, or none, is read for all at once.
        for docs in docs.chunks(self.ords.len()) {
            let ords = &mut self.ords[..docs.len()];
            ords.fill(None);
            column.first_vals(docs, ords);
            ords.iter().flatten().for_each(|&ord| count(ord));
        }
    }

    fn named(self) -> Vec<(String, usize)> {
        let Some(column) = self.column else { return Vec::new() };
        let met = self.counts.into_iter().enumerate().filter(|&(_, count)| count > 0);
        met.filter_map(|(ord, count)| {
            let mut name = String::new();
            column.ord_to_str(ord as u64, &mut name).unwrap_or_default().then_some((name, count))
        })
        .collect()
    }
}
