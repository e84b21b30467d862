//! What happened: how each day and recipient stands, in the shape that `status` prints and the board pack shows.

mod status;

pub use status::{DayFacts, DayState, DayStatus, DeliveryStatus, WeekStatus, day_status};
