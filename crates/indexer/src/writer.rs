//! Brings an index in line with its sources: what is new is added, what changed replaced, what vanished removed, and
//! all of it seen at once.

use std::{
    collections::{HashMap, HashSet},
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rayon::prelude::*;
use tantivy::{IndexWriter, TantivyError, Term, collector::Count, indexer::LogMergePolicy, query::AllQuery};
use verbatim_transcript::Note;

use crate::{
    error::Error,
    folder::sources,
    outcome::{Known, Named, Outcome, analyze, documents, known},
    sample,
    source::{self, Skipped, Source},
    store::{self, Lock, Opened, Payload},
};

/// What is to be indexed, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// Files and folders. The index mirrors them: what is not below them any more leaves it.
    pub paths: Vec<PathBuf>,
    /// The folder of the index.
    pub index: PathBuf,
    /// Whether everything is read again, into a new index that then takes the old one's place.
    pub rebuild: bool,
}

/// What [`update`] did.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Transcripts in the index now.
    pub transcripts: u64,
    /// Of these, the new ones,
    pub added: u64,
    /// the ones whose file changed,
    pub updated: u64,
    /// and the ones whose file is as it was.
    pub unchanged: u64,
    /// Transcripts that left the index because their file is gone.
    pub removed: u64,
    /// Files that cannot be read.
    pub skipped: Vec<Skipped>,
    /// How many odd things were found in the files read; `check` names them.
    pub notes: usize,
    /// Words in the index now.
    pub words: u64,
    /// How long it took.
    pub elapsed: Duration,
}

/// Sources read side by side before their documents are handed to the engine in order.
const CHUNK: usize = 256;

/// The engine's memory for each of its threads, in bytes, before it writes a segment out.
const MEMORY_PER_THREAD: usize = 64 << 20;

/// More threads than these do not make the engine faster on the disks we know.
const MOST_THREADS: usize = 8;

/// Brings the index in line with its sources, in one commit. `progress` is told how many sources of how many are done.
///
/// # Errors
/// A path is missing or holds no transcript, none can be read, the index cannot be written, is being written by another
/// process, or was made by another version. The index is then as it was.
pub fn update(options: &Options, progress: &dyn Fn(usize, usize)) -> Result<Report, Error> {
    Indexer::new(options.clone()).update(&|done, of| {
        progress(done, of);
        true
    })
}

/// Writes to one index, again and again. From its first update on it keeps other writers away, until it is dropped or an
/// update fails.
pub(crate) struct Indexer {
    options: Options,
    lock: Option<Lock>,
}

impl Indexer {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, lock: None }
    }

    /// As [`update`], as long as `progress` wants it to go on.
    pub(crate) fn update(&mut self, progress: &dyn Fn(usize, usize) -> bool) -> Result<Report, Error> {
        let start = Instant::now();
        let (sources, skipped) = sources(&self.options.paths)?;
        // After a failure the folder of the index may be another one, and so must the lock.
        let lock = self.lock.take().map_or_else(|| Lock::take(&self.options.index), Ok)?;
        let report = run(&self.options, &lock, &sources, skipped, progress)?;
        self.lock = Some(lock);
        self.options.rebuild = false;
        Ok(Report { elapsed: start.elapsed(), ..report })
    }
}

fn run(
    options: &Options,
    lock: &Lock,
    sources: &[Source],
    skipped: Vec<Skipped>,
    progress: &dyn Fn(usize, usize) -> bool,
) -> Result<Report, Error> {
    lock.clean();
    let opened = if options.rebuild {
        lock.new_generation(sample::learn(sources))?
    } else {
        open_or_create(lock, &options.index, sources)?
    };
    let mut run = Run::new(options, &opened)?;
    run.unread = Unread::new(&skipped, &options.paths);
    run.report.skipped = skipped;
    for (done, chunk) in sources.chunks(CHUNK).enumerate() {
        if !progress(done * CHUNK, sources.len()) {
            return Err(Error::Stopped);
        }
        for (source, outcome) in chunk.iter().zip(run.read(chunk)) {
            run.take(source, outcome)?;
        }
    }
    progress(sources.len(), sources.len());
    let report = run.finish(sources)?;
    if options.rebuild {
        lock.publish(&opened.generation)?;
    }
    Ok(report)
}

fn open_or_create(lock: &Lock, dir: &Path, sources: &[Source]) -> Result<Opened, Error> {
    match store::open(dir) {
        Err(Error::NoIndex { .. }) => {
            // A first run that is killed leaves an index that opens, and is empty.
            let opened = lock.new_generation(sample::learn(sources))?;
            let mut writer = writer(&opened, dir)?;
            commit(&mut writer, dir)?;
            lock.publish(&opened.generation)?;
            Ok(opened)
        }
        opened => opened,
    }
}

