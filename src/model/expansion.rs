//! What the lists of one day come to.

use crate::model::address::Address;
use crate::model::file_reading::BadRow;
use crate::model::list_name::ListName;
use crate::model::people::People;

/// The unique people of some lists, in a stable order, and who was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expansion {
    /// Each once, with all the lists that they were found in.
    pub recipients: People,
    /// Who an `exclude` took out, and which list named them.
    pub excluded: Vec<(Address, ListName)>,
    /// Rows of files that are left out because they cannot be used, with the list of each.
    pub bad_rows: Vec<(BadRow, ListName)>,
}
