//! How much is asked, and how long is waited.

use std::time::Duration;

/// The bounds of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Addresses asked at most; the rest is counted.
    pub most: usize,
    /// Hosts asked side by side.
    pub at_once: usize,
    /// How often a page may send on to another address.
    pub redirects: usize,
    /// For a connection.
    pub connect: Duration,
    /// For one request, from the look-up of the host to the head of the answer.
    pub request: Duration,
    /// For all of it: nothing is asked after this.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let (connect, request) = (Duration::from_secs(5), Duration::from_secs(15));
        Self { most: 200, at_once: 8, redirects: 5, connect, request, whole: Duration::from_secs(180) }
    }
}
