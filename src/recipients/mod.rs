//! Reading the distribution lists: members written in `recipients.toml`, files kept elsewhere, list addresses and
//! groups; and what a day's lists come to, each person once.

mod cells;
mod columns;
mod delimiter;
mod expand;
mod fields;
mod groups;
mod list;
mod load;
mod mailbox;
mod members;
mod roll;
mod rows;
mod tally;
mod typo;

#[cfg(test)]
mod tests;

pub use expand::expand;
pub use load::{load, load_file};
