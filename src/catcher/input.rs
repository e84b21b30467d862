//! What the client sends, read in bounded pieces, until it goes, falls silent, or the catcher stops.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::tcp::OwnedReadHalf;
use tokio::sync::watch;

use crate::catcher::mail_data::MailData;

/// RFC 5321 §4.5.3.2.7: a server waits at least five minutes for the next command.
const LONGEST_SILENCE: Duration = Duration::from_secs(300);

/// RFC 5321 §4.5.3.1.4 says 512 octets, and the parameters of extensions come on top.
const LONGEST_COMMAND: usize = 1000;

/// A command line.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Without its CRLF.
    Whole(Vec<u8>),
    /// Longer than the limit; it was read and forgotten.
    TooLong,
    /// Ended by LF without CR.
    BareLf,
}

/// Why nothing more is read.
#[derive(Debug)]
pub enum Ending {
    /// The client closed, or the connection broke.
    Gone,
    /// The client was silent for too long.
    Silent,
    /// The catcher stops.
    Stopping,
}

impl From<io::Error> for Ending {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

/// The reading half of a connection.
pub struct Input {
    reader: BufReader<OwnedReadHalf>,
    stop: watch::Receiver<bool>,
}

impl Input {
    /// Reads until `stop` turns true or its sender is gone.
    pub fn new(half: OwnedReadHalf, stop: watch::Receiver<bool>) -> Self {
        Self { reader: BufReader::with_capacity(64 * 1024, half), stop }
    }

    /// Whether a line is here already, so that its reply can share a write with the one before (RFC 2920 §3.2).
    pub fn has_line(&self) -> bool {
        self.reader.buffer().contains(&b'\n')
    }

    /// Reads a command line.
    pub async fn line(&mut self) -> Result<Line, Ending> {
        let mut line = Vec::new();
        let mut too_long = false;
        loop {
            self.fill().await?;
            let buffer = self.reader.buffer();
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = end.map_or(buffer, |at| buffer.split_at(at + 1).0);
            too_long |= line.len() + part.len() > LONGEST_COMMAND;
            if !too_long {
                line.extend_from_slice(part);
            }
            let used = part.len();
            self.reader.consume(used);
            if end.is_some() {
                return Ok(if too_long { Line::TooLong } else { whole(line) });
            }
        }
    }

    /// Reads mail data up to its end.
    pub async fn mail_data(&mut self, limit: usize) -> Result<MailData, Ending> {
        let mut data = MailData::with_limit(limit);
        loop {
            self.fill().await?;
            let (used, ended) = data.take(self.reader.buffer());
            self.reader.consume(used);
            if ended {
                return Ok(data);
            }
        }
    }

    /// Waits until at least one octet is in the buffer.
    async fn fill(&mut self) -> Result<(), Ending> {
        let Self { reader, stop } = self;
        tokio::select! {
            filled = tokio::time::timeout(LONGEST_SILENCE, reader.fill_buf()) => match filled {
                Ok(Ok([])) | Ok(Err(_)) => Err(Ending::Gone),
                Ok(Ok(_)) => Ok(()),
                Err(_) => Err(Ending::Silent),
            },
            () = stopped(stop) => Err(Ending::Stopping),
        }
    }
}

/// Waits until the catcher stops, or was dropped without being stopped.
pub async fn stopped(stop: &mut watch::Receiver<bool>) {
    // Both outcomes mean the same; the guard inside must not live on in the caller's future, it is not `Send`.
    let _ = stop.wait_for(|stop| *stop).await;
}

fn whole(mut line: Vec<u8>) -> Line {
    if line.ends_with(b"\r\n") {
        line.truncate(line.len() - 2);
        Line::Whole(line)
    } else {
        Line::BareLf
    }
}
