//! `verbatim serve`

use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use tokio::{net::TcpListener, runtime::Runtime, sync::watch};
use verbatim_query::{
    Error,
    http::{self, InvalidOrigin, Options, Origin},
};

use super::{AskArgs, index::index};
use crate::{
    output::{complain, say},
    signal,
};

/// Serve the index over HTTP: a search page, reading pages, and JSON
///
/// With paths, the index is first brought in line with them. Commits made meanwhile by `verbatim index` are taken up
/// without losing a request. Ctrl-C finishes what has begun, then stops.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim serve data\n  verbatim serve --index talks-index --listen 0.0.0.0:80\n  \
                        verbatim serve --allow-origin https://www.example.fr"
)]
pub(crate) struct Args {
    /// Files and folders to index first
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    ask: AskArgs,
    /// The address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// A site whose scripts may ask, by its scheme and host; * for all sites; may be repeated
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<axum::http::HeaderValue>,
    /// A site that may show /embed in a frame, by its scheme and host; may be repeated
    #[arg(long, value_name = "ORIGIN")]
    allow_frame: Vec<Origin>,
    /// Where visitors reach this server, behind a proxy for instance; canonical links, oEmbed and OpenSearch need it
    #[arg(long, value_name = "URL", value_parser = public_url)]
    public_url: Option<Origin>,
}

/// One site, where a list may have patterns.
fn public_url(text: &str) -> Result<Origin, InvalidOrigin> {
    if text.contains('*') { Err(InvalidOrigin) } else { text.parse() }
}

/// How long requests that have begun may take to finish after the stop.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if !args.paths.is_empty() {
        index(&args.paths, &args.ask.index, false)?;
    }
    let live = Arc::new(args.ask.live()?);
    Runtime::new().context("the server cannot start")?.block_on(serve(args, live))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(args: &Args, live: Arc<verbatim_query::Live>) -> Result<()> {
    let listener = TcpListener::bind(&args.listen)
        .await
        .with_context(|| format!("{}: cannot listen; choose another address with --listen", args.listen))?;
    let address = listener.local_addr().context("the server has no address")?;
    say(&format!("{} transcripts at http://{address}, Ctrl-C stops", live.searcher().transcripts()));
    let (stopping, mut stopped) = watch::channel(false);
    let stop = async move {
        signal::stop().await;
        say("stopping");
        stopping.send_replace(true);
    };
    let patience = async {
        // An error means that the server has ended by itself.
        if stopped.wait_for(|stopped| *stopped).await.is_ok() {
            tokio::time::sleep(PATIENCE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let options = Options {
        origins: args.allow_origin.clone(),
        frames: args.allow_frame.clone(),
        public_url: args.public_url.clone(),
    };
    tokio::select! {
        served = http::serve(listener, live, options, stop, report) => served.context("the server failed"),
        () = patience => Ok(()),
    }
}

fn report(switch: Result<bool, Error>) {
    match switch {
        Ok(_) => say("the index has changed; serving its new state"),
        Err(error) => complain(&format!("{error}; still serving the old state")),
    }
}
