//! To whom a sending command sends.

use crate::app::fault::Fault;
use crate::app::sign_off::name_of_person;
use crate::model::AddressKey;

/// The part of the audience that a command is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// `send`: everybody, going on where an earlier run stopped.
    Due,
    /// `resend`: those not accepted.
    NotAccepted,
    /// `resend --only`: these, of those not accepted.
    Only(Vec<AddressKey>),
    /// `resend --new`: those who joined since.
    Joined,
    /// `resend --in-doubt`: doubtful ones, at the risk of a second copy.
    InDoubt(Risk),
    /// `resend --all`: a new edition, for all or for some.
    All(Option<Vec<AddressKey>>),
}

/// Doubtful messages that a person wants sent again, at the risk of a second copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// Only these, where some are named.
    pub only: Option<Vec<AddressKey>>,
    /// Who takes it, if that is said.
    pub by: Option<String>,
}

impl Risk {
    /// The risk, and the name behind `--by`.
    ///
    /// # Errors
    /// [`Fault`] 64 where that is no name.
    pub fn taken(only: Option<Vec<AddressKey>>, by: Option<&str>) -> Result<Self, Fault> {
        Ok(Self { only, by: by.map(name_of_person).transpose()? })
    }

    /// Whether somebody in doubt is meant.
    pub(crate) fn is_for(&self, key: &AddressKey) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(key))
    }
}

/// What was decided, and by whom, for the record.
pub(crate) fn decided(what: String, by: Option<&str>) -> String {
    match by {
        Some(by) => format!("{what}, by {by}"),
        None => what,
    }
}
