//! One session with a mailbox: connect, sign in, open the folder, fetch what is unseen, mark it as seen.

use std::sync::Arc;
use std::time::Duration;

use async_imap::error::{Error, Result as ImapResult};
use async_imap::{Client, Session};
use futures_util::TryStreamExt as _;
use rustls::pki_types::ServerName;
use secrecy::ExposeSecret as _;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::transport::imap::authenticator::XOAuth2;
use crate::transport::imap::error::MailboxError;
use crate::transport::imap::metered::{Allowance, Metered, Wire};
use crate::transport::settings::{MailboxSettings, Security};
use crate::transport::smtp::{Secret, Trust};

/// The most mails that are read in one session; the rest stays unseen for the next.
pub const MOST_UNSEEN: usize = 2_000;

/// How long one command may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a server may say besides the octets of a mail.
const TALK: u64 = 1024 * 1024;

/// The list of unseen mails of a very full folder.
const LONG_TALK: u64 = 16 * TALK;

/// An open folder.
pub struct Mailbox {
    session: Session<Metered>,
    left: Allowance,
}

impl Mailbox {
    /// Opens the folder; with `look_only` so that nothing can be marked.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn open(
        settings: &MailboxSettings,
        secret: &Secret,
        trust: &Trust,
        look_only: bool,
    ) -> Result<Self, MailboxError> {
        let left = Allowance::default();
        left.set(TALK);
        let wire = connected(settings, trust).await?;
        let mut client = Client::new(Metered::new(wire, left.clone()));
        let unreachable = |words: String| MailboxError::Unreachable(settings.host.clone(), words);
        let greeting =
            timeout(PATIENCE, client.read_response()).await.map_err(|_| MailboxError::Timeout("greeting"))?;
        if greeting.map_err(|error| unreachable(error.to_string()))?.is_none() {
            return Err(unreachable("it closed the connection".to_owned()));
        }
        let session = signed_in(client, &settings.username, secret).await?;
        let mut mailbox = Self { session, left };
        let opened = async {
            match look_only {
                true => mailbox.session.examine(&settings.folder).await,
                false => mailbox.session.select(&settings.folder).await,
            }
        };
        in_time("opening the folder", opened).await?;
        Ok(mailbox)
    }

    /// The numbers (UIDs) of unseen mails, oldest first, at most [`MOST_UNSEEN`], and how many there are in all.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn unseen(&mut self) -> Result<(Vec<u32>, usize), MailboxError> {
        self.left.set(LONG_TALK);
        let found = in_time("searching", self.session.uid_search("UNSEEN UNDELETED")).await?;
        let mut numbers: Vec<u32> = found.into_iter().collect();
        numbers.sort_unstable();
        let all = numbers.len();
        numbers.truncate(MOST_UNSEEN);
        Ok((numbers, all))
    }

    /// The first `longest` octets of a mail; none if it has gone. It stays unseen.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn fetch(&mut self, number: u32, longest: usize) -> Result<Option<Vec<u8>>, MailboxError> {
        self.left.set(TALK + longest as u64);
        let query = format!("(UID BODY.PEEK[]<0.{longest}>)");
        let answer = async {
            let fetched: Vec<_> = self.session.uid_fetch(number.to_string(), query).await?.try_collect().await?;
            let ours = fetched.iter().find(|one| one.uid == Some(number));
            Ok(ours.and_then(|one| one.body()).map(<[u8]>::to_vec))
        };
        in_time("fetching", answer).await
    }

    /// Marks mails as seen.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub async fn mark_seen(&mut self, numbers: &[u32]) -> Result<(), MailboxError> {
        // A command line must not grow without end (RFC 9051 §4: servers may limit it).
        for some in numbers.chunks(500) {
            self.left.set(TALK);
            let set = some.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
            let answer = async {
                let stored = self.session.uid_store(&set, "+FLAGS.SILENT (\\Seen)").await?;
                stored.try_collect::<Vec<_>>().await.map(|_| ())
            };
            in_time("marking as seen", answer).await?;
        }
        Ok(())
    }

    /// Says goodbye; a failure there harms nothing.
    pub async fn close(mut self) {
        self.left.set(TALK);
        let _ = timeout(PATIENCE, self.session.logout()).await;
    }
}

async fn in_time<T>(step: &'static str, answer: impl Future<Output = ImapResult<T>>) -> Result<T, MailboxError> {
    let answer = timeout(PATIENCE, answer).await.map_err(|_| MailboxError::Timeout(step))?;
    answer.map_err(|error| MailboxError::Command { step, words: words(&error) })
}

/// The server's own words where it said no.
fn words(error: &Error) -> String {
    match error {
        Error::No(words) | Error::Bad(words) => words.clone(),
        other => other.to_string(),
    }
}

async fn signed_in(client: Client<Metered>, username: &str, secret: &Secret) -> Result<Session<Metered>, MailboxError> {
    let attempt = async {
        match secret {
            Secret::Fixed(password) => client.login(username, password.expose_secret()).await,
            Secret::Token(source) => {
                let source = Arc::clone(source);
                let token = tokio::task::spawn_blocking(move || source.access_token()).await;
                let token = match token {
                    Ok(Ok(token)) => token,
                    Ok(Err(error)) => return Err(MailboxError::Token(format!("{error}; {}", error.help()))),
                    Err(error) => return Err(MailboxError::Token(error.to_string())),
                };
                client.authenticate("XOAUTH2", XOAuth2::new(username, &token)).await
            }
        }
        .map_err(|(error, _)| MailboxError::Refused(words(&error)))
    };
    timeout(PATIENCE, attempt).await.map_err(|_| MailboxError::Timeout("sign-in"))?
}

async fn connected(settings: &MailboxSettings, trust: &Trust) -> Result<Box<dyn Wire>, MailboxError> {
    let unreachable = |words: String| MailboxError::Unreachable(settings.host.clone(), words);
    let plain = settings.security == Security::None;
    let found = timeout(PATIENCE, lookup_host((settings.host.as_str(), settings.port))).await;
    let found = found.map_err(|_| MailboxError::Timeout("name"))?.map_err(|error| unreachable(error.to_string()))?;
    let mut last = "the name has no address".to_owned();
    for address in found.take(8) {
        if plain && !address.ip().to_canonical().is_loopback() {
            last = "it is not this computer, and without encryption no other is read".to_owned();
            continue;
        }
        match timeout(PATIENCE, TcpStream::connect(address)).await {
            Err(_) => last = "no answer in time".to_owned(),
            Ok(Err(error)) => last = error.to_string(),
            Ok(Ok(stream)) if plain => return Ok(Box::new(stream)),
            Ok(Ok(stream)) => {
                let name =
                    ServerName::try_from(settings.host.clone()).map_err(|error| unreachable(error.to_string()))?;
                let config = trust.client_config().map_err(|error| unreachable(error.to_string()))?;
                let shaken = timeout(PATIENCE, TlsConnector::from(Arc::new(config)).connect(name, stream)).await;
                let stream = shaken.map_err(|_| MailboxError::Timeout("TLS"))?;
                return Ok(Box::new(stream.map_err(|error| unreachable(error.to_string()))?));
            }
        }
    }
    Err(unreachable(last))
}
