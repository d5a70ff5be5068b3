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
    use std::sync::Arc;

    use axum::response::IntoResponse;
    use tokio::sync::Semaphore;

    use super::turn;

    #[tokio::test]
    async fn who_gets_no_turn_is_told_when_to_ask_again() {
        let turns = Arc::new(Semaphore::new(1));
        let first = turn(&turns).await;
        assert!(first.is_ok());
        let refused = turn(&turns).await.expect_err("there is one turn, and it is taken").into_response();
        assert_eq!(
            (refused.status().as_u16(), &refused.headers()["retry-after"]),
            (503, &"1".parse().expect("a number"))
        );
        drop(first);
        assert!(turn(&turns).await.is_ok());
    }
}
