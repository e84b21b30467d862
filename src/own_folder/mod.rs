//! Folders whose content is ours: what an earlier run wrote there is replaced, and nothing else is ever touched.
//!
//! A manifest lists what weekcast wrote, with the SHA-256 of each file. Only what it lists is removed or written over, and
//! no link is followed below the folder, so that a new preview or report can neither lose the officer's files nor be led
//! out of its place.

mod check;
mod disk;
mod error;
mod kind;
mod manifest;
mod replace;

pub use check::{Checked, check};
pub use error::FolderError;
pub use kind::FolderKind;
pub use replace::{File, replace, replace_noting};
