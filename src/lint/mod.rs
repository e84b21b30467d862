//! The rules that a week must keep: one file a rule, one line in the registry, one fixture pair.

mod subject;

pub use subject::{DaySubject, Subject};
