//! weekcast sends a planned week of e-mail broadcasts: checked, previewed, day by day, never twice.
//!
//! # The map
//!
//! A module imports only from the layers below its own, or from siblings in its own folder; `tests/suite/layers.rs` keeps
//! it so. One folder is one thing:
//!
//! ```text
//! entry     main  cli                the process in, the exit status out; errors are printed here and nowhere else
//! commands  commands/*               one file a subcommand: its arguments (their comments are the help) and `run`
//! wiring    app                      opens clock, settings, ledger and transport; prepares a week; sends an edition; what
//!                                    takes several parts at once: corrections, moved days, notices, install, doctor
//! jobs      send                     a run: claims, one worker a connection, the gate before the dot, verdicts
//!           schedule                 the decision of `run`: send, hold or wait
//!           preview  report          the pages of the preview and their server, and of the board pack
//!           bounce                   mail that came back: told apart, matched with the record, weighed
//!           settings                 weekcast.toml, and the only look into the environment
//!           first_week               what `init` writes: a week to fill in, its lists, its settings; next year's week
//!           icalendar                the week for Outlook's calendar
//!           output                   findings with carets, tables, text that cannot harm a terminal
//! parts     definition               broadcasts/NAME.toml -> Week
//!           recipients               recipients.toml, CSV, XLSX and vCards -> lists -> unique people
//!           calendar                 cron, London time, bank holidays -> days
//!           render                   templates, Markdown, pictures -> Compiled, then Merged for each recipient
//!           compose                  Merged -> the bytes of a message
//!           dkim                     the signature before a message, for senders whose relay does not sign
//!           lint                     the rules, one file each
//!           link_check               whether the links of a week answer
//!           plan                     who is due, who is skipped and why, how long it takes
//!           ledger                   the durable record: SQLite, its states, the lock of the one sender
//!           transport                SMTP step by step, the outbox, and IMAP for what comes back
//!           catcher                  the SMTP server inside, for rehearsals
//!           scheduler                what systemd, Task Scheduler and launchd are told, so that `run --once` is started
//! reading   document                 safe files, TOML with every fault at once, spans
//!           media                    what a picture or document tells besides what it shows; pictures made smaller
//! writing   own_folder               a preview's or report's folder: replaces what it wrote before, nothing else
//!           spreadsheet              tables that people open in Excel, with no cell that runs as a formula
//! words     model  clock  exit       plain values; time; the exit statuses
//! ```
//!
//! Parts never import each other, and neither do jobs.
//!
//! # The road of `send`
//!
//! ```text
//! broadcasts/NAME.toml
//!   definition::load            -> Week                 every value remembers its place
//!   calendar::schedule          -> days
//!   recipients::load, expand    -> unique people
//!   render::compile             -> Compiled             once a broadcast, with the digest
//!   Compiled::check, lint::run  -> findings             errors stop here
//!   app::hand_over              the lock, the gates of time, the question, two minutes to think again
//!   ledger.begin                the audience is frozen
//!   per recipient, in send::worker:
//!     ledger.claim              Message-ID and Date are fixed
//!     Compiled::merge           only the recipient's fields are filled in
//!     Composer::compose         -> the bytes; the rest was encoded once
//!     Signer::field             the signature before them, where [dkim] asks for it
//!     transport.deliver         the gate writes `sending` to disk before the terminating dot
//!     ledger.apply              accepted, refused, deferred, or in doubt
//!   report::day_status          -> the words and the exit status
//! ```
//!
//! `check`, `plan`, `preview` and `--dry-run` are this road cut short; `resend` is it with part of the audience or another
//! edition, `correct` with the text of a correction for the people who got the original, `proof` with a reader and a ledger
//! that is thrown away; `run` and `rehearse` are it under another clock, and `demo` is `rehearse` on the shipped week. A
//! notice to whoever looks after the week is another message by the same transport. There is no second road to the server.
//!
//! # The promise
//!
//! For each broadcast, edition and recipient at most one attempt reaches the end of data without a definite refusal, unless
//! a person says otherwise. What was in flight when a run died is in doubt, named, and left to a person.

pub mod app;
pub mod bounce;
pub mod calendar;
pub mod catcher;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod compose;
pub mod definition;
pub mod dkim;
pub mod document;
pub mod exit;
pub mod first_week;
pub mod icalendar;
pub mod ledger;
pub mod link_check;
pub mod lint;
pub mod media;
pub mod model;
pub mod output;
pub mod own_folder;
pub mod plan;
pub mod preview;
pub mod recipients;
pub mod render;
pub mod report;
pub mod schedule;
pub mod scheduler;
pub mod send;
pub mod settings;
pub mod spreadsheet;
pub mod transport;
