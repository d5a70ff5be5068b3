//! Reads a source and what belongs to it, and makes one of them: text, times, metadata.

use std::path::{Path, PathBuf};

use verbatim_transcript::{Format, Note, Sidecar, Transcript, pair, parse};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    companions::{OF_FOLDER, captions_of},
    source::{self, Skipped, Source},
};

/// Below this share of words in common, in percent, captions and text are told to differ.
const ALIKE: usize = 90;

/// What a source holds.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Its transcripts, in order; exactly one but for formats of many records.
    pub transcripts: Vec<Transcript>,
    /// What was odd, in which file.
    pub notes: Vec<(PathBuf, Note)>,
    /// What belongs to it and cannot be read; the transcripts go without.
    pub skipped: Vec<Skipped>,
}

impl Source {
    /// Reads the file, and what belongs to it.
    ///
    /// # Errors
    /// The reason, with its line where there is one.
    pub fn load(&self) -> Result<Loaded, String> {
        Files::read(self)?.parse()
    }
}

/// The bytes of a source, and of what belongs to it where they can be read.
pub(crate) struct Files<'s> {
    source: &'s Source,
    bytes: Vec<u8>,
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
        Ok(Self {
            source,
            bytes: source::read(&source.path, source.format.max_bytes())?,
            captions: source.captions.as_ref().map(captions),
            metadata: source.metadata.iter().map(metadata).collect(),
        })
    }

    /// What tells one state of the files from another.
    pub(crate) fn fingerprint(&self) -> u64 {
        let companions = self.captions.iter().chain(&self.metadata);
        // What cannot be read is like no other state.
        let companions = companions.map(|file| file.bytes.as_ref().map_or(0, |bytes| xxh3_64(bytes)));
        companions.fold(xxh3_64(&self.bytes), |all, one| xxh3_64(&[all.to_le_bytes(), one.to_le_bytes()].concat()))
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
