//! Sign-in by OAuth 2.0 (RFC 6749): settings of the provider, the ways to get a token, the cache, and what went wrong in
//! words. The token is then shown to the mail server by XOAUTH2.

mod browser;
mod device;
mod error;
mod explain;
mod http;
mod request;
mod source;
mod store;
mod tokens;

pub use browser::{BrowserSignIn, Redirect};
pub use device::{DeviceCode, sign_in_by_device};
pub use error::OAuthError;
pub use request::OAuthClient;
pub use source::TokenSource;
pub use store::TokenStore;
pub use tokens::Tokens;
