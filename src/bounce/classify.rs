//! From the octets of a mail to what it says. Any octets will do: whoever can write to the mailbox decides what they are.

use chrono::{DateTime, Utc};

use crate::bounce::answers::{Mailto, feedback, is_automatic, is_unsubscribe, writer};
use crate::bounce::delivery_status;
use crate::bounce::kind::Kind;
use crate::bounce::note;
use crate::bounce::parts::Parts;
use crate::bounce::report::{Report, Reported};
use crate::model::Address;

/// The most octets of a mail that are looked at; the rest is part of the returned message.
pub const LONGEST_MAIL: usize = 4 * 1024 * 1024;

/// Whether it may be a Message-ID or an envelope id: nothing that ends one, or a line.
fn is_identifier(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>'))
}

/// Reads a mail. `mailto` is the mailbox for requests to unsubscribe, if there is one.
#[must_use]
pub fn classify(octets: &[u8], mailto: Option<&Mailto>) -> Report {
    let parts = Parts::read(octets.get(..LONGEST_MAIL).unwrap_or(octets));
    let read = read(&parts, mailto);
    let mut message_ids = parts.returned.as_ref().map(|fields| fields.ids("message-id")).unwrap_or_default();
    message_ids.extend(read.more_ids);
    for name in ["in-reply-to", "references", "x-original-message-id"] {
        message_ids.extend(parts.header.ids(name));
    }
    let mut seen = Vec::new();
    message_ids.retain(|id| {
        seen.len() < 40 && is_identifier(id) && !seen.contains(id) && {
            seen.push(id.clone());
            true
        }
    });
    Report {
        kind: read.kind,
        form: read.form,
        recipients: read.recipients,
        message_ids,
        sender: parts.from.first().and_then(|address| Address::parse(address).ok()),
        date: parts.date.and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0)),
    }
}

struct Read {
    kind: Kind,
    form: &'static str,
    recipients: Vec<Reported>,
    more_ids: Vec<String>,
}

impl Read {
    fn new(kind: Kind, form: &'static str, recipients: Vec<Reported>) -> Self {
        Self { kind, form, recipients, more_ids: Vec::new() }
    }
}

fn read(parts: &Parts, mailto: Option<&Mailto>) -> Read {
    if let Some(report) = &parts.feedback {
        let (kind, recipients) = feedback(report, parts.returned.as_ref());
        return Read::new(kind, "RFC 5965", recipients);
    }
    if let Some((kind, recipients, more_ids)) = parts.status.as_deref().and_then(delivery_status::read) {
        let form = if parts.is_report("delivery-status") { "RFC 3464" } else { "RFC 3464, loosely" };
        return Read { more_ids, ..Read::new(kind, form, recipients) };
    }
    if parts.disposition {
        return Read::new(Kind::Other, "RFC 8098", Vec::new());
    }
    if let Some(note) = note::read(parts) {
        return Read { more_ids: note.message_ids, ..Read::new(note.kind, note.form, note.recipients) };
    }
    if is_automatic(parts) {
        return Read::new(Kind::AutoReply, "RFC 3834", writer(parts, None));
    }
    if is_unsubscribe(parts, mailto) {
        return Read::new(Kind::Unsubscribe, "RFC 2369", writer(parts, None));
    }
    Read::new(Kind::Other, "", writer(parts, None))
}
