//! One file a subcommand: its arguments (their comments are the help) and `run`.

mod bounces;
mod check;
mod command;
mod demo;
mod doctor;
mod login;
mod plan;
mod preview;
mod rehearse;
mod report;
mod resend;
mod resolve;
mod run;
mod send;
mod status;
mod templates;

pub use command::Command;
