//! One mail after the other is held against the record, and what follows is written: a mail at a time, all of it or nothing.

use chrono::{DateTime, Utc};

use crate::app::bounces::asked::BounceOrder;
use crate::app::bounces::collect::Reading;
use crate::app::bounces::{row, words};
use crate::bounce::{
    Action, Copies, Kind, Match, Outcome, Proposal, RecipientRow, Reported, Suppressed, effect, matches, proposal,
};
use crate::ledger::{Ledger, LedgerError, ReturnEffect, Returned, ReturnedMail};
use crate::model::{AddressKey, State, Suppression};

/// Works through mails.
pub(crate) struct Clerk<'a> {
    pub(crate) ledger: &'a mut dyn Ledger,
    pub(crate) copies: Copies,
    /// The sender's own address.
    pub(crate) own: Option<AddressKey>,
    pub(crate) order: &'a BounceOrder,
    pub(crate) now: DateTime<Utc>,
    pub(crate) outcome: Outcome,
}

impl Clerk<'_> {
    /// Takes one mail.
    pub(crate) fn take(&mut self, reading: &Reading) -> Result<(), LedgerError> {
        let seen = self.ledger.was_read(&reading.hash)?;
        let found = matches(&reading.report, &self.copies, &*self.ledger)?;
        let mut mail = ReturnedMail {
            hash: reading.hash.clone(),
            kind: reading.report.kind.word().to_owned(),
            returns: Vec::new(),
            suppressions: Vec::new(),
            acts: Vec::new(),
        };
        let mut rows = Vec::new();
        for (one, found) in &found {
            let mut shown = row::recipient(one, found);
            if row::is_about_delivery(reading.report.kind) {
                self.about_delivery(reading, (one, found), (&mut shown, &mut mail), seen)?;
            } else if !seen {
                self.about_person(reading.report.kind, (one, found), (&mut shown, &mut mail))?;
            }
            rows.push(shown);
        }
        // What was only guessed at is not dealt with: a later reading with --guess still may.
        let guessed = found.iter().any(|(_, found)| matches!(found, Match::Guess(_)));
        let open = guessed && row::is_about_delivery(reading.report.kind) && !self.order.guess;
        self.write(mail, seen || open)?;
        self.outcome.reports.push(row::report(reading, rows, seen));
        Ok(())
    }

    /// What a report says of a delivery, and what that means for the address.
    fn about_delivery(
        &mut self,
        reading: &Reading,
        (one, found): (&Reported, &Match),
        (shown, mail): (&mut RecipientRow, &mut ReturnedMail),
        seen: bool,
    ) -> Result<(), LedgerError> {
        let Some((delivery, edition)) = found.found() else { return Ok(()) };
        if matches!(found, Match::Guess(_)) && !self.order.guess {
            shown.note = Some("found by the address alone, so nothing was changed; --guess believes it");
            return Ok(());
        }
        let action = one.action;
        // A report may name somebody more than once.
        if !seen && mail.returns.iter().all(|other| other.delivery != delivery.id) {
            let effect = effect(action, delivery);
            shown.changed = words::change_in_words(effect, delivery.state);
            if effect == ReturnEffect::Nothing {
                shown.note = words::idle(action, delivery);
            }
            mail.acts.extend(words::act(effect, one, (delivery, edition), (&reading.hash, self.now)));
            mail.returns.push(Returned {
                delivery: delivery.id,
                effect,
                action: action.map_or("unknown", |action| action.word()).to_owned(),
                status: one.status.map(|status| status.to_string()),
                words: words::note(effect, one),
                came_at: words::came_at(reading, edition, self.now),
            });
        }
        if action == Some(Action::Failed) {
            let earlier = self.ledger.earlier_returns(&delivery.key)?;
            if let Some(reason) = proposal(one.status, &edition.key.week, &earlier) {
                self.propose(&delivery.key, reason, Suppression::BOUNCE, mail)?;
            }
        }
        Ok(())
    }

    /// A person asks for no more, or complains.
    fn about_person(
        &mut self,
        kind: Kind,
        (one, found): (&Reported, &Match),
        (shown, mail): (&mut RecipientRow, &mut ReturnedMail),
    ) -> Result<(), LedgerError> {
        match (kind, found) {
            (Kind::Complaint, Match::Ours(row)) => {
                shown.changed = Some("opted out");
                let reason = "marked a message as unwanted";
                self.suppress(&row.0.key, reason, Suppression::COMPLAINT, mail)
            }
            (Kind::Complaint, Match::Guess(_)) => {
                shown.note = Some("found by the address alone, so nothing was changed");
                Ok(())
            }
            (Kind::Unsubscribe, Match::Elsewhere(row)) => {
                let writer = one.address.as_deref().unwrap_or("another address");
                let reason = format!("asked to unsubscribe, writing from {writer}");
                self.propose(&row.0.key, reason, Suppression::UNSUBSCRIBE, mail)
            }
            (Kind::Unsubscribe, _) => {
                let Some(key) = one.keys().into_iter().next() else { return Ok(()) };
                if self.own.as_ref() == Some(&key) {
                    shown.note = Some("it comes from the sender's own address");
                    return Ok(());
                }
                shown.changed = Some("opted out");
                if matches!(found, Match::None) {
                    shown.note = Some("nothing was sent to this address so far");
                }
                self.suppress(&key, "asked to unsubscribe", Suppression::UNSUBSCRIBE, mail)
            }
            _ => Ok(()),
        }
    }

    /// Proposes to leave an address out, or does it where `--suppress` says so.
    fn propose(
        &mut self,
        key: &AddressKey,
        reason: String,
        source: &str,
        mail: &mut ReturnedMail,
    ) -> Result<(), LedgerError> {
        let stands = self.ledger.suppressions_of(key)?.iter().any(|one| one.list.is_none());
        let said = self.outcome.suppressed.iter().any(|one| one.address == key.as_str())
            || self.outcome.proposals.iter().any(|one| one.address == key.as_str());
        if stands || said {
            return Ok(());
        }
        if self.order.suppress {
            return self.suppress(key, &reason, source, mail);
        }
        let command = format!("weekcast recipients suppress {} --reason \"{reason}\"", key.as_str());
        self.outcome.proposals.push(Proposal { address: key.as_str().to_owned(), reason, command });
        Ok(())
    }

    fn suppress(
        &mut self,
        key: &AddressKey,
        reason: &str,
        source: &str,
        mail: &mut ReturnedMail,
    ) -> Result<(), LedgerError> {
        if self.ledger.suppressions_of(key)?.iter().any(|one| one.list.is_none()) {
            return Ok(());
        }
        mail.suppressions.push(Suppression {
            key: key.clone(),
            list: None,
            reason: reason.to_owned(),
            source: source.to_owned(),
            since: self.now,
        });
        self.outcome.proposals.retain(|one| one.address != key.as_str());
        let address = key.as_str().to_owned();
        self.outcome.suppressed.push(Suppressed { address, reason: reason.to_owned() });
        Ok(())
    }

    /// Writes it, and keeps the copies in step for the next mail about the same message. Of a mail that does not count as
    /// read now, only the opt-outs are written.
    fn write(&mut self, mail: ReturnedMail, only_opt_outs: bool) -> Result<(), LedgerError> {
        if only_opt_outs {
            return self.ledger.suppress_all(&mail.suppressions);
        }
        self.ledger.note_return(&mail, self.now)?;
        for one in mail.returns.iter().filter(|one| one.effect != ReturnEffect::Nothing) {
            for copy in self.copies.values_mut().filter(|copy| copy.delivery.id == one.delivery) {
                copy.delivery.state = State::Accepted;
                if one.effect == ReturnEffect::SentBack {
                    copy.delivery.bounced_at = Some(one.came_at);
                }
            }
        }
        Ok(())
    }
}
