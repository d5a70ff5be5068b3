//! The server: it reads the index and changes nothing.

mod page;
mod params;
mod problem;
mod search;
mod suggest;
mod transcript;

use std::{future::Future, io, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, HeaderValue, Method, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::{net::TcpListener, task, time};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::{error::Error, live::Live, searcher::Searcher, wire::HealthJson};
use problem::Problem;

/// What the server shares between requests.
type Shared = State<Arc<Live>>;

/// How often the server looks for a new commit.
const REFRESH: Duration = Duration::from_millis(500);

/// All routes. Scripts of `origins` may ask too, of no others where the list is empty; `*` stands for all.
pub fn router(live: Arc<Live>, origins: &[HeaderValue]) -> Router {
    let router = Router::new()
        .route("/", get(page::results))
        .route("/transcripts/{*id}", get(page::reading))
        .route("/style.css", get(style))
        .route("/api/search", get(search::search))
        .route("/api/suggest", get(suggest::suggest))
        .route("/api/transcripts/{*id}", get(transcript::transcript))
        .route("/healthz", get(health))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(live);
    if origins.is_empty() {
        return router;
    }
    let origin = if origins.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().cloned())
    };
    router.layer(CorsLayer::new().allow_origin(origin).allow_methods([Method::GET]))
}

/// Serves `router` until `stop` is done, then finishes the requests that have begun.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    listener: TcpListener,
    live: Arc<Live>,
    origins: &[HeaderValue],
    stop: impl Future<Output = ()> + Send + 'static,
    report: impl Fn(Result<bool, Error>) + Send + 'static,
) -> io::Result<()> {
    let router = router(Arc::clone(&live), origins);
    let follow = tokio::spawn(follow(live, report));
    let served = axum::serve(listener, router).with_graceful_shutdown(stop).await;
    follow.abort();
    served
}

/// Switches to every new commit, and reports each switch and each failure once.
async fn follow(live: Arc<Live>, report: impl Fn(Result<bool, Error>)) {
    let mut failed = false;
    loop {
        time::sleep(REFRESH).await;
        let live = Arc::clone(&live);
        let Ok(outcome) = task::spawn_blocking(move || live.refresh()).await else {
            continue;
        };
        match outcome {
            Ok(false) => failed = false,
            Err(_) if failed => {}
            outcome => {
                failed = outcome.is_err();
                report(outcome);
            }
        }
    }
}

/// Searches off the threads that serve connections.
async fn ask<T: Send + 'static>(
    live: &Live,
    question: impl FnOnce(&Searcher) -> Result<T, Error> + Send + 'static,
) -> Result<T, Problem> {
    let searcher = live.searcher();
    match task::spawn_blocking(move || question(&searcher)).await {
        Ok(answer) => answer.map_err(Problem::from),
        Err(_) => Err(Problem::internal("the search broke off; this is a defect of verbatim")),
    }
}

async fn health(State(live): Shared) -> Json<HealthJson> {
    let transcripts = live.searcher().transcripts();
    Json(HealthJson { status: "ok", transcripts, version: env!("CARGO_PKG_VERSION") })
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../../web/style.css"))
}

/// No such path. Browsers get a page, programs a problem.
async fn not_found(uri: Uri, headers: HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepts.contains("text/html") {
        return page::not_found();
    }
    Problem::missing(format!("there is nothing at {}", uri.path())).into_response()
}

/// A method other than GET.
async fn method_not_allowed() -> Problem {
    Problem::method()
}
