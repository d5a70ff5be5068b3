//! The wishes of whoever started the program that it may end.

use tokio::signal;

/// Waits for Ctrl-C, or for the request to end that service managers send. Gives the exit status of a program that
/// either has ended: 128 and the number of the signal.
pub(crate) async fn stop() -> u8 {
    #[cfg(unix)]
    {
        let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = signal::ctrl_c() => 130,
            _ = terminate.recv() => 143,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = signal::ctrl_c().await;
        130
    }
}
