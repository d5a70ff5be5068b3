//! A folder of made-up talks as large as one likes: sentences of real ones, drawn by lot.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use verbatim_indexer::{Options, Report, update};

use super::speech;

/// Words in a talk, on average; talks are between half and one and a half times as long.
const WORDS: usize = 2_500;
/// Sentences in a paragraph: from three to eight.
const SENTENCES: std::ops::Range<usize> = 3..9;
/// Files in a folder.
const FILES: usize = 500;

/// Talks on the disk.
pub(crate) struct Talks {
    folder: TempDir,
    /// The sentences they are made of.
    pub(crate) sentences: Vec<String>,
}

impl Talks {
    /// `count` talks made of the sentences of `data/`.
    pub(crate) fn of_samples(count: usize) -> Self {
        Self::new(speech().iter().flat_map(|talk| sentences(talk)).collect(), count, &[])
    }

    /// Writes `count` talks of `sentences`, the same ones every time, beside copies of the folders in `real`.
    pub(crate) fn new(sentences: Vec<String>, count: usize, real: &[PathBuf]) -> Self {
        let new = Self { folder: tempfile::tempdir().expect("a folder for temporary files"), sentences };
        let mut lot = Lot(7);
        for number in 0..count {
            let path = new.path().join(format!("{:03}/talk-{number:05}.md", number / FILES));
            write(&path, new.talk(number, &mut lot).as_bytes());
        }
        for folder in real {
            copy(folder, &new.path().join(folder.file_name().expect("a folder with a name")));
        }
        new
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Makes the index in `folder` of them.
    pub(crate) fn index(&self, folder: &Path) -> Report {
        let options = Options { paths: vec![self.path().to_owned()], index: folder.to_owned(), rebuild: false };
        update(&options, &|_, _| {}).unwrap_or_else(|error| panic!("{error}"))
    }

    fn talk(&self, number: usize, lot: &mut Lot) -> String {
        let plain = |sentence: &str| sentence.replace(['"', '\\'], " ");
        let title = plain(lot.of::<String>(&self.sentences));
        let description = plain(lot.of::<String>(&self.sentences));
        let area = number % 5 + 1;
        let mut talk = format!(
            "---\ntitle: \"{title}\"\narea: Domaine {area}\ndescription: \"{description}\"\n---\n\n## Transcription\n"
        );
        let goal = lot.number(WORDS / 2..WORDS + WORDS / 2);
        let mut words = 0;
        while words < goal {
            talk.push('\n');
            for _ in 0..lot.number(SENTENCES) {
                let sentence = lot.of(&self.sentences);
                words += sentence.split_whitespace().count();
                talk.push_str(sentence);
                talk.push(' ');
            }
            talk.push('\n');
        }
        talk
    }
}

fn sentences(talk: &str) -> Vec<String> {
    let ends = talk.match_indices(['.', '?', '!', '…', '\n']).map(|(at, end)| at + end.len());
    let mut start = 0;
    ends.map(|end| talk[std::mem::replace(&mut start, end)..end].trim().to_owned())
        .filter(|sentence| sentence.split_whitespace().count() > 2)
        .collect()
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("below a folder")).expect("a new folder");
    fs::write(path, bytes).expect("a new file");
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder that can be read") {
        let path = entry.expect("an entry that can be read").path();
        let to = to.join(path.file_name().expect("an entry with a name"));
        if path.is_dir() { copy(&path, &to) } else { write(&to, &fs::read(&path).expect("a file that can be read")) }
    }
}

/// Numbers drawn by lot, the same ones every time: xorshift64 (Marsaglia, 2003).
pub(crate) struct Lot(pub(crate) u64);

impl Lot {
    /// A number of a range.
    pub(crate) fn number(&mut self, range: std::ops::Range<usize>) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        range.start + usize::try_from(self.0 >> 16).expect("48 bits") % range.len()
    }

    /// One of `all`.
    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.number(0..all.len())]
    }
}
