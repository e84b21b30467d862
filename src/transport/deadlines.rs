//! How long each stage of a delivery may take (RFC 5321 §4.5.3.2): for the whole reply, so that a server that drips one
//! octet a minute holds nothing open.

use std::time::Duration;

use crate::transport::interface::Stage;

/// One deadline for each stage. They are long because a client that gives up early makes duplicates: at the end of data
/// the server may already have the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// TCP, for each address of the host; the name look-up has the same once.
    pub connect: Duration,
    /// The TLS handshake.
    pub handshake: Duration,
    /// The banner.
    pub greeting: Duration,
    /// EHLO, STARTTLS, each step of AUTH, MAIL, RCPT.
    pub command: Duration,
    /// DATA until 354.
    pub data: Duration,
    /// Writing the content, to which a second for each 10 kB is added.
    pub content: Duration,
    /// The dot until its reply.
    pub end_of_data: Duration,
    /// RSET on a connection that is kept: a new one is cheaper than a long wait.
    pub reset: Duration,
    /// QUIT: politeness, not worth waiting for.
    pub quit: Duration,
}

impl Deadlines {
    /// Slowest pace at which the content may go out, in octets a second.
    const SLOWEST_PACE: u64 = 10_000;

    /// The same for every stage; for tests.
    #[must_use]
    pub fn all(deadline: Duration) -> Self {
        Self {
            connect: deadline,
            handshake: deadline,
            greeting: deadline,
            command: deadline,
            data: deadline,
            content: deadline,
            end_of_data: deadline,
            reset: deadline,
            quit: deadline,
        }
    }

    /// None longer than this.
    #[must_use]
    pub fn at_most(self, longest: Duration) -> Self {
        Self {
            connect: self.connect.min(longest),
            handshake: self.handshake.min(longest),
            greeting: self.greeting.min(longest),
            command: self.command.min(longest),
            data: self.data.min(longest),
            content: self.content.min(longest),
            end_of_data: self.end_of_data.min(longest),
            reset: self.reset.min(longest),
            quit: self.quit.min(longest),
        }
    }

    /// For the reply that a stage waits for.
    #[must_use]
    pub(crate) fn reply(&self, stage: Stage) -> Duration {
        match stage {
            Stage::Connect => self.connect,
            Stage::Greeting => self.greeting,
            Stage::Ehlo | Stage::Tls | Stage::SignIn | Stage::Mail | Stage::Rcpt => self.command,
            Stage::Data => self.data,
            Stage::Body => self.content,
            Stage::EndOfData => self.end_of_data,
        }
    }

    /// For writing so many octets of content.
    #[must_use]
    pub(crate) fn writing(&self, octets: usize) -> Duration {
        self.content + Duration::from_secs(octets as u64 / Self::SLOWEST_PACE)
    }
}

impl Default for Deadlines {
    /// RFC 5321 §4.5.3.2: 5 minutes for banner, MAIL and RCPT, 2 for DATA, 3 for a block of content, 10 for the dot.
    fn default() -> Self {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        Self {
            connect: Duration::from_secs(30),
            handshake: Duration::from_secs(30),
            greeting: minutes(5),
            command: minutes(5),
            data: minutes(2),
            content: minutes(3),
            end_of_data: minutes(10),
            reset: Duration::from_secs(30),
            quit: Duration::from_secs(5),
        }
    }
}
