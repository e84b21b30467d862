//! Whether a report belongs to a message of ours. A Message-ID is an HMAC with the ledger's secret, so whoever knows it has
//! had the message or its copy in hand; a report without it is at most a guess.

use std::collections::HashMap;

use crate::bounce::kind::{Action, Kind};
use crate::bounce::report::{Report, Reported};
use crate::compose::MessageIds;
use crate::ledger::{Ledger, LedgerError, SentCopy};
use crate::model::{AddressKey, Delivery, EditionRecord, State};

/// The copies of ours that the mails of a reading name, by Message-ID.
pub type Copies = HashMap<String, SentCopy>;

/// How a recipient of a report was found in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// By the Message-ID, and the address fits.
    Ours(Box<(Delivery, EditionRecord)>),
    /// By the address alone: the latest message that went there.
    Guess(Box<(Delivery, EditionRecord)>),
    /// The Message-ID is ours, but the message went to another address: forwarded, or forged.
    Elsewhere(Box<(Delivery, EditionRecord)>),
    /// Not at all.
    None,
}

impl Match {
    /// The delivery and its edition, if there is one.
    #[must_use]
    pub fn found(&self) -> Option<&(Delivery, EditionRecord)> {
        match self {
            Self::Ours(found) | Self::Guess(found) => Some(found),
            Self::Elsewhere(_) | Self::None => None,
        }
    }
}

/// Puts the copies of a ledger by their Message-IDs, and leaves out any whose Message-ID the secret does not make again.
#[must_use]
pub fn verified(found: Vec<SentCopy>, secret: &[u8; 32]) -> Copies {
    let mut copies = Copies::new();
    for copy in found {
        let Some(id) = copy.delivery.message_id.clone() else { continue };
        let domain = id.split_once('@').map_or("", |(_, domain)| domain);
        let made = MessageIds::new(secret, &copy.edition.key, copy.edition.mailing(), &copy.digest, domain);
        if made.of(&copy.delivery.key) == id {
            copies.insert(id, copy);
        }
    }
    copies
}

/// The recipients of a report with their matches. A report that names nobody, but whose Message-ID is ours, is about the
/// one whom that message went to.
///
/// # Errors
/// [`LedgerError::Storage`].
pub fn matches(report: &Report, copies: &Copies, ledger: &dyn Ledger) -> Result<Vec<(Reported, Match)>, LedgerError> {
    let named: Vec<&SentCopy> = report.message_ids.iter().filter_map(|id| copies.get(id)).collect();
    if report.kind == Kind::Other {
        return Ok(report.recipients.iter().map(|one| (one.clone(), Match::None)).collect());
    }
    if report.recipients.is_empty() {
        let first = named.first().map(|copy| {
            let action = match report.kind {
                Kind::Bounce => Some(Action::Failed),
                Kind::Delayed => Some(Action::Delayed),
                _ => None,
            };
            let one = Reported { address: Some(copy.delivery.address.clone()), action, ..Reported::default() };
            (one, ours(copy))
        });
        return Ok(first.into_iter().collect());
    }
    let mut all = Vec::new();
    for one in &report.recipients {
        let keys = one.keys();
        let fitting = named.iter().find(|copy| keys.contains(&copy.delivery.key));
        let found = match fitting {
            Some(copy) => ours(copy),
            None => match named.first() {
                Some(copy) => Match::Elsewhere(Box::new((copy.delivery.clone(), copy.edition.clone()))),
                None => guess(&keys, ledger)?,
            },
        };
        all.push((one.clone(), found));
    }
    Ok(all)
}

fn ours(copy: &SentCopy) -> Match {
    Match::Ours(Box::new((copy.delivery.clone(), copy.edition.clone())))
}

/// The latest message to an address that the server took, or may have taken.
fn guess(keys: &[AddressKey], ledger: &dyn Ledger) -> Result<Match, LedgerError> {
    for key in keys {
        let sent = ledger.history(key)?;
        let latest = sent.into_iter().rev().find(|(_, row)| matches!(row.state, State::Accepted | State::InDoubt));
        if let Some((edition, delivery)) = latest {
            return Ok(Match::Guess(Box::new((delivery, edition))));
        }
    }
    Ok(Match::None)
}
