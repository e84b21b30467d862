//! When which day is sent without a person: the decision of `run`, from the calendar, the ledger and the clock.

mod correction;
mod step;

pub use correction::{CorrectionClock, CorrectionStep, correction_step};
pub use step::{DayClock, Progress, Step, step};
