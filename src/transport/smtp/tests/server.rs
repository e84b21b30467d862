//! The server of these tests: obliging, except where it is told what to do instead.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use rustls::ServerConfig;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, duplex};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::model::{Address, Envelope, Message};
use crate::transport::deadlines::Deadlines;
use crate::transport::interface::{Failure, Future, Gate};
use crate::transport::smtp::content::Content;
use crate::transport::smtp::endpoint::{Endpoint, Secured};
use crate::transport::smtp::session::Session;
use crate::transport::smtp::wire::Stream;

/// A moment at which the server has something to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    Dot,
    Rset,
}

/// What it does then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Act {
    /// Says these octets.
    Say(Vec<u8>),
    /// Says these, and closes.
    SayAndClose(Vec<u8>),
    /// Closes.
    Close,
    /// Says nothing any more, and stays.
    Silence,
    /// One octet a minute, for ever.
    Drip,
    /// Says these, reads so many octets of the content, and closes.
    ReadAndClose(Vec<u8>, usize),
    /// Says 354, reads one octet of the content, says these, and reads no more.
    Interrupt(Vec<u8>),
    /// Says 354, reads one octet of the content, says these, and takes the rest as if nothing had been said.
    SpeakEarly(Vec<u8>),
}

pub(crate) fn say(text: &str) -> Act {
    Act::Say(text.as_bytes().to_vec())
}

/// The server's plan and its memory.
#[derive(Clone, Default)]
pub(crate) struct Server {
    pub(crate) offer: Vec<&'static str>,
    acts: Arc<Mutex<VecDeque<(At, Act)>>>,
    heard: Arc<Mutex<Vec<String>>>,
    pub(crate) tls: Option<Arc<ServerConfig>>,
    /// Answers MAIL, RCPT and DATA only when all three are there.
    pub(crate) wants_pipelining: bool,
}

impl Server {
    pub(crate) fn offering(offer: &[&'static str]) -> Self {
        Self { offer: offer.to_vec(), ..Self::default() }
    }

    /// Adds something to do the next time that this moment comes.
    pub(crate) fn act(self, at: At, act: Act) -> Self {
        self.acts.lock().unwrap().push_back((at, act));
        self
    }

    /// Every line so far; a content is one line `<…>`.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    fn hear(&self, line: &str) {
        self.heard.lock().unwrap().push(line.to_owned());
    }

    fn due(&self, at: At) -> Option<Act> {
        let mut acts = self.acts.lock().unwrap();
        let index = acts.iter().position(|(when, _)| *when == at)?;
        acts.remove(index).map(|(_, act)| act)
    }

    /// A pipe to this server.
    pub(crate) fn pipe(&self) -> DuplexStream {
        let (near, far) = duplex(65_536);
        self.start(Box::new(far));
        near
    }

    pub(crate) fn start(&self, stream: Box<dyn Stream>) -> JoinHandle<()> {
        let server = self.clone();
        tokio::spawn(async move {
            server.serve(stream).await;
        })
    }

