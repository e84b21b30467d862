//! An OAuth authorization server on loopback (RFC 6749, 7636, 8628): it gives out codes and tokens, checks what it is shown,
//! and remembers what it was asked for.

use std::collections::HashMap;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::sync::oneshot;

pub const CLIENT: &str = "weekcast-client";
pub const CLIENT_SECRET: &str = "application-secret";

type Values = HashMap<String, String>;

#[derive(Default)]
struct Inner {
    /// The request of the page, by the code that was given for it.
    codes: HashMap<String, Values>,
    access: Vec<String>,
    refresh: Vec<String>,
    asked: Vec<String>,
    polls: usize,
    lives: Option<u64>,
    says_no: Option<(String, String)>,
}

type Shared = Arc<Mutex<Inner>>;

/// The server; it ends when this is dropped.
pub struct AuthorizationServer {
    port: u16,
    shared: Shared,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl AuthorizationServer {
    /// Listens on a free port of 127.0.0.1.
    pub fn start() -> Self {
        let shared = Shared::default();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = Router::new()
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/device", post(device))
            .with_state(Arc::clone(&shared));
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                tokio::select! {
                    served = async { axum::serve(listener, router).await } => drop(served),
                    _ = stopped => {}
                }
            });
        });
        Self { port, shared, stop: Some(stop), thread: Some(thread) }
    }

    /// `[transport.oauth]` for this server.
    pub fn settings(&self, more: &str) -> String {
        let url = |path: &str| format!("\"http://127.0.0.1:{}/{path}\"", self.port);
        format!(
            "[transport.oauth]\nauthorize_url = {}\ntoken_url = {}\ndevice_url = {}\nscopes = \"smtp.send\"\nclient_id = \
             \"{CLIENT}\"\n{more}\n",
            url("authorize"),
            url("token"),
            url("device")
        )
    }

    /// Access tokens from now on live so many seconds.
    pub fn tokens_live(&self, seconds: u64) {
        self.shared.lock().unwrap().lives = Some(seconds);
    }

    /// Every request for a token is refused from now on.
    pub fn refuses(&self, error: &str, description: &str) {
        self.shared.lock().unwrap().says_no = Some((error.to_owned(), description.to_owned()));
    }

    /// The grants that were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.shared.lock().unwrap().asked.clone()
    }

    /// The access token given out last.
    pub fn last_token(&self) -> String {
        self.shared.lock().unwrap().access.last().cloned().unwrap_or_default()
    }

    /// Whether this access token was given out here.
    pub fn knows(&self) -> impl Fn(&str) -> bool + Send + Sync + 'static {
        let shared = Arc::clone(&self.shared);
        move |token| shared.lock().unwrap().access.iter().any(|known| known == token)
    }
}

impl Drop for AuthorizationServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

async fn authorize(State(shared): State<Shared>, Query(values): Query<Values>) -> Response {
    let value = |name: &str| values.get(name).cloned().unwrap_or_default();
    let right = value("response_type") == "code"
        && value("client_id") == CLIENT
        && value("code_challenge_method") == "S256"
        && value("scope") == "smtp.send"
        && value("login_hint") == "news@board.example";
    if !right {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let mut inner = shared.lock().unwrap();
    let code = format!("code-{}", inner.codes.len());
    let target = format!("{}?code={code}&state={}", value("redirect_uri"), value("state"));
    inner.codes.insert(code, values);
    Redirect::to(&target).into_response()
}

async fn device(State(shared): State<Shared>, Form(values): Form<Values>) -> Response {
    shared.lock().unwrap().asked.push("device_authorization".to_owned());
    if values.get("client_id").is_none_or(|client| client != CLIENT) {
        return no("invalid_client", "");
    }
    let answer = json!({
        "device_code": "device-1", "user_code": "WXYZ-1234", "verification_uri": "https://login.example/device",
        "expires_in": 600, "interval": 0,
    });
    Json(answer).into_response()
}

async fn token(State(shared): State<Shared>, Form(values): Form<Values>) -> Response {
    let value = |name: &str| values.get(name).cloned().unwrap_or_default();
    let grant = value("grant_type");
    let mut inner = shared.lock().unwrap();
    inner.asked.push(grant.clone());
    if let Some((error, description)) = &inner.says_no {
        return no(error, description);
    }
    let right = match grant.as_str() {
        "authorization_code" => inner.codes.remove(&value("code")).is_some_and(|page| {
            let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(value("code_verifier")));
            page["code_challenge"] == challenge && page["redirect_uri"] == value("redirect_uri")
        }),
        "refresh_token" => inner.refresh.contains(&value("refresh_token")),
        "client_credentials" => value("client_secret") == CLIENT_SECRET && value("scope") == "smtp.send",
        "urn:ietf:params:oauth:grant-type:device_code" => {
            inner.polls += 1;
            if inner.polls < 3 {
                return no("authorization_pending", "");
            }
            value("device_code") == "device-1"
        }
        _ => return no("unsupported_grant_type", ""),
    };
    if !right || value("client_id") != CLIENT {
        return no("invalid_grant", "");
    }
    let number = inner.access.len() + 1;
    let access = format!("access-token-{number}");
    inner.access.push(access.clone());
    let mut answer =
        json!({ "access_token": access, "token_type": "Bearer", "expires_in": inner.lives.unwrap_or(3600) });
    if grant != "client_credentials" {
        let refresh = format!("refresh-token-{number}");
        inner.refresh.push(refresh.clone());
        answer["refresh_token"] = json!(refresh);
    }
    Json(answer).into_response()
}

fn no(error: &str, description: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error, "error_description": description }))).into_response()
}
