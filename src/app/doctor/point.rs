//! One point that was looked at.

use serde::Serialize;

use crate::exit::Exit;

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// As it should be.
    Good,
    /// Not looked at, because something before it failed, or because the settings have no use for it.
    NotLooked,
    /// It works, but not well.
    Care,
    /// It does not work.
    Bad,
}

impl Finding {
    /// The word in the table.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::NotLooked => "-",
            Self::Care => "look",
            Self::Bad => "BAD",
        }
    }
}

/// One point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// What was looked at, such as `sign-in`.
    pub name: &'static str,
    /// How it is.
    pub finding: Finding,
    /// The fact.
    pub says: String,
    /// What to do, where something is to be done.
    #[serde(rename = "do")]
    pub next: Option<String>,
    /// The status of the command, should this be the worst point.
    #[serde(skip)]
    pub exit: Exit,
}

impl Point {
    /// As it should be.
    pub(crate) fn good(name: &'static str, says: impl Into<String>) -> Self {
        Self { name, finding: Finding::Good, says: says.into(), next: None, exit: Exit::Done }
    }

    /// Not looked at.
    pub(crate) fn not_looked(name: &'static str, says: impl Into<String>) -> Self {
        Self { finding: Finding::NotLooked, ..Self::good(name, says) }
    }

    /// It works, but not well.
    pub(crate) fn care(name: &'static str, says: impl Into<String>, next: impl Into<String>) -> Self {
        Self { finding: Finding::Care, next: Some(next.into()), ..Self::good(name, says) }
    }

    /// It does not work.
    pub(crate) fn bad(name: &'static str, exit: Exit, says: impl Into<String>, next: impl Into<String>) -> Self {
        Self { finding: Finding::Bad, next: Some(next.into()), exit, ..Self::good(name, says) }
    }
}
