//! What happened: how each day and recipient stands, in the shape that `status` prints, and the board pack: a page, tables
//! and messages in a folder.

mod act_words;
mod acts;
mod chain_words;
mod chart;
mod check;
mod corrections;
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
mod record_end;
#[cfg(test)]
mod sample;
mod sections;
mod signed;
mod status;
mod table;
mod timeline_chart;
mod view;
mod write;

pub use act_words::act_words;
pub use chain_words::chain_words;
pub use check::{CheckedPack, check};
pub use error::ReportError;
pub use foreign_text::without_addresses;
pub use pack::{AllowedFinding, BoardPack, PackCorrection, PackDay, PackDropped, PackEdition, PackList, SampleCopy};
pub use page::printed_page;
pub use record_end::RecordEnd;
pub use status::{
    CorrectionStatus, DayFacts, DayState, DayStatus, DeliveryStatus, WeekStatus, correction_status, day_status,
};
pub use write::write;
