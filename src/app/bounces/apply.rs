//! One mail after the other is held against the record, and what follows is written: a mail at a time, all of it or nothing.

use chrono::{DateTime, Utc};

use crate::app::bounces::collect::Reading;
use crate::app::bounces::order::BounceOrder;
use crate::app::bounces::row;
use crate::bounce::{
    Copies, Kind, Match, Outcome, Proposal, RecipientRow, Reported, Suppressed, effect, matches, proposal,
};
use crate::ledger::{Ledger, LedgerError, ReturnEffect, Returned, ReturnedMail};
use crate::model::{Act, AddressKey, BroadcastKey, Delivery, EditionRecord, State, Suppression};

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
        let history = |key: &AddressKey| self.ledger.history(key);
        let found = matches(&reading.report, &self.copies, &history)?;
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
        if !seen {
            let effect = effect(action, delivery);
            shown.changed = change_in_words(effect, delivery.state);
            if effect == ReturnEffect::Nothing {
                shown.note = idle(reading.report.kind, delivery);
            }
            mail.acts.extend(self.act(effect, one, (delivery, edition), &reading.hash));
            mail.returns.push(Returned {
                delivery: delivery.id,
                effect,
                action: action.map_or("unknown", |action| action.word()).to_owned(),
                status: one.status.map(|status| status.to_string()),
                words: note(effect, one),
                came_at: came_at(reading, edition, self.now),
            });
        }
        if action == Some(crate::bounce::Action::Failed) {
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

    /// What stands in the record of acts: no addresses; the report is known by the beginning of its hash.
    fn act(
        &self,
        effect: ReturnEffect,
        one: &Reported,
        (delivery, edition): (&Delivery, &EditionRecord),
        hash: &str,
    ) -> Option<Act> {
        let action = one.action?;
        let status = one.status.map_or_else(String::new, |status| format!(" {status}"));
        let report = format!("report {}: {action}{status}", hash.get(..12).unwrap_or(hash));
        let (kind, detail) = match (effect, delivery.state) {
            (ReturnEffect::Nothing, _) => return None,
            (_, State::InDoubt) => {
                ("resolved-by-report", format!("1 doubtful message settled as accepted by {report}"))
            }
            _ => ("sent-back", format!("1 message was sent back, {report}")),
        };
        let key: BroadcastKey = edition.key.clone();
        Some(Act { at: self.now, key: Some(key), kind: kind.to_owned(), detail })
    }
}

fn change_in_words(effect: ReturnEffect, was: State) -> Option<&'static str> {
    match (effect, was) {
        (ReturnEffect::SentBack, State::InDoubt) => Some("no longer in doubt: accepted, then sent back"),
        (ReturnEffect::SentBack, _) => Some("sent back"),
        (ReturnEffect::Arrived, _) => Some("no longer in doubt: accepted"),
        (ReturnEffect::Nothing, _) => None,
    }
}

/// Why a report that is ours changes nothing.
fn idle(kind: Kind, delivery: &Delivery) -> Option<&'static str> {
    match (kind, delivery.state) {
        (Kind::Delayed, _) => Some("the mail system still tries"),
        (Kind::Bounce, State::Accepted) => Some("known as sent back already"),
        (Kind::Bounce, State::Refused) => Some("refused already, when it was sent"),
        (Kind::Bounce, _) => Some("not counted as accepted, so it cannot come back"),
        _ => None,
    }
}

/// What stands beside the delivery.
fn note(effect: ReturnEffect, one: &Reported) -> String {
    let action = one.action.map_or("unknown", |action| action.word());
    match effect {
        ReturnEffect::Arrived => format!("a report of the mail system settled the doubt: {action}"),
        _ => {
            let words = row::words(one).unwrap_or_else(|| "no reason was given".to_owned());
            let status = one.status.map_or_else(String::new, |status| format!("{status}, "));
            let said = one.diagnostic.as_ref().map_or_else(String::new, |said| format!(" ({said})"));
            format!("sent back: {status}{words}{said}")
        }
    }
}

/// When the report was written, as far as that is likely: not before the sending, and not in the future.
fn came_at(reading: &Reading, edition: &EditionRecord, now: DateTime<Utc>) -> DateTime<Utc> {
    reading.report.date.filter(|date| (edition.begun_at..=now).contains(date)).unwrap_or(now)
}
