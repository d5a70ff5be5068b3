//! The server: it reads the index and changes nothing.

mod assets;
mod caching;
mod client;
mod connections;
mod exchange;
mod gate;
mod headers;
mod limits;
mod metrics;
mod openapi;
mod origin;
mod page;
mod params;
mod problem;
mod rate;
mod search;
mod suggest;
mod transcript;

use std::{future::Future, io, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{FromRef, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
pub use ipnet::IpNet;
use tokio::{net::TcpListener, task, time};
use tower_http::{
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer},
};

use crate::{error::Error, live::Live, searcher::Searcher, wire::HealthJson};
use caching::Tags;
use exchange::Exchanges;
use gate::Gate;
pub use limits::Limits;
use metrics::Metrics;
pub use origin::{InvalidOrigin, Origin};
use problem::Problem;
use rate::Rate;

/// What the server shares between requests.
type Shared = State<Arc<Gate>>;

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
    /// What one visitor cannot take from the others.
    pub limits: Limits,
    /// The networks of proxies that are believed when they say who asks.
    pub proxies: Vec<IpNet>,
    /// Takes a line of JSON for each request, without what was asked.
    pub log: Option<fn(&str)>,
}

/// All that requests share; each handler takes its part.
#[derive(Clone)]
struct Served {
    live: Arc<Live>,
    options: Arc<Options>,
    gate: Arc<Gate>,
    metrics: Arc<Metrics>,
}

impl Served {
    fn new(live: Arc<Live>, options: Options) -> Self {
        let metrics = Arc::new(Metrics::new());
        let gate = Arc::new(Gate::new(Arc::clone(&live), options.limits.clone(), Arc::clone(&metrics)));
        Self { live, options: Arc::new(options), gate, metrics }
    }
}

impl FromRef<Served> for Arc<Options> {
    fn from_ref(served: &Served) -> Self {
        Arc::clone(&served.options)
    }
}

impl FromRef<Served> for Arc<Gate> {
    fn from_ref(served: &Served) -> Self {
        Arc::clone(&served.gate)
    }
}

impl FromRef<Served> for (Arc<Metrics>, Arc<Live>) {
    fn from_ref(served: &Served) -> Self {
        (Arc::clone(&served.metrics), Arc::clone(&served.live))
    }
}

/// How often the server looks for a new commit.
const REFRESH: Duration = Duration::from_millis(500);

/// All routes.
pub fn router(live: Arc<Live>, options: Options) -> Router {
    routes(Served::new(live, options))
}

fn routes(served: Served) -> Router {
    let options = Arc::clone(&served.options);
    let rate = options.limits.rate.map(Rate::new);
    let exchanges = Exchanges::new(options.proxies.clone(), rate, Arc::clone(&served.metrics), options.log);
    let tags = Arc::new(Tags::new(Arc::clone(&served.live)));
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
        .route("/metrics", get(metrics::metrics))
        .route("/openapi.json", get(openapi::openapi))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(served)
        .layer(middleware::from_fn_with_state(tags, caching::cached));
    let router = match cors(&options.origins) {
        Some(cors) => router.layer(cors),
        None => router,
    };
    router
        // Scripts and styles are for every site, whoever may ask.
        .merge(assets::routes())
        .layer(CompressionLayer::new())
        .layer(middleware::map_response(headers::secured))
        // The last is the first to see a request.
        .layer(middleware::from_fn_with_state(Arc::new(exchanges), exchange::exchanged))
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

/// Serves `live` until `stop` is done, then finishes the requests that have begun.
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
    let served = Served::new(Arc::clone(&live), options);
    let metrics = Arc::clone(&served.metrics);
    let counted = move |outcome: Result<bool, Error>| {
        metrics.switched(outcome.is_ok());
        report(outcome);
    };
    let connections = served.options.limits.connections;
    let follow = tokio::spawn(follow(live, counted));
    let ended = connections::serve(listener, routes(served), connections, stop).await;
    follow.abort();
    ended
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

/// Asks the index when it is this request's turn.
async fn ask<T: Send + 'static>(
    gate: &Gate,
    question: impl FnOnce(&Searcher) -> Result<T, Error> + Send + 'static,
) -> Result<T, Problem> {
    gate.ask(question).await
}

/// Whether the server answers, and how much there is to find.
#[utoipa::path(
    get,
    path = "/healthz",
    responses((status = 200, description = "The server answers.", body = HealthJson))
)]
async fn health(State(gate): Shared) -> Json<HealthJson> {
    let transcripts = gate.live().searcher().transcripts();
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

/// A method other than GET. Which ones there are may be asked.
async fn method_not_allowed(method: Method) -> Response {
    const ALLOWED: [(HeaderName, &str); 1] = [(header::ALLOW, "GET, HEAD, OPTIONS")];
    if method == Method::OPTIONS {
        return (StatusCode::NO_CONTENT, ALLOWED).into_response();
    }
    (ALLOWED, Problem::method()).into_response()
}
