//! The values of a facet in a segment: which transcripts have which.

use std::collections::HashMap;

use tantivy::{DocId, SegmentReader};

use super::docs::Docs;

/// Which values the transcripts of a segment have. The engine's column is unpacked once: to ask it for each answer took a
/// third of the time of a search.
pub(super) struct Values {
    /// The values, in their order; their places here are their numbers.
    names: Vec<String>,
    /// The number of the value of each transcript, or [`ELSEWHERE`]; empty where few have any.
    numbers: Vec<u16>,
    /// What does not fit there: transcripts and the numbers of their values.
    others: Vec<(DocId, usize)>,
}

/// The transcript has no value, or one among the others.
const ELSEWHERE: u16 = u16::MAX;

/// Where fewer than one transcript in so many has a value, those are looked for among the answers, and not the other way
/// round.
const FEW: usize = 16;

impl Values {
    /// Those of the column of this name.
    ///
    /// # Errors
    /// The column cannot be read.
    pub(super) fn open(segment: &SegmentReader, name: &str) -> tantivy::Result<Self> {
        let mut new = Self { names: Vec::new(), numbers: Vec::new(), others: Vec::new() };
        let Some(column) = segment.fast_fields().str(name)? else { return Ok(new) };
        let mut names = column.dictionary().stream()?;
        while names.advance() {
            new.names.push(String::from_utf8_lossy(names.key()).into_owned());
        }
        for doc in 0..segment.max_doc() {
            let numbers = column.term_ords(doc).filter_map(|number| usize::try_from(number).ok());
            // Without a name, a number says that the column is damaged.
            new.others.extend(numbers.filter(|&number| number < new.names.len()).map(|number| (doc, number)));
        }
        let docs = segment.max_doc() as usize;
        if new.others.len() * FEW > docs {
            new.numbers = vec![ELSEWHERE; docs];
            let numbers = &mut new.numbers;
            new.others.retain(|&(doc, number)| match u16::try_from(number) {
                Ok(number) if number < ELSEWHERE && numbers[doc as usize] == ELSEWHERE => {
                    numbers[doc as usize] = number;
                    false
                }
                _ => true,
            });
        }
        Ok(new)
    }

    /// Adds to `counts` how many of `docs` have each value.
    pub(super) fn count<'v>(&'v self, docs: &Docs, counts: &mut HashMap<&'v str, usize>) {
        let mut met = vec![0; self.names.len()];
        if !self.numbers.is_empty() {
            let stored = met.len().min(usize::from(ELSEWHERE));
            let stored = &mut met[..stored];
            docs.for_each(|doc| {
                if let Some(met) = stored.get_mut(usize::from(self.numbers[doc as usize])) {
                    *met += 1;
                }
            });
        }
        self.others.iter().filter(|(doc, _)| docs.contains(*doc)).for_each(|&(_, number)| met[number] += 1);
        for (name, count) in self.names.iter().zip(met).filter(|&(_, count)| count > 0) {
            *counts.entry(name).or_default() += count;
        }
    }
}
