//! Who the broadcasts come from: `[sender]` of the settings.

use crate::model::address::Address;
use crate::model::place::Place;

/// The sender of every message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Display name of `From`.
    pub name: Option<String>,
    /// Address of `From`, and the reverse path of the envelope.
    pub address: Address,
    /// Where answers go, if elsewhere: display name and address.
    pub reply_to: Option<(Option<String>, Address)>,
    /// Right side of Message-ID, Content-ID and List-Id.
    pub message_id_domain: String,
    /// How to stop.
    pub unsubscribe: Option<Unsubscribe>,
    /// Where it is written.
    pub place: Place,
}

/// `unsubscribe`: one or both ways (RFC 2369, RFC 8058).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unsubscribe {
    /// `mailto:…`.
    pub mailto: Option<String>,
    /// `https://…`, which takes a POST.
    pub https: Option<String>,
}
