//! One connection of a client: lines in, replies out, messages to the store.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncWriteExt, BufWriter};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::watch;

use crate::catcher::dialogue::{Answer, Dialogue, SIZE_LIMIT, Transaction};
use crate::catcher::input::{Ending, Input, Line};
use crate::catcher::store::Store;

/// One connection.
pub struct Session {
    input: Input,
    output: BufWriter<OwnedWriteHalf>,
    dialogue: Dialogue,
    store: Arc<Store>,
}

impl Session {
    /// A connection that was just accepted.
    pub fn new(stream: TcpStream, store: Arc<Store>, stop: watch::Receiver<bool>) -> Self {
        let (read, write) = stream.into_split();
        let (input, output) = (Input::new(read, stop), BufWriter::new(write));
        Self { input, output, dialogue: Dialogue::default(), store }
    }

    /// Serves the client until one of both has enough. A broken connection concerns only the client.
    pub async fn serve(mut self) {
        let farewell = match self.converse().await {
            Ok(farewell) => farewell,
            Err(Ending::Gone) => return,
            Err(Ending::Silent) => "421 4.4.2 silent for too long".to_owned(),
            Err(Ending::Stopping) => "421 4.3.2 the catcher stops".to_owned(),
        };
        let _ = self.reply(&farewell).await;
        let _ = self.output.shutdown().await;
    }

    /// Returns the last reply after QUIT.
    async fn converse(&mut self) -> Result<String, Ending> {
        self.reply(Dialogue::GREETING).await?;
        loop {
            if !self.input.has_line() {
                self.output.flush().await?;
            }
            let answer = match self.input.line().await? {
                Line::Whole(line) => self.dialogue.answer(&line),
                Line::TooLong => Answer::Reply("500 5.5.2 line too long".to_owned()),
                Line::BareLf => Answer::Reply("500 5.5.2 lines end with CRLF".to_owned()),
            };
            match answer {
                Answer::Reply(reply) => self.reply(&reply).await?,
                Answer::ReadData(transaction) => self.read_data(transaction).await?,
                Answer::Close(farewell) => return Ok(farewell),
            }
        }
    }

    async fn read_data(&mut self, transaction: Transaction) -> Result<(), Ending> {
        self.reply("354 end with a dot on a line by itself").await?;
        self.output.flush().await?;
        let reply = match self.input.mail_data(SIZE_LIMIT).await?.finish() {
            Ok(message) => self.keep(transaction, message).await,
            Err(fault) => fault.to_string(),
        };
        Ok(self.reply(&reply).await?)
    }

    async fn keep(&self, transaction: Transaction, message: Vec<u8>) -> String {
        let store = Arc::clone(&self.store);
        let kept = tokio::task::spawn_blocking(move || store.keep(&transaction, &message)).await;
        match kept {
            Ok(Ok(())) => "250 2.0.0 caught".to_owned(),
            Ok(Err(error)) => format!("452 4.3.1 cannot write the message: {}", error.kind()),
            Err(_) => "451 4.3.0 local error".to_owned(),
        }
    }

    async fn reply(&mut self, reply: &str) -> io::Result<()> {
        self.output.write_all(reply.as_bytes()).await?;
        self.output.write_all(b"\r\n").await
    }
}
