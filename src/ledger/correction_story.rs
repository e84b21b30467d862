//! What every ledger must do with corrections, told once against the trait.

use crate::ledger::story::{claim, key, minute, monday, ok, people};
use crate::ledger::{Enrolment, Ledger, LedgerError, Mark, NewEdition};
use crate::model::Mailing;

/// The story, on an empty ledger: a broadcast, two corrections of it, and a second edition.
pub(crate) fn tell(ledger: &mut dyn Ledger) {
    let original = ledger.begin(&monday(1), &people(&["a", "b"]), minute(0)).unwrap();
    let claims = claim(ledger, original, ("r1", "d1"), 9, minute(1));
    assert!(claims.iter().all(|one| one.in_reply_to.is_none()));
    let marks = claims.iter().flat_map(|one| [Mark::Sending(one.id), Mark::Accepted(one.id, ok())]);
    ledger.apply(&marks.collect::<Vec<_>>(), minute(2)).unwrap();
    let sent = ledger.deliveries(original).unwrap();
    assert!(sent[0].content.is_some() && sent[0].content == sent[1].content);

    let correction = |number, edition| NewEdition {
        correction: Some(number),
        source_file: Some("correction.toml".into()),
        digest: "c1".into(),
        ..monday(edition)
    };
    let answers =
        |name: &str| Enrolment { in_reply_to: Some(format!("{}.d1", key(name).as_str())), ..people(&[name]).remove(0) };
    let first = ledger.begin(&correction(1, 1), &[answers("a")], minute(10)).unwrap();
    for edition in [1, 2] {
        let again = ledger.begin(&correction(1, edition), &[], minute(11));
        assert!(matches!(again, Err(LedgerError::Begun(Mailing::Correction(1)))), "{again:?}");
    }
    assert_eq!(ledger.latest_edition(&monday(1).key).unwrap(), Some((original, 1)), "a correction is no edition");
    let second_edition = ledger.begin(&monday(2), &people(&["a"]), minute(12)).unwrap();
    ledger.begin(&correction(2, 2), &[], minute(13)).unwrap();
    assert_eq!(ledger.latest_edition(&monday(1).key).unwrap(), Some((second_edition, 2)));
    let mailings: Vec<(Mailing, u32)> =
        ledger.editions(Some("cse")).unwrap().iter().map(|(_, record)| (record.mailing(), record.edition)).collect();
    let expected =
        [(Mailing::Edition(1), 1), (Mailing::Correction(1), 1), (Mailing::Edition(2), 2), (Mailing::Correction(2), 2)];
    assert_eq!(mailings, expected);

    assert_eq!(ledger.enrol(first, &[answers("b")], minute(14)).unwrap(), 1, "they turned out to have it");
    let claims = claim(ledger, first, ("r2", "c1"), 9, minute(15));
    let threads: Vec<Option<&str>> = claims.iter().map(|one| one.in_reply_to.as_deref()).collect();
    assert_eq!(threads, [Some("a@board.example.d1"), Some("b@board.example.d1")]);
    ledger.recover(minute(16)).unwrap();
    let again = claim(ledger, first, ("r3", "c1"), 9, minute(17));
    assert_eq!((&again[1].in_reply_to, &again[1].message_id), (&claims[1].in_reply_to, &claims[1].message_id));
    // Whoever is forgotten leaves no Message-ID behind by which they could be found.
    ledger.forget(&[key("a")], minute(18)).unwrap();
    assert!(ledger.deliveries(first).unwrap()[0].in_reply_to.is_none());
    let purged = ledger.purge(&[original], minute(19)).unwrap();
    assert_eq!((purged, ledger.deliveries(first).unwrap().len()), (2, 2), "a correction has rows of its own");
}
