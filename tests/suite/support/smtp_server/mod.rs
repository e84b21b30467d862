//! A scripted SMTP server for tests, in plain threads: it takes messages, fails where its rules say so, and writes down
//! all that it saw. It is not built on the catcher or on the program's transport, so that no error can hide in both.

mod auth;
mod connection;
mod gate;
mod journal;
mod rule;
mod script;
mod server;
mod tls;
mod transfer;
mod wire;

pub use gate::Gate;
pub use journal::{Accepted, Journal, Seen};
pub use rule::{Rule, Stage, at};
pub use script::Script;
pub use server::SmtpServer;
pub use tls::{Authority, Identity};
