//! Why somebody of the audience does not get the message, in words for the plan and for JSON.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::model::{ListName, long_date};

/// Why an address is not due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// They opted out, or their address is dead.
    Suppressed {
        /// Of which list; `None` is of everything.
        list: Option<ListName>,
        /// Why, as recorded.
        reason: String,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// Their address was erased at their request, and yet it stands on a list.
    Forgotten(DateTime<Utc>),
    /// The ledger holds them back since the day began, though no opt-out stands now.
    Withheld(Option<String>),
    /// A list's `exclude` took them out.
    Excluded(ListName),
    /// Their row of a file cannot be used, and the list leaves such rows out.
    BadRow {
        /// The list.
        list: ListName,
        /// The file.
        file: String,
        /// The line of the row, from 1.
        line: usize,
        /// What is wrong with it.
        fault: String,
    },
    /// The server took responsibility for their copy.
    Accepted {
        /// When.
        at: DateTime<Utc>,
        /// Whether a bounce came later.
        bounced: bool,
    },
    /// Their copy was written to the folder that takes the place of a mail server, and sent to nobody.
    InFolder(DateTime<Utc>),
    /// Their copy may have been taken; a person decides.
    InDoubt(Option<String>),
    /// Refused for good, with the reply.
    Refused(Option<String>),
    /// Deferred until the broadcast's window closed.
    Expired,
    /// They came onto the lists after the day began.
    Joined,
    /// Who got it was erased from the ledger.
    Purged,
    /// They left the lists before their turn.
    Left,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = |f: &mut fmt::Formatter<'_>, words: &str, more: &Option<String>| match more {
            Some(more) => write!(f, "{words}: {more}"),
            None => f.write_str(words),
        };
        match self {
            Self::Suppressed { list, reason, since } => {
                let from = list.as_ref().map(|list| format!(" from the list \"{list}\"")).unwrap_or_default();
                write!(f, "suppressed{from} since {}: {reason}", long_date(since.date_naive()))
            }
            Self::Forgotten(since) => {
                write!(f, "forgotten since {}; take the address off the lists", long_date(since.date_naive()))
            }
            Self::Withheld(note) => more(f, "suppressed when the day began", note),
            Self::Excluded(list) => write!(f, "excluded by the list \"{list}\""),
            Self::BadRow { list, file, line, fault } => {
                write!(f, "left out of the list \"{list}\" as a bad row (line {line} of {file}): {fault}")
            }
            Self::Accepted { at, bounced: false } => {
                write!(f, "already accepted by the mail server on {}", long_date(at.date_naive()))
            }
            Self::Accepted { bounced: true, .. } => {
                f.write_str("already accepted by the mail server, and bounced later")
            }
            Self::InFolder(at) => {
                write!(f, "already written to the outbox on {}; nothing was sent", long_date(at.date_naive()))
            }
            Self::InDoubt(note) => more(f, "in doubt, until a person settles it", note),
            Self::Refused(reply) => more(f, "refused", reply),
            Self::Expired => f.write_str("deferred until the time for it had passed"),
            Self::Joined => f.write_str("joined the lists after the day began"),
            Self::Purged => f.write_str("sent long ago; who got it was erased from the ledger"),
            Self::Left => f.write_str("no longer on the lists"),
        }
    }
}
