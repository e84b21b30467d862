//! The octets of a connection: lines in, replies out, and the ways to end it. What breaks the protocol is told apart
//! from what merely fails.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// How long the server waits between two octets when it drips.
const DRIP: Duration = Duration::from_millis(100);

/// The octets of one connection.
pub(crate) struct Wire {
    reader: BufReader<Channel>,
    /// Another handle of the same socket: what is done to it does not pass through TLS.
    socket: TcpStream,
}

/// In clear or encrypted.
enum Channel {
    Clear(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

/// What was wrong with a line.
pub(crate) type Complaint = &'static str;

impl Wire {
    pub(crate) fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self { socket: stream.try_clone()?, reader: BufReader::new(Channel::Clear(stream)) })
    }

    /// The TLS handshake, as the server; what was read before it is forgotten.
    pub(crate) fn secure(&mut self, config: Arc<ServerConfig>) -> io::Result<()> {
        let connection = ServerConnection::new(config).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(connection, self.socket.try_clone()?);
        while stream.conn.is_handshaking() {
            stream.conn.complete_io(&mut stream.sock)?;
        }
        self.reader = BufReader::new(Channel::Tls(Box::new(stream)));
        Ok(())
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

    /// Waits until the client has said something, and leaves it unread.
    pub(crate) fn wait_for_octets(&mut self) -> io::Result<()> {
        self.reader.fill_buf().map(drop)
    }

    pub(crate) fn send(&mut self, text: impl AsRef<[u8]>) -> io::Result<()> {
        self.reader.get_mut().write_all(text.as_ref())
    }

    /// FIN. What the client still sends is read first: a close with unread octets would be an RST.
    pub(crate) fn close(&mut self) -> io::Error {
        drop(self.socket.shutdown(Shutdown::Write));
        drop(self.socket.set_read_timeout(Some(Duration::from_secs(10))));
        self.wait_until_gone()
    }

    /// RST: a close that does not linger for a moment.
    pub(crate) fn reset(&mut self) -> io::Error {
        drop(socket2::SockRef::from(&self.socket).set_linger(Some(Duration::ZERO)));
        ErrorKind::ConnectionReset.into()
    }

    /// One octet now and then, and never the end of a line, until the client closes. The wait is for the client, so that
    /// no thread sleeps.
    pub(crate) fn drip(&mut self) -> io::Error {
        drop(self.socket.set_read_timeout(Some(DRIP)));
        let mut heard = [0; 1024];
        let reply = b"250-a line that never ends, ";
        for octet in reply.iter().cycle() {
            if self.send([*octet]).is_err() {
                break;
            }
            match self.reader.get_mut().read(&mut heard) {
                Ok(0) => break,
                Err(error) if !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => break,
                _ => {}
            }
        }
        ErrorKind::ConnectionAborted.into()
    }

    /// Reads and forgets until the client closes.
    pub(crate) fn wait_until_gone(&mut self) -> io::Error {
        drop(io::copy(&mut self.reader, &mut io::sink()));
        ErrorKind::ConnectionAborted.into()
    }
}

impl Read for Channel {
    fn read(&mut self, octets: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Clear(stream) => stream.read(octets),
            Self::Tls(stream) => stream.read(octets),
        }
    }
}

impl Write for Channel {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        match self {
            Self::Clear(stream) => stream.write(octets),
            Self::Tls(stream) => stream.write(octets),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Clear(stream) => stream.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
