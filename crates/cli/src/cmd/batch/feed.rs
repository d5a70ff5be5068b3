//! The lines of the input as they come, until their end or until somebody wants to stop.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
    process,
    sync::{
        Arc, OnceLock,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use anyhow::{Context, Result};

use crate::{queries::lines, signal};

/// How many lines are read ahead.
const AHEAD: usize = 64;

/// A line of the input and its number, or why there are no more; `None` at the end.
type Message = Option<io::Result<(u64, Vec<u8>)>>;

/// The lines of the input. Waiting for the next one can be interrupted.
pub(super) struct Feed {
    lines: Receiver<Message>,
    stop: Stop,
}

/// Ends a [`Feed`], from any thread.
#[derive(Clone)]
pub(super) struct Stop {
    status: Arc<OnceLock<u8>>,
    wake: SyncSender<Message>,
}

impl Feed {
    /// Begins to read a file, or standard input where it is called `-`.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let input: Box<dyn Read + Send> = if path == Path::new("-") {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).with_context(|| path.display().to_string())?)
        };
        let (sender, lines) = sync_channel(AHEAD);
        let stop = Stop { status: Arc::default(), wake: sender.clone() };
        // The thread is left behind where the end is not waited for: nothing wakes a read.
        thread::spawn(move || read(input, &sender));
        Ok(Self { lines, stop })
    }

    pub(super) fn stop(&self) -> Stop {
        self.stop.clone()
    }
}

fn read(input: impl Read, lines_of: &SyncSender<Message>) {
    for line in lines(BufReader::new(input)) {
        let failed = line.is_err();
        if lines_of.send(Some(line)).is_err() || failed {
            break;
        }
    }
    // Nobody is left to be told.
    let _ = lines_of.send(None);
}

impl Iterator for Feed {
    type Item = io::Result<(u64, Vec<u8>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.stop.status().is_some() {
            return None;
        }
        self.lines.recv().ok().flatten()
    }
}

impl Stop {
    /// Ends the feed, for a reason that has this exit status.
    pub(super) fn now(&self, status: u8) {
        let _ = self.status.set(status); // the first reason counts
        // Where there is no room for the message, nobody waits for one.
        let _ = self.wake.try_send(None);
    }

    /// The exit status of the reason, where the feed was stopped.
    pub(super) fn status(&self) -> Option<u8> {
        self.status.get().copied()
    }

    /// Ends the feed at Ctrl-C, and the program at the second one.
    ///
    /// # Errors
    /// The system does not let us listen.
    pub(super) fn at_signal(self) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        let runtime = runtime.context("Ctrl-C cannot be listened for")?;
        thread::spawn(move || {
            runtime.block_on(async {
                self.now(signal::stop().await);
                process::exit(signal::stop().await.into())
            })
        });
        Ok(())
    }
}
