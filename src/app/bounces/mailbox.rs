//! The mails of a mailbox: what is unseen is read, and marked as seen once the record holds what it says.

use std::path::Path;
use std::sync::Arc;

use crate::app::bounces::collect::Reading;
use crate::app::connect::oauth_client;
use crate::app::context::App;
use crate::app::fault::Fault;
use crate::bounce::{LONGEST_MAIL, Mailto};
use crate::exit::Exit;
use crate::settings;
use crate::transport::{MOST_UNSEEN, Mailbox, MailboxError, MailboxSettings, Secret, TokenSource, TokenStore, Trust};

/// An open mailbox with the numbers of what was read.
pub(crate) struct OpenMailbox {
    mailbox: Mailbox,
    numbers: Vec<u32>,
}

/// Opens a mailbox and reads what is unseen. Says on the way where there is more than is read at once.
pub(crate) async fn read(
    app: &mut App,
    wanted: &MailboxSettings,
    mailto: Option<&Mailto>,
    look_only: bool,
) -> Result<(OpenMailbox, Vec<Reading>), Fault> {
    let mut mailbox = open(app, wanted, look_only).await?;
    let (numbers, all) = mailbox.unseen().await.map_err(fault)?;
    if all > numbers.len() {
        app.streams.err(&format!("{all} mails are unseen; {MOST_UNSEEN} are read now, the rest next time.\n"));
    }
    let mut readings = Vec::new();
    for number in &numbers {
        if let Some(mail) = mailbox.fetch(*number, LONGEST_MAIL).await.map_err(fault)? {
            readings.push(Reading::new(format!("{}/{number}", wanted.folder), &mail, mailto));
        }
    }
    Ok((OpenMailbox { mailbox, numbers }, readings))
}

/// Opens a mailbox; with `look_only` so that nothing can be marked.
pub(crate) async fn open(app: &App, wanted: &MailboxSettings, look_only: bool) -> Result<Mailbox, Fault> {
    let secret = secret(app, wanted)?;
    let trust = trust(app, wanted)?;
    Mailbox::open(wanted, &secret, &trust, look_only).await.map_err(fault)
}

impl OpenMailbox {
    /// Marks what was read as seen.
    pub(crate) async fn mark_seen(&mut self) -> Result<(), Fault> {
        self.mailbox.mark_seen(&self.numbers).await.map_err(fault)
    }

    /// Ends the session.
    pub(crate) async fn close(self) {
        self.mailbox.close().await;
    }
}

fn secret(app: &App, wanted: &MailboxSettings) -> Result<Secret, Fault> {
    if let Some(oauth) = &wanted.oauth {
        let client = oauth_client(app, oauth)?;
        let store = TokenStore::new(oauth, &wanted.username, app.project.root());
        return Ok(Secret::Token(Arc::new(TokenSource::new(client, store, Arc::clone(&app.clock)))));
    }
    let Some(source) = &wanted.password else {
        let message = format!("[bounces] in weekcast.toml does not say how {} signs in", wanted.describe());
        return Err(Fault::new(Exit::Config, message)
            .help("write host, username and password = { env = \"…\" } (or { file | command = … }) there"));
    };
    let secret = settings::resolve(source, app.project.root()).map_err(|error| {
        Fault::new(Exit::Config, error.to_string()).help("`password` in [bounces] says where the password is")
    })?;
    Ok(Secret::Fixed(secret))
}

fn trust(app: &App, wanted: &MailboxSettings) -> Result<Trust, Fault> {
    let Some(file) = &wanted.ca_file else { return Ok(Trust::System) };
    let path = app.project.root().join(Path::new(file.value()));
    let pem = std::fs::read(&path).map_err(|error| {
        Fault::new(Exit::Config, format!("`ca_file` \"{}\" of [bounces] cannot be read: {error}", file.value()))
    })?;
    Trust::from_pem(&pem).map_err(|error| Fault::new(Exit::Config, error.to_string()))
}

fn fault(error: MailboxError) -> Fault {
    let help = match &error {
        MailboxError::Refused(_) => "look at `username` and at where `password` of [bounces] is kept",
        MailboxError::Token(_) => "show IT this answer, and [bounces.oauth] in weekcast.toml",
        MailboxError::Command { .. } => {
            "look whether the folder has this name; nothing was lost, the mails are still there"
        }
        _ => "look whether the address is right and the network there, then give the same command again",
    };
    Fault::new(Exit::Unavailable, error.to_string()).help(help)
}
