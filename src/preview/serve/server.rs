//! The server: HTTP/1.1 on 127.0.0.1, as many connections as a few browser windows need, none for longer than it takes.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse as _;
use chrono::NaiveDate;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::model::Address;
use crate::preview::error::PreviewError;
use crate::preview::serve::answer::{Answers, HEADERS, refused};
use crate::preview::serve::asked::{Asked, Place};
use crate::preview::serve::error::ServeError;
use crate::preview::serve::guard::{Refusal, admitted};
use crate::preview::serve::news::news;
use crate::preview::serve::page::LiveParts;
use crate::preview::serve::policy;
use crate::preview::serve::shelf::Shelf;

/// At most so many at once; a browser opens six.
const CONNECTIONS: usize = 64;
/// A request has to be there within this time, also the next one of a connection.
const PATIENCE: Duration = Duration::from_secs(15);
/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 16 * 1024;

/// What the server serves, and to whom.
pub struct Desk {
    answers: Answers,
    port: u16,
    stopped: watch::Receiver<String>,
}

impl Desk {
    /// `token` is the secret part of the address. `stopped` gets the time, in words, when the preview is stopped.
    ///
    /// # Errors
    /// [`PreviewError::Page`]: a bug.
    pub fn new(
        shelf: Arc<Shelf>,
        token: String,
        port: u16,
        stopped: watch::Receiver<String>,
    ) -> Result<Self, PreviewError> {
        Ok(Self { answers: Answers { shelf, parts: LiveParts::new()?, token }, port, stopped })
    }

    /// The address of the week, or of a day where it is shown, in somebody's copy. It may wait for the disk.
    #[must_use]
    pub fn url(&self, who: Option<&Address>, day: Option<NaiveDate>) -> String {
        let Answers { shelf, token, .. } = &self.answers;
        let base = format!("http://127.0.0.1:{}{}", self.port, Place::base(token, who));
        let Some(day) = day.map(|day| format!("-{day}/index.html")) else { return base };
        let shown = shelf.shown(who).ok().flatten();
        let page = shown.as_ref().and_then(|shown| shown.files.keys().find(|path| path.ends_with(&day)));
        page.map_or(base.clone(), |page| base + page)
    }
}

/// Listens on a port of the loopback interface, 0 for any; returns the port.
///
/// # Errors
/// [`ServeError::Port`] when it is taken.
pub async fn bind(port: u16) -> Result<(TcpListener, u16), ServeError> {
    let fault = |cause| ServeError::Port { port, cause };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(fault)?;
    let port = listener.local_addr().map_err(fault)?.port();
    Ok((listener, port))
}

/// Serves until it is dropped.
pub async fn serve(listener: TcpListener, desk: Arc<Desk>) {
    let service = TowerToHyperService::new(Router::new().fallback(respond).with_state(desk));
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = tokio::task::JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, or the other end has gone already: the next one may fare better.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = service.clone();
        connections.spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(LONGEST_HEAD);
            // How a connection ends is the browser's affair.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}

async fn respond(State(desk): State<Arc<Desk>>, request: Request) -> Response<Body> {
    let (head, _) = request.into_parts();
    let path = match admitted(&head, desk.port, &desk.answers.token) {
        Ok(path) => path,
        Err(refusal) => return refused(&refusal),
    };
    let asked = Asked::read(path, head.uri.query());
    if let Asked::News(place) = asked {
        let stream = news(place, Arc::clone(&desk.answers.shelf), desk.stopped.clone());
        return (HEADERS, [(header::CONTENT_SECURITY_POLICY, policy::FILE)], stream).into_response();
    }
    let answer = tokio::task::spawn_blocking(move || desk.answers.to(&asked)).await;
    answer.unwrap_or_else(|_| {
        refused(&Refusal {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            words: "The page cannot be made: a fault of weekcast.",
        })
    })
}
