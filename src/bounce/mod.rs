//! What comes back after a broadcast: mails are read, told apart, matched with the record, and weighed. Nobody is believed
//! who does not know the Message-ID of the message, which cannot be guessed.

mod answers;
mod classify;
mod delivery_status;
mod dialects;
mod fields;
mod kind;
mod mails;
mod matching;
mod note;
mod outcome;
mod parts;
mod report;
mod status;
mod weigh;

pub use answers::Mailto;
pub use classify::{LONGEST_MAIL, classify};
pub use kind::{Action, Kind};
pub use mails::{MOST_MAILS, MailsError, each_mail};
pub use matching::{Copies, Match, matches, verified};
pub use outcome::{Outcome, Proposal, RecipientRow, ReportRow, Suppressed};
pub use report::{Report, Reported};
pub use weigh::{SOFT_WEEKS, effect, proposal};
