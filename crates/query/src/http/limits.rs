//! What one visitor cannot take from the others: how many may ask, for how long, and how much they may send.
//!
//! How much of a query is read is said in `crate::limits`.

use std::{num::NonZeroU32, thread, time::Duration};

use axum::{extract::Request, http::header};

use super::problem::Problem;

/// What whoever runs the server may want otherwise.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The most searches at a time. More of them wait for a second, then get 503. More than cores, so that a long search
    /// does not make short ones wait; not many more, for they only share the cores.
    pub searches: usize,
    /// How long a search may take. What is found by then is answered, with a note.
    pub search_time: Duration,
    /// The most connections at a time. More of them wait in the queue of the system. Below the 1024 open files that Linux
    /// allows a process where nothing else is said.
    pub connections: usize,
    /// The most requests in a second from one address, and the most at once; no limit where it is not given.
    pub rate: Option<NonZeroU32>,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self { searches: 4 * cores, search_time: Duration::from_secs(2), connections: 900, rate: None }
    }
}

/// How long a search waits for its turn.
pub(super) const TURN: Duration = Duration::from_secs(1);

/// How long a client may take for the head of a request, and how long a connection may lie idle. Who sends a byte now and
/// then to hold a connection (slow loris) loses it.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(15);

/// How long a client may read nothing of its answer.
pub(super) const READ_TIME: Duration = Duration::from_secs(30);

/// The longest address, in bytes: a query of a thousand characters fits, also where each takes three escaped bytes.
const MAX_TARGET: usize = 10 * 1024;

/// The longest head of a request, in bytes, and the most headers.
const MAX_HEAD: usize = 32 * 1024;
pub(super) const MAX_HEADERS: usize = 100;

/// What is read of a head before it is refused without a word, in bytes.
pub(super) const HEAD_BUFFER: usize = 64 * 1024;

/// The longest body, in bytes. Nothing is made of one; some programs send an empty object along.
const MAX_BODY: u64 = 1024;

/// Why a request is too large, if it is.
pub(super) fn refusal(request: &Request) -> Option<Problem> {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if target > MAX_TARGET {
        return Some(Problem::long_target(MAX_TARGET));
    }
    let head: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if head > MAX_HEAD {
        return Some(Problem::large_head(MAX_HEAD));
    }
    let length = request.headers().get(header::CONTENT_LENGTH)?;
    let length: u64 = length.to_str().ok().and_then(|length| length.parse().ok()).unwrap_or(u64::MAX);
    (length > MAX_BODY).then(|| Problem::large_body(MAX_BODY))
}
