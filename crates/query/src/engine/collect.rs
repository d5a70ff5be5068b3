//! What the engine collects while it goes through the answers.

use std::collections::HashMap;

use tantivy::{
    DocAddress, DocId, Score, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::StrColumn,
};

/// How many transcripts answer, in all and in each area.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) total: usize,
    pub(crate) areas: Vec<(String, usize)>,
}

/// Collects all answers with at least this score.
pub(super) struct AtLeast(pub(super) Score);

impl Collector for AtLeast {
    type Fruit = Vec<(Score, DocAddress)>;
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
    found: Vec<(Score, DocAddress)>,
}

impl SegmentCollector for SegmentAtLeast {
    type Fruit = Vec<(Score, DocAddress)>;

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

/// Counts the answers, in all and in each area.
pub(super) struct AreaCounts;

impl Collector for AreaCounts {
    type Fruit = Counts;
    type Child = SegmentAreaCounts;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<SegmentAreaCounts> {
        let areas = segment.fast_fields().str("area")?;
        let names = areas.as_ref().map_or(0, |column| column.num_terms());
        Ok(SegmentAreaCounts { areas, total: 0, counts: vec![0; names] })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut areas: HashMap<String, usize> = HashMap::new();
        let mut total = 0;
        for counts in fruits {
            total += counts.total;
            for (name, count) in counts.areas {
                *areas.entry(name).or_default() += count;
            }
        }
        let mut areas: Vec<_> = areas.into_iter().collect();
        areas.sort_by(|(left, left_count), (right, right_count)| {
            right_count.cmp(left_count).then_with(|| left.cmp(right))
        });
        Ok(Counts { total, areas })
    }
}

pub(super) struct SegmentAreaCounts {
    areas: Option<StrColumn>,
    total: usize,
    counts: Vec<usize>,
}

impl SegmentCollector for SegmentAreaCounts {
    type Fruit = Counts;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.total += 1;
        if let Some(areas) = &self.areas
            && let Some(ord) = areas.ords().first(doc)
        {
            self.counts[usize::try_from(ord).unwrap_or_default()] += 1;
        }
    }

    fn harvest(self) -> Counts {
        let mut named = Vec::new();
        for (ord, count) in self.counts.into_iter().enumerate().filter(|&(_, count)| count > 0) {
            let mut name = String::new();
            if let Some(areas) = &self.areas
                && areas.ord_to_str(ord as u64, &mut name).unwrap_or_default()
            {
                named.push((name, count));
            }
        }
        Counts { total: self.total, areas: named }
    }
}
