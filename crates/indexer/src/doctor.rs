//! Examines an index: is it whole, is it of this version, does it hold what its sources hold.

use std::{
    collections::{HashMap, HashSet},
    fs,
    io::ErrorKind,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use tantivy::{directory::error::OpenReadError, index::SegmentComponent};
use verbatim_transcript::Transcript;

use crate::{
    column::value,
    error::Error,
    folder::sources,
    lexicon::Lexicon,
    load::Files,
    outcome::{Known, known},
    record::Record,
    records::Records,
    source::Source,
    store::{self, Opened},
    unread::Unread,
};

/// What was found in an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The name of the generation that is read, where the index can be opened.
    pub generation: Option<String>,
    /// The number of its last commit.
    pub commit: u64,
    /// The transcripts in it,
    pub transcripts: u64,
    /// in so many segments of the engine,
    pub segments: usize,
    /// which take so many bytes.
    pub bytes: u64,
    /// What is to be said about it.
    pub findings: Vec<Finding>,
}

/// Something that is to be said about an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it means for whoever searches.
    pub severity: Severity,
    /// Where it was found: a file of the index, or a source.
    pub path: PathBuf,
    /// What is the matter.
    pub what: String,
    /// What to do about it.
    pub advice: String,
}

/// What a finding means for whoever searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Searches fail, or may answer wrongly.
    Damage,
    /// The index is not in line with its sources.
    OutOfLine,
    /// No harm is done.
    Remark,
}

impl Diagnosis {
    /// Whether there are remarks at most.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity == Severity::Remark)
    }
}

/// Examines the index in `dir`, and compares it with its sources where there are `paths`. Nothing is written.
pub fn examine(dir: &Path, paths: &[PathBuf]) -> Diagnosis {
    loop {
        let before = store::state(dir).ok();
        let mut examination = Examination::new(dir);
        if let Some(opened) = examination.opening() {
            examination.inside(&opened, paths);
        }
        // Who writes meanwhile takes away what is being examined.
        if store::state(dir).ok() == before {
            return examination.diagnosis;
        }
    }
}

/// One run of [`examine`].
struct Examination<'a> {
    dir: &'a Path,
    diagnosis: Diagnosis,
}

impl<'a> Examination<'a> {
    fn new(dir: &'a Path) -> Self {
        let diagnosis =
            Diagnosis { generation: None, commit: 0, transcripts: 0, segments: 0, bytes: 0, findings: Vec::new() };
        Self { dir, diagnosis }
    }

    fn find(&mut self, severity: Severity, path: &Path, what: impl Into<String>, advice: impl Into<String>) {
        let (path, what, advice) = (path.to_owned(), what.into(), advice.into());
        self.diagnosis.findings.push(Finding { severity, path, what, advice });
    }

    fn damage(&mut self, path: &Path, what: impl Into<String>) {
        let advice =
            format!("make the index again with `verbatim index FOLDER --rebuild --index {}`", self.dir.display());
        self.find(Severity::Damage, path, what, advice);
    }

    fn opening(&mut self) -> Option<Opened> {
        match store::open(self.dir) {
            Ok(opened) => Some(opened),
            Err(Error::NoIndex { .. }) => {
                let advice = format!("make one with `verbatim index FOLDER --index {}`", self.dir.display());
                self.find(Severity::Damage, self.dir, "no index here", advice);
                None
            }
            Err(Error::OtherVersion { found, expected, .. }) => {
                self.damage(self.dir, format!("made by another version: {found}, this one is {expected}"));
                None
            }
            Err(Error::Io { path, cause }) => {
                self.find(Severity::Damage, &path, cause.to_string(), "look at the disk, the permissions and the path");
                None
            }
            Err(Error::Engine { cause, .. }) => {
                self.damage(self.dir, cause.to_string());
                None
            }
            Err(error) => {
                self.damage(self.dir, error.to_string());
                None
            }
        }
    }

    fn inside(&mut self, opened: &Opened, paths: &[PathBuf]) {
        let name = opened.generation.file_name().unwrap_or_default().to_string_lossy();
        self.diagnosis.generation = Some(name.into_owned());
        self.diagnosis.commit = opened.opstamp;
        // What is damaged is not worth reading further.
        let examined = self.files(opened).and_then(|whole| if whole { self.content(opened, paths) } else { Ok(()) });
        if let Err(error) = examined {
            self.damage(&opened.generation, error.to_string());
        }
    }

    /// Whether all files of the engine are there and as they were written.
    fn files(&mut self, opened: &Opened) -> tantivy::Result<bool> {
        let meta = opened.index.load_metas()?;
        self.diagnosis.segments = meta.segments.len();
        let mut files = meta.list_segment_files();
        for segment in &meta.segments {
            files.remove(&segment.relative_path(SegmentComponent::TempStore));
            if !segment.has_deletes() {
                files.remove(&segment.relative_path(SegmentComponent::Delete));
            }
        }
        self.leftovers(opened, &files);
        let before = self.diagnosis.findings.len();
        let mut files: Vec<PathBuf> = files.into_iter().collect();
        files.sort();
        for file in files {
            let path = opened.generation.join(&file);
            match opened.index.directory().validate_checksum(&file) {
                Ok(true) => self.diagnosis.bytes += fs::metadata(&path).map_or(0, |metadata| metadata.len()),
                Ok(false) => self.damage(&path, "it is not as it was written: its checksum is another"),
                Err(OpenReadError::FileDoesNotExist(_)) => self.damage(&path, "it is missing"),
                Err(OpenReadError::IoError { io_error, .. }) if io_error.kind() == ErrorKind::InvalidData => {
                    self.damage(&path, "it is not as it was written: its end is missing");
                }
                Err(error) => self.damage(&path, error.to_string()),
            }
        }
        Ok(self.diagnosis.findings.len() == before)
    }

