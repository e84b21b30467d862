//! weekcast sends a planned week of e-mail broadcasts.

pub mod app;
pub mod calendar;
pub mod catcher;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod compose;
pub mod definition;
pub mod document;
pub mod exit;
pub mod ledger;
pub mod lint;
pub mod model;
pub mod output;
pub mod plan;
pub mod preview;
pub mod recipients;
pub mod render;
pub mod report;
pub mod schedule;
pub mod send;
pub mod settings;
pub mod transport;
