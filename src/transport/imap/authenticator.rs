//! XOAUTH2: the token once, then nothing more, so that the server's refusal comes at once.

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

/// Shows a token.
pub(crate) struct XOAuth2 {
    first: Option<Zeroizing<String>>,
}

impl XOAuth2 {
    /// For an account.
    pub(crate) fn new(username: &str, token: &SecretString) -> Self {
        let text = format!("user={username}\u{1}auth=Bearer {}\u{1}\u{1}", token.expose_secret());
        Self { first: Some(Zeroizing::new(text)) }
    }
}

impl async_imap::Authenticator for XOAuth2 {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        self.first.take().map(|text| (*text).clone()).unwrap_or_default()
    }
}
