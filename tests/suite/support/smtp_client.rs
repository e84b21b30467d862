//! A client that says exactly what a test tells it, right or wrong, and reads whole replies.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// One connection.
pub struct SmtpClient {
    reader: BufReader<TcpStream>,
}

impl SmtpClient {
    /// Connects, without reading the greeting.
    pub fn connect(port: u16) -> Self {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit can be set");
        Self { reader: BufReader::new(stream) }
    }

    /// Connects, and reads the greeting and the reply to EHLO.
    pub fn greeted(port: u16) -> Self {
        let mut client = Self::connect(port);
        assert_eq!(client.code(), 220);
        assert_eq!(client.says("EHLO client.example"), 250);
        client
    }

    /// Sends octets as they are.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.reader.get_mut().write_all(bytes.as_ref()).expect("the server reads");
    }

    /// Sends a line and returns the code of the reply.
    #[track_caller]
    pub fn says(&mut self, line: &str) -> u16 {
        self.send(format!("{line}\r\n"));
        self.code()
    }

    /// Reads a reply of one or more lines; empty where the connection has ended.
    pub fn reply(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let start = reply.len();
            let read = self.reader.read_line(&mut reply).unwrap_or(0);
            if read == 0 || reply.as_bytes().get(start + 3) != Some(&b'-') {
                return reply;
            }
        }
    }

    /// Reads a reply and returns its code.
    #[track_caller]
    pub fn code(&mut self) -> u16 {
        let reply = self.reply();
        reply.get(..3).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no reply: {reply:?}"))
    }

    /// Reads so many replies and returns their codes.
    #[track_caller]
    pub fn codes(&mut self, number: usize) -> Vec<u16> {
        (0..number).map(|_| self.code()).collect()
    }

    /// How the connection ended: true for FIN, false for RST.
    pub fn ends_in_good_order(&mut self) -> bool {
        self.reader.read_to_end(&mut Vec::new()).is_ok()
    }

    /// A whole transaction; returns the replies to MAIL, RCPT, DATA and the dot, up to the first that is not positive.
    #[track_caller]
    pub fn hands_over(&mut self, recipient: &str, body: &str) -> Vec<u16> {
        let mut codes = vec![self.says("MAIL FROM:<news@board.example>")];
        for line in [format!("RCPT TO:<{recipient}>"), "DATA".to_owned(), format!("{body}\r\n.")] {
            if codes.last().is_some_and(|code| *code < 400) {
                codes.push(self.says(&line));
            }
        }
        codes
    }
}
