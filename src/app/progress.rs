//! Progress of a run on standard error: a bar on a terminal, nothing elsewhere.

use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::app::log::note;
use crate::output::plain;
use crate::send::{Event, Listener};

/// A bar with what became of whom.
pub struct Bar {
    bar: ProgressBar,
    open: AtomicU64,
}

impl Bar {
    /// A bar over `total` messages; indicatif hides it where standard error is no terminal.
    #[must_use]
    pub fn new(total: usize) -> Self {
        let bar = ProgressBar::new(total as u64);
        let template = "{bar:30} {pos} of {len} messages, {eta} left {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, open: AtomicU64::new(0) }
    }

    /// Takes it away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Listener for Bar {
    fn event(&self, event: &Event) {
        note(event);
        match event {
            Event::Accepted(_) | Event::Skipped(_) => {}
            Event::Refused(_) | Event::Deferred(_) | Event::InDoubt(_) | Event::Expired(_) => {
                let open = self.open.fetch_add(1, Ordering::Relaxed) + 1;
                self.bar.set_message(format!("({open} not accepted)"));
            }
            Event::BackingOff(_, reason) => {
                self.bar.set_message(format!("(waiting: {})", plain(reason)));
                return;
            }
        }
        self.bar.inc(1);
    }
}

/// Shows nothing.
pub struct Quiet;

impl Listener for Quiet {
    fn event(&self, event: &Event) {
        note(event);
    }
}
