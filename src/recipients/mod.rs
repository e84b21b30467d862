//! Reading the distribution lists: members written in `recipients.toml`, files kept elsewhere, list addresses and
//! groups; and what a day's lists come to, each person once.

mod aliases;
mod cells;
mod columns;
mod delimiter;
mod expand;
mod fields;
mod file;
mod groups;
mod list;
mod load;
mod mailbox;
mod members;
mod roll;
mod row;
mod rows;
mod shape;
mod tally;
mod typo;
mod vcard;
mod workbook;

#[cfg(test)]
mod tests;

pub use expand::expand;
pub use file::{FileRead, read_bytes};
pub use load::{load, load_file};
