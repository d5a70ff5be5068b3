//! The words of an index as they are written in it: what accents an unaccented word may have, which words begin so,
//! what a misspelt one meant.
//!
//! It is one text, a line for each folded word in their order: the word, how it sounds, and its spellings, each
//! with the number of transcripts that have it, most first. It is written beside the commit it belongs to and bears its
//! number, so nobody reads the words of another state; whoever finds it missing makes it from the index again.

use std::{
    cmp::Reverse,
    fmt::Write as _,
    fs, io,
    ops::{Range, RangeInclusive},
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use tantivy::{Index, SegmentReader, schema::Field};
use verbatim_french::{fold, is_acronym, phonetic};

use crate::directory::replace;

/// The words of an index.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lexicon {
    text: String,
    /// Where each line ends in `text`, in bytes,
    ends: Vec<u32>,
    /// and where its folded word does.
    folds: Vec<u32>,
}

/// A folded word of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Without case and accents.
    pub fold: &'a str,
    /// How it sounds.
    pub sound: &'a str,
    spellings: &'a str,
}

/// A word as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelling<'a> {
    /// The word.
    pub written: &'a str,
    /// How many transcripts have it.
    pub count: u64,
}

impl Lexicon {
    /// The words of the last commit of `index`, which is number `opstamp` in its folder.
    ///
    /// # Errors
    /// The index cannot be read.
    pub(crate) fn open(generation: &Path, opstamp: u64, index: &Index, written: Field) -> tantivy::Result<Self> {
        match fs::read_to_string(Self::path(generation, opstamp)) {
            Ok(text) => Ok(Self::from_text(text)),
            Err(_) => Self::collect(index, written),
        }
    }

    /// Collects the words of the last commit of `index`.
    ///
    /// # Errors
    /// The index cannot be read.
    pub(crate) fn collect(index: &Index, written: Field) -> tantivy::Result<Self> {
        let searcher = index.reader()?.searcher();
        let words = searcher.segment_readers().par_iter().map(|segment| words(segment, written));
        let mut words = words.collect::<tantivy::Result<Vec<_>>>()?.concat();
        words.par_sort_unstable();
        let spelling = |same: &[(String, u64)]| {
            let word = same[0].0.clone();
            (fold(&word), Reverse(same.iter().map(|(_, count)| count).sum()), word)
        };
        let mut spellings: Vec<_> = words.par_chunk_by(|left, right| left.0 == right.0).map(spelling).collect();
        spellings.par_sort_unstable();
        let lines: Vec<String> = spellings.par_chunk_by(|left, right| left.0 == right.0).map(line).collect();
        Ok(Self::from_text(lines.concat()))
    }

    /// Writes the words beside the commit they belong to, and removes those of others.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(crate) fn save(&self, generation: &Path, opstamp: u64) -> io::Result<()> {
        let path = Self::path(generation, opstamp);
        replace(&path, self.text.as_bytes())?;
        for entry in fs::read_dir(generation)?.flatten() {
            let name = entry.file_name();
            if name.to_string_lossy().starts_with(PREFIX) && entry.path() != path {
                // A server may still be opening the state before; what is left now goes next time.
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    /// The file that holds the words of a commit.
    pub(crate) fn path(generation: &Path, opstamp: u64) -> PathBuf {
        generation.join(format!("{PREFIX}{opstamp}.tsv"))
    }

    /// Whether the words of a commit are there.
    pub(crate) fn is_saved(generation: &Path, opstamp: u64) -> bool {
        Self::path(generation, opstamp).exists()
    }

    fn from_text(text: String) -> Self {
        let mut new = Self::default();
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let Some(line) = line.strip_suffix('\n') else { break };
            new.folds.push(place(start + line.find('\t').unwrap_or(line.len())));
            new.ends.push(place(start + line.len()));
            start += line.len() + 1;
        }
        Self { text, ..new }
    }

    /// The word that folds to `folded`.
    pub fn get(&self, folded: &str) -> Option<Entry<'_>> {
        let at = self.position(folded);
        (at < self.ends.len()).then(|| self.entry(at)).filter(|entry| entry.fold == folded)
    }

    /// The words that begin with a folded prefix.
    pub fn starting_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = Entry<'a>> {
        (self.position(prefix)..self.ends.len())
            .map(|at| self.entry(at))
            .take_while(move |entry| entry.fold.starts_with(prefix))
    }

    /// The words whose folded form has so many bytes, in the order of these.
    pub fn of_length(&self, bytes: RangeInclusive<usize>) -> impl Iterator<Item = Entry<'_>> {
        let length = |at: usize| self.fold(at).len();
        (0..self.ends.len()).filter(move |&at| bytes.contains(&length(at))).map(|at| self.entry(at))
    }

    /// All words, in the order of their folded forms.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.ends.len()).map(|at| self.entry(at))
    }

    /// The first line whose word does not come before `folded`.
    fn position(&self, folded: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if &self.text[self.fold(middle)] < folded { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn entry(&self, at: usize) -> Entry<'_> {
        let fold = self.fold(at);
        let rest = self.text[fold.end..self.ends[at] as usize].strip_prefix('\t').unwrap_or_default();
        let (sound, spellings) = rest.split_once('\t').unwrap_or((rest, ""));
        Entry { fold: &self.text[fold], sound, spellings }
    }

    /// Where the folded word of a line stands.
    fn fold(&self, at: usize) -> Range<usize> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize + 1);
        start..self.folds[at] as usize
    }
}

/// The words of a segment of the index, and how many transcripts have them.
fn words(segment: &SegmentReader, written: Field) -> tantivy::Result<Vec<(String, u64)>> {
    let inverted = segment.inverted_index(written)?;
    let mut terms = inverted.terms().stream()?;
    let mut words = Vec::new();
    while terms.advance() {
        let Ok(word) = std::str::from_utf8(terms.key()) else { continue };
        words.push((word.to_owned(), u64::from(terms.value().doc_freq)));
    }
    Ok(words)
}

/// The line of words that fold to one.
fn line(spellings: &[(String, Reverse<u64>, String)]) -> String {
    let (folded, _, most) = &spellings[0];
    // It sounds as it is written most often: accents are heard.
    let mut line = format!("{folded}\t{}", phonetic(most));
    for (_, Reverse(count), word) in spellings {
        let _ = write!(line, "\t{word} {count}");
    }
    line.push('\n');
    line
}

impl<'a> Entry<'a> {
    /// Its spellings, the most frequent first.
    pub fn spellings(self) -> impl Iterator<Item = Spelling<'a>> {
        self.spellings.split('\t').filter_map(|spelling| {
            let (written, count) = spelling.rsplit_once(' ')?;
            Some(Spelling { written, count: count.parse().ok()? })
        })
    }

    /// How many transcripts have it as an acronym; one that has it in two spellings counts twice.
    pub fn acronyms(self) -> u64 {
        self.spellings().filter(|spelling| is_acronym(spelling.written)).map(|spelling| spelling.count).sum()
    }

    /// How many transcripts have it as an ordinary word; one that has it in two spellings counts twice.
    pub fn words(self) -> u64 {
        self.spellings().filter(|spelling| !is_acronym(spelling.written)).map(|spelling| spelling.count).sum()
    }

    /// Whether as an ordinary word it is hardly ever written small: a name, like Canopé.
    pub fn is_name(self) -> bool {
        let small = |spelling: &Spelling<'_>| spelling.written.starts_with(char::is_lowercase);
        let words = self.words();
        words > 0 && self.spellings().filter(small).map(|spelling| spelling.count).sum::<u64>() * 10 <= words
    }
}

const PREFIX: &str = "lexicon-";
