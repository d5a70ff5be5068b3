//! Keeps an index in line with its sources beside the program's other work, and ends at Ctrl-C.

use std::{future::Future, time::Duration};

use anyhow::{Context, Result};
use tokio::{runtime::Runtime, sync::watch, task, time};
use verbatim_indexer::{Error, Follower, News, Report};

use crate::{
    output::{advance, progress_bar, say},
    signal,
};

/// How long what has begun may take to finish after the stop.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Runs work that waits for signals and connections.
pub(crate) fn run<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = Runtime::new().context("the program cannot start its threads")?;
    let done = runtime.block_on(work);
    // An update that goes on beyond all patience is broken off: an index is safe at any moment.
    runtime.shutdown_background();
    done
}

/// Becomes true at Ctrl-C, or at the request to end that service managers send.
pub(crate) fn stop_signal() -> watch::Receiver<bool> {
    let (stopping, stopped) = watch::channel(false);
    task::spawn(async move {
        signal::stop().await;
        say("stopping");
        stopping.send_replace(true);
    });
    stopped
}

/// Waits for the stop.
pub(crate) async fn stop(mut stopped: watch::Receiver<bool>) {
    if stopped.wait_for(|stopped| *stopped).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// The first update, with a progress bar; `None` where it was stopped.
pub(crate) async fn first(
    mut follower: Follower,
    stopped: &watch::Receiver<bool>,
) -> Result<Option<(Follower, Result<Report, Error>)>> {
    let brake = follower.stop();
    let mut work = task::spawn_blocking(move || {
        let progress = progress_bar("files");
        let report = follower.update(&|done, of| advance(&progress, done, of));
        progress.finish_and_clear();
        (follower, report)
    });
    tokio::select! {
        done = &mut work => return done.map(Some).context("the update broke off; this is a defect of verbatim"),
        () = stop(stopped.clone()) => brake.raise(),
    }
    // The index is safe however this ends.
    let _ = time::timeout(PATIENCE, work).await;
    Ok(None)
}

/// Keeps the index in line with its sources, and tells of it, until the stop; then finishes what has begun.
pub(crate) async fn until_stopped(
    follower: Follower,
    stopped: watch::Receiver<bool>,
    mut tell: impl FnMut(News) + Send + 'static,
) {
    let brake = follower.stop();
    let work = task::spawn_blocking(move || follower.follow(&mut tell));
    stop(stopped).await;
    brake.raise();
    // The index is safe however this ends.
    let _ = time::timeout(PATIENCE, work).await;
}
