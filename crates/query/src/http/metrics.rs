//! `GET /metrics`: what is counted, as Prometheus reads it. No count knows what was asked.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use super::problem::Problem;
use crate::live::Live;

/// The counts of a server since its start.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabels, Histogram, fn() -> Histogram>,
    searching: Gauge,
    transcripts: Gauge,
    state: Gauge,
    switches: Counter,
    failed_switches: Counter,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

/// A search that is under way, until it is dropped.
pub(super) struct Searching(Gauge);

impl Drop for Searching {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Upper bounds of latencies, in seconds: from an answer out of memory to the longest search.
const SECONDS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5];

/// Prometheus reads numbers as floats, which hold 53 of the 64 bits of a state.
const STATE_SHIFT: u32 = 11;

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("verbatim");
        let metrics = Self {
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            searching: Gauge::default(),
            transcripts: Gauge::default(),
            state: Gauge::default(),
            switches: Counter::default(),
            failed_switches: Counter::default(),
            registry: Registry::default(),
        };
        registry.register("requests", "Requests by route and status", metrics.requests.clone());
        registry.register_with_unit(
            "request_duration",
            "Time to answer, by route",
            Unit::Seconds,
            metrics.seconds.clone(),
        );
        registry.register("searches_in_flight", "Searches under way", metrics.searching.clone());
        registry.register("transcripts", "Transcripts in the index", metrics.transcripts.clone());
        registry.register(
            "index_state",
            "Number of the state being served; another one after each commit",
            metrics.state.clone(),
        );
        registry.register("index_switches", "Switches to a new state of the index", metrics.switches.clone());
        registry.register(
            "index_switch_failures",
            "New states that could not be opened",
            metrics.failed_switches.clone(),
        );
        Self { registry, ..metrics }
    }

    /// Counts a request that has been answered. `route` is the pattern of the route, never the path itself.
    pub(super) fn answered(&self, route: &str, status: u16, took: Duration) {
        let route = route.to_owned();
        self.seconds.get_or_create(&RouteLabels { route: route.clone() }).observe(took.as_secs_f64());
        self.requests.get_or_create(&RequestLabels { route, status }).inc();
    }

    /// Counts a search until what is returned is dropped.
    pub(super) fn searching(&self) -> Searching {
        self.searching.inc();
        Searching(self.searching.clone())
    }

    /// Counts a switch to another state of the index, or that there was none.
    pub(super) fn switched(&self, succeeded: bool) {
        if succeeded { &self.switches } else { &self.failed_switches }.inc();
    }

    fn text(&self, live: &Live) -> Result<String, std::fmt::Error> {
        self.transcripts.set(i64::try_from(live.searcher().transcripts()).unwrap_or(i64::MAX));
        self.state.set(i64::try_from(live.state() >> STATE_SHIFT).unwrap_or(i64::MAX));
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// `GET /metrics`
pub(super) async fn metrics(State((metrics, live)): State<(Arc<Metrics>, Arc<Live>)>) -> Response {
    match metrics.text(&live) {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(_) => Problem::internal("the counts cannot be written; this is a defect of verbatim").into_response(),
    }
}
