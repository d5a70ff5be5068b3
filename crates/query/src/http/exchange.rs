//! What every exchange has: a number, a visitor, a time, a count, and a line in the log where one is kept.

use std::{
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::{IntoResponse, Response},
};
use ipnet::IpNet;
use serde_json::json;

use super::{
    client::{Peer, client},
    limits,
    metrics::Metrics,
    problem::Problem,
    rate::Rate,
};

/// What the exchanges of a server share.
pub(super) struct Exchanges {
    pub(super) proxies: Vec<IpNet>,
    pub(super) rate: Option<Rate>,
    pub(super) metrics: Arc<Metrics>,
    /// Takes a line for each exchange.
    pub(super) log: Option<fn(&str)>,
    /// The same server does not give a number twice, and two servers hardly ever give the same one.
    next_id: AtomicU64,
    ids: RandomState,
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// The longest number that is taken over from a proxy, in bytes.
const MAX_ID: usize = 64;

impl Exchanges {
    pub(super) fn new(proxies: Vec<IpNet>, rate: Option<Rate>, metrics: Arc<Metrics>, log: Option<fn(&str)>) -> Self {
        Self { proxies, rate, metrics, log, next_id: AtomicU64::new(0), ids: RandomState::new() }
    }

    /// The number that a proxy gave to the request, or one of our own.
    fn id(&self, headers: &HeaderMap) -> HeaderValue {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        let given =
            headers.get(REQUEST_ID).filter(|id| (1..=MAX_ID).contains(&id.len()) && id.as_bytes().iter().all(plain));
        given.cloned().unwrap_or_else(|| {
            let id = self.ids.hash_one(self.next_id.fetch_add(1, Ordering::Relaxed));
            HeaderValue::from_str(&format!("{id:016x}")).expect("a number is ASCII")
        })
    }

    /// Why a request is not answered at all, if so.
    fn refusal(&self, request: &Request, client: Option<IpAddr>) -> Option<Problem> {
        if let (Some(rate), Some(client)) = (&self.rate, client)
            && let Err(wait) = rate.check(client)
        {
            return Some(Problem::too_often(wait));
        }
        limits::refusal(request)
    }
}

/// Answers a request, or refuses it, and notes both.
pub(super) async fn exchanged(State(shared): State<Arc<Exchanges>>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let peer = request.extensions().get::<Peer>().copied();
    let client = peer.map(|peer| client(peer, request.headers(), &shared.proxies));
    let id = shared.id(request.headers());
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |route| route.as_str().to_owned());
    let method = request.method().clone();
    let path = shared.log.map(|_| request.uri().path().to_owned());
    let mut response = match shared.refusal(&request, client) {
        Some(problem) => problem.into_response(),
        None => {
            request.headers_mut().insert(REQUEST_ID, id.clone());
            next.run(request).await
        }
    };
    let took = start.elapsed();
    shared.metrics.answered(&route, response.status().as_u16(), took);
    if let Some((log, path)) = shared.log.zip(path) {
        // Never the query: what a visitor looks for is nobody's business.
        let line = json!({
            "time": seconds(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()),
            "id": id.to_str().unwrap_or_default(),
            "client": client,
            "method": method.as_str(),
            "path": path,
            "status": response.status().as_u16(),
            "seconds": took.as_secs_f64(),
        });
        log(&line.to_string());
    }
    let timing = format!("total;dur={:.1}", took.as_secs_f64() * 1e3);
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(SERVER_TIMING, HeaderValue::from_str(&timing).expect("a number is ASCII"));
    response
}

/// Seconds since 1970, to the millisecond.
fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e3).round() / 1e3
}
