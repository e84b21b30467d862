//! The envelope of the next message, where it went out behind the content of this one.

use crate::model::Envelope;
use crate::transport::interface::Failure;

/// An envelope that went out before its message's turn.
pub(crate) struct Announced {
    /// Which; nothing but its message may follow on this connection.
    pub(crate) envelope: Envelope,
    /// How the server answered it, where that has been read already.
    pub(crate) answered: Option<Result<(), Failure>>,
}

impl Announced {
    /// Written; nothing has been read yet.
    pub(crate) fn written(envelope: Envelope) -> Self {
        Self { envelope, answered: None }
    }

    /// Written, and answered.
    pub(crate) fn answered(envelope: Envelope, answer: Result<(), Failure>) -> Self {
        Self { envelope, answered: Some(answer) }
    }
}
