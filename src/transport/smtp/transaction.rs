//! One mail transaction (RFC 5321 §3.3): MAIL, RCPT, DATA, in one write where the server allows it, then the gate, then
//! content and dot. It decides what a failure means for the message and for the connection.

use lettre::Address as WireAddress;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use tokio::time::timeout;

use crate::model::{Address, Envelope, Reply};
use crate::transport::interface::{Cause, Dot, Failure, Gate, Stage};
use crate::transport::smtp::answer::Answer;
use crate::transport::smtp::content::Content;
use crate::transport::smtp::session::{Session, Standing, last_words, silence, within};
use crate::transport::smtp::wire::{Interruption, Overheard};

/// A command of the envelope: its stage, the codes of success, its name.
type Step = (Stage, &'static [u16], &'static str);

/// 251 means "not here, will be forwarded" (RFC 5321 §3.4): taken. 252 is for VRFY only.
const STEPS: [Step; 3] =
    [(Stage::Mail, &[250], "MAIL"), (Stage::Rcpt, &[250, 251], "RCPT"), (Stage::Data, &[354], "DATA")];

impl Session {
    /// Hands over one message; `standing` says afterwards whether the connection can be used again.
    ///
    /// # Errors
    /// A [`Failure`] of [`Stage::Mail`] or later.
    pub(crate) async fn hand_over(
        &mut self,
        envelope: &Envelope,
        content: &Content,
        gate: &dyn Gate,
    ) -> Result<Reply, Failure> {
        if let Some(limit) = self.offer.size.filter(|limit| content.size() as u64 > *limit) {
            let words = format!("it has {} octets, and the server takes no more than {limit}", content.size());
            return Err(Failure::before_the_dot(Stage::Mail, Cause::Message(words)));
        }
        // Whatever ends this early, also being dropped in the middle, leaves the connection marked as of no more use.
        self.standing = Standing::Broken;
        let commands = [
            Mail::new(Some(on_the_wire(&envelope.reverse_path)), Vec::new()).to_string(),
            Rcpt::new(on_the_wire(&envelope.forward_path), Vec::new()).to_string(),
            Data.to_string(),
        ];
        if self.offer.pipelining {
            self.pipelined(&commands).await?
        } else {
            self.in_lockstep(&commands).await?
        }
        self.content(content, gate).await
    }

    async fn in_lockstep(&mut self, commands: &[String; 3]) -> Result<(), Failure> {
        for ((stage, codes, name), command) in STEPS.into_iter().zip(commands) {
            let answer = self.command(stage, command).await?;
            if answer.is_refusal() && answer.code != 421 {
                self.standing = Standing::Refused;
            }
            answer.expect(stage, codes, name)?;
        }
        Ok(())
    }

    /// All three commands in one write. All replies are read even after a refusal, because the server sends them.
    async fn pipelined(&mut self, commands: &[String; 3]) -> Result<(), Failure> {
        self.commands(Stage::Mail, &commands.concat()).await?;
        let mut first_failure = None;
        let mut refused = [false; 3];
        for (index, (stage, codes, name)) in STEPS.into_iter().enumerate() {
            let answer = match self.answer(stage).await {
                Ok(answer) => answer,
                Err(failure) => return Err(first_failure.unwrap_or(failure)),
            };
            let closing = answer.code == 421;
            refused[index] = answer.is_refusal();
            if let Err(failure) = answer.expect(stage, codes, name) {
                // A code that cannot stand there: nothing that follows can be relied on.
                let out_of_step = !refused[index];
                let failure = first_failure.get_or_insert(failure);
                if out_of_step || closing {
                    return Err(failure.clone());
                }
            }
        }
        let Some(failure) = first_failure else { return Ok(()) };
        match refused {
            [_, _, true] => self.standing = Standing::Refused,
            // The server waits for content although nobody is to get it: a lone dot ends that (RFC 2920 §3.1).
            [_, true, false] => self.empty_content().await,
            // The recipient was taken but not the sender: a dot might deliver an empty message, so none is sent.
            [_, false, false] => {}
        }
        Err(failure)
    }

    async fn empty_content(&mut self) {
        let answer = self.command(Stage::EndOfData, ".\r\n").await;
        if answer.is_ok_and(|answer| answer.code != 421) {
            self.standing = Standing::Refused;
        }
    }

    /// After 354: the gate, then content and dot, then the reply that decides.
    async fn content(&mut self, content: &Content, gate: &dyn Gate) -> Result<Reply, Failure> {
        if !gate.pass().await {
            return Err(Failure::before_the_dot(Stage::Body, Cause::Gate));
        }
        // A server that has closed or spoken meanwhile gets nothing: then it is certain that nothing was taken.
        let wire = &mut self.wire;
        within(Stage::Body, self.deadlines.content, silence(wire)).await?;
        self.write(content).await?;
        let answer = self.answer(Stage::EndOfData).await.map_err(|failure| doubtful(failure.cause))?;
        if answer.is_refusal() && self.wire.overheard().await == Overheard::Speech {
            let words = format!("\"{}\" in answer to the end of data, and then another reply", answer.reply());
            return Err(doubtful(Cause::Unreadable(words)));
        }
        self.end_of_data(answer)
    }

    async fn write(&mut self, content: &Content) -> Result<(), Failure> {
        let mut dot = Dot::NotSent;
        let deadline = self.deadlines.writing(content.octets().len());
        let written = timeout(deadline, self.wire.write_content(content, &mut dot)).await;
        let patience = self.deadlines.quit;
        let cause = match written {
            Ok(Ok(())) => return Ok(()),
            Err(_) => Cause::Timeout,
            Ok(Err(Interruption::Speech)) => {
                let spoken = timeout(patience, silence(&mut self.wire)).await;
                spoken.ok().and_then(Result::err).unwrap_or(Cause::Timeout)
            }
            Ok(Err(Interruption::Broken(words))) => {
                let refusal = timeout(patience, last_words(&mut self.wire)).await.ok().flatten();
                refusal.map_or(Cause::Closed(words), |answer| Cause::Reply(answer.reply()))
            }
        };
        let stage = if dot == Dot::NotSent { Stage::Body } else { Stage::EndOfData };
        Err(Failure { stage, cause, dot })
    }

    fn end_of_data(&mut self, answer: Answer) -> Result<Reply, Failure> {
        let (code, refused) = (answer.code, answer.is_refusal());
        match answer.expect(Stage::EndOfData, &[250], "the end of data") {
            Ok(answer) => {
                self.standing = Standing::Ready;
                Ok(answer.reply())
            }
            Err(failure) => {
                if refused && code != 421 {
                    self.standing = Standing::Refused;
                }
                Err(doubtful(failure.cause))
            }
        }
    }
}

fn doubtful(cause: Cause) -> Failure {
    Failure { stage: Stage::EndOfData, cause, dot: Dot::MayBeOut }
}

/// Our own type has checked more than lettre's would: one dot-atom, one A-label domain, ASCII only.
pub(crate) fn on_the_wire(address: &Address) -> WireAddress {
    let (local, domain) = address.as_str().rsplit_once('@').unwrap_or((address.as_str(), ""));
    WireAddress::new_dangerous(local, domain)
}
