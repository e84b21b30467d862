//! SMTP (RFC 5321), driven step by step, so that it is always known how far a message came.
//!
//! lettre supplies the commands; the reading of replies, the deadlines, STARTTLS and the end of data are our own,
//! because lettre 0.11.23, measured, cannot be trusted with a ledger there: it keeps clear text that arrived behind the
//! 220 to STARTTLS and takes it for later replies, counts every 3yz as success, waits for ever for a reply that ends in
//! LF, gives up on a reply that is not UTF-8 or has no text after the code, tells neither the stage nor whether the dot
//! went out, and reads an acceptance away as the answer to its own QUIT.

mod announced;
mod announcing;
mod answer;
mod client;
mod content;
mod dial;
mod ehlo;
mod endpoint;
mod envelope;
mod handshake;
mod probe;
mod refusal;
mod session;
mod sign_in;
#[cfg(test)]
mod tests;
mod transaction;
mod trust;
mod wire;

pub use endpoint::{Credentials, Secret};
pub use trust::Trust;

pub(crate) use client::SmtpClient;
pub(crate) use endpoint::{Endpoint, Secured};
pub(crate) use handshake::Tls;
pub(crate) use probe::probe;
