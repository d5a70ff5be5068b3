//! The lines of the input as they come, until their end or until somebody wants to stop.

use std::{
    fs::File,
    io::{self, Read},
    mem,
    path::Path,
    process,
    sync::{
        Arc, OnceLock,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread, vec,
};

use anyhow::{Context, Result};

use crate::{queries::Lines, signal};

/// How many lines are handed on together where they are there: a thread is woken for each message.
const TOGETHER: usize = 64;
/// How many messages are read ahead.
const AHEAD: usize = 2;

/// A line of the input and its number, or why there are no more.
pub(super) type Line = io::Result<(u64, Vec<u8>)>;

/// The lines of the input. Waiting for the next one can be interrupted.
pub(super) struct Feed {
    /// Some lines each; none at the end, or to be woken up.
    messages: Receiver<Vec<Line>>,
    at_hand: vec::IntoIter<Line>,
    stop: Stop,
}

/// Ends a [`Feed`], from any thread.
#[derive(Clone)]
pub(super) struct Stop {
    status: Arc<OnceLock<u8>>,
    wake: SyncSender<Vec<Line>>,
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
        let (sender, messages) = sync_channel(AHEAD);
        let stop = Stop { status: Arc::default(), wake: sender.clone() };
        // The thread is left behind where the end is not waited for: nothing wakes a read.
        thread::spawn(move || read(input, &sender));
        Ok(Self { messages, at_hand: Vec::new().into_iter(), stop })
    }

    pub(super) fn stop(&self) -> Stop {
        self.stop.clone()
    }
}

fn read(input: impl Read, sender: &SyncSender<Vec<Line>>) {
    let mut lines = Lines::new(input);
    let mut message = Vec::new();
    while let Some(line) = lines.next() {
        let failed = line.is_err();
        message.push(line);
        let more = lines.is_ready() && message.len() < TOGETHER;
        if failed || !more && sender.send(mem::take(&mut message)).is_err() {
            break;
        }
    }
    // Nobody may be left to be told.
    let _ = sender.send(message);
    let _ = sender.send(Vec::new());
}

impl Iterator for Feed {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.stop.status().is_some() {
            return None;
        }
        if self.at_hand.len() == 0 {
            self.at_hand = self.messages.recv().ok()?.into_iter();
        }
        self.at_hand.next()
    }
}

impl Stop {
    /// Ends the feed, for a reason that has this exit status.
    pub(super) fn now(&self, status: u8) {
        let _ = self.status.set(status); // the first reason counts
        // Where there is no room for the message, nobody waits for one.
        let _ = self.wake.try_send(Vec::new());
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