/// One run of [`update`].
struct Run<'a> {
    dir: &'a Path,
    opened: &'a Opened,
    writer: IndexWriter,
    /// The sources in the index, and what they were when they were read.
    known: HashMap<String, Known>,
    /// The ids taken, and by which source.
    ids: HashMap<String, String>,
    unread: Unread,
    /// What was odd in the files read; one may belong to several sources.
    notes: HashSet<(PathBuf, Note)>,
    /// What belongs to sources, could not be read and is reported.
    told: HashSet<Skipped>,
    report: Report,
    readable: usize,
}

impl<'a> Run<'a> {
    fn new(options: &'a Options, opened: &'a Opened) -> Result<Self, Error> {
        let dir = &options.index;
        Ok(Self {
            dir,
            opened,
            writer: writer(opened, dir)?,
            known: known(opened).map_err(engine(dir))?,
            ids: HashMap::new(),
            unread: Unread::default(),
            notes: HashSet::new(),
            told: HashSet::new(),
            report: Report {
                transcripts: 0,
                added: 0,
                updated: 0,
                unchanged: 0,
                removed: 0,
                skipped: Vec::new(),
                notes: 0,
                words: 0,
                elapsed: Duration::ZERO,
            },
            readable: 0,
        })
    }

    /// Reads and analyses sources side by side; the outcomes are in the order of the sources.
    fn read(&self, sources: &[Source]) -> Vec<Outcome> {
        let (known, opened) = (&self.known, self.opened);
        sources.par_iter().map(|source| analyze(source, known.get(&source.name), opened)).collect()
    }

    /// Takes what became of a source into the index.
    fn take(&mut self, source: &Source, outcome: Outcome) -> Result<(), Error> {
        match outcome {
            Outcome::Unchanged { .. } if self.is_taken(source) => {
                // Another source has come before it with an id of its own: what is left of it must be added anew.
                let again = analyze(source, None, self.opened);
                self.take(source, again)?;
            }
            Outcome::Unchanged { skipped } => {
                self.readable += 1;
                self.keep(source);
                self.skip_companions(skipped);
                self.report.unchanged += self.known.get(&source.name).map_or(0, |known| known.ids.len() as u64);
            }
            Outcome::Read { documents, notes, skipped } => {
                self.readable += 1;
                self.notes.extend(notes);
                self.skip_companions(skipped);
                let mut before = self.begin(source);
                self.add(source, documents, &mut before)?;
                self.end(&before);
            }
            Outcome::Records { fingerprint } => self.import(source, fingerprint)?,
            Outcome::Unreadable(reason) => self.pass_over(source, reason),
        }
        Ok(())
    }

