//! Addresses that must not be mailed.

use chrono::{DateTime, Utc};

use crate::model::address::AddressKey;

/// One opt-out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// Who.
    pub key: AddressKey,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: DateTime<Utc>,
}
