//! One connection with the server, from the banner to QUIT: greeting, EHLO, STARTTLS, sign-in, and single commands, each
//! with the deadline of its stage for the whole reply.

use std::future::Future;
use std::sync::Arc;

use lettre::transport::smtp::commands::{Ehlo, Quit, Rset, Starttls};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::{Duration, timeout};

use crate::transport::deadlines::Deadlines;
use crate::transport::interface::{Cause, Failure, Stage};
use crate::transport::smtp::announced::Announced;
use crate::transport::smtp::announcing::{Announcing, is_frail};
use crate::transport::smtp::answer::Answer;
use crate::transport::smtp::ehlo::Offer;
use crate::transport::smtp::endpoint::{Endpoint, Secured};
use crate::transport::smtp::handshake::Tls;
use crate::transport::smtp::wire::{Overheard, Stream, Wire};

/// Whether commands and replies of a connection are in step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Ready for MAIL.
    Ready,
    /// Something of the last transaction was refused: RSET comes first.
    Refused,
    /// It must not be used again.
    Broken,
}

/// A connection.
pub(crate) struct Session {
    pub(crate) wire: Wire,
    pub(crate) offer: Offer,
    /// The EHLO command, and the lines of the server's answer to it.
    pub(crate) ehlo: String,
    pub(crate) offered: Vec<String>,
    /// The envelope that went out with the message before.
    pub(crate) announced: Option<Announced>,
    /// Whether one may go out; `None` for a server that is known not to bear it.
    pub(crate) announcing: Option<Arc<Announcing>>,
    pub(crate) deadlines: Deadlines,
    pub(crate) standing: Standing,
}

impl Session {
    /// Greeting to sign-in on a fresh stream.
    ///
    /// # Errors
    /// A [`Failure`] of one of the stages from [`Stage::Greeting`] to [`Stage::SignIn`].
    pub(crate) async fn open(stream: Box<dyn Stream>, endpoint: &Endpoint, hello: &str) -> Result<Self, Failure> {
        let deadlines = endpoint.deadlines;
        let wire = match &endpoint.secured {
            Secured::Tls(tls) => Wire::encrypted(tls.handshake(stream, deadlines.handshake).await?),
            Secured::StartTls(_) | Secured::Loopback => Wire::clear(stream),
        };
        let mut session = Self {
            wire,
            offer: Offer::default(),
            ehlo: Ehlo::new(ClientId::Domain(hello.to_owned())).to_string(),
            offered: Vec::new(),
            announced: None,
            announcing: None,
            deadlines,
            standing: Standing::Broken,
        };
        let greeting = session.answer(Stage::Greeting).await?;
        let greeting = greeting.expect(Stage::Greeting, &[220], "the connection")?;
        if !is_frail(&greeting.lines) {
            session.announcing = Some(Arc::clone(&endpoint.announcing));
        }
        session.say_ehlo().await?;
        if let Secured::StartTls(tls) = &endpoint.secured {
            session = session.start_tls(tls).await?;
            // What was offered in clear text is forgotten (RFC 3207 §4.2).
            session.say_ehlo().await?;
        }
        if let Some(credentials) = &endpoint.credentials {
            session.sign_in(credentials).await?;
        }
        session.standing = Standing::Ready;
        Ok(session)
    }

    async fn say_ehlo(&mut self) -> Result<(), Failure> {
        let command = self.ehlo.clone();
        let answer = self.command(Stage::Ehlo, &command).await?.expect(Stage::Ehlo, &[250], "EHLO")?;
        self.offer = Offer::read(&answer);
        self.offered = answer.lines;
        Ok(())
    }

    async fn start_tls(mut self, tls: &Tls) -> Result<Self, Failure> {
        let fail = |cause| Failure::before_the_dot(Stage::Tls, cause);
        if !self.offer.starttls {
            return Err(fail(Cause::NoStartTls));
        }
        let answer = self.command(Stage::Tls, &Starttls.to_string()).await?;
        answer.expect(Stage::Tls, &[220], "STARTTLS")?;
        let stream = self.wire.into_stream().ok_or_else(|| fail(Cause::Injected))?;
        let wire = Wire::encrypted(tls.handshake(stream, self.deadlines.handshake).await?);
        Ok(Self { wire, offer: Offer::default(), ..self })
    }

