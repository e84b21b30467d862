//! weekcast sends a planned week of e-mail broadcasts.

pub mod clock;
pub mod document;
pub mod exit;
pub mod ledger;
pub mod lint;
pub mod model;
pub mod render;
pub mod transport;
