//! What a file carries besides what it shows: people, devices, places, macros, passwords. And pictures made smaller and
//! clean.
//!
//! The bytes are anybody's: every look is bounded, nothing is inflated beyond a cap, and damage is an answer, not a fault.

mod document;
mod jpeg;
mod macros;
mod office;
mod pdf;
mod picture;
mod png;
mod rewrite;
mod search;
#[cfg(test)]
mod tests;
mod xmp;

pub use document::{is_locked, people};
pub use macros::has_macros;
pub use office::office_kind;
pub use picture::{PictureFormat, PictureTraces, is_cut_off, traces, upright};
pub use rewrite::{HEAVIEST, RewriteFault, Rewritten, WIDEST, Wanted, rewrite};
