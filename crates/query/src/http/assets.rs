//! Serves the files that other sites load: the search box, the player bridge, and what describes and dresses them.

use std::sync::LazyLock;

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

/// A file within the program.
pub(super) struct Asset {
    /// The name before the ending.
    stem: &'static str,
    ending: &'static str,
    content_type: &'static str,
    body: &'static str,
    /// The hash of the body, as the `integrity` of a tag spells it.
    pub(super) integrity: String,
    /// A short hash for the address and the `ETag`.
    hash: String,
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The search box.
pub(super) static SEARCH: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("verbatim-search", "js", SCRIPT, include_str!("../../web/dist/verbatim-search.js")));

/// The player bridge.
pub(super) static PLAYER: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("verbatim-player", "js", SCRIPT, include_str!("../../web/dist/verbatim-player.js")));

/// The colours of the French State's design system for the search box.
pub(super) static DSFR: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("verbatim-dsfr", "css", "text/css; charset=utf-8", include_str!("../../web/box/verbatim-dsfr.css"))
});

static TYPES: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "verbatim-search",
        "d.ts",
        "text/plain; charset=utf-8",
        include_str!("../../web/box/verbatim-search.d.ts"),
    )
});

static MANIFEST: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("custom-elements", "json", "application/json", include_str!("../../web/box/custom-elements.json"))
});

/// An address that stays and follows new versions: asked for again after an hour.
const FOLLOWS: HeaderValue = HeaderValue::from_static("public, max-age=3600, stale-while-revalidate=86400");
/// An address with the hash in it: what it names never changes.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The routes of all assets. Each has an address that stays, one for this major version, and one with its hash.
pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    [&SEARCH, &PLAYER, &DSFR, &TYPES, &MANIFEST].into_iter().fold(Router::new(), |router, asset| {
        let name = format!("/{}.{}", asset.stem, asset.ending);
        router
            .route(&asset.path(), serve(asset, IMMUTABLE))
            .route(&format!("/v1{name}"), serve(asset, FOLLOWS))
            .route(&name, serve(asset, FOLLOWS))
    })
}

fn serve<S: Clone + Send + Sync + 'static>(asset: &'static Asset, keep: HeaderValue) -> MethodRouter<S> {
    get(async move |headers: HeaderMap| asset.answer(&headers, keep.clone()))
}

impl Asset {
    fn new(stem: &'static str, ending: &'static str, content_type: &'static str, body: &'static str) -> Self {
        let digest = Sha384::digest(body);
        let hash = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { stem, ending, content_type, body, integrity: format!("sha384-{}", STANDARD.encode(digest)), hash }
    }

    /// The path that names these very bytes.
    pub(super) fn path(&self) -> String {
        format!("/{}.{}.{}", self.stem, self.hash, self.ending)
    }

    /// The file, or 304 for who has it. Every site may load it, whoever may ask the API.
    fn answer(&self, headers: &HeaderMap, keep: HeaderValue) -> Response {
        let tag = format!("\"{}\"", self.hash);
        let has = |value: &HeaderValue| value.to_str().is_ok_and(|tags| tags == "*" || tags.contains(&tag));
        let known = headers.get_all(header::IF_NONE_MATCH).iter().any(has);
        let common = [
            (header::CACHE_CONTROL, keep),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        ];
        let open = [("cross-origin-resource-policy", "cross-origin")];
        let tag = [(header::ETAG, tag)];
        if known {
            return (StatusCode::NOT_MODIFIED, common, open, tag).into_response();
        }
        (common, open, tag, [(header::CONTENT_TYPE, self.content_type)], self.body).into_response()
    }
}
