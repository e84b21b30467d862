//! One file a subcommand: its arguments (their comments are the help) and `run`.

mod check;
mod command;
mod demo;
mod doctor;
mod history;
mod login;
mod plan;
mod preview;
mod preview_serve;
mod rehearse;
mod report;
mod resend;
mod resolve;
mod run;
mod send;
mod sign_off;
mod status;
mod templates;
mod verify;

pub use command::Command;
