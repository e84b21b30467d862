//! What happened: how each day and recipient stands, in the shape that `status` prints, and the board pack: a page, tables
//! and messages in a folder.

mod act_words;
mod chart;
mod day_view;
mod days_csv;
mod error;
mod figures;
mod foreign_text;
mod moments;
mod open_points;
mod outcomes;
mod pack;
mod page;
mod reasons;
mod recipients_csv;
#[cfg(test)]
mod sample;
mod sections;
mod status;
mod table;
mod view;
mod write;

pub use error::ReportError;
pub use foreign_text::without_addresses;
pub use pack::{AllowedFinding, BoardPack, PackDay, PackEdition, PackList, SampleCopy};
pub use status::{DayFacts, DayState, DayStatus, DeliveryStatus, WeekStatus, day_status};
pub use write::write;
