//! Ctrl-C and SIGTERM: the first asks for a graceful end, the second ends at once.

use tokio::sync::watch;

/// A watch that becomes true at the first signal, and another at the second.
#[must_use]
pub fn stop_signal() -> (watch::Receiver<bool>, watch::Receiver<bool>) {
    let (graceful, graceful_seen) = watch::channel(false);
    let (at_once, at_once_seen) = watch::channel(false);
    tokio::spawn(async move {
        if one().await {
            let _ = graceful.send(true);
        }
        if one().await {
            let _ = at_once.send(true);
        }
        // Keeps the channels open for as long as somebody listens.
        std::future::pending::<()>().await;
    });
    (graceful_seen, at_once_seen)
}

#[cfg(unix)]
async fn one() -> bool {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else { return tokio::signal::ctrl_c().await.is_ok() };
    tokio::select! {
        result = tokio::signal::ctrl_c() => result.is_ok(),
        _ = term.recv() => true,
    }
}

#[cfg(not(unix))]
async fn one() -> bool {
    tokio::signal::ctrl_c().await.is_ok()
}
