//! One mail transaction (RFC 5321 §3.3): the envelope, then the gate, then content and dot. It decides what a failure means
//! for the message and for the connection.
//!
//! Where the server offers PIPELINING (RFC 2920), the envelope of the next message goes out in one write with content and
//! dot of this one, so that a message costs one round trip. DATA is the last of its group, and content may begin the
//! next (§3.1).

use tokio::time::timeout;

use crate::model::{Envelope, Reply};
use crate::transport::interface::{Cause, Dot, Failure, Gate, Stage};
use crate::transport::smtp::announced::Announced;
use crate::transport::smtp::content::Content;
use crate::transport::smtp::envelope::{STEPS, commands};
use crate::transport::smtp::session::{Session, Standing, last_words, silence, within};
use crate::transport::smtp::wire::Interruption;

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
            if self.announced.is_some() {
                self.standing = Standing::Broken;
            }
            return Err(Failure::before_the_dot(Stage::Mail, Cause::Message(words)));
        }
        let announced = self.announced.take();
        let standing = std::mem::replace(&mut self.standing, Standing::Broken);
        // From here on, whatever ends this early, also being dropped, leaves the connection marked as of no more use.
        match announced {
            Some(Announced { envelope: of, .. }) if of != *envelope => {
                let words = "another message had been announced to the server".to_owned();
                return Err(Failure::before_the_dot(Stage::Mail, Cause::Closed(words)));
            }
            Some(Announced { answered: Some(Err(failure)), .. }) => {
                self.standing = standing;
                return Err(failure);
            }
            Some(Announced { answered: Some(Ok(())), .. }) => {}
            Some(Announced { answered: None, .. }) => self.envelope_answers().await?,
            None if self.offer.pipelining => {
                self.commands(Stage::Mail, &commands(envelope, self.offer.dsn).concat()).await?;
                self.envelope_answers().await?;
            }
            None => self.in_lockstep(&commands(envelope, self.offer.dsn)).await?,
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

    /// The answers to an envelope that was written in one go. All are read even after a refusal, because the server
    /// sends them.
    pub(crate) async fn envelope_answers(&mut self) -> Result<(), Failure> {
        let mut first_failure = None;
        let mut refused = [false; 3];
        for (refused, (stage, codes, name)) in refused.iter_mut().zip(STEPS) {
            let answer = match self.answer(stage).await {
                Ok(answer) => answer,
                Err(failure) => return Err(first_failure.unwrap_or(failure)),
            };
            let closing = answer.code == 421;
            *refused = answer.is_refusal();
            if let Err(failure) = answer.expect(stage, codes, name) {
                // A code that cannot stand there: nothing that follows can be relied on.
                let out_of_step = !*refused;
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
        let then = content.then(self.offer.dsn).filter(|_| self.may_announce());
        let announcing = self.announcing.clone().filter(|_| then.is_some());
        let answer = match self.write(content, then.is_some()).await {
            Ok(()) => self.answer(Stage::EndOfData).await.map_err(|failure| doubtful(failure.cause)),
            Err(failure) => Err(failure),
        };
        if let Some(announcing) = announcing {
            if answer.is_ok() { announcing.held() } else { announcing.broke() }
        }
        let answer = answer?;
        if answer.is_refusal() {
            return Err(self.refused(answer, then).await);
        }
        let reply = answer.expect(Stage::EndOfData, &[250], "the end of data").map_err(|f| doubtful(f.cause))?.reply();
        self.announced = then.cloned().map(Announced::written);
        self.standing = Standing::Ready;
        Ok(reply)
    }

    fn may_announce(&self) -> bool {
        self.offer.pipelining && self.announcing.as_ref().is_some_and(|announcing| announcing.may_announce())
    }

    async fn write(&mut self, content: &Content, announcing: bool) -> Result<(), Failure> {
        let mut dot = Dot::NotSent;
        let octets = if announcing { content.octets_and_next() } else { content.octets() };
        let deadline = self.deadlines.writing(octets.len());
        let written = timeout(deadline, self.wire.write_content(octets, content.terminator(), &mut dot)).await;
        let patience = self.deadlines.quit;
        let cause = match written {
            Ok(Ok(())) => return Ok(()),
            Err(_) => Cause::Timeout,
            Ok(Err(Interruption::Speech)) => {
                let spoken = timeout(patience, silence(&mut self.wire)).await;
                spoken.ok().and_then(Result::err).unwrap_or(Cause::Timeout)
            }
            // What a server says before it goes is its reason; but once the dot may be out, it is no answer to it.
            Ok(Err(Interruption::Broken(words))) => {
                let refusal = timeout(patience, last_words(&mut self.wire)).await.ok().flatten();
                match refusal {
                    Some(answer) if dot == Dot::NotSent => Cause::Reply(answer.reply()),
                    Some(answer) => Cause::Closed(format!("{words}, after \"{}\"", answer.reply())),
                    None => Cause::Closed(words),
                }
            }
        };
        let stage = if dot == Dot::NotSent { Stage::Body } else { Stage::EndOfData };
        Err(Failure { stage, cause, dot })
    }
}

/// A failure after which the server may have the message, unless the cause is a refusal.
pub(crate) fn doubtful(cause: Cause) -> Failure {
    Failure { stage: Stage::EndOfData, cause, dot: Dot::MayBeOut }
}
