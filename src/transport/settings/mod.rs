//! `[transport]` of the settings: where messages go, how the program signs in, how fast it may send. Plain data: secrets
//! are named here and fetched elsewhere.

mod data;
mod host;
mod mailbox;
mod oauth;
mod pace;
mod password;
mod provider;
mod read;
#[cfg(test)]
mod tests;

pub use data::{Destination, Pace, Profile, Rate, Security, SignIn, SmtpSettings, TransportSettings};
pub use mailbox::MailboxSettings;
pub use oauth::{Grant, OAuthSettings};
pub use password::PasswordSource;
pub use provider::Provider;
