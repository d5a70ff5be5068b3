//! Sets of transcripts of a segment.

use tantivy::DocId;

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

    /// Adds some, which rise: where they stand close together, a word is written once.
    pub(super) fn extend(&mut self, docs: &[DocId]) {
        if let [first, .., last] = *docs
            && (last - first) as usize + 1 == docs.len()
        {
            return self.extend_with_all(first, last);
        }
        let (mut at, mut word) = (0, 0);
        for doc in docs {
            if doc / BITS != at {
                self.0[at as usize] |= word;
                (at, word) = (doc / BITS, 0);
            }
            word |= 1 << (doc % BITS);
        }
        if let Some(last) = self.0.get_mut(at as usize) {
            *last |= word;
        }
    }

    /// Takes those out that are in `other`.
    pub(super) fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    /// Keeps only those that are in `other`.
    pub(super) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Adds all from the first to the last: a frequent word is said in nearly all transcripts.
    fn extend_with_all(&mut self, first: DocId, last: DocId) {
        let mut from = first;
        while from <= last {
            let count = (BITS - from % BITS).min(last - from + 1);
            self.0[(from / BITS) as usize] |= u64::MAX >> (BITS - count) << (from % BITS);
            from += count;
        }
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

    /// Some, or some in a row.
    fn members() -> impl Strategy<Value = BTreeSet<u32>> {
        let in_a_row = (0..300_u32, 0..300_u32).prop_map(|(first, count)| (first..first + count).collect());
        prop_oneof![prop::collection::btree_set(0..300_u32, 0..60), in_a_row]
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
                docs.extend(&set.iter().copied().collect::<Vec<_>>());
                docs
            };
            let listed = |docs: &Docs| {
                let mut listed = BTreeSet::new();
                docs.for_each(|doc| _ = listed.insert(doc));
                listed
            };
            let (one, other) = (below(one), below(other));
            let [mut kept, mut left] = [(); 2].map(|()| docs(&one));
            let mut all = Docs::all(count);
            prop_assert_eq!((listed(&kept), kept.len()), (one.clone(), one.len()));
            prop_assert!((0..count).all(|doc| kept.contains(doc) == one.contains(&doc)));
            prop_assert_eq!(listed(&all), (0..count).collect::<BTreeSet<_>>());
            kept.keep(&docs(&other));
            left.remove(&docs(&other));
            all.keep(&docs(&one));
            prop_assert_eq!(listed(&kept), &one & &other);
            prop_assert_eq!(listed(&left), &one - &other);
            prop_assert_eq!(listed(&all), one);
        }
    }
}
