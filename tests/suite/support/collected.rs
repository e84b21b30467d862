//! What comes out of a pipe, collected by a thread, so that a test can wait for a word of it.

use std::io::Read;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Instant;

/// A stream so far.
#[derive(Debug, Default)]
pub struct Collected {
    so_far: Mutex<SoFar>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct SoFar {
    bytes: Vec<u8>,
    ended: bool,
}

impl Collected {
    /// Reads a pipe to its end in a thread.
    pub fn from(mut pipe: impl Read + Send + 'static) -> Arc<Self> {
        let collected = Arc::new(Self::default());
        let writer = Arc::clone(&collected);
        thread::spawn(move || {
            let mut piece = [0; 8192];
            while let Ok(read @ 1..) = pipe.read(&mut piece) {
                writer.so_far.lock().unwrap().bytes.extend_from_slice(&piece[..read]);
                writer.changed.notify_all();
            }
            writer.so_far.lock().unwrap().ended = true;
            writer.changed.notify_all();
        });
        collected
    }

    /// The text so far.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.so_far.lock().unwrap().bytes).into_owned()
    }

    /// Waits until the stream holds a text; false if it ended or the time is over before.
    pub fn wait_for(&self, text: &str, deadline: Instant) -> bool {
        self.wait_for_behind(0, text, deadline).is_some()
    }

    /// Waits until the stream holds a text behind an octet; answers where the text ends.
    pub fn wait_for_behind(&self, from: usize, text: &str, deadline: Instant) -> Option<usize> {
        let place = |so_far: &SoFar| {
            let at = so_far.bytes[from..].windows(text.len()).position(|piece| piece == text.as_bytes())?;
            Some(from + at + text.len())
        };
        self.wait_until(deadline, |so_far| place(so_far).is_some() || so_far.ended);
        place(&self.so_far.lock().unwrap())
    }

    /// Waits until the stream ends; false if the time is over before.
    pub fn wait_for_end(&self, deadline: Instant) -> bool {
        self.wait_until(deadline, |so_far| so_far.ended)
    }

    fn wait_until(&self, deadline: Instant, condition: impl Fn(&SoFar) -> bool) -> bool {
        let limit = deadline.saturating_duration_since(Instant::now());
        let so_far = self.so_far.lock().unwrap();
        !self.changed.wait_timeout_while(so_far, limit, |so_far| !condition(so_far)).unwrap().1.timed_out()
    }
}