    fn leftovers(&mut self, opened: &Opened, living: &HashSet<PathBuf>) {
        let managed = opened.index.directory().list_managed_files();
        let dead = managed.difference(living).filter(|file| *file != Path::new("meta.json"));
        let dead = dead.map(|file| opened.generation.join(file)).filter(|path| path.exists());
        let mut paths: Vec<PathBuf> = store::leftovers(self.dir, &opened.generation).into_iter().chain(dead).collect();
        paths.sort();
        for path in paths {
            let what = "of a run that goes on, or was broken off";
            self.find(Severity::Remark, &path, what, "nothing: the next `verbatim index` removes it");
        }
    }

    fn content(&mut self, opened: &Opened, paths: &[PathBuf]) -> tantivy::Result<()> {
        self.transcripts(opened)?;
        self.lexicon(opened)?;
        if !paths.is_empty() {
            self.sources(&known(opened)?, paths);
        }
        Ok(())
    }

    /// Reads every transcript.
    fn transcripts(&mut self, opened: &Opened) -> tantivy::Result<()> {
        let searcher = opened.index.reader()?.searcher();
        let mut ids = HashSet::new();
        for segment in searcher.segment_readers() {
            let records = Records::open(segment, &opened.dictionary)?;
            let known = segment.fast_fields().str("id")?;
            for doc in segment.doc_ids_alive() {
                self.diagnosis.transcripts += 1;
                let Some(record) = records.get(doc)?.filter(is_whole) else {
                    let id = value(known.as_ref(), doc)?.unwrap_or_default();
                    self.damage(&opened.generation, format!("what is stored of the transcript {id} cannot be read"));
                    continue;
                };
                if !ids.insert(record.id().to_owned()) {
                    self.damage(&opened.generation, format!("the transcript {} is there twice", record.id()));
                }
            }
        }
        Ok(())
    }

    fn lexicon(&mut self, opened: &Opened) -> tantivy::Result<()> {
        let path = Lexicon::path(&opened.generation, opened.opstamp);
        if !Lexicon::is_saved(&opened.generation, opened.opstamp) {
            let advice = "nothing: it is made anew for every search, and the next `verbatim index` writes it";
            self.find(Severity::Remark, &path, "the words of this commit are not written", advice);
        } else if opened.lexicon()? != Lexicon::collect(&opened.index, opened.fields.written)? {
            let advice = "remove this file, then run `verbatim index` again";
            self.find(Severity::Damage, &path, "it does not hold the words of this commit", advice);
        }
        Ok(())
    }

    /// Compares what is indexed with what there is to index.
    fn sources(&mut self, known: &HashMap<String, Known>, paths: &[PathBuf]) {
        let (sources, skipped) = match sources(paths) {
            Ok(found) => found,
            Err(error) => {
                let path = paths.first().map_or(self.dir, PathBuf::as_path);
                return self.find(Severity::OutOfLine, path, error.to_string(), "give the paths that were indexed");
            }
        };
        let unread = Unread::new(&skipped, paths);
        for skipped in skipped {
            self.find(Severity::Remark, &skipped.path, skipped.reason, "see `verbatim check`");
        }
        let given: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let update = format!("run `verbatim index {} --index {}`", given.join(" "), self.dir.display());
        let ids: HashSet<&str> = known.values().flat_map(|known| known.ids.iter().map(String::as_str)).collect();
        for source in &sources {
            match compare(source, known.get(&source.name), &ids) {
                Ok(None) => {}
                Ok(Some(what)) => self.find(Severity::OutOfLine, &source.path, what, update.clone()),
                Err(reason) => self.find(Severity::Remark, &source.path, reason, "see `verbatim check`"),
            }
        }
        let present: HashSet<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        let is_surplus = |name: &&str| !present.contains(name) && !unread.covers(name);
        let mut surplus: Vec<&str> = known.keys().map(String::as_str).filter(is_surplus).collect();
        surplus.sort();
        for name in surplus {
            let what = "in the index, but not below the paths given";
            self.find(Severity::OutOfLine, Path::new(name), what, update.clone());
        }
    }
}

/// Whether all segments can be unpacked.
fn is_whole(record: &Record) -> bool {
    record.segments().for_each(drop);
    !record.is_damaged()
}

/// In what a source differs from what is indexed of it. An error is why it cannot be read.
fn compare(source: &Source, known: Option<&Known>, ids: &HashSet<&str>) -> Result<Option<String>, String> {
    let files = Files::read(source)?;
    match known {
        Some(known) if known.is_of(&files) => Ok(None),
        Some(_) => holds(source, |_| true).map(|_| Some("changed since it was indexed".to_owned())),
        // A source all of whose ids are taken by others is passed over.
        None => {
            let is_missing = holds(source, |transcript| !ids.contains(transcript.id.as_str()))?;
            Ok(is_missing.then(|| "not in the index".to_owned()))
        }
    }
}

/// Whether there is such a transcript in a source. An error is why it cannot be read.
fn holds(source: &Source, is_such: impl Fn(&Transcript) -> bool) -> Result<bool, String> {
    let mut found = false;
    source.read(|loaded| {
        found = found || loaded.transcripts.iter().any(&is_such);
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(found)
}