    /// Sends one command and reads its reply, whatever its code.
    ///
    /// # Errors
    /// Silence, a broken connection, something unreadable, or words of the server that nobody had asked for.
    pub(crate) async fn command(&mut self, stage: Stage, command: &str) -> Result<Answer, Failure> {
        let wire = &mut self.wire;
        within(stage, self.deadlines.reply(stage), async {
            silence(wire).await?;
            match wire.write(command.as_bytes()).await {
                Ok(()) => wire.answer().await,
                Err(broken) => last_words(wire).await.ok_or(broken),
            }
        })
        .await
    }

    /// Sends several commands in one go (RFC 2920); their replies are read by [`Self::answer`].
    ///
    /// # Errors
    /// As [`Self::command`].
    pub(crate) async fn commands(&mut self, stage: Stage, commands: &str) -> Result<(), Failure> {
        let wire = &mut self.wire;
        within(stage, self.deadlines.reply(stage), async {
            silence(wire).await?;
            match wire.write(commands.as_bytes()).await {
                Ok(()) => Ok(()),
                Err(broken) => Err(last_words(wire).await.map_or(broken, |answer| Cause::Reply(answer.reply()))),
            }
        })
        .await
    }

    /// Reads one reply, whatever its code.
    ///
    /// # Errors
    /// Silence, a broken connection, or something unreadable.
    pub(crate) async fn answer(&mut self, stage: Stage) -> Result<Answer, Failure> {
        within(stage, self.deadlines.reply(stage), self.wire.answer()).await
    }

    /// Makes a connection that was kept ready for the next message; `false` if it is of no more use.
    pub(crate) async fn resume(&mut self) -> bool {
        match self.standing {
            Standing::Broken => false,
            // Its answers may be there already.
            _ if self.announced.is_some() => true,
            Standing::Ready => self.wire.overheard().await == Overheard::Silence,
            Standing::Refused => {
                let deadline = self.deadlines.reset;
                let reset = timeout(deadline, self.command(Stage::Mail, &Rset.to_string())).await;
                let ready = matches!(reset, Ok(Ok(Answer { code: 250, .. })));
                self.standing = if ready { Standing::Ready } else { Standing::Broken };
                ready
            }
        }
    }

    /// QUIT, if the connection is in step; waits for its reply no longer than for politeness. Where an envelope was
    /// announced, the server waits for content and would take QUIT for a line of it.
    pub(crate) async fn quit(&mut self) {
        if self.standing != Standing::Broken && self.announced.is_none() {
            let deadline = self.deadlines.quit;
            let _ = timeout(deadline, async {
                let _ = self.command(Stage::Mail, &Quit.to_string()).await;
                self.wire.shut_down().await;
            })
            .await;
        }
        self.standing = Standing::Broken;
    }
}

/// How long it is looked once more for what is there already.
const SECOND_LOOK: Duration = Duration::from_millis(100);

/// Gives a step its deadline and its failure the stage.
pub(crate) async fn within<T>(
    stage: Stage,
    deadline: Duration,
    step: impl Future<Output = Result<T, Cause>>,
) -> Result<T, Failure> {
    let mut step = std::pin::pin!(step);
    let mut result = timeout(deadline, step.as_mut()).await;
    if result.is_err() {
        // After a suspension the timer fires before it is seen what came meanwhile.
        result = timeout(SECOND_LOOK, step.as_mut()).await;
    }
    result.unwrap_or(Err(Cause::Timeout)).map_err(|cause| Failure::before_the_dot(stage, cause))
}

/// Before a command the server must have said nothing more than it was asked for; otherwise replies and commands are out
/// of step, and a reply to one would be taken for the reply to another.
pub(crate) async fn silence(wire: &mut Wire) -> Result<(), Cause> {
    match wire.overheard().await {
        Overheard::Silence => Ok(()),
        Overheard::End(words) => Err(Cause::Closed(words)),
        Overheard::Speech => {
            let answer = wire.answer().await?;
            if answer.is_refusal() {
                return Err(Cause::Reply(answer.reply()));
            }
            Err(Cause::Unreadable(format!("a reply that nobody had asked for: {}", answer.reply())))
        }
    }
}

/// After a write has failed: the refusal with which the server took its leave, if it has come.
pub(crate) async fn last_words(wire: &mut Wire) -> Option<Answer> {
    if wire.overheard().await != Overheard::Speech {
        return None;
    }
    wire.answer().await.ok().filter(Answer::is_refusal)
}
