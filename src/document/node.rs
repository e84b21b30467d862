//! A TOML document as a tree of owned values, each with its place.

use chrono::{NaiveDate, NaiveTime};

use crate::model::{Place, Text};

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands.
    pub place: Place,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// Its value.
    pub node: Node,
}

/// The kinds of TOML values.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A string.
    Text(Text),
    /// An integer.
    Integer(i64),
    /// A float.
    Float(f64),
    /// A boolean.
    Boolean(bool),
    /// A local date.
    Date(NaiveDate),
    /// A local time.
    Time(NaiveTime),
    /// A date with a time, or with an offset: as written.
    DateTime(String),
    /// An array.
    Array(Vec<Node>),
    /// A table, its entries in file order.
    Table(Vec<Entry>),
}

impl Value {
    /// What it is, for messages: `a string`, `a date`, …
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Boolean(_) => "true or false",
            Self::Date(_) => "a date",
            Self::Time(_) => "a time",
            Self::DateTime(_) => "a date with a time",
            Self::Array(_) => "a list in [ ]",
            Self::Table(_) => "a table",
        }
    }
}
