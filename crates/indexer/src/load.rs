//! Reads a source and what belongs to it, and makes one of them: text, times, metadata.

use std::{
    io::{BufRead, BufReader},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use verbatim_transcript::{Format, Note, Parsed, Records, Sidecar, Transcript, no_record, pair, parse};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::{
    companions::{OF_FOLDER, captions_of},
    source::{self, Skipped, Source},
};

/// Below this share of words in common, in percent, captions and text are told to differ.
const ALIKE: usize = 90;

/// Of many records, so many bytes of text are handed over at once,
const BATCH: usize = 16 << 20;

/// where each record counts for so many at least.
const RECORD: usize = 1 << 10;

/// What a source holds.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Transcripts, in order; exactly one but for formats of many records.
    pub transcripts: Vec<Transcript>,
    /// What was odd, in which file.
    pub notes: Vec<(PathBuf, Note)>,
    /// What belongs to it and cannot be read; the transcripts go without.
    pub skipped: Vec<Skipped>,
}

impl Source {
    /// Reads the file, and what belongs to it; `take` is given what it holds, of many records some after the others, as
    /// long as it wants more.
    ///
    /// # Errors
    /// The reason why there is no transcript, with its line where there is one; or why the rest cannot be read.
    pub fn read(&self, mut take: impl FnMut(Loaded) -> ControlFlow<()>) -> Result<(), String> {
        if self.format == Format::JsonLines {
            return self.read_records(take);
        }
        let _ = take(Files::read(self)?.parse()?);
        Ok(())
    }

    /// A file of records may be larger than memory.
    fn read_records(&self, mut take: impl FnMut(Loaded) -> ControlFlow<()>) -> Result<(), String> {
        let mut loaded = Loaded::default();
        let (mut bytes, mut taken) = (0, false);
        for parsed in Records::new(BufReader::new(source::open(&self.path)?)) {
            let Parsed { transcripts, notes } = parsed.map_err(|error| error.to_string())?;
            let segments = transcripts.iter().flat_map(|transcript| &transcript.segments);
            bytes += transcripts.len() * RECORD + segments.map(|segment| segment.text.len()).sum::<usize>();
            loaded.note(&self.path, notes);
            loaded.transcripts.extend(transcripts);
            if bytes >= BATCH {
                taken = true;
                bytes = 0;
                if take(std::mem::take(&mut loaded)).is_break() {
                    return Ok(());
                }
            }
        }
        if !taken && loaded.transcripts.is_empty() {
            let first = loaded.notes.into_iter().next().map(|(_, note)| note);
            return Err(no_record(first).to_string());
        }
        let _ = take(loaded);
        Ok(())
    }
}

/// The bytes of a source, and of what belongs to it where they can be read.
pub(crate) struct Files<'s> {
    source: &'s Source,
    /// None of a file of records, which is read a second time, piece by piece.
    bytes: Vec<u8>,
    hash: u64,
    captions: Option<Companion<'s>>,
    metadata: Vec<Companion<'s>>,
}

struct Companion<'s> {
    path: &'s Path,
    bytes: Result<Vec<u8>, String>,
}

