//! The index behind a gate: so many searches at a time, each for so long.

use std::sync::Arc;

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task, time,
};

use super::{
    limits::{Limits, TURN},
    metrics::Metrics,
    problem::Problem,
};
use crate::{error::Error, live::Live, searcher::Searcher};

/// Lets requests ask the index.
pub(super) struct Gate {
    live: Arc<Live>,
    turns: Arc<Semaphore>,
    limits: Limits,
    metrics: Arc<Metrics>,
}

impl Gate {
    pub(super) fn new(live: Arc<Live>, limits: Limits, metrics: Arc<Metrics>) -> Self {
        let turns = Arc::new(Semaphore::new(limits.searches.clamp(1, Semaphore::MAX_PERMITS)));
        Self { live, turns, limits, metrics }
    }

    /// The index, where nothing is searched.
    pub(super) fn live(&self) -> &Live {
        &self.live
    }

    /// Asks off the threads that serve connections, when it is this request's turn.
    ///
    /// # Errors
    /// Too many ask, or the index cannot be read.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Searcher) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = turn(&self.turns).await?;
        let searcher = self.live.searcher().within(self.limits.search_time);
        let searching = self.metrics.searching();
        // A search goes on when its visitor has gone, and so long its turn lasts.
        let answer = task::spawn_blocking(move || {
            let _until_it_ends = (turn, searching);
            question(&searcher)
        });
        match answer.await {
            Ok(answer) => answer.map_err(Problem::from),
            Err(_) => Err(Problem::internal("the search broke off; this is a defect of verbatim")),
        }
    }
}

/// Waits for a turn.
///
/// # Errors
/// It does not come soon.
async fn turn(turns: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
    match time::timeout(TURN, Arc::clone(turns).acquire_owned()).await {
        Ok(Ok(turn)) => Ok(turn),
        _ => Err(Problem::busy()),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, sync::Arc};

    use axum::{
        body::Body,
        http::Request,
        response::{IntoResponse, Response},
    };
    use tempfile::TempDir;
    use tokio::{sync::oneshot, task::JoinSet};
    use tower::ServiceExt;
    use verbatim_indexer::update;

    use super::{
        super::{Options, Served, routes},
        Limits, Live,
    };

    /// All addresses that ask the index.
    const SEARCHES: [&str; 6] = [
        "/api/search?q=GAR",
        "/api/suggest?q=ga",
        "/api/transcripts/le-gar",
        "/?q=GAR",
        "/embed?q=GAR",
        "/transcripts/le-gar",
    ];

    #[tokio::test]
    async fn who_gets_no_turn_is_told_when_to_ask_again() {
        let (_folder, live) = live();
        let limits = Limits { searches: 1, ..Limits::default() };
        let served = Served::new(live, Options { limits, ..Options::default() });
        let (gate, router) = (Arc::clone(&served.gate), routes(served));
        let (begun, begins) = oneshot::channel();
        let (end, ended) = oneshot::channel::<()>();
        let long = tokio::spawn(async move {
            let search = move |_: &_| {
                let _ = begun.send(());
                let _ = ended.blocking_recv();
                Ok(())
            };
            gate.ask(search).await.is_ok()
        });
        begins.await.expect("there is one turn, and nobody else asks");
        let ask = |address: &'static str| {
            let request = Request::get(address).body(Body::empty()).expect("an address");
            let answer = router.clone().oneshot(request);
            async move { (address, answer.await.expect("the router cannot fail")) }
        };
        let refused: Vec<(&str, Response)> = SEARCHES.into_iter().map(ask).collect::<JoinSet<_>>().join_all().await;
        for (address, refused) in refused {
            let wait = refused.headers().get("retry-after").map(|wait| wait.as_bytes());
            assert_eq!((refused.status().as_u16(), wait), (503, Some(&b"1"[..])), "{address}");
        }
        assert_eq!(ask("/healthz").await.1.status(), 200, "what asks nothing needs no turn");
        end.send(()).expect("the search goes on until it is told");
        assert!(long.await.expect("no panic"), "who had the turn gets an answer");
        for address in SEARCHES {
            assert_eq!(ask(address).await.1.status(), 200, "{address}");
        }
    }

    #[tokio::test]
    async fn a_search_that_panics_gives_its_turn_back() {
        let (_folder, live) = live();
        let limits = Limits { searches: 1, ..Limits::default() };
        let gate = Served::new(live, Options { limits, ..Options::default() }).gate;
        let broken = gate.ask(|_| -> Result<(), _> { panic!("as a defect would") }).await;
        assert_eq!(broken.expect_err("it came to no end").into_response().status(), 500);
        assert!(gate.ask(|_| Ok(())).await.is_ok());
    }

    fn live() -> (TempDir, Arc<Live>) {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let (talk, index) = (folder.path().join("le-gar.md"), folder.path().join("index"));
        fs::write(&talk, "Voici le GAR.").expect("a new file");
        let options = verbatim_indexer::Options { paths: vec![talk], index: index.clone(), rebuild: false };
        update(&options, &|_, _| {}).unwrap_or_else(|error| panic!("{error}"));
        let live = Live::open(&index, None).unwrap_or_else(|error| panic!("{error}"));
        (folder, Arc::new(live))
    }
}
