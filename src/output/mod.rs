//! How things look on a terminal and in JSON: findings with carets, tables, durations, and text that cannot harm a terminal.

mod findings;
mod plain;
mod readings;
mod table;

pub use findings::{findings_as_json, findings_as_text};
pub use plain::{plain, span_in_words};
pub use readings::{readings_as_json, readings_as_text};
pub use table::table;
