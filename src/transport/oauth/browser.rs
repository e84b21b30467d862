//! Sign-in with the browser of this computer: authorization code with PKCE, brought back to a port that listens on
//! loopback only (RFC 8252 §7.3).

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::transport::oauth::error::OAuthError;
use crate::transport::oauth::request::OAuthClient;
use crate::transport::oauth::tokens::Tokens;

/// How long a person may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// A sign-in that waits for the browser.
pub struct BrowserSignIn<'a> {
    client: &'a OAuthClient,
    listener: TcpListener,
    redirect: RedirectUrl,
    verifier: PkceCodeVerifier,
    state: CsrfToken,
    /// The page to open.
    pub page: String,
}

/// What the browser brings back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redirect {
    /// A code for a token.
    Code(String),
    /// The provider's refusal: `error` and `error_description`.
    Refused(String, String),
}

impl<'a> BrowserSignIn<'a> {
    /// Begins to listen, and makes the address of the page.
    ///
    /// # Errors
    /// [`OAuthError::Browser`] where nothing can listen on loopback.
    pub async fn begin(client: &'a OAuthClient, username: &str) -> Result<Self, OAuthError> {
        let closed = |error: std::io::Error| OAuthError::Browser(format!("no port on this computer is free: {error}"));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(closed)?;
        let port = listener.local_addr().map_err(closed)?.port();
        // "localhost" and not 127.0.0.1: Microsoft leaves the port open for that name only.
        let redirect = format!("http://localhost:{port}/");
        let redirect = RedirectUrl::new(redirect.clone()).map_err(|_| OAuthError::Address(redirect))?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let provider = &client.settings.provider;
        let mut request = client
            .client
            .authorize_url(CsrfToken::new_random)
            .add_scopes(provider.scopes.iter().map(|scope| Scope::new(scope.clone())))
            .set_pkce_challenge(challenge)
            .set_redirect_uri(std::borrow::Cow::Owned(redirect.clone()))
            .add_extra_param("login_hint", username);
        for (name, value) in &provider.extra {
            request = request.add_extra_param(*name, *value);
        }
        let (page, state) = request.url();
        Ok(Self { client, listener, redirect, verifier, state, page: page.to_string() })
    }

    /// Waits for the browser, and gets the tokens.
    ///
    /// # Errors
    /// [`OAuthError`].
    pub async fn finish(self, now: impl Fn() -> DateTime<Utc>) -> Result<Tokens, OAuthError> {
        let answer = tokio::time::timeout(PATIENCE, answer(self.listener, self.state.secret().clone())).await;
        let answer = answer.map_err(|_| OAuthError::Browser("nobody signed in within five minutes".to_owned()))??;
        match answer {
            Redirect::Code(code) => self.client.exchange(code, (&self.redirect, self.verifier), now()),
            Redirect::Refused(code, description) => {
                let provider = self.client.settings.provider.host().to_owned();
                Err(OAuthError::Refused { provider, code, description })
            }
        }
    }
}

struct Expected {
    state: String,
    answers: mpsc::Sender<Redirect>,
}

/// The first answer with our state; others are turned away, and do not end the waiting.
async fn answer(listener: TcpListener, state: String) -> Result<Redirect, OAuthError> {
    let (answers, mut received) = mpsc::channel(1);
    let expected = Arc::new(Expected { state, answers });
    let router = Router::new().route("/", get(brought_back)).with_state(expected);
    let server = async { axum::serve(listener, router).await };
    let lost = || OAuthError::Browser("the port was closed".to_owned());
    tokio::select! {
        answer = received.recv() => {
            let answer = answer.ok_or_else(lost)?;
            Ok(answer)
        }
        _ = server => Err(lost()),
    }
}

async fn brought_back(State(expected): State<Arc<Expected>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let mut values: HashMap<String, String> =
        oauth2::url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    if values.get("state") != Some(&expected.state) {
        return page(StatusCode::BAD_REQUEST, "This answer does not belong to the sign-in that weekcast waits for.");
    }
    if let Some(code) = values.remove("code") {
        let _ = expected.answers.try_send(Redirect::Code(code));
        return page(StatusCode::OK, "The sign-in came back to weekcast. You may close this page, and look there.");
    }
    let error = values.remove("error").unwrap_or_else(|| "no code".to_owned());
    let description = values.remove("error_description").unwrap_or_default();
    let _ = expected.answers.try_send(Redirect::Refused(error, description));
    page(StatusCode::OK, "The sign-in was refused. You may close this page; weekcast says why.")
}

fn page(status: StatusCode, words: &str) -> Response {
    let html = format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>weekcast</title></head><body \
         style=\"font:20px/30px sans-serif;margin:48px\"><h1>weekcast</h1><p>{words}</p></body></html>"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, html).into_response()
}
