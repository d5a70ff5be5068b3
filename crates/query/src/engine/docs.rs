//! Sets of transcripts of a segment.

use tantivy::{DocId, Score};

/// Members of a word.
const BITS: u32 = u64::BITS;

/// A set of transcripts of a segment, a bit for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Docs(Vec<u64>);

impl Docs {
    /// None of so many.
    pub(super) fn none(count: DocId) -> Self {
        Self(vec![0; count.div_ceil(BITS) as usize])
    }

    /// All of so many.
    pub(super) fn all(count: DocId) -> Self {
        let mut all = Self::none(count);
        all.0.fill(u64::MAX);
        if let (Some(last), rest @ 1..) = (all.0.last_mut(), count % BITS) {
            *last = (1 << rest) - 1;
        }
        all
    }

    /// Those that have a score, of which there is one for each.
    pub(super) fn scored(scores: &[Score]) -> Self {
        // By a table and not by shifts, so that processors look at several at once.
        let low: [u32; 32] = std::array::from_fn(|bit| 1 << bit);
        let half = |scores: &[Score]| {
            let bits = scores.iter().zip(&low).map(|(&score, &bit)| if score > 0.0 { bit } else { 0 });
            u64::from(bits.fold(0, |all, bit| all | bit))
        };
        let word = |scores: &[Score]| match scores.split_at_checked(32) {
            Some((low, high)) => half(low) | half(high) << 32,
            None => half(scores),
        };
        Self(scores.chunks(BITS as usize).map(word).collect())
    }

    /// Adds one.
    pub(super) fn insert(&mut self, doc: DocId) {
        self.0[(doc / BITS) as usize] |= 1 << (doc % BITS);
    }

    /// Adds those that are in `other`.
    pub(super) fn extend(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Takes those out that are in `other`.
    pub(super) fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    /// Keeps only those that are in `other`.
    pub(super) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Whether one is among them.
    pub(super) fn contains(&self, doc: DocId) -> bool {
        self.0[(doc / BITS) as usize] & 1 << (doc % BITS) != 0
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Hands each to `each`, in their order.
    pub(super) fn for_each(&self, mut each: impl FnMut(DocId)) {
        for (first, &word) in (0..).step_by(BITS as usize).zip(&self.0) {
            if word == u64::MAX {
                for doc in first..first + BITS {
                    each(doc);
                }
                continue;
            }
            let mut rest = word;
            while rest != 0 {
                each(first + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Docs;

    fn members() -> impl Strategy<Value = BTreeSet<u32>> {
        prop::collection::btree_set(0..300_u32, 0..90)
    }

    proptest! {
        #[test]
        fn they_are_sets(
            count in 1..300_u32,
            one in members(),
            other in members(),
        ) {
            let below = |set: BTreeSet<u32>| -> BTreeSet<u32> { set.into_iter().filter(|doc| *doc < count).collect() };
            let docs = |set: &BTreeSet<u32>| {
                let mut docs = Docs::none(count);
                set.iter().for_each(|&doc| docs.insert(doc));
                docs
            };
            let listed = |docs: &Docs| {
                let mut listed = BTreeSet::new();
                docs.for_each(|doc| _ = listed.insert(doc));
                listed
            };
            let (one, other) = (below(one), below(other));
            let [mut kept, mut left, mut both] = [(); 3].map(|()| docs(&one));
            let scores: Vec<f32> = (0..count).map(|doc| if one.contains(&doc) { 0.1 } else { 0.0 }).collect();
            let mut all = Docs::all(count);
            prop_assert_eq!((listed(&kept), kept.len()), (one.clone(), one.len()));
            prop_assert!((0..count).all(|doc| kept.contains(doc) == one.contains(&doc)));
            prop_assert_eq!(listed(&all), (0..count).collect::<BTreeSet<_>>());
            prop_assert_eq!(&Docs::scored(&scores), &kept);
            kept.keep(&docs(&other));
            both.extend(&docs(&other));
            left.remove(&docs(&other));
            all.keep(&docs(&one));
            prop_assert_eq!(listed(&kept), &one & &other);
            prop_assert_eq!(listed(&left), &one - &other);
            prop_assert_eq!(listed(&both), &one | &other);
            prop_assert_eq!(listed(&all), one);
        }
    }
}
