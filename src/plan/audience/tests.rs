//! Every standing of an address in a table, and the law of the plan as a property.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};

use super::plan;
use crate::model::{Address, Delivery, Expansion, Fields, Kind, ListName, Place, Recipient, Reply, State, Suppression};
use crate::plan::due::Due;
use crate::plan::opt_outs::OptOuts;
use crate::plan::pace::Pace;

const PACE: Pace = Pace { connections: 1, per_minute: Some(60.0), already_today: 0, daily_limit: Some(1) };

fn now() -> DateTime<Utc> {
    "2027-03-15T08:30:00Z".parse().unwrap()
}

fn address(text: &str) -> Address {
    Address::parse(&format!("{text}@board.example")).unwrap()
}

fn who(expansion: &Expansion, due: &Due) -> Recipient {
    expansion.recipients.get(due.position()).unwrap()
}

fn recipient(text: &str) -> Recipient {
    Recipient {
        address: address(text),
        lists: [ListName("staff".into())].into(),
        fields: Fields::default(),
        kind: Kind::Individual,
        place: Place::file("recipients.toml"),
    }
}

fn delivery(text: &str, state: State) -> Delivery {
    Delivery {
        id: 1,
        key: address(text).key(),
        address: address(text).to_string(),
        state,
        attempts: 1,
        message_id: None,
        date: None,
        reply: (state == State::Refused).then(|| Reply::new(550, "5.1.1 no such user")),
        note: (state == State::InDoubt).then(|| "the connection broke after the dot".into()),
        next_at: None,
        changed_at: now(),
        bounced_at: None,
        content: None,
        in_reply_to: None,
    }
}

fn suppression(text: &str) -> Suppression {
    Suppression {
        key: address(text).key(),
        list: None,
        reason: "asked to stop".into(),
        source: "the officer".into(),
        since: now(),
    }
}

fn opt_outs(suppressions: Vec<Suppression>) -> OptOuts {
    OptOuts::of_day(suppressions, &[0; 32], &[], &[])
}

#[test]
fn each_standing_has_its_reason() {
    let expansion = Expansion {
        recipients: ["new", "Out", "wait", "gone"].map(recipient).into_iter().collect(),
        excluded: vec![(address("ex"), ListName("opted-out".into())), (address("new"), ListName("opted-out".into()))],
        ..Expansion::default()
    };
    let opt_outs = opt_outs(vec![suppression("out")]);
    let show = |deliveries: Option<&[Delivery]>| {
        let plan = plan(&expansion, &opt_outs, deliveries, &PACE);
        let due: Vec<String> = plan.due.iter().map(|due| who(&expansion, due).address.to_string()).collect();
        let skipped: Vec<String> = plan.skipped.iter().map(|s| format!("{} {}", s.address, s.reason)).collect();
        (due, skipped, plan.takes.as_secs(), plan.exceeds_daily_limit_at)
    };
    let out = "Out@board.example suppressed since Monday 15 March 2027: asked to stop";
    let excluded = "ex@board.example excluded by the list \"opted-out\"";
    assert_eq!(
        show(None),
        (
            ["new", "wait", "gone"].map(|name| format!("{name}@board.example")).into(),
            vec![out.to_owned(), excluded.to_owned()],
            3,
            Some(1)
        )
    );
    let begun = [delivery("wait", State::Deferred), delivery("gone", State::Refused), delivery("left", State::Pending)];
    assert_eq!(
        show(Some(&begun)),
        (
            vec!["wait@board.example".to_owned()],
            vec![
                "new@board.example joined the lists after the day began".to_owned(),
                out.to_owned(),
                "gone@board.example refused: 550 5.1.1 no such user".to_owned(),
                excluded.to_owned(),
                "left@board.example no longer on the lists".to_owned(),
            ],
            1,
            None
        )
    );
    for (state, reason) in [
        (State::Accepted, "already accepted by the mail server on Monday 15 March 2027"),
        (State::InDoubt, "in doubt, until a person settles it: the connection broke after the dot"),
        (State::Sending, "in doubt, until a person settles it"),
        (State::Suppressed, "suppressed when the day began"),
        (State::Skipped, "no longer on the lists"),
        (State::Expired, "deferred until the time for it had passed"),
    ] {
        let rows = [delivery("wait", state)];
        let (due, skipped, ..) = show(Some(&rows));
        assert_eq!((due.len(), skipped.contains(&format!("wait@board.example {reason}"))), (0, true), "{skipped:?}");
    }
}

#[test]
fn a_copy_that_is_out_stays_out_whatever_the_opt_outs_say() {
    let expansion = Expansion {
        recipients: std::iter::once(recipient("a")).collect(),
        excluded: Vec::new(),
        ..Expansion::default()
    };
    let mut row = delivery("a", State::Accepted);
    row.bounced_at = Some(now());
    let (rows, opt_outs) = ([row], opt_outs(vec![suppression("a")]));
    let plan = plan(&expansion, &opt_outs, Some(&rows), &PACE);
    assert_eq!(plan.skipped[0].reason.to_string(), "already accepted by the mail server, and bounced later");
}

fn names() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[A-Da-d]{1,2}", 0..12)
}

proptest! {
    /// Whatever the lists, opt-outs and ledger hold: due and skipped are disjoint and together the audience, nobody is
    /// named twice, and nobody is due who is suppressed, excluded alone, accepted, refused or in doubt.
    #[test]
    fn due_and_skipped_are_the_audience(
        on_lists in names(), out in names(), suppressed in names(), begun in proptest::bool::ANY,
        rows in proptest::collection::btree_map("[a-d]{1,2}", 0_usize..State::ALL.len(), 0..12),
    ) {
        let expansion = Expansion {
            recipients: on_lists.iter().map(|name| recipient(name)).collect(),
            excluded: out.iter().map(|name| (address(name), ListName("x".into()))).collect(),
            ..Expansion::default()
        };
        let suppressions: Vec<Suppression> = suppressed.iter().map(|name| suppression(name)).collect();
        let rows: Vec<Delivery> = rows.iter().map(|(name, state)| delivery(name, State::ALL[*state])).collect();
        let deliveries = begun.then_some(rows.as_slice());
        let opt_outs = opt_outs(suppressions.clone());
        let plan = plan(&expansion, &opt_outs, deliveries, &PACE);

        let key = |text: &str| Address::parse(text).unwrap().key();
        let due: Vec<_> = plan.due.iter().map(|due| who(&expansion, due).address.key()).collect();
        let named: Vec<_> = due.iter().cloned().chain(plan.skipped.iter().map(|s| key(&s.address))).collect();
        let audience: BTreeSet<_> = expansion.recipients.iter().map(|r| r.address.key())
            .chain(expansion.excluded.iter().map(|(address, _)| address.key()))
            .chain(deliveries.unwrap_or_default().iter().map(|row| row.key.clone()))
            .collect();
        prop_assert_eq!(named.len(), audience.len());
        prop_assert_eq!(named.into_iter().collect::<BTreeSet<_>>(), audience);
        for key in &due {
            prop_assert!(expansion.recipients.iter().any(|r| r.address.key() == *key));
            prop_assert!(suppressions.iter().all(|s| s.key != *key));
            if let Some(rows) = deliveries {
                let row = rows.iter().find(|row| row.key == *key);
                let waits = |row: &Delivery| matches!(row.state, State::Pending | State::Claimed | State::Deferred);
                prop_assert!(row.is_some_and(waits), "only a delivery that waits is due once the day has begun");
            }
        }
    }
}
