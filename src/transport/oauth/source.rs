//! A good access token for each connection: from memory, from the cache, or from the provider.

use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;

use crate::clock::Clock;
use crate::transport::oauth::error::OAuthError;
use crate::transport::oauth::request::OAuthClient;
use crate::transport::oauth::store::TokenStore;
use crate::transport::oauth::tokens::Tokens;
use crate::transport::settings::Grant;

/// Where the connections of a run get their token.
pub struct TokenSource {
    client: OAuthClient,
    store: TokenStore,
    clock: Arc<dyn Clock>,
    held: Mutex<Option<Tokens>>,
}

impl std::fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenSource")
    }
}

impl TokenSource {
    /// A source over a cache.
    #[must_use]
    pub fn new(client: OAuthClient, store: TokenStore, clock: Arc<dyn Clock>) -> Self {
        Self { client, store, clock, held: Mutex::new(None) }
    }

    /// A token that is good for at least five minutes. May ask the provider, and then blocks.
    ///
    /// # Errors
    /// [`OAuthError`].
    pub fn access_token(&self) -> Result<SecretString, OAuthError> {
        // Held while the provider is asked: the other connections then find the new token.
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        if let Some(tokens) = held.as_ref().filter(|tokens| tokens.is_fresh(now)) {
            return Ok(tokens.access.clone());
        }
        let kept = match held.take() {
            Some(tokens) => Some(tokens),
            None => self.store.load()?,
        };
        if let Some(tokens) = kept.as_ref().filter(|tokens| tokens.is_fresh(now)) {
            let access = tokens.access.clone();
            *held = kept;
            return Ok(access);
        }
        let tokens = match (self.client.settings.grant, kept.and_then(|tokens| tokens.refresh)) {
            (Grant::Client, _) => self.client.as_application(now)?,
            (_, Some(refresh)) => self.client.refresh(&refresh, now)?,
            (_, None) => return Err(OAuthError::NotSignedIn(self.client.settings.provider.host().to_owned())),
        };
        self.store.keep(&tokens)?;
        let access = tokens.access.clone();
        *held = Some(tokens);
        Ok(access)
    }
}
