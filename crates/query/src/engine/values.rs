//! The values of a facet in a segment: which transcripts have which.

use std::collections::HashMap;

use tantivy::{DocId, SegmentReader, columnar::StrColumn};

use super::docs::Docs;

/// Which values the transcripts of a segment have. The engine's column is unpacked once: to ask it for each answer took a
/// third of the time of a search.
pub(super) struct Values {
    names: Option<StrColumn>,
    /// The number of the first value of each transcript; one too high for a number where it has none.
    firsts: Vec<u32>,
    /// The numbers of the others, for transcripts that have several.
    others: HashMap<DocId, Vec<u32>>,
}

impl Values {
    /// Those of the column of this name.
    ///
    /// # Errors
    /// The column cannot be read.
    pub(super) fn open(segment: &SegmentReader, name: &str) -> tantivy::Result<Self> {
        let names = segment.fast_fields().str(name)?;
        let mut new = Self { names, firsts: Vec::new(), others: HashMap::new() };
        let Some(column) = &new.names else { return Ok(new) };
        let number = |ord: u64| u32::try_from(ord).unwrap_or(u32::MAX);
        for doc in 0..segment.max_doc() {
            let mut numbers = column.term_ords(doc).map(number);
            new.firsts.push(numbers.next().unwrap_or_else(|| number(column.num_terms() as u64)));
            let others: Vec<u32> = numbers.collect();
            if !others.is_empty() {
                new.others.insert(doc, others);
            }
        }
        Ok(new)
    }

    /// Adds to `counts` how many of `docs` have each value.
    pub(super) fn count(&self, docs: &Docs, counts: &mut HashMap<String, usize>) {
        let Some(names) = &self.names else { return };
        let mut met = vec![0; names.num_terms() + 1];
        docs.for_each(|doc| met[self.firsts[doc as usize] as usize] += 1);
        for (_, numbers) in self.others.iter().filter(|(doc, _)| docs.contains(**doc)) {
            numbers.iter().for_each(|&number| met[number as usize] += 1);
        }
        met.pop();
        for (number, count) in met.into_iter().enumerate().filter(|&(_, count)| count > 0) {
            let mut name = String::new();
            // What cannot be read has no name; the records of its transcripts say what is damaged.
            if names.ord_to_str(number as u64, &mut name).unwrap_or_default() {
                *counts.entry(name).or_default() += count;
            }
        }
    }
}
