//! Tables that people open in a spreadsheet, safe from what the text in them could do there.

mod csv_file;
mod visible;

pub use csv_file::csv_file;
pub use visible::visible;
