//! The chain in the file: one end for two writers, older ledgers linked, and every change by other programs named.

use std::path::Path;

use crate::ledger::Ledger;
use crate::ledger::sqlite::SqliteLedger;
use crate::ledger::story::{minute, monday};
use crate::model::{Act, ChainFault};

fn act(number: i64) -> Act {
    let key = (number % 3 != 0).then(|| monday(1).key);
    Act { at: minute(number), key, kind: "held".into(), detail: format!("reason {number}") }
}

fn ledger_of(path: &Path, acts: i64) -> SqliteLedger {
    let mut ledger = SqliteLedger::create(path).unwrap();
    for number in 1..=acts {
        ledger.record(&act(number)).unwrap();
    }
    ledger
}

#[test]
fn acts_are_linked_as_they_are_kept_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weekcast.db");
    let mut ledger = ledger_of(&path, 4);
    let long = Act { detail: "é".repeat(5000), ..act(5) };
    ledger.record(&long).unwrap();
    let chain = ledger.act_chain().unwrap();
    assert_eq!((chain.fault(), chain.head.number, chain.acts[4].act.detail.chars().count()), (None, 5, 1000));
    assert_eq!(chain.acts[2].act, act(3), "one of no week");
    drop(ledger);
    let again = SqliteLedger::existing(&path).unwrap();
    assert_eq!(again.act_chain().unwrap(), chain);
    let other = ledger_of(&folder.path().join("other.db"), 4).act_chain().unwrap();
    assert_ne!((&other.ledger, &other.head.hash), (&chain.ledger, &chain.head.hash));
    assert!(!other.holds(&chain.head));
}

#[test]
fn two_writers_share_one_chain() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weekcast.db");
    drop(ledger_of(&path, 0));
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| drop(ledger_of(&path, 20)));
        }
    });
    let chain = SqliteLedger::existing(&path).unwrap().act_chain().unwrap();
    assert_eq!((chain.fault(), chain.head.number), (None, 60));
}

#[test]
fn a_ledger_from_before_the_chain_is_linked_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weekcast.db");
    let ledger = ledger_of(&path, 3);
    let linked = ledger.act_chain().unwrap();
    ledger
        .connection()
        .execute_batch(
            "DELETE FROM meta WHERE name = 'act_head'; ALTER TABLE act DROP COLUMN hash; UPDATE act SET id = id + 10;
             ALTER TABLE delivery DROP COLUMN in_reply_to; DROP TABLE handed_beside;",
        )
        .unwrap();
    ledger.connection().pragma_update(None, "user_version", 4).unwrap();
    drop(ledger);
    let mut ledger = SqliteLedger::existing(&path).unwrap();
    assert_eq!(ledger.act_chain().unwrap(), linked);
    ledger.record(&act(4)).unwrap();
    let chain = ledger.act_chain().unwrap();
    assert_eq!((chain.fault(), chain.holds(&linked.head)), (None, true));
}

#[test]
fn whatever_another_program_does_to_the_record_is_named() {
    let changed = Some(ChainFault::Changed(3));
    for (sql, expected) in [
        ("UPDATE act SET at = at + 1 WHERE id = 3", changed),
        ("UPDATE act SET at = 9223372036854775807 WHERE id = 3", changed),
        ("UPDATE act SET week = 'x', broadcast_date = '2027-03-15' WHERE id = 3", changed),
        ("UPDATE act SET kind = 'helD' WHERE id = 3", changed),
        ("UPDATE act SET detail = detail || ' ' WHERE id = 3", changed),
        ("UPDATE act SET hash = '' WHERE id = 3", changed),
        ("DELETE FROM act WHERE id = 3", Some(ChainFault::Missing(3))),
        ("DELETE FROM act WHERE id >= 5", Some(ChainFault::Missing(5))),
        ("INSERT INTO act (at, kind, detail) VALUES (1, 'held', 'never')", Some(ChainFault::Added(7))),
        ("INSERT INTO act (id, at, kind, detail) VALUES (-5, 1, 'held', 'never')", Some(ChainFault::Changed(0))),
        ("UPDATE meta SET value = '6 x' WHERE name = 'act_head'", Some(ChainFault::Rewritten)),
        ("DELETE FROM meta WHERE name = 'act_head'", Some(ChainFault::Added(1))),
        (
            "UPDATE meta SET value = iif(value LIKE '11%', '22', '11') || substr(value, 3) WHERE name = 'secret'",
            Some(ChainFault::Changed(1)),
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("weekcast.db");
        let ledger = ledger_of(&path, 6);
        assert_eq!(ledger.connection().execute(sql, []).unwrap().min(1), 1, "{sql}");
        drop(ledger);
        let mut ledger = SqliteLedger::existing(&path).unwrap();
        assert_eq!(ledger.act_chain().unwrap().fault(), expected, "{sql}");
        // Sending must go on whatever happened to the record, and what comes behind does not hide it.
        ledger.record(&act(7)).unwrap();
        assert!(ledger.act_chain().unwrap().fault().is_some(), "{sql}");
    }
}
