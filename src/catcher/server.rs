//! The catcher itself: it listens on a free port of the loopback interface and starts a session for each connection.

use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::catcher::caught::Caught;
use crate::catcher::input::stopped;
use crate::catcher::session::Session;
use crate::catcher::store::Store;

/// Connections at once; more are closed without a word. Twice what a rehearsal opens.
const MOST_CONNECTIONS: usize = 128;

/// How long a stop waits for clients that do not read their replies.
const LONGEST_FAREWELL: Duration = Duration::from_secs(2);

/// A running catcher. When it is dropped it stops as well, without being waited for.
#[derive(Debug)]
pub struct Catcher {
    port: u16,
    store: Arc<Store>,
    stop: watch::Sender<bool>,
}

impl Catcher {
    /// Listens on 127.0.0.1, on a port that the system chooses, and writes to `folder` if there is one.
    ///
    /// # Errors
    /// The folder cannot be made, or the system gives no port.
    pub async fn start(folder: Option<PathBuf>) -> io::Result<Self> {
        let store = Arc::new(Store::open(folder)?);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let (stop, receiver) = watch::channel(false);
        tokio::spawn(listen(listener, Arc::clone(&store), receiver));
        Ok(Self { port, store, stop })
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What was caught so far, in the order in which it was taken.
    #[must_use]
    pub fn caught(&self) -> Vec<Caught> {
        self.store.caught()
    }

    /// How many were caught so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.store.count()
    }

    /// Stops listening, says 421 to those who are still connected, and waits until all sessions have ended.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        self.stop.closed().await;
    }
}

async fn listen(listener: TcpListener, store: Arc<Store>, mut stop: watch::Receiver<bool>) {
    let mut sessions = JoinSet::new();
    let session_stop = stop.clone();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if sessions.len() < MOST_CONNECTIONS => {
                    sessions.spawn(serve(stream, Arc::clone(&store), session_stop.clone()));
                }
                Ok(_) => {}
                // Out of file handles: without a pause this would spin until one is free.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = sessions.join_next() => {}
            () = stopped(&mut stop) => break,
        }
    }
    drop(listener);
    let ended = async { while sessions.join_next().await.is_some() {} };
    if tokio::time::timeout(LONGEST_FAREWELL, ended).await.is_err() {
        sessions.shutdown().await;
    }
}

async fn serve(stream: TcpStream, store: Arc<Store>, stop: watch::Receiver<bool>) {
    // Without it each reply waits for the acknowledgement of the one before: 22 messages a second instead of 1,900.
    if stream.set_nodelay(true).is_ok() {
        Session::new(stream, store, stop).serve().await;
    }
}
