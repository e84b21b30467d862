//! What every transport answers for: one message at a time, and how far it came when it failed.

use std::pin::Pin;

use crate::model::{Envelope, Message, Reply};

/// A boxed future, so that transports can be chosen at run time.
pub type Future<'a, T> = Pin<Box<dyn std::future::Future<Output = T> + Send + 'a>>;

/// One connection to whatever takes the messages; it connects when it is first used and again after a failure.
pub trait Transport: Send {
    /// Hands over one message. `then` is the envelope of the message that is handed over next, if that is known: a
    /// server that offers PIPELINING (RFC 2920) hears of it together with this one's content, which saves a round trip.
    /// If another message is handed over next after all, or none, the connection is given up and nothing is lost.
    ///
    /// `gate` is awaited after the server asked for the content and before any octet of the terminating dot is written;
    /// if it answers `false`, nothing more is written and the failure says [`Cause::Gate`] with [`Dot::NotSent`].
    ///
    /// # Errors
    /// [`Failure`]: the stage that it ended in, why, and whether the dot may be out. `Ok` is exactly 250 at end of data.
    fn deliver<'a>(
        &'a mut self,
        message: &'a Message,
        then: Option<&'a Envelope>,
        gate: &'a dyn Gate,
    ) -> Future<'a, Result<Reply, Failure>>;

    /// Ends politely (QUIT) without waiting long.
    fn close(&mut self) -> Future<'_, ()>;
}

/// Asked before the terminating dot: makes `sending` durable.
pub trait Gate: Send + Sync {
    /// `true` once the ledger has it on disk.
    fn pass(&self) -> Future<'_, bool>;
}

/// How far a delivery came (RFC 5321 §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Name look-up and TCP.
    Connect,
    /// The 220 banner.
    Greeting,
    /// EHLO.
    Ehlo,
    /// STARTTLS and the handshake.
    Tls,
    /// AUTH.
    SignIn,
    /// MAIL.
    Mail,
    /// RCPT.
    Rcpt,
    /// DATA, before 354.
    Data,
    /// The content, before the dot.
    Body,
    /// From the terminating dot to its reply.
    EndOfData,
}

/// Whether the server may have the whole message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dot {
    /// No octet of the terminating dot was written: trying again is safe.
    NotSent,
    /// It was, or may have been.
    MayBeOut,
}

/// Why a delivery failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The server refused: always 4yz or 5yz. At [`Stage::EndOfData`] it is definite: nothing was taken.
    Reply(Reply),
    /// The server answered with something that is no SMTP reply, or with a code that cannot stand there (such as 250 to
    /// DATA, or 354 to the dot); what is known of it, in words.
    Unreadable(String),
    /// No answer within the stage's deadline.
    Timeout,
    /// The connection ended or broke.
    Closed(String),
    /// The name is unknown, or nobody listens.
    Unreachable(String),
    /// The handshake failed: certificate, name, version.
    Tls(String),
    /// The server offers no STARTTLS although it is required.
    NoStartTls,
    /// The server offers no way to sign in that is set up.
    NoSignIn(String),
    /// There is no token to show, in words with the next step.
    NoToken(String),
    /// Bytes were waiting in clear text behind the 220 to STARTTLS.
    Injected,
    /// The gate stayed shut: the ledger failed.
    Gate,
    /// The message itself cannot be handed over; a bug or a hostile value, in words.
    Message(String),
    /// A folder or file of the outbox cannot be written.
    Disk(String),
}

/// A delivery that did not end with 250.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Where it ended.
    pub stage: Stage,
    /// Why.
    pub cause: Cause,
    /// What the server may have.
    pub dot: Dot,
}

impl Failure {
    /// A failure before any octet of the terminating dot.
    #[must_use]
    pub fn before_the_dot(stage: Stage, cause: Cause) -> Self {
        Self { stage, cause, dot: Dot::NotSent }
    }

    /// Whether nobody can tell if the message was taken: the dot may be out, and the server did not refuse it.
    #[must_use]
    pub fn in_doubt(&self) -> bool {
        self.dot == Dot::MayBeOut && !matches!(self.cause, Cause::Reply(_))
    }
}
