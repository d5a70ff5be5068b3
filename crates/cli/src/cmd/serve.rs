//! `verbatim serve`

use std::{num::NonZeroU32, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use tokio::{net::TcpListener, sync::watch, task, time};
use verbatim_indexer::Follower;
use verbatim_query::{
    Error, Live,
    http::{self, InvalidOrigin, IpNet, Limits, Options, Origin},
};

use super::{AskArgs, index::index};
use crate::{
    follow::{self, PATIENCE},
    news::{Teller, failure},
    output::{complain, say},
};

/// Serve the index over HTTP: a search page, reading pages, and JSON
///
/// With paths, the index is first brought in line with them. Commits made meanwhile by `verbatim index` are taken up
/// without losing a request; with --watch, the server makes them itself. Ctrl-C finishes what has begun, then stops.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim serve data\n  verbatim serve talks --watch\n  verbatim serve --index talks-index --listen 0.0.0.0:80\n  \
                        verbatim serve --allow-origin https://www.example.fr"
)]
pub(crate) struct Args {
    /// Files and folders to index first
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Follow the paths, and take up what changes in them
    #[arg(long, requires = "paths")]
    watch: bool,
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
    /// Write a line of JSON on standard error for each request: time, address, path, status; never what was asked
    #[arg(long)]
    access_log: bool,
    #[command(flatten)]
    limits: LimitArgs,
}

/// What one visitor cannot take from the others. The rest is fixed and said in docs/deployer.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
struct LimitArgs {
    /// How many searches run at a time; more wait for a second, then get 503 [default: 4 for each core]
    #[arg(long, value_name = "N")]
    max_searches: Option<usize>,
    /// How many seconds a search may take before it answers what it has
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    search_timeout: Duration,
    /// How many connections are open at a time; more wait
    #[arg(long, value_name = "N", default_value_t = Limits::default().connections)]
    max_connections: usize,
    /// How many requests in a second one address may make; more get 429 [default: any]
    #[arg(long, value_name = "N")]
    rate_limit: Option<NonZeroU32>,
    /// The network of a reverse proxy, such as 10.0.0.0/8; its X-Forwarded-For says who asks; may be repeated
    #[arg(long, value_name = "CIDR", value_parser = network)]
    trusted_proxy: Vec<IpNet>,
}

/// Seconds, and parts of them.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| (0.001..=3600.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "a number of seconds from 0.001 to 3600 is expected".to_owned())
}

/// A network, or the address of one machine.
fn network(text: &str) -> Result<IpNet, String> {
    let machine = || text.parse().map(|address: std::net::IpAddr| IpNet::from(address));
    text.parse().or_else(|_| machine()).map_err(|_| "a network such as 10.0.0.0/8 is expected".to_owned())
}

impl Args {
    fn options(&self) -> Options {
        let LimitArgs { max_searches, search_timeout, max_connections, rate_limit, trusted_proxy } = &self.limits;
        let limits = Limits {
            searches: max_searches.unwrap_or(Limits::default().searches),
            search_time: *search_timeout,
            connections: *max_connections,
            rate: *rate_limit,
        };
        let log: Option<fn(&str)> = if self.access_log { Some(say) } else { None };
        Options {
            origins: self.allow_origin.clone(),
            frames: self.allow_frame.clone(),
            public_url: self.public_url.clone(),
            limits,
            proxies: trusted_proxy.clone(),
            log,
        }
    }
}

/// One site, where a list may have patterns.
fn public_url(text: &str) -> Result<Origin, InvalidOrigin> {
    if text.contains('*') { Err(InvalidOrigin) } else { text.parse() }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if !args.paths.is_empty() && !args.watch {
        index(&args.paths, &args.ask.index, false)?;
    }
    follow::run(begin(args))
}

async fn begin(args: &Args) -> Result<ExitCode> {
    let stopped = follow::stop_signal();
    if !args.watch {
        serve(args, Arc::new(args.ask.live()?), stopped).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let follower = Follower::new(args.ask.index.options(&args.paths, false));
    let Some((follower, first)) = follow::first(follower, &stopped).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    let mut teller = Teller::new(&args.ask.index.index);
    let live = match first {
        Ok(report) => {
            teller.report(&report);
            args.ask.live()?
        }
        // Somebody else keeps this index in line.
        Err(error @ verbatim_indexer::Error::Busy { .. }) => return Err(failure(&error)),
        // What was searchable stays so: the disk of the transcripts may come later than we.
        Err(error) => match args.ask.live() {
            Ok(live) => {
                teller.fail(&error);
                live
            }
            Err(_) => return Err(failure(&error)),
        },
    };
    let following = follow::until_stopped(follower, stopped.clone(), move |news| teller.tell(&news));
    let following = task::spawn(following);
    let served = serve(args, Arc::new(live), stopped).await;
    if served.is_ok() {
        following.await.context("the update broke off; this is a defect of verbatim")?;
    }
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve(args: &Args, live: Arc<Live>, stopped: watch::Receiver<bool>) -> Result<()> {
    let listener = TcpListener::bind(&args.listen)
        .await
        .with_context(|| format!("{}: cannot listen; choose another address with --listen", args.listen))?;
    let address = listener.local_addr().context("the server has no address")?;
    say(&format!("{} transcripts at http://{address}, Ctrl-C stops", live.searcher().transcripts()));
    let patience = async {
        follow::stop(stopped.clone()).await;
        time::sleep(PATIENCE).await;
    };
    let stop = follow::stop(stopped.clone());
    tokio::select! {
        served = http::serve(listener, live, args.options(), stop, report) => served.context("the server failed"),
        () = patience => Ok(()),
    }
}

fn report(switch: Result<bool, Error>) {
    match switch {
        Ok(_) => say("the index has changed; serving its new state"),
        Err(error) => complain(&format!("{error}; still serving the old state")),
    }
}
