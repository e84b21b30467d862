//! The tokens of one account.

use chrono::{DateTime, TimeDelta, Utc};
use oauth2::{TokenResponse as _, basic::BasicTokenResponse};
use secrecy::SecretString;

/// Where the provider does not say how long a token is good (RFC 6749 §5.1 only recommends that it does).
const USUAL_LIFE: TimeDelta = TimeDelta::minutes(60);

/// A token is renewed when less than this is left of it: longer than any sign-in takes.
const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// What the provider gave. Its `Debug` hides the tokens.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Shown to the mail server.
    pub access: SecretString,
    /// Gets the next access token without a person; none with client credentials.
    pub refresh: Option<SecretString>,
    /// When the access token ends.
    pub expires_at: DateTime<Utc>,
}

impl Tokens {
    /// From the provider's answer. A refresh token that it does not repeat stays good (RFC 6749 §6).
    pub(crate) fn new(answer: &BasicTokenResponse, earlier: Option<SecretString>, now: DateTime<Utc>) -> Self {
        let life = answer.expires_in().and_then(|life| TimeDelta::from_std(life).ok()).unwrap_or(USUAL_LIFE);
        let refresh = answer.refresh_token().map(|token| SecretString::from(token.secret().clone()));
        Self {
            access: SecretString::from(answer.access_token().secret().clone()),
            refresh: refresh.or(earlier),
            expires_at: now.checked_add_signed(life.min(TimeDelta::days(365))).unwrap_or(now),
        }
    }

    /// Whether the access token is good for a sign-in that begins now.
    #[must_use]
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        now + MARGIN < self.expires_at
    }
}
