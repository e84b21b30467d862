//! To whom a sending command sends.

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
    /// `resend --in-doubt`: the doubtful ones, at the risk of a second copy.
    InDoubt(Option<Vec<AddressKey>>),
    /// `resend --all`: a new edition, for all or for some.
    All(Option<Vec<AddressKey>>),
}