    /// Takes a file of records into the index, some after the others.
    fn import(&mut self, source: &Source, fingerprint: u64) -> Result<(), Error> {
        let mut before = None;
        let mut added = Ok(());
        let read = source.read(|loaded| {
            self.notes.extend(loaded.notes);
            let documents = documents(source, fingerprint, &loaded.transcripts, self.opened);
            let before = before.get_or_insert_with(|| self.begin(source));
            added = self.add(source, documents, before);
            if added.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        added?;
        match (read, before) {
            (Err(reason), None) => self.pass_over(source, reason),
            (read, before) => {
                self.readable += 1;
                self.end(&before.unwrap_or_default());
                if let Err(reason) = read {
                    self.skip(source, format!("{reason}; what stands after that is not indexed"));
                }
            }
        }
        Ok(())
    }

    /// Keeps what the index has of a source that cannot be read now.
    fn pass_over(&mut self, source: &Source, mut reason: String) {
        if self.known.contains_key(&source.name) && !self.is_taken(source) {
            reason.push_str("; what was indexed of it before is kept");
            self.keep(source);
        } else {
            self.remove(source);
        }
        self.skip(source, reason);
    }

    /// Whether an id of a source in the index belongs to a source that came before it in this run.
    fn is_taken(&self, source: &Source) -> bool {
        self.known.get(&source.name).is_some_and(|known| known.ids.iter().any(|id| self.ids.contains_key(id)))
    }

    /// Notes that what the index has of a source stays.
    fn keep(&mut self, source: &Source) {
        let ids = self.known.get(&source.name).map(|known| known.ids.clone()).unwrap_or_default();
        self.ids.extend(ids.into_iter().map(|id| (id, source.name.clone())));
    }

    /// Removes what the index has of a source.
    fn remove(&mut self, source: &Source) {
        if let Some(known) = self.known.get(&source.name) {
            self.writer.delete_term(Term::from_field_text(self.opened.fields.source, &source.name));
            self.report.removed += known.ids.len() as u64;
        }
    }

    /// Makes room for what a source holds now; returns the ids that it had before.
    fn begin(&mut self, source: &Source) -> HashSet<String> {
        let before = self.known.get(&source.name).map(|known| known.ids.iter().cloned().collect());
        if before.is_some() {
            self.writer.delete_term(Term::from_field_text(self.opened.fields.source, &source.name));
        }
        before.unwrap_or_default()
    }

    /// Adds documents of a source; what is left in `before` afterwards is gone.
    fn add(&mut self, source: &Source, documents: Vec<Named>, before: &mut HashSet<String>) -> Result<(), Error> {
        for (id, document) in documents {
            if let Some(first) = self.ids.get(&id) {
                let reason = source::duplicate(&id, first);
                self.skip(source, reason);
                continue;
            }
            self.writer.add_document(document).map_err(engine(self.dir))?;
            if before.remove(&id) {
                self.report.updated += 1;
            } else {
                self.report.added += 1;
            }
            self.ids.insert(id, source.name.clone());
        }
        Ok(())
    }

    fn end(&mut self, before: &HashSet<String>) {
        self.report.removed += before.len() as u64;
    }

    /// Reports what belongs to a source and cannot be read, once: a file may belong to all talks of a folder.
    fn skip_companions(&mut self, skipped: Vec<Skipped>) {
        self.report.skipped.extend(skipped.into_iter().filter(|skipped| self.told.insert(skipped.clone())));
    }

    fn skip(&mut self, source: &Source, reason: String) {
        self.report.skipped.push(Skipped { path: source.path.clone(), reason });
    }

    fn finish(mut self, sources: &[Source]) -> Result<Report, Error> {
        if self.readable == 0 && self.ids.is_empty() {
            let first = self.report.skipped.first();
            let first = first.map(|skipped| format!("{}: {}", skipped.path.display(), skipped.reason));
            return Err(Error::NoneReadable { count: self.report.skipped.len(), first: first.unwrap_or_default() });
        }
        let present: HashSet<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        let is_gone = |name: &str| !present.contains(name) && !self.unread.covers(name);
        for (name, known) in self.known.iter().filter(|(name, _)| is_gone(name)) {
            self.writer.delete_term(Term::from_field_text(self.opened.fields.source, name));
            self.report.removed += known.ids.len() as u64;
        }
        if self.report.added + self.report.updated + self.report.removed > 0 {
            commit(&mut self.writer, self.dir)?;
            // Small indexes are answered from one segment, large ones from few.
            self.writer.wait_merging_threads().map_err(engine(self.dir))?;
        }
        self.report.notes = self.notes.len();
        // Also where nothing changed: a run that was killed may have left it undone.
        store::seal(self.opened)?;
        (self.report.transcripts, self.report.words) = count(self.opened).map_err(engine(self.dir))?;
        Ok(self.report)
    }
}

/// Files and folders that cannot be looked into; what was indexed of them is kept.
#[derive(Default)]
pub(crate) struct Unread {
    /// Their names below the folders given.
    names: Vec<String>,
}

impl Unread {
    pub(crate) fn new(skipped: &[Skipped], roots: &[PathBuf]) -> Self {
        let name = |skipped: &Skipped| {
            let below = roots.iter().find_map(|root| skipped.path.strip_prefix(root).ok())?;
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            Some(parts.join("/"))
        };
        Self { names: skipped.iter().filter_map(name).collect() }
    }

    /// Whether a source of that name is one of them, or lies in one; all lie in the folders given.
    pub(crate) fn covers(&self, source: &str) -> bool {
        let lies_in = |name: &String| {
            let rest = source.strip_prefix(name.as_str());
            name.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.names.iter().any(lies_in)
    }
}

fn engine(dir: &Path) -> impl Fn(TantivyError) -> Error {
    move |cause| match cause {
        // A full disk, mostly: the index itself is sound.
        TantivyError::IoError(cause) => {
            Error::Io { path: dir.to_owned(), cause: io::Error::new(cause.kind(), cause.to_string()) }
        }
        cause => Error::Engine { path: dir.to_owned(), cause },
    }
}

fn writer(opened: &Opened, dir: &Path) -> Result<IndexWriter, Error> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let writer = opened.index.writer_with_num_threads(threads, threads * MEMORY_PER_THREAD).map_err(engine(dir))?;
    let mut policy = LogMergePolicy::default();
    // Statistics count deleted documents until a merge, so they must not gather.
    policy.set_del_docs_ratio_before_merge(0.2);
    writer.set_merge_policy(Box::new(policy));
    // What a killed or failed run has left takes room that this one may need.
    writer.garbage_collect_files().wait().map_err(engine(dir))?;
    Ok(writer)
}

fn commit(writer: &mut IndexWriter, dir: &Path) -> Result<(), Error> {
    let mut prepared = writer.prepare_commit().map_err(engine(dir))?;
    prepared.set_payload(&Payload::ours().to_json());
    prepared.commit().map_err(engine(dir))?;
    Ok(())
}

/// How many transcripts and words the last commit holds.
fn count(opened: &Opened) -> tantivy::Result<(u64, u64)> {
    let searcher = opened.index.reader()?.searcher();
    let transcripts = searcher.search(&AllQuery, &Count)? as u64;
    let mut words = 0;
    for segment in searcher.segment_readers() {
        let column = segment.fast_fields().u64("words")?;
        words += segment.doc_ids_alive().filter_map(|doc| column.first(doc)).sum::<u64>();
    }
    Ok((transcripts, words))
}
