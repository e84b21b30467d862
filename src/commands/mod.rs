//! One file a subcommand: its arguments (their comments are the help) and `run`.

mod bounces;
mod check;
mod command;
mod completions;
mod correct;
mod demo;
mod doctor;
mod drop_day;
mod explain;
mod history;
mod init;
mod init_given;
mod init_next;
mod init_week;
mod login;
mod man;
mod move_day;
mod plan;
mod plan_ics;
mod plan_strip;
mod preview;
mod preview_serve;
mod proof;
mod recipients;
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
