//! Keeps an index in line with its sources: waits for a change, updates, and waits again.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, SyncSender},
    },
    time::Instant,
};

use crate::{
    error::Error,
    options::{Options, Report},
    update::Indexer,
    watch::{Wake, Watch},
};

/// Keeps an index in line with its sources until it is stopped, and the index for itself.
pub struct Follower {
    indexer: Indexer,
    watch: Watch,
    stop: Stop,
    /// Whether the index is in line with the sources as they were last seen.
    in_line: bool,
    /// Why the system does not tell of changes, where it does not.
    blind: Option<String>,
}

/// Ends a [`Follower`], from any thread.
#[derive(Debug, Clone)]
pub struct Stop {
    raised: Arc<AtomicBool>,
    wake: SyncSender<()>,
}

/// What a [`Follower`] tells.
#[derive(Debug)]
pub enum News {
    /// The sources have changed, and the index was brought in line with them.
    Updated(Report),
    /// It could not be, and is as it was. It is tried again.
    Failed(Error),
    /// The system does not tell of changes, for this reason; they are seen a few seconds later.
    Blind(String),
}

impl Stop {
    /// Ends the follower at its next step.
    pub fn raise(&self) {
        self.raised.store(true, Ordering::Relaxed);
        // Where the channel is full, the follower is about to wake up.
        let _ = self.wake.try_send(());
    }

    fn is_raised(&self) -> bool {
        self.raised.load(Ordering::Relaxed)
    }
}

impl Follower {
    /// Begins to follow the sources. The index is not touched yet.
    pub fn new(options: Options) -> Self {
        let (wake, woken) = mpsc::sync_channel(1);
        let stop = Stop { raised: Arc::default(), wake: wake.clone() };
        let mut watch = Watch::new(&options.paths, wake, woken);
        let blind = watch.ask_the_system().err().map(|error| error.to_string());
        Self { indexer: Indexer::new(options), watch, stop, in_line: false, blind }
    }

    /// What ends it.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Brings the index in line with its sources now, as [`update`](crate::update()) does.
    ///
    /// # Errors
    /// As `update`, and that it was stopped.
    pub fn update(&mut self, progress: &dyn Fn(usize, usize)) -> Result<Report, Error> {
        let start = Instant::now();
        // What changes while the sources are being read is seen next time.
        self.watch.look();
        let report = self.indexer.update(&|done, of| {
            progress(done, of);
            !self.stop.is_raised()
        });
        self.in_line = report.is_ok();
        if !self.in_line {
            self.watch.rest(start.elapsed());
            // A folder that is gone is waited for.
            let _ = self.watch.ask_the_system();
        }
        report
    }

    /// Brings the index in line with its sources whenever they change, until stopped.
    pub fn follow(mut self, tell: &mut dyn FnMut(News)) {
        if let Some(reason) = self.blind.take() {
            tell(News::Blind(reason));
        }
        loop {
            match self.watch.wait(|| self.stop.is_raised()) {
                Wake::Stopped => return,
                Wake::Same if self.in_line => {}
                Wake::Same | Wake::Changed => match self.update(&|_, _| {}) {
                    Ok(report) => tell(News::Updated(report)),
                    Err(Error::Stopped) => return,
                    Err(error) => tell(News::Failed(error)),
                },
            }
        }
    }
}
