//! The kit that the tests share. A part of it may wait for its first user.

#![allow(dead_code, unused_imports, reason = "the kit is whole, and the tests use it piece by piece")]

pub mod authorization_server;
pub mod collected;
pub mod dovecot;
pub mod dovecot_imap;
pub mod dovecot_submission;
pub mod fake_program;
pub mod fault;
pub mod golden;
pub mod http_client;
pub mod http_server;
pub mod layer_rules;
pub mod module_graph;
pub mod postfix;
pub mod program;
pub mod run;
pub mod rust_source;
pub mod scripted_imap;
pub mod simulation;
pub mod skipped;
pub mod small_week;
pub mod smtp_client;
pub mod smtp_server;
pub mod smtp_sink;
pub mod smtp_sink_dump;
pub mod task_schema;
pub mod terminal;
pub mod workspace;
pub mod xml;
