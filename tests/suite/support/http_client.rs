//! A client that sends exactly the request a test tells it, and listens to server-sent events.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status; 0 where the connection ended without one.
    pub status: u16,
    /// The lines of the header, in lower case.
    pub head: String,
    /// The rest.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header's field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends a request line and header fields, and reads until the end of the connection.
#[track_caller]
pub fn ask(port: u16, request_line: &str, fields: &[&str]) -> Answer {
    let mut stream = connect(port);
    let fields: String = fields.iter().map(|field| format!("{field}\r\n")).collect();
    write!(stream, "{request_line} HTTP/1.1\r\nConnection: close\r\n{fields}\r\n").expect("the server reads");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the server answers");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |end| end + 4);
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head, body: bytes[end..].to_vec() }
}

/// A stream of events.
pub struct News(BufReader<TcpStream>);

impl News {
    /// Listens at a path.
    pub fn at(port: u16, path: &str) -> Self {
        let mut stream = connect(port);
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").expect("the server reads");
        Self(BufReader::new(stream))
    }

    /// Waits for the next event; its name and data. The sizes of HTTP's chunks stand on lines of their own.
    #[track_caller]
    pub fn next(&mut self) -> (String, String) {
        let mut event = String::new();
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).expect("an event comes within the limit");
            assert!(read > 0, "the stream ended");
            if let Some(name) = line.strip_prefix("event: ") {
                event = name.trim_end().to_owned();
            }
            if let Some(data) = line.strip_prefix("data: ") {
                return (event, data.trim_end().to_owned());
            }
        }
    }
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit can be set");
    stream
}
