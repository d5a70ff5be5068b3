//! Writes to the engine's index: transcripts side by side into segments, and all changes in one commit.

use std::{
    collections::HashSet,
    io,
    path::Path,
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;
use tantivy::{
    IndexWriter, TantivyError, Term,
    collector::Count,
    directory::error::OpenWriteError,
    index::SegmentId,
    indexer::{LogMergePolicy, NoMergePolicy},
    query::AllQuery,
};

use crate::{
    document::Accepted,
    error::Error,
    removal::Removal,
    segment::Builder,
    store::{Opened, Payload},
};

/// What the segments in the making may take for each thread, in bytes, before they are written. While they are, they take
/// about twice as much again: a word is two bytes in a stream, and four where it is sorted.
const MEMORY_PER_THREAD: usize = 96 << 20;

/// More threads than these share what so many may take.
const MOST_THREADS: usize = 4;

/// The least that the engine asks for. It writes no documents of its own, so it takes nothing of it.
const MEMORY_OF_ENGINE: usize = 15_000_000;

/// Writes to one index, until it commits. What it has not committed is as if it had never been.
pub(crate) struct Writer<'a> {
    dir: &'a Path,
    opened: &'a Opened,
    engine: IndexWriter,
    /// The segments that were there before,
    former: HashSet<SegmentId>,
    /// and the sources whose transcripts are to leave them.
    removed: Vec<Term>,
    /// The segments in the making, one for each thread.
    builders: Vec<Builder<'a>>,
    /// What each of them may take, in bytes.
    room: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(opened: &'a Opened, dir: &'a Path) -> Result<Self, Error> {
        let writer = opened.index.writer_with_num_threads(1, MEMORY_OF_ENGINE).map_err(engine(dir))?;
        // A removal names segments, so they must stay what they are until it is done.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        // What a killed or failed run has left takes room that this one may need.
        writer.garbage_collect_files().wait().map_err(engine(dir))?;
        let former = opened.index.searchable_segment_ids().map_err(engine(dir))?;
        let threads = rayon::current_num_threads();
        Ok(Self {
            dir,
            opened,
            engine: writer,
            former: former.into_iter().collect(),
            removed: Vec::new(),
            builders: (0..threads).map(|_| Builder::new(opened)).collect(),
            room: MEMORY_PER_THREAD * threads.min(MOST_THREADS) / threads,
        })
    }

    /// Removes the transcripts of a source that were there before.
    pub(crate) fn remove(&mut self, source: &str) {
        self.removed.push(Term::from_field_text(self.opened.fields.source, source));
    }

    /// Adds transcripts.
    pub(crate) fn add(&mut self, transcripts: Vec<Accepted>) -> Result<(), Error> {
        let rest = Mutex::new(transcripts.into_iter());
        let next = || rest.lock().unwrap_or_else(PoisonError::into_inner).next();
        let room = self.room;
        loop {
            let is_full = |builder: &Builder<'_>| builder.memory() >= room;
            let build = |builder: &mut Builder<'a>| {
                while !is_full(builder) {
                    let Some(transcript) = next() else { break };
                    builder.add(&transcript)?;
                }
                Ok(())
            };
            self.builders.par_iter_mut().try_for_each(build).map_err(engine(self.dir))?;
            if !self.builders.iter().any(is_full) {
                return Ok(());
            }
            self.write_out()?;
        }
    }

    /// Writes the segments in the making; together, as they become full at about the same time.
    fn write_out(&mut self) -> Result<(), Error> {
        let engine_writer = &self.engine;
        let write = |builder: &mut Builder<'_>| match builder.finish()? {
            Some(segment) => engine_writer.add_segment(segment.meta().clone()),
            None => Ok(()),
        };
        self.builders.par_iter_mut().try_for_each(write).map_err(engine(self.dir))
    }

    /// Makes all changes seen at once.
    pub(crate) fn commit(mut self) -> Result<(), Error> {
        self.write_out()?;
        if !self.removed.is_empty() {
            let removal = Removal::new(self.removed, self.former);
            self.engine.delete_query(Box::new(removal)).map_err(engine(self.dir))?;
        }
        let mut policy = LogMergePolicy::default();
        // Statistics count deleted documents until a merge, so they must not gather.
        policy.set_del_docs_ratio_before_merge(0.2);
        self.engine.set_merge_policy(Box::new(policy));
        let mut prepared = self.engine.prepare_commit().map_err(engine(self.dir))?;
        prepared.set_payload(&Payload::ours().to_json());
        prepared.commit().map_err(engine(self.dir))?;
        // Small indexes are answered from one segment, large ones from few.
        self.engine.wait_merging_threads().map_err(engine(self.dir))
    }
}

/// How many transcripts and words the last commit holds.
pub(crate) fn count(opened: &Opened) -> tantivy::Result<(u64, u64)> {
    let searcher = opened.index.reader()?.searcher();
    let transcripts = searcher.search(&AllQuery, &Count)? as u64;
    let mut words = 0;
    for segment in searcher.segment_readers() {
        let column = segment.fast_fields().u64("words")?;
        words += segment.doc_ids_alive().filter_map(|doc| column.first(doc)).sum::<u64>();
    }
    Ok((transcripts, words))
}

/// What the engine says, as we say it.
pub(crate) fn engine(dir: &Path) -> impl Fn(TantivyError) -> Error {
    move |cause| match cause {
        // A full disk, mostly: the index itself is sound.
        TantivyError::IoError(cause)
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: cause, .. }) => {
            Error::Io { path: dir.to_owned(), cause: io::Error::new(cause.kind(), cause.to_string()) }
        }
        cause => Error::Engine { path: dir.to_owned(), cause },
    }
}

#[cfg(test)]
mod tests;
