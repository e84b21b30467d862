//! The one integration binary: a module for each capability, each of which runs the real program or the library.
//! `support` is the kit: a project folder, a scripted SMTP server, golden files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test may fail loudly, and may ask the system for time and environment"
)]

mod bounce_corpus;
mod bounces;
mod bounces_imap;
mod bounces_oauth;
mod bounces_postfix;
mod catcher;
mod check;
mod command_line;
mod crash;
mod digest;
mod dkim;
mod doctor;
mod every_feature;
mod files;
mod kit;
mod law;
mod layers;
mod lint;
mod login;
mod modules;
mod online;
mod plan;
mod preview;
mod prose;
mod question;
mod rehearse;
mod send;
mod simulated;
mod smtp_sink;
mod support;
mod templates;
mod transcripts;
mod unattended;
