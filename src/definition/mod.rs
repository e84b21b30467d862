//! Reading `broadcasts/NAME.toml`: one week, with every fault of its file in one pass.
//!
//! A week comes back even where some of it is faulty. A title, theme or body whose value is the empty string has been
//! reported already: one that the officer wrote is never empty, because a blank one is a finding itself. Whoever reads
//! a [`crate::model::Week`] leaves empty ones alone, so that one fault is shown once.

mod allow;
mod body;
mod broadcast;
mod correction;
mod day_edit;
mod lines;
mod load;
mod names;
mod region;
mod signature;
mod week;

#[cfg(test)]
mod tests;

pub use correction::{CorrectionFile, load_correction};
pub use day_edit::{DayEdit, DropEdit, edited};
pub use load::{load, load_text, weeks};
