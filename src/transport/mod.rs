//! Handing messages over: the `Transport` trait and its two implementations, the outbox folder and SMTP; and IMAP, for what
//! comes back.

mod connector;
mod deadlines;
mod error;
mod imap;
mod interface;
mod oauth;
mod outbox;
mod settings;
mod smtp;

pub use connector::Connector;
pub use deadlines::Deadlines;
pub use error::TransportError;
pub use imap::MailboxError;
#[cfg(feature = "imap")]
pub use imap::{MOST_UNSEEN, Mailbox};
pub use interface::{Cause, Dot, Failure, Future, Gate, Stage, Transport};
pub use oauth::{
    BrowserSignIn, DeviceCode, OAuthClient, OAuthError, Redirect, TokenSource, TokenStore, Tokens, sign_in_by_device,
};
pub use settings::{
    Destination, Grant, MailboxSettings, OAuthSettings, Pace, PasswordSource, Profile, Provider, Rate, Security,
    SignIn, SmtpSettings, TransportSettings,
};
pub use smtp::{Credentials, Secret, Trust};
