//! `correct`: a correction of a broadcast that went out, threaded to it, to those who got it. The same road as `send`, with
//! another audience and another text.

mod asked;
mod content;
mod correct;
mod draft;
mod dry_run;
mod file;
mod gates;
mod go_on;
mod open;
mod original;
mod people;
mod sample;
mod words;

pub use asked::{Again, CorrectionAsked, Source, Which};
pub use correct::correct;
pub(crate) use draft::no_such;
pub(crate) use go_on::{Begun, begun, go_on, why_held};
pub(crate) use sample::sample;
pub use words::summary;
