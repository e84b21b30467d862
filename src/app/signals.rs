//! Ctrl-C and SIGTERM: the first asks for a graceful end, the second ends at once.

use tokio::sync::watch;

/// A watch that becomes true at the first signal, and another at the second. From here on no signal is missed: the
/// streams are there before anybody can be told of the first, and keep the second until it is read.
#[must_use]
pub fn stop_signal() -> (watch::Receiver<bool>, watch::Receiver<bool>) {
    let (graceful, graceful_seen) = watch::channel(false);
    let (at_once, at_once_seen) = watch::channel(false);
    let streams = Streams::open();
    tokio::spawn(async move {
        if let Ok(mut streams) = streams {
            if streams.next().await {
                let _ = graceful.send(true);
            }
            if streams.next().await {
                let _ = at_once.send(true);
            }
        }
        // Keeps the channels open for as long as somebody listens.
        std::future::pending::<()>().await;
    });
    (graceful_seen, at_once_seen)
}

#[cfg(unix)]
struct Streams {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Streams {
    fn open() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for one; `false` when none can come any more.
    async fn next(&mut self) -> bool {
        tokio::select! {
            came = self.interrupt.recv() => came.is_some(),
            came = self.terminate.recv() => came.is_some(),
        }
    }
}

#[cfg(windows)]
struct Streams(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Streams {
    fn open() -> std::io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    /// Waits for one; `false` when none can come any more.
    async fn next(&mut self) -> bool {
        self.0.recv().await.is_some()
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::process::Command;

    use super::stop_signal;

    /// On one thread the task that waits for signals cannot run between them: nobody listens when the second comes.
    #[tokio::test]
    async fn two_signals_that_come_before_anybody_waits_are_both_heard() {
        let (mut graceful, mut at_once) = stop_signal();
        for seen in [&mut graceful, &mut at_once] {
            let pid = std::process::id().to_string();
            assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
            assert!(seen.wait_for(|seen| *seen).await.is_ok());
        }
    }
}
