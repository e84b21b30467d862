//! The requests for tokens, over the crate `oauth2`.

use chrono::{DateTime, Utc};
use oauth2::basic::{BasicClient, BasicErrorResponse, BasicTokenResponse};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet, ErrorResponseType,
    PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope, StandardErrorResponse, TokenUrl,
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::transport::oauth::error::OAuthError;
use crate::transport::oauth::http::{HttpFault, ask};
use crate::transport::oauth::tokens::Tokens;
use crate::transport::settings::OAuthSettings;

pub(crate) type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// Asks one provider for one application.
pub struct OAuthClient {
    pub(crate) settings: OAuthSettings,
    pub(crate) client: Client,
}

impl OAuthClient {
    /// A client for these settings, the application's secret fetched.
    ///
    /// # Errors
    /// [`OAuthError::Address`].
    pub fn new(settings: &OAuthSettings, secret: Option<&SecretString>) -> Result<Self, OAuthError> {
        let wrong = |url: &str| OAuthError::Address(url.to_owned());
        let provider = &settings.provider;
        let authorize = AuthUrl::new(provider.authorize_url.clone()).map_err(|_| wrong(&provider.authorize_url))?;
        let token = TokenUrl::new(provider.token_url.clone()).map_err(|_| wrong(&provider.token_url))?;
        let mut client = BasicClient::new(ClientId::new(settings.client_id.clone()))
            .set_auth_uri(authorize)
            .set_token_uri(token)
            // Both Microsoft and Google take the secret in the body; not every provider takes it in the header.
            .set_auth_type(AuthType::RequestBody);
        if let Some(secret) = secret {
            client = client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()));
        }
        Ok(Self { settings: settings.clone(), client })
    }

    /// A code from the browser for tokens.
    pub(crate) fn exchange(
        &self,
        code: String,
        (redirect, verifier): (&RedirectUrl, PkceCodeVerifier),
        now: DateTime<Utc>,
    ) -> Result<Tokens, OAuthError> {
        let request = self.client.exchange_code(AuthorizationCode::new(code)).set_pkce_verifier(verifier);
        let answer = request.set_redirect_uri(std::borrow::Cow::Borrowed(redirect)).request(&ask);
        self.tokens(answer, None, now)
    }

    /// The next access token.
    ///
    /// # Errors
    /// [`OAuthError::Refused`], [`OAuthError::Unreachable`].
    pub fn refresh(&self, refresh: &SecretString, now: DateTime<Utc>) -> Result<Tokens, OAuthError> {
        let token = RefreshToken::new(refresh.expose_secret().to_owned());
        let answer = self.client.exchange_refresh_token(&token).request(&ask);
        self.tokens(answer, Some(refresh.clone()), now)
    }

    /// A token for the application itself.
    ///
    /// # Errors
    /// [`OAuthError::Refused`], [`OAuthError::Unreachable`].
    pub fn as_application(&self, now: DateTime<Utc>) -> Result<Tokens, OAuthError> {
        let scopes = self.settings.provider.own_scopes.iter().map(|scope| Scope::new(scope.clone()));
        let answer = self.client.exchange_client_credentials().add_scopes(scopes).request(&ask);
        self.tokens(answer, None, now)
    }

    fn tokens(
        &self,
        answer: Result<BasicTokenResponse, RequestTokenError<HttpFault, BasicErrorResponse>>,
        earlier: Option<SecretString>,
        now: DateTime<Utc>,
    ) -> Result<Tokens, OAuthError> {
        answer.map(|answer| Tokens::new(&answer, earlier, now)).map_err(|error| self.fault(error))
    }

    /// What went wrong, in words; the provider's answer is never repeated whole, because it may hold tokens.
    pub(crate) fn fault<T>(&self, error: RequestTokenError<HttpFault, StandardErrorResponse<T>>) -> OAuthError
    where
        T: ErrorResponseType + std::fmt::Display + 'static,
    {
        let provider = self.settings.provider.host().to_owned();
        let reason = match error {
            RequestTokenError::ServerResponse(answer) => {
                let description = answer.error_description().cloned().unwrap_or_default();
                return OAuthError::Refused { provider, code: answer.error().to_string(), description };
            }
            RequestTokenError::Request(fault) => fault.to_string(),
            RequestTokenError::Parse(..) => "it gave an answer that is no token".to_owned(),
            RequestTokenError::Other(words) => words,
        };
        OAuthError::Unreachable { provider, reason }
    }
}