    async fn serve(&self, stream: Box<dyn Stream>) -> Option<()> {
        let mut stream = BufReader::new(stream);
        self.answer(&mut stream, At::Greeting, "220 mx.test\r\n").await?;
        let mut held = Vec::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let line = line.trim_end_matches("\r\n").to_owned();
            self.hear(&line);
            match line.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => {
                    let mut lines: Vec<&str> = vec!["mx.test"];
                    lines.extend(&self.offer);
                    let last = lines.pop().unwrap();
                    let all: String = lines.iter().map(|line| format!("250-{line}\r\n")).collect();
                    self.answer(&mut stream, At::Ehlo, &format!("{all}250 {last}\r\n")).await?;
                }
                "STARTTLS" => {
                    self.answer(&mut stream, At::StartTls, "220 go\r\n").await?;
                    let acceptor = TlsAcceptor::from(self.tls.clone()?);
                    let stream_inside: Box<dyn Stream> = Box::new(acceptor.accept(stream.into_inner()).await.ok()?);
                    stream = BufReader::new(stream_inside);
                    self.hear("(TLS)");
                }
                "MAIL" | "RCPT" if self.wants_pipelining => {
                    held.push(if line.starts_with('M') { At::Mail } else { At::Rcpt })
                }
                "MAIL" => let_go(self.answer(&mut stream, At::Mail, "250 2.1.0 ok\r\n").await?),
                "RCPT" => let_go(self.answer(&mut stream, At::Rcpt, "250 2.1.5 ok\r\n").await?),
                "DATA" => {
                    for at in held.drain(..) {
                        self.answer(&mut stream, at, "250 ok\r\n").await?;
                    }
                    if self.answer(&mut stream, At::Data, "354 go\r\n").await? {
                        self.content(&mut stream).await?;
                    }
                }
                "RSET" => let_go(self.answer(&mut stream, At::Rset, "250 2.0.0 ok\r\n").await?),
                "QUIT" => {
                    stream.write_all(b"221 bye\r\n").await.ok()?;
                    return None;
                }
                _ => let_go(self.answer(&mut stream, At::Auth, "500 what\r\n").await?),
            };
        }
    }

    async fn content(&self, stream: &mut BufReader<Box<dyn Stream>>) -> Option<()> {
        let mut content = String::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                self.hear(&format!("<{content}{line}"));
                return None;
            }
            if line == ".\r\n" {
                break;
            }
            content.push_str(&line);
        }
        self.hear(&format!("<{content}>"));
        self.answer(stream, At::Dot, "250 2.0.0 queued\r\n").await.map(|_| ())
    }

    /// Whether the usual was said, or something that begins with 354.
    async fn answer(&self, stream: &mut BufReader<Box<dyn Stream>>, at: At, usual: &str) -> Option<bool> {
        match self.due(at) {
            None => stream.write_all(usual.as_bytes()).await.ok()?,
            Some(Act::Say(octets)) => {
                stream.write_all(&octets).await.ok()?;
                stream.flush().await.ok()?;
                return Some(octets.starts_with(b"354") && at == At::Data);
            }
            Some(Act::SayAndClose(octets)) => {
                stream.write_all(&octets).await.ok()?;
                stream.flush().await.ok()?;
                return None;
            }
            Some(Act::Close) => return None,
            Some(Act::Silence) => std::future::pending().await,
            Some(Act::Drip) => loop {
                stream.write_all(b"2").await.ok()?;
                tokio::time::sleep(std::time::Duration::from_secs(60)).await;
            },
            Some(Act::Interrupt(octets)) => {
                stream.write_all(b"354 go\r\n").await.ok()?;
                tokio::io::AsyncReadExt::read_u8(stream).await.ok()?;
                stream.write_all(&octets).await.ok()?;
                std::future::pending().await
            }
            Some(Act::SpeakEarly(octets)) => {
                stream.write_all(b"354 go\r\n").await.ok()?;
                stream.fill_buf().await.ok()?;
                stream.write_all(&octets).await.ok()?;
            }
            Some(Act::ReadAndClose(octets, count)) => {
                stream.write_all(&octets).await.ok()?;
                let mut read = vec![0; count];
                tokio::io::AsyncReadExt::read_exact(stream, &mut read).await.ok()?;
                return None;
            }
        }
        stream.flush().await.ok()?;
        Some(true)
    }
}

fn let_go(_: bool) {}

/// A gate with a fixed answer that remembers whether it was asked.
pub(crate) struct Answering {
    pub(crate) answer: bool,
    pub(crate) asked: std::sync::atomic::AtomicUsize,
}

impl Answering {
    pub(crate) fn with(answer: bool) -> Self {
        Self { answer, asked: std::sync::atomic::AtomicUsize::new(0) }
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(std::sync::atomic::Ordering::SeqCst)
    }
}

impl Gate for Answering {
    fn pass(&self) -> Future<'_, bool> {
        self.asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Box::pin(std::future::ready(self.answer))
    }
}

pub(crate) fn envelope() -> Envelope {
    Envelope {
        reverse_path: Address::parse("board@board.example").unwrap(),
        forward_path: Address::parse("asha@school.example").unwrap(),
        envelope_id: Some("a+b=c.20270315@board.example".to_owned()),
    }
}

pub(crate) const LETTER: &str = "Subject: x\r\n\r\n.dot\r\n";

pub(crate) fn message() -> Message {
    Message { envelope: envelope(), bytes: LETTER.as_bytes().to_vec() }
}

pub(crate) fn content() -> Content {
    Content::of(LETTER.as_bytes()).unwrap()
}

pub(crate) fn endpoint(secured: Secured) -> Endpoint {
    Endpoint {
        host: "mx.test".to_owned(),
        port: 25,
        secured,
        credentials: None,
        announcing: std::sync::Arc::default(),
        hello_name: None,
        deadlines: Deadlines::default(),
    }
}

/// A session on a pipe to the server.
pub(crate) async fn session(server: &Server) -> Result<Session, Failure> {
    Session::open(Box::new(server.pipe()), &endpoint(Secured::Loopback), "board.example").await
}
