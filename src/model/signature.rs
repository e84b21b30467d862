//! The signature block below each broadcast.

use crate::model::place::Place;
use crate::model::text::Text;

/// `[signature]` of a week file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The sender's name or role name.
    pub name: Text,
    /// Their role.
    pub role: Option<Text>,
    /// Their organisation.
    pub organisation: Option<Text>,
    /// Where they work.
    pub location: Option<Text>,
    /// Telephone numbers with labels.
    pub phones: Vec<Phone>,
    /// Their address.
    pub email: Option<Text>,
    /// A picture in the week's own folder.
    pub logo: Option<Text>,
    /// Its alternative text.
    pub logo_alt: Option<Text>,
    /// The table as a whole.
    pub place: Place,
}

/// One telephone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Such as `External`.
    pub label: Option<Text>,
    /// The number as written.
    pub number: Text,
}
