//! What every ledger must do when people are forgotten and old weeks are purged, told once against the trait.

use crate::ledger::story::{claim, key, minute, monday, ok, people, states};
use crate::ledger::{EditionId, Forgotten, Ledger, Mark, Requeue};
use crate::model::{Counts, Pseudonyms, Reply, Suppression};

/// The whole story, on an empty ledger.
pub(crate) fn tell(ledger: &mut dyn Ledger) {
    let id = one_of_each(ledger);
    forgotten(ledger, id);
    purged(ledger, id);
}

/// Accepted, refused, deferred, sending, pending, and one who opted out.
fn one_of_each(ledger: &mut dyn Ledger) -> EditionId {
    let id = ledger.begin(&monday(1), &people(&["a", "b", "c", "d", "e"]), minute(0)).unwrap();
    let rows: Vec<i64> = claim(ledger, id, ("r1", "d1"), 4, minute(1)).iter().map(|claim| claim.id).collect();
    ledger.apply(&rows.iter().map(|row| Mark::Sending(*row)).collect::<Vec<_>>(), minute(2)).unwrap();
    let unknown = Reply::new(550, "5.1.1 <B@board.example> unknown, nor is sub-b@board.example");
    let marks = [
        Mark::Accepted(rows[0], Reply::new(250, "also for b@board.example")),
        Mark::Refused(rows[1], Some(unknown), None),
        Mark::Deferred(rows[2], None, None, minute(30)),
    ];
    ledger.apply(&marks, minute(3)).unwrap();
    let opt_out = Suppression {
        key: key("b"),
        list: None,
        reason: "asked".into(),
        source: Suppression::BOUNCE.into(),
        since: minute(5),
    };
    ledger.suppress(&opt_out).unwrap();
    id
}

fn forgotten(ledger: &mut dyn Ledger, id: EditionId) {
    let pseudonym = Pseudonyms::new(ledger.secret()).of(&key("b"));
    let keys = [key("b"), key("c"), key("d"), key("e"), key("stranger")];
    let done = ledger.forget(&keys, minute(10)).unwrap();
    let texts = [1, 0, 0, 0, 0];
    let rows = [1, 1, 1, 1, 0];
    for (at, done) in done.iter().enumerate() {
        let (deliveries, opt_outs) = (rows[at], usize::from(at == 0));
        let expected = Forgotten { was_known: rows[at] > 0, deliveries, opt_outs, texts: texts[at] };
        assert_eq!(*done, expected, "{at}");
    }
    assert_eq!(states(ledger, id), "accepted refused suppressed in_doubt suppressed");
    let row = ledger.deliveries(id).unwrap().remove(1);
    assert_eq!((row.key.clone(), row.address.as_str()), (pseudonym.clone(), "(forgotten)"));
    assert_eq!((row.message_id, row.date, row.note.as_deref()), (None, None, Some("forgotten")));
    assert_eq!(row.reply, Some(Reply::new(550, "")), "the code stays");
    let other = ledger.deliveries(id).unwrap().remove(0).reply.unwrap();
    assert_eq!(other.text, "also for (forgotten)");
    assert!(ledger.history(&key("b")).unwrap().is_empty() && ledger.suppressions_of(&key("b")).unwrap().is_empty());
    assert_eq!(ledger.history(&pseudonym).unwrap().len(), 1);
    let mark = ledger.suppressions_of(&pseudonym).unwrap().remove(0);
    assert_eq!((mark.source.as_str(), mark.since, &mark.list), (Suppression::FORGOTTEN, minute(10), &None));
    // Nobody who was forgotten is put back, by no road; twice is once.
    for whom in [Requeue::NotAccepted, Requeue::InDoubt, Requeue::Only(vec![key("b"), pseudonym.clone()])] {
        assert_eq!(ledger.requeue(id, &whom, minute(11)).unwrap(), 0);
    }
    assert_eq!(ledger.forget(&[key("b")], minute(12)).unwrap(), [Forgotten::default()]);
    assert_eq!(ledger.suppressions_of(&pseudonym).unwrap()[0].since, minute(10));
    let again = Suppression { key: key("b"), ..mark };
    ledger.suppress(&again).unwrap();
    assert_eq!(ledger.suppressions().unwrap().len(), 5, "an address that was forgotten does not come back");
    // Enrolled again under the address, they are forgotten there as well.
    ledger.enrol(id, &people(&["b"]), minute(13)).unwrap();
    assert_eq!(ledger.forget(&[key("b")], minute(14)).unwrap()[0].deliveries, 1);
    assert_eq!(states(ledger, id), "accepted refused suppressed in_doubt suppressed");
    assert!(ledger.sweep().unwrap());
}

fn purged(ledger: &mut dyn Ledger, id: EditionId) {
    let other = ledger.begin(&monday(2), &people(&["a"]), minute(20)).unwrap();
    let row = claim(ledger, other, ("r2", "d1"), 1, minute(21))[0].id;
    ledger.apply(&[Mark::Sending(row), Mark::Accepted(row, ok())], minute(22)).unwrap();
    assert_eq!(ledger.latest_edition(&monday(1).key).unwrap(), Some((other, 2)));
    assert_eq!(ledger.latest_edition(&crate::model::BroadcastKey { week: "x".into(), ..monday(1).key }).unwrap(), None);
    let before = ledger.editions(None).unwrap();
    assert_eq!(ledger.purge(&[id], minute(30)).unwrap(), 5);
    assert_eq!(ledger.purge(&[id], minute(31)).unwrap(), 0);
    let after = ledger.editions(None).unwrap();
    let expected = Counts { accepted: 1, refused: 1, suppressed: 2, in_doubt: 1, ..Counts::default() };
    assert_eq!((after[0].1.counts, after[0].1.purged_at), (expected, Some(minute(30))));
    assert_eq!(after[1], before[1]);
    assert!(ledger.deliveries(id).unwrap().is_empty());
    assert_eq!((ledger.deliveries(other).unwrap().len(), ledger.suppressions().unwrap().len()), (1, 5));
    // What is enrolled behind it is counted on top.
    ledger.enrol(id, &people(&["f"]), minute(32)).unwrap();
    assert_eq!(ledger.editions(None).unwrap()[0].1.counts, Counts { due: 1, ..expected });
    assert!(ledger.sweep().unwrap());
    ledger.verify().unwrap();
}
