//! Tests of the SMTP transport against a small server inside the test, over a pipe with a clock that jumps, or over TCP.

mod announced;
mod client;
mod dsn;
mod faults;
mod server;
mod sign_in;
mod tls;
mod transaction;
mod wire;
