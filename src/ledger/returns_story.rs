//! What every ledger must do with mail that came back, told once against the trait.

use std::collections::HashSet;

use crate::ledger::story::{minute, monday, ok, people};
use crate::ledger::{
    Claim, ClaimOrder, EarlierReturn, EditionId, Ledger, Mark, NewEdition, ReturnEffect, Returned, ReturnedMail,
};
use crate::model::{Act, AddressKey, Counts, Delivery, RunId, State, Suppression};

/// Tells it on a fresh ledger.
pub(crate) fn tell(ledger: &mut dyn Ledger) {
    let id = ledger.begin(&monday(1), &people(&["a", "b", "c"]), minute(0)).unwrap();
    let claims = claimed(ledger, id);
    for claim in &claims {
        ledger.apply(&[Mark::Sending(claim.id)], minute(1)).unwrap();
    }
    ledger.apply(&[Mark::Accepted(claims[0].id, ok())], minute(2)).unwrap();
    ledger.recover(minute(3)).unwrap();
    found_by_message_id(ledger, &claims);
    written_once(ledger, &claims);
    let states: Vec<State> = ledger.deliveries(id).unwrap().iter().map(|row| row.state).collect();
    assert_eq!(states, [State::Accepted, State::Accepted, State::InDoubt]);
    let counts = Counts { accepted: 2, in_doubt: 1, bounced: 2, ..Counts::default() };
    assert_eq!(ledger.editions(None).unwrap()[0].1.counts, counts);
    remembered(ledger);
}

fn claimed(ledger: &mut dyn Ledger, id: EditionId) -> Vec<Claim> {
    let message_id = |key: &AddressKey| format!("{}.20270315@board.example", key.as_str().replace('@', "-"));
    let order = ClaimOrder { run: &RunId("r1".into()), limit: 9, only: None, digest: "d1", message_id: &message_id };
    ledger.claim(id, &order, minute(1)).unwrap()
}

fn found_by_message_id(ledger: &dyn Ledger, claims: &[Claim]) {
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<HashSet<String>>();
    let found =
        ledger.copies(&ids(&[&claims[1].message_id, "x.20270315@board.example", "y@elsewhere.example"])).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].delivery.id, found[0].digest.as_str()), (claims[1].id, "d1"));
    let NewEdition { key, edition, .. } = monday(1);
    assert_eq!((&found[0].edition.key, found[0].edition.edition), (&key, edition));
    assert!(ledger.copies(&ids(&["x.20270315@board.example"])).unwrap().is_empty());
    assert!(ledger.copies(&HashSet::new()).unwrap().is_empty());
    let key = &claims[1].key;
    let sent: Vec<i64> = ledger.history(key).unwrap().iter().map(|(_, row)| row.id).collect();
    assert_eq!(sent, [claims[1].id]);
}

fn mail(hash: &str, delivery: i64, effect: ReturnEffect) -> ReturnedMail {
    let returned = Returned {
        delivery,
        effect,
        action: "failed".into(),
        status: Some("5.1.1".into()),
        words: "sent back: no such mailbox".into(),
        came_at: minute(5),
    };
    let opt_out = Suppression {
        key: AddressKey::from_stored("a@board.example".into()),
        list: None,
        reason: "asked".into(),
        source: Suppression::BOUNCE.into(),
        since: minute(6),
    };
    let act = Act { at: minute(6), key: Some(monday(1).key), kind: "sent-back".into(), detail: hash.into() };
    ReturnedMail {
        hash: hash.into(),
        kind: "bounce".into(),
        returns: vec![returned],
        suppressions: vec![opt_out],
        acts: vec![act],
    }
}

fn written_once(ledger: &mut dyn Ledger, claims: &[Claim]) {
    let row = |ledger: &dyn Ledger, at: usize| -> Delivery { ledger.deliveries(EditionId(1)).unwrap()[at].clone() };
    let before = row(ledger, 0);
    let first = mail("h1", claims[0].id, ReturnEffect::SentBack);
    assert!(!ledger.was_read("h1").unwrap());
    assert!(ledger.note_return(&first, minute(6)).unwrap());
    assert!(ledger.was_read("h1").unwrap());
    let after = row(ledger, 0);
    let note = Some("sent back: no such mailbox".to_owned());
    let expected = Delivery { bounced_at: Some(minute(5)), note, ..before };
    assert_eq!(after, expected, "reply and time of acceptance stay");
    // The same mail again, and another one about the same message: the first report counts.
    assert!(!ledger.note_return(&first, minute(7)).unwrap());
    let mut another = mail("h2", claims[0].id, ReturnEffect::SentBack);
    another.returns[0].came_at = minute(8);
    assert!(ledger.note_return(&another, minute(9)).unwrap());
    assert_eq!(row(ledger, 0), expected);
    // A doubt is settled; a report that settles nothing leaves it.
    ledger.note_return(&mail("h3", claims[1].id, ReturnEffect::SentBack), minute(10)).unwrap();
    let settled = row(ledger, 1);
    assert_eq!((settled.state, settled.bounced_at, settled.changed_at), (State::Accepted, Some(minute(5)), minute(10)));
    ledger.note_return(&mail("h4", claims[2].id, ReturnEffect::Nothing), minute(11)).unwrap();
    // Nothing of a mail is written where a part of it cannot be: there is no such delivery.
    assert!(ledger.note_return(&mail("h5", 99, ReturnEffect::Nothing), minute(12)).is_err());
    assert!(!ledger.was_read("h5").unwrap());
}

fn remembered(ledger: &dyn Ledger) {
    let one = EarlierReturn { week: "cse".into(), action: "failed".into(), status: Some("5.1.1".into()) };
    let earlier =
        |name: &str| ledger.earlier_returns(&AddressKey::from_stored(format!("{name}@board.example"))).unwrap();
    assert_eq!(earlier("a"), [one.clone(), one.clone()]);
    assert_eq!(earlier("c"), [one]);
    assert_eq!(earlier("nobody"), []);
    assert_eq!(ledger.suppressions().unwrap().len(), 1);
    let details: Vec<String> =
        ledger.acts("cse").unwrap().into_iter().filter(|act| act.kind != "broken-off").map(|act| act.detail).collect();
    assert_eq!(details, ["h1", "h2", "h3", "h4"]);
}
