//! The transport over SMTP: connects when it is first used, keeps the connection between messages, connects again after
//! failures.

use std::sync::Arc;

use crate::model::{Envelope, Message, Reply};
use crate::transport::interface::{Cause, Failure, Future, Gate, Stage, Transport};
use crate::transport::smtp::content::Content;
use crate::transport::smtp::dial::dial;
use crate::transport::smtp::endpoint::Endpoint;
use crate::transport::smtp::session::{Session, Standing};

/// One worker's connection.
pub(crate) struct SmtpClient {
    endpoint: Arc<Endpoint>,
    session: Option<Session>,
    /// Used for one message after the other.
    buffer: Vec<u8>,
}

impl SmtpClient {
    /// Not connected yet.
    pub(crate) fn new(endpoint: Arc<Endpoint>) -> Self {
        Self { endpoint, session: None, buffer: Vec::new() }
    }

    /// Connects, signs in and says QUIT, for looking whether the settings are right.
    ///
    /// # Errors
    /// As [`Transport::deliver`], up to [`Stage::SignIn`].
    pub(crate) async fn check(endpoint: &Endpoint, hello: &str) -> Result<(), Failure> {
        let mut session = connect(endpoint, hello).await?;
        session.quit().await;
        Ok(())
    }

    async fn hand_over(
        &mut self,
        message: &Message,
        then: Option<&Envelope>,
        gate: &dyn Gate,
    ) -> Result<Reply, Failure> {
        // Of another server behind the same name, it may not be true; then nothing is announced.
        let dsn = self.session.as_ref().is_some_and(|session| session.offer.dsn);
        let content = Content::in_buffer(std::mem::take(&mut self.buffer), &message.bytes)
            .map_err(|words| Failure::before_the_dot(Stage::Mail, Cause::Message(words)))?
            .announcing(then, dsn);
        let result = self.transact(&message.envelope, &content, gate).await;
        self.buffer = content.into_buffer();
        result
    }

    async fn transact(&mut self, envelope: &Envelope, content: &Content, gate: &dyn Gate) -> Result<Reply, Failure> {
        // The session is taken out, so that one that is dropped in the middle is never used again.
        if let Some(mut session) = self.session.take()
            && session.resume().await
        {
            let result = session.hand_over(envelope, content, gate).await;
            if !worn_out(&result) {
                self.keep(session);
                return result;
            }
        }
        let mut session = connect(&self.endpoint, envelope.reverse_path.domain()).await?;
        let result = session.hand_over(envelope, content, gate).await;
        self.keep(session);
        result
    }

    fn keep(&mut self, session: Session) {
        if session.standing != Standing::Broken {
            self.session = Some(session);
        }
    }
}

impl Transport for SmtpClient {
    fn deliver<'a>(
        &'a mut self,
        message: &'a Message,
        then: Option<&'a Envelope>,
        gate: &'a dyn Gate,
    ) -> Future<'a, Result<Reply, Failure>> {
        Box::pin(self.hand_over(message, then, gate))
    }

    fn close(&mut self) -> Future<'_, ()> {
        Box::pin(async {
            if let Some(mut session) = self.session.take() {
                session.quit().await;
            }
        })
    }
}

/// `hello` is the name in EHLO where the settings give none.
pub(crate) async fn connect(endpoint: &Endpoint, hello: &str) -> Result<Session, Failure> {
    let stream = Box::new(dial(endpoint).await?);
    let hello = endpoint.hello_name.as_deref().unwrap_or(hello);
    Session::open(stream, endpoint, hello).await
}

/// Whether a connection that was kept ended at MAIL, as idle or after its share of messages, or has forgotten who signed
/// in. No content can have been sent then, so a new connection may try it, once.
fn worn_out(result: &Result<Reply, Failure>) -> bool {
    let Err(Failure { stage: Stage::Mail, cause, .. }) = result else { return false };
    match cause {
        Cause::Closed(_) => true,
        Cause::Reply(reply) => matches!(reply.code, 421 | 530),
        _ => false,
    }
}
