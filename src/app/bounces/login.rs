//! `login --bounces`: a person signs in for the mailbox of what comes back, and the mailbox is opened once.

use crate::app::bounces::mailbox;
use crate::app::context::{App, Format};
use crate::app::fault::Fault;
use crate::app::hand_over::block_on;
use crate::app::login::sign_in;
use crate::exit::Exit;
use crate::settings::Settings;

/// Signs in as `[bounces.oauth]` says; `device` asks for a code although it says browser.
///
/// # Errors
/// [`Fault`] where the settings have no OAuth for a mailbox, the provider refuses, or the mailbox does not open.
pub fn login_to_mailbox(
    app: &mut App,
    settings: &Settings,
    device: bool,
    open: &dyn Fn(&str) -> bool,
) -> anyhow::Result<Exit> {
    let mailbox = settings.bounces.as_ref();
    let Some((mailbox, oauth)) = mailbox.and_then(|mailbox| Some((mailbox, mailbox.oauth.as_ref()?))) else {
        let fault = Fault::new(Exit::Usage, "weekcast.toml has no [bounces.oauth]");
        return Err(fault.help("login is for Microsoft 365 and Google; a password needs none").into());
    };
    let signed_in = sign_in(app, (&mailbox.username, oauth), device, open)?;
    block_on(async {
        mailbox::open(app, mailbox, true).await?.close().await;
        Ok(())
    })?;
    let taken_by = mailbox.describe();
    match app.format {
        Format::Text => app.streams.out(&format!("The mailbox opens: {taken_by}.\n"))?,
        Format::Json => app.streams.json(&signed_in.taken_by(taken_by))?,
    }
    Ok(Exit::Done)
}
