//! The one integration binary: a module for each capability, each of which runs the real program or the library.
//! `support` is the kit: a project folder, a scripted SMTP server, golden files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test may fail loudly, and may ask the system for time and environment"
)]

mod a_year;
mod asleep;
mod board_pack;
mod bounce_corpus;
mod bounces;
mod bounces_imap;
mod bounces_oauth;
mod bounces_postfix;
mod catcher;
mod check;
mod command_line;
mod confidential;
mod correct;
mod crash;
mod decisions;
mod digest;
mod dkim;
mod doctor;
mod drop_day;
mod every_feature;
mod fault_matrix;
mod files;
mod first_hour;
mod folder_first;
mod for_scripts;
mod full_disk;
mod guide;
mod hostile;
mod init;
mod install;
mod kit;
mod law;
mod layers;
mod lint;
mod lists;
mod lists_mutated;
mod login;
mod modules;
mod move_day;
mod neighbours;
mod notify;
mod one_morning;
mod online;
mod plan;
mod preview;
mod proof;
mod prose;
mod question;
mod recipients;
mod rehearse;
mod schedule_files;
mod send;
mod send_limits;
mod serve;
mod shelved_people;
mod sign_off;
mod simulated;
mod smtp_sink;
mod submission;
mod support;
mod suspend;
mod templates;
mod transcripts;
mod trust;
mod unattended;
mod undo_window;
mod verify;
