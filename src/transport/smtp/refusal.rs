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
use crate::transport::smtp::ehlo::Offer;
use crate::transport::smtp::session::{Session, Standing};
use crate::transport::smtp::transaction::doubtful;
use crate::transport::smtp::wire::is_end;

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
        let words = format!("\"{}\" in answer to the end of data, and then another reply", answer.reply());
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
            Err(_) if self.standing == Standing::Refused => {
                if !self.in_step().await {
                    return false;
                }
            }
            // Nothing at all came after the refusal. The next message gets a connection of its own.
            Err(failure) => return failure.stage == Stage::Mail && is_end(&failure.cause),
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

    /// Whether a reply is the offer that this server made before; what it offers for the sign-in may have changed.
    fn is_offer(&self, answer: &Answer) -> bool {
        let again = Offer::read(answer);
        let same = Offer { mechanisms: Vec::new(), ..again } == Offer { mechanisms: Vec::new(), ..self.offer.clone() };
        answer.lines == self.offered || (answer.lines.len() > 1 && same)
    }
}
