//! Addresses that must not be mailed.

use chrono::{DateTime, Utc};

use crate::model::address::AddressKey;
use crate::model::list_name::ListName;

/// One opt-out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// Who. A person who was forgotten stands here under a pseudonym.
    pub key: AddressKey,
    /// From which list; `None` is from everything.
    pub list: Option<ListName>,
    /// Why.
    pub reason: String,
    /// Who or what recorded it: a person's name, or one of the words below.
    pub source: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Suppression {
    /// The source of an opt-out that a bounce led to.
    pub const BOUNCE: &'static str = "bounce";
    /// The source of an opt-out that came as a mail to the unsubscribe address.
    pub const UNSUBSCRIBE: &'static str = "unsubscribe mail";
    /// The source of an opt-out of somebody who marked a message as unwanted.
    pub const COMPLAINT: &'static str = "complaint";
    /// The source of the mark that is left of a person who was forgotten.
    pub const FORGOTTEN: &'static str = "forgotten";
}
