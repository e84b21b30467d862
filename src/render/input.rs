//! What a day is compiled from.

use crate::document::ProjectFolder;
use crate::model::{Correction, Day, ListName, Organisation, Sender, Week};

/// What sets a message apart from the day's broadcast.
#[derive(Debug, Clone, Copy)]
pub enum Mark<'a> {
    /// Nothing: it is the broadcast.
    None,
    /// A copy for reading.
    Proof,
    /// A correction; [`Input::week`] is [`Correction::in_place_of`] then.
    Correction(&'a Correction),
}

/// A day and all that its message is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The project folder, for pictures, attachments and templates.
    pub project: &'a ProjectFolder,
    /// The week.
    pub week: &'a Week,
    /// Its days by date.
    pub days: &'a [Day],
    /// Index into `days`.
    pub day: usize,
    /// In whose name.
    pub organisation: &'a Organisation,
    /// From whom.
    pub sender: &'a Sender,
    /// To which lists.
    pub lists: &'a [ListName],
    /// What sets it apart.
    pub mark: Mark<'a>,
}
