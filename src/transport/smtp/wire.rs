//! The octets: a stream, clear or encrypted, with the buffer of what the server has sent and nobody has read yet.

use std::io;
use std::pin::Pin;
use std::task::Poll;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};

use crate::transport::interface::{Cause, Dot};
use crate::transport::smtp::answer::{Answer, Coming, LINE_LIMIT, excerpt, may_become_a_line};

/// What a connection runs over: TCP, or TLS over it.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A stream with its read buffer.
pub(crate) struct Wire {
    stream: Box<dyn Stream>,
    encrypted: bool,
    buffer: Vec<u8>,
}

/// What the server did while it had nothing to answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Overheard {
    /// Nothing, as it should be.
    Silence,
    /// It spoke.
    Speech,
    /// It closed or broke the connection.
    End(String),
}

/// Why content was not written to its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Interruption {
    /// The server spoke before the dot.
    Speech,
    /// The connection broke.
    Broken(String),
}

/// Content is written in blocks of so many octets, between which the server is listened to.
const BLOCK: usize = 65_536;

impl Wire {
    /// A stream without encryption.
    pub(crate) fn clear(stream: Box<dyn Stream>) -> Self {
        Self { stream, encrypted: false, buffer: Vec::new() }
    }

    /// A stream on which TLS has been established.
    pub(crate) fn encrypted(stream: Box<dyn Stream>) -> Self {
        Self { stream, encrypted: true, buffer: Vec::new() }
    }

    /// The stream, for the handshake after STARTTLS; `None` if octets are buffered, which TLS would not protect
    /// (RFC 3207 §6, response injection).
    pub(crate) fn into_stream(self) -> Option<Box<dyn Stream>> {
        self.buffer.is_empty().then_some(self.stream)
    }

    /// Writes all of it.
    pub(crate) async fn write(&mut self, octets: &[u8]) -> Result<(), Cause> {
        let written = async {
            self.stream.write_all(octets).await?;
            self.stream.flush().await
        };
        written.await.map_err(|error| Cause::Closed(in_words(&error)))
    }

    /// Writes content and dot, which begins at `terminator`, and what follows it. `dot` becomes [`Dot::MayBeOut`] as soon as an octet of the terminator can have left, so
    /// that it is right also when this is cancelled.
    ///
    /// A write to a plain socket that fails or is cancelled has taken nothing, so its count decides and a small message
    /// is one write. TLS may have sent part of what it reports as failed, so there the terminator has a write of its own.
    ///
    /// # Errors
    /// [`Interruption`]: the rest has not been written.
    pub(crate) async fn write_content(
        &mut self,
        octets: &[u8],
        terminator: usize,
        dot: &mut Dot,
    ) -> Result<(), Interruption> {
        let broken = |error: io::Error| Interruption::Broken(in_words(&error));
        let mut at = 0;
        while at < octets.len() {
            // A server that refuses early or goes gets no dot: then it is certain that nothing was taken.
            if at > 0 && *dot == Dot::NotSent {
                match self.overheard().await {
                    Overheard::Silence => {}
                    Overheard::Speech => return Err(Interruption::Speech),
                    Overheard::End(words) => return Err(Interruption::Broken(words)),
                }
            }
            let end = if self.encrypted && at < terminator { terminator } else { octets.len() };
            if self.encrypted && at >= terminator {
                *dot = Dot::MayBeOut;
            }
            let taken = self.stream.write(&octets[at..end.min(at + BLOCK)]).await.map_err(broken)?;
            if taken == 0 {
                return Err(broken(io::ErrorKind::WriteZero.into()));
            }
            at += taken;
            if at > terminator {
                *dot = Dot::MayBeOut;
            }
            if self.encrypted && at == terminator {
                self.stream.flush().await.map_err(broken)?;
            }
        }
        self.stream.flush().await.map_err(broken)
    }

    /// Reads one whole reply.
    ///
    /// # Errors
    /// [`Cause::Unreadable`] or [`Cause::Closed`].
    pub(crate) async fn answer(&mut self) -> Result<Answer, Cause> {
        let mut coming = Coming::default();
        let mut searched = 0;
        loop {
            if let Some(end) = self.buffer[searched..].iter().position(|octet| *octet == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=searched + end).collect();
                searched = 0;
                if let Some(answer) = coming.line(&line).map_err(Cause::Unreadable)? {
                    return Ok(answer);
                }
                continue;
            }
            searched = self.buffer.len();
            if !may_become_a_line(&self.buffer) {
                return Err(Cause::Unreadable(format!("a line without a reply code: {}", excerpt(&self.buffer))));
            }
            if searched > LINE_LIMIT {
                return Err(Cause::Unreadable(format!("a reply line of more than {LINE_LIMIT} octets")));
            }
            match self.stream.read_buf(&mut self.buffer).await {
                Ok(0) => return Err(Cause::Closed(CLOSED.to_owned())),
                Ok(_) => {}
                Err(error) => return Err(Cause::Closed(in_words(&error))),
            }
        }
    }

    /// Listens without waiting: before a command, nothing may be there.
    pub(crate) async fn overheard(&mut self) -> Overheard {
        if !self.buffer.is_empty() {
            return Overheard::Speech;
        }
        let mut octets = [0; 512];
        let mut octets = ReadBuf::new(&mut octets);
        let polled = std::future::poll_fn(|context| {
            Poll::Ready(match Pin::new(&mut *self.stream).poll_read(context, &mut octets) {
                Poll::Pending => None,
                Poll::Ready(result) => Some(result),
            })
        });
        match polled.await {
            None => Overheard::Silence,
            Some(Err(error)) => Overheard::End(in_words(&error)),
            Some(Ok(())) if octets.filled().is_empty() => Overheard::End(CLOSED.to_owned()),
            Some(Ok(())) => {
                self.buffer.extend_from_slice(octets.filled());
                Overheard::Speech
            }
        }
    }

    /// Closes the sending side.
    pub(crate) async fn shut_down(&mut self) {
        // Nothing depends on it: the connection is given up either way.
        let _ = self.stream.shutdown().await;
    }
}

const CLOSED: &str = "the server closed the connection";

/// Whether the server ended the connection in order, so that everything that it had said has been read; a connection
/// that breaks may have lost some of it.
pub(crate) fn is_end(cause: &Cause) -> bool {
    matches!(cause, Cause::Closed(words) if words == CLOSED)
}

/// An error of the connection, in words.
pub(crate) fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => CLOSED.to_owned(),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionAborted => {
            "the server broke the connection off".to_owned()
        }
        _ => format!("the connection broke: {error}"),
    }
}
