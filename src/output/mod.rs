//! How things look on a terminal and in JSON: findings with carets, tables, a week as a calendar, durations, and text that cannot harm a terminal.

mod findings;
mod line_changes;
mod plain;
mod readings;
mod table;
mod week_in_commands;
mod week_strip;

pub use findings::{findings_as_json, findings_as_text};
pub use line_changes::line_changes;
pub use plain::{plain, span_in_words};
pub use readings::{readings_as_json, readings_as_text};
pub use table::table;
pub use week_in_commands::naming_week;
pub use week_strip::{Standing, StripDay, StripMark, week_strip};
