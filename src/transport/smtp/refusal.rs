//! Whether a refusal in answer to the dot is definite.
//!
//! The reply to the content comes after the dot (RFC 5321 §4.1.1.4). A server that refuses while the content still comes,
//! reads on, and takes the message after all would be believed too early, and the message sent twice. So a refusal counts
//! only when it is known that no other answer to the dot follows it: replies come in the order of the commands, and the
//! one to the command behind the dot must be the server's next.

use tokio::time::timeout;

use crate::model::Envelope;
use crate::transport::interface::{Cause, Failure, Stage};
use crate::transport::smtp::announced::Announced;
use crate::transport::smtp::answer::Answer;
use crate::transport::smtp::session::{Session, Standing};
use crate::transport::smtp::transaction::doubtful;
use crate::transport::smtp::wire::is_end;

/// Of these every server offers some; no answer to the dot holds one as the first word of a later line.
const EXTENSIONS: [&str; 10] = [
    "PIPELINING",
    "SIZE",
    "8BITMIME",
    "ENHANCEDSTATUSCODES",
    "DSN",
    "CHUNKING",
    "SMTPUTF8",
    "STARTTLS",
    "AUTH",
    "VRFY",
];

impl Session {
    /// What a refusal of the dot means for the message; `then` is the envelope that went out with it.
    pub(crate) async fn refused(&mut self, answer: Answer, then: Option<&Envelope>) -> Failure {
        let definite = if answer.code == 421 {
            self.nothing_follows().await
        } else if let Some(then) = then {
            self.envelope_follows(then).await
        } else {
            self.in_step().await
        };
        if definite {
            return doubtful(Cause::Reply(answer.reply()));
        }
        self.standing = Standing::Broken;
        let words = format!(
            "\"{}\" came in answer to the end of data, and what followed does not tell whether that was the last word",
            answer.reply()
        );
        doubtful(Cause::Unreadable(words))
    }

    /// 421 closes the connection (RFC 5321 §3.8), and no command behind it is answered.
    async fn nothing_follows(&mut self) -> bool {
        match timeout(self.deadlines.quit, self.wire.answer()).await {
            Err(_) => true,
            Ok(Ok(_)) => false,
            Ok(Err(cause)) => is_end(&cause),
        }
    }

    /// With one reply too many, the answer to RCPT would stand where that to DATA belongs; 354 can be nothing else.
    async fn envelope_follows(&mut self, then: &Envelope) -> bool {
        let answered = self.envelope_answers().await;
        match &answered {
            Ok(()) => self.standing = Standing::Ready,
            Err(failure) if self.standing == Standing::Refused => {
                if !self.in_step().await && !no_acceptance(failure) {
                    return false;
                }
                if self.standing != Standing::Ready {
                    return true;
                }
            }
            // The connection is of no more use; the next message gets one of its own.
            Err(failure) => return no_acceptance(failure),
        }
        self.announced = Some(Announced::answered(then.clone(), answered));
        true
    }

    /// EHLO again, which resets like RSET (RFC 5321 §4.1.4): unlike RSET's, its answer cannot be taken for a late answer
    /// to the dot.
    async fn in_step(&mut self) -> bool {
        let command = self.ehlo.clone();
        match self.command(Stage::Mail, &command).await {
            Ok(answer) if answer.code == 250 => {
                let ready = self.is_offer(&answer);
                self.standing = if ready { Standing::Ready } else { Standing::Broken };
                ready
            }
            // A refusal is no acceptance either, but such a connection is of no more use.
            Ok(_) => {
                self.standing = Standing::Broken;
                true
            }
            Err(failure) => is_end(&failure.cause),
        }
    }

    /// Whether a reply is an offer (RFC 5321 §4.1.1.1) and not a late answer to the dot: what this server offered before, or
    /// several lines with extensions in them. After the sign-in a server may offer something else (RFC 4954 §4).
    fn is_offer(&self, answer: &Answer) -> bool {
        let is_extension = |line: &String| {
            let word = line.split([' ', '=']).next().unwrap_or_default();
            EXTENSIONS.iter().any(|extension| word.eq_ignore_ascii_case(extension))
        };
        answer.lines == self.offered || answer.lines.iter().skip(1).any(is_extension)
    }
}

/// Whether what came instead of a 250 to the next MAIL leaves the refusal before it as the last word on the dot: a second
/// refusal, the end of the connection, or something unreadable, but no acceptance and not silence.
fn no_acceptance(failure: &Failure) -> bool {
    failure.stage == Stage::Mail && failure.cause != Cause::Timeout
}
