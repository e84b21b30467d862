//! What follows from a report: for the delivery, and for the address.

use std::collections::BTreeSet;

use crate::bounce::kind::Action;
use crate::ledger::{EarlierReturn, ReturnEffect};
use crate::model::{Delivery, EnhancedStatus, State};

/// In so many different weeks a full mailbox or a failing mail system must send something back before it is proposed to
/// leave the address out.
pub const SOFT_WEEKS: usize = 3;

/// What a report does to a delivery.
#[must_use]
pub fn effect(action: Option<Action>, delivery: &Delivery) -> ReturnEffect {
    match (action, delivery.state) {
        (Some(Action::Failed), State::Accepted) if delivery.bounced_at.is_none() => ReturnEffect::SentBack,
        // Whoever sends it back has had it: the server took it, and later gave up.
        (Some(Action::Failed), State::InDoubt) => ReturnEffect::SentBack,
        (Some(Action::Delivered | Action::Relayed | Action::Expanded), State::InDoubt) => ReturnEffect::Arrived,
        _ => ReturnEffect::Nothing,
    }
}

/// Why an address should be left out from now on, if it should. `week` is that of the message that came back now,
/// `earlier` what came back before.
#[must_use]
pub fn proposal(status: Option<EnhancedStatus>, week: &str, earlier: &[EarlierReturn]) -> Option<String> {
    let status = status?;
    if is_hard(status) {
        return Some(format!("the address does not work ({status})"));
    }
    if !is_soft(status) {
        return None;
    }
    let failed = earlier.iter().filter(|one| one.action == Action::Failed.word());
    let soft = failed.filter(|one| one.status.as_deref().and_then(crate::bounce::status::status).is_some_and(is_soft));
    let mut weeks: BTreeSet<&str> = soft.map(|one| one.week.as_str()).collect();
    weeks.insert(week);
    (weeks.len() >= SOFT_WEEKS).then(|| format!("messages of {} weeks came back ({status})", weeks.len()))
}

/// Bad addresses (x.1.z) and mailboxes that are switched off. 5.1.7 and 5.1.8 are about the sender's own address.
fn is_hard(status: EnhancedStatus) -> bool {
    match (status.class, status.subject, status.detail) {
        (5, 1, detail) => !matches!(detail, 7 | 8),
        (5, 2, 1) => true,
        _ => false,
    }
}

/// Full mailboxes, and what failed for a time.
fn is_soft(status: EnhancedStatus) -> bool {
    status.class == 4 || (status.class, status.subject, status.detail) == (5, 2, 2)
}

#[cfg(test)]
mod tests {
    use super::proposal;
    use crate::bounce::status::status;
    use crate::ledger::EarlierReturn;

    #[test]
    fn bad_addresses_count_at_once_and_full_mailboxes_after_three_weeks() {
        let earlier = |weeks: &[&str]| -> Vec<EarlierReturn> {
            let one = |week: &&str| EarlierReturn {
                week: (*week).to_owned(),
                action: "failed".to_owned(),
                status: Some("4.4.1".to_owned()),
            };
            weeks.iter().map(one).collect()
        };
        for (code, weeks, expected) in [
            ("5.1.1", vec![], Some("the address does not work (5.1.1)")),
            ("5.2.1", vec![], Some("the address does not work (5.2.1)")),
            ("5.1.8", vec![], None),
            ("5.7.1", vec!["a", "b", "c"], None),
            ("5.2.2", vec![], None),
            ("5.2.2", vec!["a", "a", "a", "c"], None),
            ("5.2.2", vec!["a", "b"], Some("messages of 3 weeks came back (5.2.2)")),
            ("4.4.7", vec!["a", "b", "c"], Some("messages of 3 weeks came back (4.4.7)")),
        ] {
            assert_eq!(proposal(status(code), "c", &earlier(&weeks)).as_deref(), expected, "{code} {weeks:?}");
        }
        assert_eq!(proposal(None, "c", &[]), None);
    }
}
