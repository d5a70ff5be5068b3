//! One update of an index: decides what becomes of each source, and reports it.

use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::Duration,
};

use rayon::{ThreadPool, ThreadPoolBuilder, prelude::*};
use verbatim_transcript::{Note, Transcript};

use crate::{
    document::Accepted,
    error::Error,
    load::Loaded,
    options::{Options, Report},
    outcome::{Known, Outcome, known, read},
    sample,
    source::{self, Skipped, Source},
    store::{self, Lock, Opened},
    unread::Unread,
    writer::{Writer, count, engine},
};

/// Sources read side by side before what became of them is decided one after the other.
const CHUNK: usize = 256;

/// Threads that read, for each that computes: they wait for a disk, or for a network.
const READERS: usize = 4;

/// Reads `sources` into the index, in one commit.
pub(crate) fn run(
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
        run.write()?;
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
            Writer::new(&opened, dir)?.commit()?;
            lock.publish(&opened.generation)?;
            Ok(opened)
        }
        opened => opened,
    }
}

/// The state of one update.
struct Run<'a> {
    dir: &'a Path,
    opened: &'a Opened,
    /// The threads that read; none where the system does not give them, and those that compute read too.
    readers: Option<ThreadPool>,
    writer: Writer<'a>,
    /// Transcripts that are to be written.
    accepted: Vec<Accepted>,
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
            readers: ThreadPoolBuilder::new().num_threads(READERS * rayon::current_num_threads()).build().ok(),
            writer: Writer::new(opened, dir)?,
            accepted: Vec::new(),
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

    /// Reads sources side by side; the outcomes are in the order of the sources.
    fn read(&self, sources: &[Source]) -> Vec<Outcome> {
        let read = || sources.par_iter().map(|source| read(source, self.known.get(&source.name))).collect();
        match &self.readers {
            Some(readers) => readers.install(read),
            None => read(),
        }
    }

    /// Writes what was accepted.
    fn write(&mut self) -> Result<(), Error> {
        self.writer.add(std::mem::take(&mut self.accepted))
    }

    /// Takes what became of a source into the index.
    fn take(&mut self, source: &Source, outcome: Outcome) -> Result<(), Error> {
        match outcome {
            Outcome::Unchanged { .. } if self.is_taken(source) => {
                // Another source has come before it with an id of its own: what is left of it must be added anew.
                let again = read(source, None);
                self.take(source, again)?;
            }
            Outcome::Unchanged { skipped } => {
                self.readable += 1;
                self.keep(source);
                self.skip_companions(skipped);
                self.report.unchanged += self.known.get(&source.name).map_or(0, |known| known.ids.len() as u64);
            }
            Outcome::Read { fingerprint, loaded: Loaded { transcripts, notes, skipped } } => {
                self.readable += 1;
                self.notes.extend(notes);
                self.skip_companions(skipped);
                let mut before = self.begin(source);
                self.accept(source, fingerprint, transcripts, &mut before);
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
        let mut written = Ok(());
        let read = source.read(|loaded| {
            self.notes.extend(loaded.notes);
            let before = before.get_or_insert_with(|| self.begin(source));
            self.accept(source, fingerprint, loaded.transcripts, before);
            written = self.write();
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        written?;
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
            self.writer.remove(&source.name);
            self.report.removed += known.ids.len() as u64;
        }
    }

    /// Makes room for what a source holds now; returns the ids that it had before.
    fn begin(&mut self, source: &Source) -> HashSet<String> {
        let before = self.known.get(&source.name).map(|known| known.ids.iter().cloned().collect());
        if before.is_some() {
            self.writer.remove(&source.name);
        }
        before.unwrap_or_default()
    }

    /// Accepts transcripts of a source; what is left in `before` afterwards is gone.
    fn accept(&mut self, source: &Source, fingerprint: u64, all: Vec<Transcript>, before: &mut HashSet<String>) {
        for transcript in all {
            let id = &transcript.id;
            if let Some(first) = self.ids.get(id) {
                let reason = source::duplicate(id, first);
                self.skip(source, reason);
                continue;
            }
            if before.remove(id) {
                self.report.updated += 1;
            } else {
                self.report.added += 1;
            }
            self.ids.insert(id.clone(), source.name.clone());
            self.accepted.push(Accepted { source: source.name.clone(), fingerprint, transcript });
        }
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
            self.writer.remove(name);
            self.report.removed += known.ids.len() as u64;
        }
        if self.report.added + self.report.updated + self.report.removed > 0 {
            self.writer.commit()?;
        }
        self.report.notes = self.notes.len();
        // Also where nothing changed: a run that was killed may have left it undone.
        store::seal(self.opened)?;
        (self.report.transcripts, self.report.words) = count(self.opened).map_err(engine(self.dir))?;
        Ok(self.report)
    }
}
