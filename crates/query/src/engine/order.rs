//! The order of the transcripts' ids over all segments of an index.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::columns::Columns;

/// Where each id stands among those of all segments: reading ids to compare them takes longer than finding answers.
pub(super) struct Order {
    /// For each segment, for each of its ids in their order, its place in all; empty where there is but one segment.
    places: Vec<Vec<u32>>,
}

impl Order {
    /// Merges the ids of the segments, which are in order in each. Ids that cannot be read order nothing; the record, read
    /// next, says what is damaged.
    pub(super) fn of(segments: &[Columns]) -> Self {
        if segments.len() < 2 {
            return Self { places: Vec::new() };
        }
        let mut places = vec![Vec::new(); segments.len()];
        let streams = segments.iter().map(|columns| columns.ids()?.dictionary().stream().ok());
        let mut streams: Vec<_> = streams.collect();
        let mut next = BinaryHeap::new();
        let mut advance = |segment: usize, next: &mut BinaryHeap<_>| {
            if let Some(stream) = &mut streams[segment]
                && stream.advance()
            {
                next.push(Reverse((stream.key().to_vec(), segment)));
            }
        };
        (0..segments.len()).for_each(|segment| advance(segment, &mut next));
        let mut place = 0;
        while let Some(Reverse((_, segment))) = next.pop() {
            places[segment].push(place);
            place += 1;
            advance(segment, &mut next);
        }
        Self { places }
    }

    /// The place of the id that is number `rank` in its segment.
    pub(super) fn place(&self, segment: u32, rank: Option<u64>) -> Option<u64> {
        match self.places.get(segment as usize) {
            None => rank,
            Some(places) => places.get(usize::try_from(rank?).ok()?).map(|&place| u64::from(place)),
        }
    }
}
