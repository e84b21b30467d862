//! The rules that a week must keep: one file a rule, one line in the registry, one fixture pair.

mod digits;
mod files;
mod links;
mod masked;
mod persons;
mod readers;
mod registry;
mod rule;
mod rules;
mod run;
mod sentences;
mod subject;
mod telephone;
mod texts;

pub use links::web_addresses;
pub use readers::{READERS, ReaderRule};
pub use registry::RULES;
pub use rule::Rule;
pub(crate) use rules::WRITE_HERE;
pub use run::{Allowed, apply_allowed, run};
pub use subject::{DaySubject, Subject};
