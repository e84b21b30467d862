//! Whole messages: a sample week in a temporary project, compiled and merged, and what the officer is told of faults.

mod faults;
mod law;
mod layouts;
mod merging;
mod sample;
mod surroundings;
mod whole;
