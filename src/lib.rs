//! weekcast sends a planned week of e-mail broadcasts.

pub mod clock;
pub mod definition;
pub mod document;
pub mod exit;
pub mod ledger;
pub mod lint;
pub mod model;
pub mod recipients;
pub mod transport;
