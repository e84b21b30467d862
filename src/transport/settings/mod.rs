//! `[transport]` of the settings: where messages go, how the program signs in, how fast it may send. Plain data: secrets
//! are named here and fetched elsewhere.

mod data;
mod host;
mod pace;
mod password;
mod read;
#[cfg(test)]
mod tests;

pub use data::{Destination, Pace, PasswordSource, Profile, Rate, Security, SignIn, SmtpSettings, TransportSettings};
