//! Sign-in with a code on another device (RFC 8628), for a computer without a browser.

use chrono::{DateTime, Utc};
use oauth2::{DeviceAuthorizationUrl, EmptyExtraDeviceAuthorizationFields, Scope, StandardDeviceAuthorizationResponse};

use crate::transport::oauth::error::OAuthError;
use crate::transport::oauth::http::ask_beside;
use crate::transport::oauth::request::OAuthClient;
use crate::transport::oauth::tokens::Tokens;

/// What a person is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceCode {
    /// The page to open, on any device.
    pub page: String,
    /// The code to type there.
    pub code: String,
}

/// Shows a code, and waits until somebody has entered it, or it has run out.
///
/// # Errors
/// [`OAuthError`].
pub async fn sign_in_by_device(
    client: &OAuthClient,
    now: impl Fn() -> DateTime<Utc> + Send + Sync,
    show: impl FnOnce(&DeviceCode),
) -> Result<Tokens, OAuthError> {
    let provider = &client.settings.provider;
    let url = provider.device_url.clone().unwrap_or_default();
    let url = DeviceAuthorizationUrl::new(url.clone()).map_err(|_| OAuthError::Address(url))?;
    let asking = client.client.clone().set_device_authorization_url(url);
    let scopes = provider.scopes.iter().map(|scope| Scope::new(scope.clone()));
    let details: StandardDeviceAuthorizationResponse = asking
        .exchange_device_code()
        .add_scopes(scopes)
        .request_async::<_, EmptyExtraDeviceAuthorizationFields>(&ask_beside)
        .await
        .map_err(|error| client.fault(error))?;
    show(&DeviceCode {
        page: details.verification_uri().as_str().to_owned(),
        code: details.user_code().secret().clone(),
    });
    let answer = asking
        .exchange_device_access_token(&details)
        .set_time_fn(&now)
        .request_async(&ask_beside, tokio::time::sleep, None)
        .await
        .map_err(|error| client.fault(error))?;
    Ok(Tokens::new(&answer, None, now()))
}
