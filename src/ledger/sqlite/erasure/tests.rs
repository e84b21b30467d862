//! Erasure in the file itself: no octet of an address is left, in the ledger or beside it.

use std::path::Path;

use super::erased;
use crate::ledger::sqlite::SqliteLedger;
use crate::ledger::story::{claim, key, minute, monday, ok, people};
use crate::ledger::{Ledger, Mark};
use crate::model::Suppression;

#[test]
fn an_address_is_taken_out_of_a_text_in_any_case() {
    for (text, expected) in [
        ("550 5.1.1 <Asha@Board.example>: unknown", "550 5.1.1 <(forgotten)>: unknown"),
        ("é asha@board.example É asha@board.example", "é (forgotten) É (forgotten)"),
        ("İ ASHA@board.example", "İ (forgotten)"),
        ("natasha@board.example", "natasha@board.example"),
        ("asha@board.example.org", "asha@board.example.org"),
        ("to asha@board.example.", "to (forgotten)."),
        ("nothing", "nothing"),
    ] {
        assert_eq!(erased(text, "asha@board.example"), expected);
    }
}

/// How many files of the folder hold a text, as octets.
fn files_with(folder: &Path, text: &str) -> usize {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.filter(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes())).count()
}

/// A ledger in a folder, with `number` people in two editions, all accepted.
fn sent_to(number: usize) -> (tempfile::TempDir, SqliteLedger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = SqliteLedger::create(&folder.path().join("weekcast.db")).unwrap();
    let names: Vec<String> = (0..number).map(|person| format!("person{person}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for edition in [1, 2] {
        let id = ledger.begin(&monday(edition), &people(&names), minute(0)).unwrap();
        for claimed in claim(&mut ledger, id, ("r1", "d1"), number, minute(1)) {
            ledger.apply(&[Mark::Sending(claimed.id), Mark::Accepted(claimed.id, ok())], minute(2)).unwrap();
        }
    }
    (folder, ledger)
}

#[test]
fn no_octet_of_a_forgotten_address_is_left() {
    let (folder, mut ledger) = sent_to(300);
    let opt_out = Suppression {
        key: key("person7"),
        list: None,
        reason: "person7@board.example wrote to us".into(),
        source: "the officer".into(),
        since: minute(3),
    };
    ledger.suppress(&opt_out).unwrap();
    assert!(files_with(folder.path(), "person7@board") > 0);
    ledger.forget(&[key("person7")], minute(4)).unwrap();
    assert!(files_with(folder.path(), "person7@board") > 0, "the log still has it, so the test can fail");
    assert!(ledger.sweep().unwrap());
    assert_eq!(files_with(folder.path(), "person7@board"), 0);
    assert!(files_with(folder.path(), "person8@board") > 0);
    drop(ledger);
    assert_eq!(files_with(folder.path(), "person7@board"), 0);
}

#[test]
fn a_purge_of_many_leaves_counts_and_no_address() {
    let (folder, mut ledger) = sent_to(300);
    let ids: Vec<_> = ledger.editions(None).unwrap().into_iter().map(|(id, _)| id).collect();
    assert_eq!(ledger.purge(&ids, minute(9)).unwrap(), 600);
    assert!(ledger.sweep().unwrap());
    assert_eq!(files_with(folder.path(), "@board.example"), 0);
    assert_eq!(ledger.editions(None).unwrap()[1].1.counts.accepted, 300);
}

#[test]
fn while_another_program_looks_the_sweep_says_so() {
    let (folder, mut ledger) = sent_to(3);
    let other = rusqlite::Connection::open(folder.path().join("weekcast.db")).unwrap();
    other.execute_batch("BEGIN; SELECT COUNT(*) FROM delivery;").unwrap();
    ledger.connection().busy_timeout(std::time::Duration::ZERO).unwrap();
    ledger.forget(&[key("person1")], minute(4)).unwrap();
    assert!(!ledger.sweep().unwrap());
    other.execute_batch("COMMIT").unwrap();
    assert!(ledger.sweep().unwrap());
    assert_eq!(files_with(folder.path(), "person1@board"), 0);
}

#[test]
fn a_ledger_of_the_first_format_keeps_its_opt_outs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weekcast.db");
    drop(SqliteLedger::create(&path).unwrap());
    std::fs::remove_file(&path).unwrap();
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../../migrations/0001_ledger.sql")).unwrap();
    old.execute_batch(
        "INSERT INTO meta VALUES ('secret', '0000000000000000000000000000000000000000000000000000000000000000');
         INSERT INTO suppression VALUES ('x@board.example', 'asked', 1000);
         INSERT INTO edition VALUES (7, 'cse', '2027-03-15', 1, 'Training', 'Week: Training', 'd1', '[]', 5, 4);
         INSERT INTO delivery (id, edition_id, address_key, state, changed_at) VALUES (9, 7, 'a@board.example', 'accepted', 6);
         PRAGMA application_id = 0x57436c64; PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(old);
    let ledger = SqliteLedger::existing(&path).unwrap();
    let found = ledger.suppressions().unwrap();
    assert_eq!((found.len(), found[0].key.as_str(), found[0].list.as_ref()), (1, "x@board.example", None));
    assert_eq!((found[0].reason.as_str(), found[0].source.as_str()), ("asked", ""));
    assert_eq!(found[0].since.timestamp_millis(), 1000);
    // The table of editions was made anew under the rows that refer to it.
    let (id, record) = ledger.editions(None).unwrap().remove(0);
    assert_eq!((record.edition, record.correction, record.counts.accepted), (1, None, 1));
    assert_eq!((ledger.deliveries(id).unwrap()[0].id, ledger.latest_edition(&record.key).unwrap()), (9, Some((id, 1))));
    let broken = "SELECT COUNT(*) FROM pragma_foreign_key_check";
    assert_eq!(ledger.connection().query_row(broken, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    let orphan = ledger.connection().execute(
        "INSERT INTO delivery (edition_id, address_key, state, changed_at) VALUES (77, 'b@board.example', 'accepted', 6)",
        [],
    );
    assert!(orphan.is_err(), "foreign keys are on again");
}

#[test]
fn one_person_is_found_without_reading_the_list() {
    let (_folder, ledger) = sent_to(1);
    for (sql, index) in [
        ("SELECT * FROM delivery WHERE edition_id = ?1 AND address_key = ?2", "sqlite_autoindex_delivery"),
        ("SELECT * FROM suppression WHERE address_key = ?1 ORDER BY list", "sqlite_autoindex_suppression"),
        ("DELETE FROM delivery WHERE edition_id = ?1 AND id <= ?2", "delivery_edition"),
    ] {
        let mut statement = ledger.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let plan: Vec<String> = statement.raw_query().mapped(|row| row.get(3)).map(Result::unwrap).collect();
        let plan = plan.join("; ");
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{sql}: {plan}");
    }
}