impl<'s> Files<'s> {
    /// Reads them all.
    ///
    /// # Errors
    /// The reason why the source itself cannot be read.
    pub(crate) fn read(source: &'s Source) -> Result<Self, String> {
        let captions = |path: &'s PathBuf| {
            let most = captions_of(path).map_or(0, Format::max_bytes);
            Companion { path, bytes: source::read(path, most) }
        };
        let metadata = |path: &'s PathBuf| Companion { path, bytes: source::read(path, Sidecar::MAX_BYTES) };
        let (bytes, hash) = if source.format == Format::JsonLines {
            (Vec::new(), hash(&source.path)?)
        } else {
            let bytes = source::read(&source.path, source.format.max_bytes())?;
            let hash = xxh3_64(&bytes);
            (bytes, hash)
        };
        Ok(Self {
            source,
            bytes,
            hash,
            captions: source.captions.as_ref().map(captions),
            metadata: source.metadata.iter().map(metadata).collect(),
        })
    }

    /// What tells one state of the files from another.
    pub(crate) fn fingerprint(&self) -> u64 {
        let companions = self.captions.iter().chain(&self.metadata);
        // What cannot be read is like no other state.
        let companions = companions.map(|file| file.bytes.as_ref().map_or(0, |bytes| xxh3_64(bytes)));
        companions.fold(self.hash, |all, one| xxh3_64(&[all.to_le_bytes(), one.to_le_bytes()].concat()))
    }

    /// What the files hold.
    ///
    /// # Errors
    /// The line and the reason, where the source itself holds no transcript that can be read.
    pub(crate) fn parse(&self) -> Result<Loaded, String> {
        let Source { path, format, id, .. } = self.source;
        let parsed = parse(*format, id, &self.bytes).map_err(|error| error.to_string())?;
        let mut loaded = Loaded { transcripts: parsed.transcripts, ..Loaded::default() };
        loaded.note(path, parsed.notes);
        if let Some((name, line)) = &self.source.missing {
            let message =
                format!("the captions `{name}` are not below the folder; nothing tells the times; put them there");
            loaded.note(path, vec![Note { line: *line, message }]);
        }
        for file in &self.metadata {
            loaded.add_metadata(file);
        }
        if let Some(file) = &self.captions {
            loaded.add_times(file, path);
        }
        Ok(loaded)
    }
}

/// The hash of a file of any size.
fn hash(path: &Path) -> Result<u64, String> {
    let mut reader = BufReader::with_capacity(64 << 10, source::open(path)?);
    let mut hash = Xxh3Default::new();
    loop {
        let bytes = reader.fill_buf().map_err(|error| error.to_string())?;
        if bytes.is_empty() {
            return Ok(hash.digest());
        }
        hash.update(bytes);
        let length = bytes.len();
        reader.consume(length);
    }
}

impl Loaded {
    fn note(&mut self, path: &Path, notes: Vec<Note>) {
        self.notes.extend(notes.into_iter().map(|note| (path.to_owned(), note)));
    }

    fn skip(&mut self, path: &Path, reason: String) {
        self.skipped.push(Skipped { path: path.to_owned(), reason });
    }

    fn add_metadata(&mut self, Companion { path, bytes }: &Companion<'_>) {
        let read =
            if path.file_stem().is_some_and(|stem| stem == OF_FOLDER) { Sidecar::of_folder } else { Sidecar::of_talk };
        match bytes.as_ref().map_err(String::clone).and_then(|bytes| read(bytes).map_err(|error| error.to_string())) {
            Ok((sidecar, notes)) => {
                self.note(path, notes);
                self.transcripts.iter_mut().for_each(|transcript| sidecar.give(&mut transcript.metadata));
            }
            Err(reason) => self.skip(path, format!("{reason}; talks are indexed without this metadata")),
        }
    }

    /// Takes the times from the captions of the same talk.
    fn add_times(&mut self, Companion { path, bytes }: &Companion<'_>, text: &Path) {
        let format = captions_of(path).unwrap_or(Format::WebVtt);
        let read = bytes.as_ref().map_err(String::clone);
        let mut parsed = match read.and_then(|bytes| parse(format, "", bytes).map_err(|error| error.to_string())) {
            Ok(parsed) => parsed,
            Err(reason) => {
                return self.skip(path, format!("{reason}; {} is indexed without its times", text.display()));
            }
        };
        self.note(path, parsed.notes);
        let (Some(transcript), Some(captions)) = (self.transcripts.first_mut(), parsed.transcripts.pop()) else {
            return;
        };
        if captions.segments.is_empty() || transcript.segments.is_empty() {
            return;
        }
        let agreement = pair(transcript, &captions);
        let (percent, text) = (agreement.percent(), text.display());
        let message = if captions.segments.iter().all(|segment| segment.time.is_none()) {
            format!("no times in it; {text} goes without")
        } else if !agreement.is_same_talk() {
            format!(
                "captions of another talk: {percent} % of the words of {text} are in them; no time is taken from them; give \
                 them the name of their talk, or correct `captionFilePath`"
            )
        } else if percent < ALIKE {
            format!("{percent} % of the words of {text} are in these captions; times of the others are estimated")
        } else {
            return;
        };
        self.note(path, vec![Note { line: 1, message }]);
    }
}
