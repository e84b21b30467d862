//! The undo window: two minutes between the last word and the first message, in which a person can still stop. Nothing is in
//! the ledger before it is over. Where nobody is at a terminal there is none.

use std::io;

use chrono::TimeDelta;
use tokio::sync::{mpsc, watch};

use crate::app::context::App;

/// How long it is.
const WINDOW: TimeDelta = TimeDelta::minutes(2);

/// A second Enter that came with the answer to the question is not meant.
const DEAF: TimeDelta = TimeDelta::seconds(1);

/// Between two looks at the clock no more than a second passes, or the computer slept, or its clock was set.
const SLEPT: TimeDelta = TimeDelta::seconds(30);

/// The Enter key. There is one for the whole process: a thread that reads the terminal cannot be called back.
pub(crate) struct EnterKey(mpsc::UnboundedReceiver<()>);

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Countdown {
    /// It may begin: the time is over, or somebody pressed Enter.
    Go,
    /// Somebody stopped it.
    Stopped,
}

impl EnterKey {
    /// That of the terminal at standard input.
    pub(crate) fn of_terminal() -> Self {
        let (pressed, key) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            // At the end of the input nobody can press anything any more, and the time runs down.
            while io::stdin().read_line(&mut line).is_ok_and(|read| read > 0) && pressed.send(()).is_ok() {
                line.clear();
            }
        });
        Self(key)
    }

    /// The next press.
    async fn pressed(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }

    /// Forgets what was pressed so far.
    fn forget(&mut self) {
        while self.0.try_recv().is_ok() {}
    }
}

/// Counts down, a line that is written anew each second. A computer that slept begins again: the two minutes are for a
/// person, who must have had them.
pub(crate) async fn count_down(app: &mut App, key: &mut EnterKey, stop: &mut watch::Receiver<bool>) -> Countdown {
    key.forget();
    let mut begun = app.now();
    let mut last = begun;
    loop {
        let now = app.now();
        if now < last || now - last > SLEPT {
            begun = now;
        }
        last = now;
        let left = begun + WINDOW - now;
        if left <= TimeDelta::zero() {
            app.streams.err("\n");
            return Countdown::Go;
        }
        app.streams.err(&format!("\r{}", line(left)));
        let tick = now + TimeDelta::seconds(1).min(left);
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => {
                app.streams.err("\n");
                return Countdown::Stopped;
            }
            () = key.pressed() => {
                if app.now() - begun >= DEAF {
                    app.streams.err("\n");
                    return Countdown::Go;
                }
            }
            () = app.clock.wait_until(tick) => {}
        }
    }
}

fn line(left: TimeDelta) -> String {
    // The second that has begun counts.
    let seconds = (left.num_milliseconds() + 999) / 1000;
    format!("Sending begins in {}:{:02}. Enter sends now; Ctrl-C: nothing is sent. ", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{DateTime, TimeDelta, Utc};
    use tokio::sync::{mpsc, watch};

    use super::{Countdown, EnterKey, count_down, line};
    use crate::app::{App, Format, Streams};
    use crate::clock::{Clock, SimulatedClock, Wait};
    use crate::document::ProjectFolder;

    fn start() -> DateTime<Utc> {
        "2027-03-15T08:30:00Z".parse().unwrap()
    }

    fn app(clock: Arc<dyn Clock>) -> App {
        App {
            project: ProjectFolder::at("."),
            clock,
            streams: Streams::of_process(),
            format: Format::Text,
            week: None,
            patience: None,
        }
    }

    fn counted(app: &mut App, key: &mut EnterKey, stopped: bool) -> (Countdown, i64) {
        let (_keep, mut stop) = watch::channel(stopped);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let how = runtime.block_on(count_down(app, key, &mut stop));
        (how, (app.now() - start()).num_seconds())
    }

    /// Sleeps an hour when it is waited for the fifth time.
    struct Sleeper(SimulatedClock, std::sync::atomic::AtomicUsize);

    impl Clock for Sleeper {
        fn now(&self) -> DateTime<Utc> {
            self.0.now()
        }

        fn wait_until(&self, instant: DateTime<Utc>) -> Wait<'_> {
            let waits = self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            self.0.wait_until(if waits == 4 { instant + TimeDelta::hours(1) } else { instant })
        }
    }

    #[test]
    fn two_minutes_pass_unless_somebody_says_otherwise() {
        let clock = || Arc::new(SimulatedClock::at(start()));
        let (press, keys) = mpsc::unbounded_channel();
        let mut key = EnterKey(keys);
        // What was pressed before does not count.
        press.send(()).unwrap();
        assert_eq!(counted(&mut app(clock()), &mut key, false), (Countdown::Go, 120));
        assert_eq!(counted(&mut app(clock()), &mut key, true).0, Countdown::Stopped);
        drop(press);
        assert_eq!(counted(&mut app(clock()), &mut key, false), (Countdown::Go, 120));
    }

    #[test]
    fn a_computer_that_slept_counts_again() {
        let clock = Arc::new(Sleeper(SimulatedClock::at(start()), std::sync::atomic::AtomicUsize::new(0)));
        let (_press, keys) = mpsc::unbounded_channel();
        assert_eq!(counted(&mut app(clock), &mut EnterKey(keys), false), (Countdown::Go, 3605 + 120));
    }

    #[test]
    fn the_line_says_what_is_left() {
        let text = |milliseconds| line(TimeDelta::milliseconds(milliseconds));
        assert!(text(120_000).starts_with("Sending begins in 2:00. Enter sends now; Ctrl-C: nothing is sent."));
        assert!(text(59_001).starts_with("Sending begins in 1:00."));
        assert!(text(1).starts_with("Sending begins in 0:01."));
    }
}
