//! weekcast sends a planned week of e-mail broadcasts.

pub mod catcher;
pub mod clock;
pub mod exit;
pub mod model;
