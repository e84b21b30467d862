//! What the lists of one day come to.

use std::sync::Arc;

use crate::model::address::Address;
use crate::model::list_name::ListName;
use crate::model::recipient::Recipient;

/// The unique people of some lists, in a stable order, and who was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expansion {
    /// Each once, with all the lists that they were found in; shared, because there may be a million.
    pub recipients: Arc<Vec<Recipient>>,
    /// Who an `exclude` took out, and which list named them.
    pub excluded: Vec<(Address, ListName)>,
}
