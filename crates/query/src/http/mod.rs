//! The server: it reads the index and changes nothing.

mod assets;
mod origin;
mod page;
mod params;
mod problem;
mod search;
mod suggest;
mod transcript;

use std::{future::Future, io, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{FromRef, State},
    http::{HeaderMap, HeaderValue, Method, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::{net::TcpListener, task, time};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::{error::Error, live::Live, searcher::Searcher, wire::HealthJson};
pub use origin::{InvalidOrigin, Origin};
use problem::Problem;

/// What the server shares between requests.
type Shared = State<Arc<Live>>;

/// What the server is told beside the index.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The sites whose scripts may ask; `*` stands for all.
    pub origins: Vec<HeaderValue>,
    /// The sites that may show `/embed` in a frame, besides the server itself.
    pub frames: Vec<Origin>,
    /// Where visitors reach the server. Without it nothing is said that needs a whole address: a request's own idea of
    /// the host is not to be trusted.
    pub public_url: Option<Origin>,
}

/// All that requests share; each handler takes its part.
#[derive(Clone)]
struct Served {
    live: Arc<Live>,
    options: Arc<Options>,
}

impl FromRef<Served> for Arc<Live> {
    fn from_ref(served: &Served) -> Self {
        Arc::clone(&served.live)
    }
}

impl FromRef<Served> for Arc<Options> {
    fn from_ref(served: &Served) -> Self {
        Arc::clone(&served.options)
    }
}

/// How often the server looks for a new commit.
const REFRESH: Duration = Duration::from_millis(500);

/// All routes.
pub fn router(live: Arc<Live>, options: Options) -> Router {
    let cors = cors(&options.origins);
    let router = Router::new()
        .route("/", get(page::results))
        .route("/transcripts/{*id}", get(page::reading))
        .route("/embed", get(page::embed))
        .route("/integrer", get(page::integrate))
        .route("/style.css", get(style))
        .route("/favicon.svg", get(favicon))
        .route("/embed.js", get(embed_script))
        .route("/oembed", get(page::oembed))
        .route("/opensearch.xml", get(page::opensearch))
        .route("/api/search", get(search::search))
        .route("/api/suggest", get(suggest::suggest))
        .route("/api/transcripts/{*id}", get(transcript::transcript))
        .route("/healthz", get(health))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(Served { live, options: Arc::new(options) });
    let router = match cors {
        Some(cors) => router.layer(cors),
        None => router,
    };
    // Scripts and styles are for every site, whoever may ask.
    router.merge(assets::routes())
}

/// The rule by which scripts of other sites may ask; none where no site is named.
fn cors(origins: &[HeaderValue]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let origin = if origins.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().cloned())
    };
    Some(CorsLayer::new().allow_origin(origin).allow_methods([Method::GET]))
}

/// Serves `router` until `stop` is done, then finishes the requests that have begun.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    listener: TcpListener,
    live: Arc<Live>,
    options: Options,
    stop: impl Future<Output = ()> + Send + 'static,
    report: impl Fn(Result<bool, Error>) + Send + 'static,
) -> io::Result<()> {
    let router = router(Arc::clone(&live), options);
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

async fn favicon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml")], include_str!("../../web/favicon.svg"))
}

/// Tells the page around the frame how high it would like to be.
async fn embed_script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("../../web/embed.js"))
}

/// No such path. Browsers get a page, programs a problem.
async fn not_found(uri: Uri, headers: HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepts.contains("text/html") {
        return page::missing(&uri);
    }
    Problem::missing(format!("there is nothing at {}", uri.path())).into_response()
}

/// A method other than GET.
async fn method_not_allowed() -> Problem {
    Problem::method()
}
