//! An HTTP server on loopback that answers each path in its own way and writes down what it was asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What was asked: the first line, and the header fields below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub line: String,
    pub fields: Vec<String>,
}

/// The server; it stops when this is dropped.
pub struct HttpServer {
    port: u16,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

struct State {
    asked: Mutex<Vec<Asked>>,
    busy: AtomicUsize,
    busiest: AtomicUsize,
    stops: AtomicBool,
    /// Method, path, status, and a header field.
    pages: Vec<(&'static str, &'static str, u16, String)>,
}

impl HttpServer {
    /// Starts it; a page is a method (empty: any), a path, a status and perhaps a header field. Others are status 200.
    pub fn start(pages: &[(&'static str, &'static str, u16, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let port = listener.local_addr().expect("it has an address").port();
        let pages = pages.iter().map(|(method, path, status, field)| (*method, *path, *status, (*field).to_owned()));
        let state = Arc::new(State {
            asked: Mutex::default(),
            busy: AtomicUsize::new(0),
            busiest: AtomicUsize::new(0),
            stops: AtomicBool::new(false),
            pages: pages.collect(),
        });
        let shared = Arc::clone(&state);
        let thread = thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if shared.stops.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.serve(&stream));
            }
        });
        Self { port, state, thread: Some(thread) }
    }

    /// The address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// All that was asked, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().expect("nobody panicked").clone()
    }

    /// The most requests that were open side by side.
    pub fn busiest(&self) -> usize {
        self.state.busiest.load(Ordering::SeqCst)
    }
}

impl State {
    fn serve(&self, stream: &TcpStream) {
        let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        let Some(line) = lines.next() else { return };
        let busy = self.busy.fetch_add(1, Ordering::SeqCst) + 1;
        self.busiest.fetch_max(busy, Ordering::SeqCst);
        let fields: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        let mut parts = line.split(' ');
        let (method, path) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let page = self.pages.iter().find(|page| (page.0.is_empty() || page.0 == method) && page.1 == path);
        let (status, field) = page.map_or((200, ""), |page| (page.2, page.3.as_str()));
        let field = if field.is_empty() { String::new() } else { format!("{field}\r\n") };
        self.asked.lock().expect("nobody panicked").push(Asked { line: line.clone(), fields });
        // Before the answer: the next request may come as soon as it has been read.
        self.busy.fetch_sub(1, Ordering::SeqCst);
        let answer = format!(
            "HTTP/1.1 {status} As asked\r\nSet-Cookie: a=b\r\n{field}Content-Length: 0\r\nConnection: close\r\n\r\n"
        );
        let _ = (&*stream).write_all(answer.as_bytes());
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        self.state.stops.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
