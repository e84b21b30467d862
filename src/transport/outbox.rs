//! The outbox: a folder that takes the place of a mail server. Each message becomes one `.eml` file, whole or not at all:
//! written under a temporary name, synced, and renamed. The rename is what the terminating dot is to SMTP.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::DateTime;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::model::{Envelope, Message, Reply};
use crate::transport::interface::{Cause, Dot, Failure, Future, Gate, Stage, Transport};

/// Writes into one folder.
pub(crate) struct Outbox {
    folder: PathBuf,
    shown: String,
}

impl Outbox {
    /// A folder that is made when it is first used; `shown` is its name in replies.
    pub(crate) fn new(folder: PathBuf, shown: String) -> Self {
        Self { folder, shown }
    }

    async fn put(&self, message: &Message, gate: &dyn Gate) -> Result<Reply, Failure> {
        let name = file_name(message);
        let paths = Arc::new(Paths {
            temporary: self.folder.join(format!(".{name}.part")),
            last: self.folder.join(&name),
            folder: self.folder.clone(),
        });
        let (for_writing, bytes) = (Arc::clone(&paths), message.bytes.clone());
        on_disk(move || for_writing.write(&bytes))
            .await
            .map_err(|error| Failure::before_the_dot(Stage::Body, self.disk(&error)))?;
        if !gate.pass().await {
            let _ = on_disk(move || fs::remove_file(&paths.temporary)).await;
            return Err(Failure::before_the_dot(Stage::Body, Cause::Gate));
        }
        let for_renaming = Arc::clone(&paths);
        if let Err(error) = on_disk(move || for_renaming.rename()).await {
            // While the temporary file is there, the rename has not happened.
            let dot = if paths.temporary.exists() { Dot::NotSent } else { Dot::MayBeOut };
            return Err(Failure { stage: Stage::EndOfData, cause: self.disk(&error), dot });
        }
        Ok(Reply::of_folder(&format!("{}/{name}", self.shown)))
    }

    fn disk(&self, error: &io::Error) -> Cause {
        Cause::Disk(format!("the folder {}/ cannot be written: {error}", self.shown))
    }
}

impl Transport for Outbox {
    fn deliver<'a>(
        &'a mut self,
        message: &'a Message,
        _then: Option<&'a Envelope>,
        gate: &'a dyn Gate,
    ) -> Future<'a, Result<Reply, Failure>> {
        Box::pin(self.put(message, gate))
    }

    fn close(&mut self) -> Future<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

struct Paths {
    folder: PathBuf,
    temporary: PathBuf,
    last: PathBuf,
}

impl Paths {
    /// Leaves the whole message synced under its temporary name.
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        make_folder(&self.folder)?;
        // One of a run that died; its name is this message's alone.
        match fs::remove_file(&self.temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let written = private_file(&self.temporary).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        if written.is_err() {
            let _ = fs::remove_file(&self.temporary);
        }
        written
    }

    fn rename(&self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.last)?;
        sync_folder(&self.folder)
    }
}

/// Off the threads that serve connections: syncing may take long.
async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// The same for each attempt at a message, so that a second attempt replaces the first: date, recipient, and a digest of
/// Message-ID and recipient.
fn file_name(message: &Message) -> String {
    let header = header(&message.bytes);
    let recipient = message.envelope.forward_path.as_str();
    let identity = header.message_id.unwrap_or(&message.bytes);
    let digest = Sha256::new().chain_update(identity).chain_update([0]).chain_update(recipient).finalize();
    let digest = HEXLOWER.encode(&digest[..6]);
    let plain = |c: char| if c.is_ascii_alphanumeric() || "@.+-_".contains(c) { c } else { '-' };
    let recipient: String = recipient.chars().take(100).map(plain).collect();
    let day = header
        .date
        .and_then(|date| DateTime::parse_from_rfc2822(date.trim()).ok())
        .map_or(String::new(), |date| format!("{}_", date.format("%Y-%m-%d")));
    format!("{day}{recipient}_{digest}.eml")
}

#[derive(Default)]
struct Header<'a> {
    message_id: Option<&'a [u8]>,
    date: Option<&'a str>,
}

/// `Message-ID` and `Date` from the first lines, up to the empty one; neither is ever folded by us.
fn header(bytes: &[u8]) -> Header<'_> {
    let mut header = Header::default();
    for line in bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).take_while(|line| !line.is_empty()) {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"Message-ID") && !value.is_empty() {
            header.message_id = header.message_id.or(Some(value));
        } else if name.eq_ignore_ascii_case(b"Date") {
            header.date = header.date.or(std::str::from_utf8(value).ok());
        }
    }
    header
}

/// The folder holds personal data: when it is made, it is its owner's alone.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the rename durable; Windows does so itself and cannot open folders.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests;
