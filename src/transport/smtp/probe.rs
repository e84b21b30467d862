//! A look at a server without a message: up to MAIL, which says whether the sender may send, and back.

use lettre::transport::smtp::commands::Mail;

use crate::model::Address;
use crate::transport::interface::{Failure, Stage};
use crate::transport::smtp::client::connect;
use crate::transport::smtp::endpoint::Endpoint;
use crate::transport::smtp::envelope::on_the_wire;

/// Connects, signs in, offers a message of this sender and takes it back. Returns what the server offers, in words.
///
/// # Errors
/// The [`Failure`] that a delivery would meet, up to [`Stage::Mail`].
pub(crate) async fn probe(endpoint: &Endpoint, sender: &Address) -> Result<String, Failure> {
    let mut session = connect(endpoint, sender.domain()).await?;
    let mail = Mail::new(Some(on_the_wire(sender)), Vec::new()).to_string();
    let answer = session.command(Stage::Mail, &mail).await?;
    let taken = answer.expect(Stage::Mail, &[250], "MAIL");
    // QUIT ends the transaction too (RFC 5321 §4.1.1.10); nothing was handed over.
    session.quit().await;
    taken?;
    let size = session
        .offer
        .size
        .map_or_else(|| "no limit of size named".to_owned(), |size| format!("messages up to {} MB", size / 1_000_000));
    let pipelining = if session.offer.pipelining { "several commands at a time" } else { "one command at a time" };
    Ok(format!("{size}, {pipelining}"))
}
