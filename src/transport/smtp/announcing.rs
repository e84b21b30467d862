//! Whether the next envelope goes out behind the dot of this message. A server that offers PIPELINING must take that
//! (RFC 2920 §3.1), but not all do: Dovecot's submission service (2.3) dies of it, after it has passed the message on. So one
//! connection tries it first, and the others wait for what comes of it.

use std::sync::atomic::{AtomicU8, Ordering};

/// After so many connections that broke behind an announcement, nothing is announced any more.
const BREAKS: u8 = 2;

const UNTRIED: u8 = 0;
const TRYING: u8 = 1;
const PROVEN: u8 = 2;
const OFF: u8 = 3;

/// What is known of a server, shared by the connections to it.
#[derive(Debug, Default)]
pub(crate) struct Announcing {
    state: AtomicU8,
    breaks: AtomicU8,
}

impl Announcing {
    /// Whether this connection may announce now; the first that asks is the one that tries.
    pub(crate) fn may_announce(&self) -> bool {
        let tried = self.state.compare_exchange(UNTRIED, TRYING, Ordering::Relaxed, Ordering::Relaxed);
        tried.is_ok() || tried == Err(PROVEN)
    }

    /// The dot was answered, with an announcement behind it.
    pub(crate) fn held(&self) {
        let _ = self.state.compare_exchange(TRYING, PROVEN, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// The connection broke before the dot was answered, with an announcement behind it.
    pub(crate) fn broke(&self) {
        let first = self.state.compare_exchange(TRYING, OFF, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if !first && self.breaks.fetch_add(1, Ordering::Relaxed) + 1 >= BREAKS {
            self.state.store(OFF, Ordering::Relaxed);
        }
    }
}

/// Whether a greeting is that of a server which is known not to bear it.
pub(crate) fn is_frail(greeting: &[String]) -> bool {
    greeting.iter().any(|line| line.to_ascii_lowercase().contains("dovecot"))
}

#[cfg(test)]
mod tests {
    use super::{Announcing, is_frail};

    #[test]
    fn one_tries_first_and_breaks_end_it() {
        let server = Announcing::default();
        assert!(server.may_announce() && !server.may_announce(), "the others wait");
        server.held();
        assert!(server.may_announce() && server.may_announce());
        server.broke();
        assert!(server.may_announce(), "one break may be anything");
        server.broke();
        assert!(!server.may_announce());
        let frail = Announcing::default();
        assert!(frail.may_announce());
        frail.broke();
        assert!(!frail.may_announce(), "the one that tried it broke");
    }

    #[test]
    fn dovecot_is_known_by_its_greeting() {
        assert!(is_frail(&["mail.board.example Dovecot (Debian) ready.".to_owned()]));
        assert!(!is_frail(&["mail.board.example ESMTP Postfix".to_owned()]));
    }
}
