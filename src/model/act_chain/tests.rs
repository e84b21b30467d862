//! A chain says what was done to it.

use chrono::{DateTime, TimeDelta};

use crate::model::act_chain::{ActChain, ChainFault, ChainHead, RecordedAct};
use crate::model::delivery::BroadcastKey;
use crate::model::history::Act;

fn act(number: i64) -> Act {
    Act {
        at: DateTime::from_timestamp_millis(1_805_000_000_123).unwrap() + TimeDelta::minutes(number),
        key: (number % 2 == 0).then(|| BroadcastKey { week: "cse".into(), date: "2027-03-15".into() }),
        kind: "held".into(),
        detail: format!("reason {number}"),
    }
}

fn chain(acts: i64) -> ActChain {
    let mut head = ChainHead::start("one");
    let mut all = Vec::new();
    for number in 1..=acts {
        head = RecordedAct::link(&head, head.number + 1, &act(number));
        all.push(RecordedAct { number: head.number, act: act(number), hash: head.hash.clone() });
    }
    ActChain { ledger: "one".into(), acts: all, head }
}

#[test]
fn a_whole_chain_has_no_fault_and_an_empty_one_is_whole() {
    assert_eq!(chain(0).fault(), None);
    assert_eq!(chain(7).fault(), None);
}

#[test]
fn a_change_in_any_field_is_named() {
    let changes: [fn(&mut RecordedAct); 7] = [
        |one| one.act.at += TimeDelta::milliseconds(1),
        |one| one.act.key = None,
        |one| one.act.key = Some(BroadcastKey { week: "cse".into(), date: "2027-03-16".into() }),
        |one| one.act.key = Some(BroadcastKey { week: "cs".into(), date: "e2027-03-15".into() }),
        |one| one.act.kind.push('s'),
        |one| one.act.detail.clear(),
        |one| one.hash.replace_range(..1, "x"),
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut changed = chain(7);
        change(&mut changed.acts[3]);
        assert_eq!(changed.fault(), Some(ChainFault::Changed(4)), "change {index}");
    }
}

#[test]
fn what_is_missing_or_put_in_is_named() {
    for gone in 0..7 {
        let mut less = chain(7);
        less.acts.remove(gone);
        assert_eq!(less.fault(), Some(ChainFault::Missing(gone as u64 + 1)), "{gone}");
    }
    let mut none = chain(3);
    none.acts.clear();
    assert_eq!(none.fault(), Some(ChainFault::Missing(1)));
    // The numbers behind it moved up, as somebody would who hides it.
    let mut closed = chain(7);
    closed.acts.remove(2);
    closed.acts.iter_mut().skip(2).for_each(|act| act.number -= 1);
    assert_eq!(closed.fault(), Some(ChainFault::Changed(3)));
    let mut more = chain(7);
    let strange = RecordedAct { number: 8, act: act(8), hash: RecordedAct::link(&more.head, 8, &act(8)).hash };
    more.acts.push(strange);
    assert_eq!(more.fault(), Some(ChainFault::Added(8)));
    let mut within = chain(7);
    within.acts.insert(4, RecordedAct { number: 5, ..within.acts[3].clone() });
    within.acts.iter_mut().skip(5).for_each(|act| act.number += 1);
    assert_eq!(within.fault(), Some(ChainFault::Changed(5)));
}

#[test]
fn a_record_that_was_written_anew_does_not_hold_its_earlier_end() {
    let old = chain(5);
    let mut anew = chain(7);
    let mut head = ChainHead::start("one");
    for recorded in &mut anew.acts {
        recorded.act.detail = recorded.act.detail.replace("reason 3", "another");
        head = RecordedAct::link(&head, recorded.number, &recorded.act);
        recorded.hash.clone_from(&head.hash);
    }
    assert_eq!(anew.fault(), Some(ChainFault::Rewritten));
    anew.head = head;
    assert_eq!(anew.fault(), None, "every hash fits");
    assert!(!anew.holds(&old.head) && chain(7).holds(&old.head));
    assert!(chain(3).holds(&ChainHead::start("one")) && !chain(3).holds(&ChainHead::start("two")));
    let other = ActChain { ledger: "two".into(), ..chain(3) };
    assert_eq!(other.fault(), Some(ChainFault::Changed(1)), "another ledger's");
}
