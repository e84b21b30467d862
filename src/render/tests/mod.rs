//! Whole messages: a sample week in a temporary project, compiled and merged, and what the officer is told of faults.

mod dialect;
mod faults;
mod law;
mod layouts;
mod marks;
mod merging;
pub(crate) mod sample;
mod shapes;
mod styles;
mod surroundings;
mod whole;
