//! What the officer answered, as one value.

use chrono::{NaiveDate, NaiveTime};

use crate::model::Address;

/// The answers to the questions of `init`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The public body.
    pub organisation: String,
    /// Who signs and sends.
    pub sender_name: String,
    /// The sender's address.
    pub sender_address: Address,
    /// What the week is called.
    pub title: String,
    /// Its days, working days in order.
    pub dates: Vec<NaiveDate>,
    /// The time of day.
    pub time: NaiveTime,
    /// The day that the week leads to.
    pub awareness: Option<Awareness>,
    /// Names of the lists.
    pub lists: Vec<String>,
}

/// An awareness day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awareness {
    /// Its name.
    pub name: String,
    /// Its date.
    pub date: NaiveDate,
}
