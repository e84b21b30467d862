//! Asks the web addresses of a week whether they answer: few requests at a time, never two at once to one host, and
//! nothing of any recipient in them.

mod check;
mod gates;
mod limits;
mod location;
mod request;

pub use check::{Checked, check};
pub use limits::Limits;
