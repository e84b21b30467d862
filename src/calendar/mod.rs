//! The officer's calendar: which broadcast goes out on which date, at which instant, and which dates are days off.
//!
//! A cron expression is read for its days and its one time of day only; every wall time is mapped to the zone once, so
//! that a clock change can neither drop nor double a day.

mod bank_holidays;
mod cron;
mod cron_fault;
mod cron_field;
mod current_week;
mod dates;
mod holiday_file;
mod local;
mod resolve;
mod schedule;
mod times;
mod working_days;

pub use bank_holidays::{divisions, holidays};
pub use current_week::{WeekFault, WeekSpan, current_week};
pub use holiday_file::{HolidayFile, holiday_file};
pub use local::{Local, first_clear, local};
pub use resolve::{DayFault, resolve};
pub use schedule::{dates_of, dropped, schedule};
pub use working_days::{WorkingDays, moved_days, working_days};
