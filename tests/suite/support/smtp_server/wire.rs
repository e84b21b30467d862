//! The octets of a connection: lines in, replies out, and the ways to end it. What breaks the protocol is told apart
//! from what merely fails.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// The octets of one connection.
pub(crate) struct Wire {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

/// What was wrong with a line.
pub(crate) type Complaint = &'static str;

impl Wire {
    pub(crate) fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self { reader: BufReader::new(stream.try_clone()?), writer: stream })
    }

    /// A line without its end, and what was wrong with it. The end of the connection is an error.
    pub(crate) fn line(&mut self) -> io::Result<(Vec<u8>, Vec<Complaint>)> {
        let mut line = Vec::new();
        self.reader.by_ref().take(1 << 20).read_until(b'\n', &mut line)?;
        let mut complaints = Vec::new();
        match line.strip_suffix(b"\n") {
            None if line.is_empty() => return Err(ErrorKind::UnexpectedEof.into()),
            None => complaints.push("the connection ends inside a line"),
            Some(whole) if whole.ends_with(b"\r") => line.truncate(line.len() - 2),
            Some(_) => {
                line.truncate(line.len() - 1);
                complaints.push("bare LF");
            }
        }
        if line.contains(&b'\r') {
            complaints.push("bare CR");
        }
        if line.contains(&0) {
            complaints.push("NUL");
        }
        if line.strip_prefix(b".").unwrap_or(&line).len() > 998 {
            complaints.push("line longer than 998 octets");
        }
        Ok((line, complaints))
    }

    /// Whether the client has sent more than was read.
    pub(crate) fn has_more(&self) -> bool {
        !self.reader.buffer().is_empty()
    }

    pub(crate) fn send(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.as_bytes())
    }

    /// FIN. What the client still sends is read first: a close with unread octets would be an RST.
    pub(crate) fn close(&mut self) -> io::Error {
        drop(self.writer.shutdown(Shutdown::Write));
        drop(self.writer.set_read_timeout(Some(Duration::from_secs(10))));
        self.wait_until_gone()
    }

    /// RST: a close that does not linger for a moment.
    pub(crate) fn reset(&mut self) -> io::Error {
        drop(socket2::SockRef::from(&self.writer).set_linger(Some(Duration::ZERO)));
        ErrorKind::ConnectionReset.into()
    }

    /// Reads and forgets until the client closes.
    pub(crate) fn wait_until_gone(&mut self) -> io::Error {
        drop(io::copy(&mut self.reader, &mut io::sink()));
        ErrorKind::ConnectionAborted.into()
    }
}
