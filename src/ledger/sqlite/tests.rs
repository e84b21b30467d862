//! What is SQLite's own: files, formats, crashes, two handles, a full disk; and the laws under random marks.

use std::path::Path;

use proptest::prelude::{Strategy, any};
use proptest::{collection, proptest};

use crate::ledger::correction_story;
use crate::ledger::erasure_story;
use crate::ledger::returns_story;
use crate::ledger::sqlite::{SqliteLedger, migrate};
use crate::ledger::story::{self, claim, key, minute, monday, ok, people};
use crate::ledger::{Ledger, LedgerError, LedgerSettings, Mark, Recovered, Requeue, open, open_existing};
use crate::model::{Counts, Reply, State};

fn fresh() -> (tempfile::TempDir, SqliteLedger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = SqliteLedger::create(&folder.path().join("weekcast.db")).unwrap();
    (folder, ledger)
}

fn cause(error: LedgerError) -> String {
    let mut error: &dyn std::error::Error = &error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

#[test]
fn the_story_holds() {
    let (_folder, mut ledger) = fresh();
    story::tell(&mut ledger);
    let (_folder, mut ledger) = fresh();
    erasure_story::tell(&mut ledger);
    let (_folder, mut ledger) = fresh();
    correction_story::tell(&mut ledger);
}

#[test]
fn the_story_of_what_came_back_holds() {
    let (_folder, mut ledger) = fresh();
    returns_story::tell(&mut ledger);
}

#[test]
fn opening_twice_keeps_everything_and_looking_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let settings = LedgerSettings::default();
    assert!(open_existing(&settings, folder.path()).unwrap().is_none());
    assert!(!folder.path().join("weekcast.db").exists());
    let first = *open(&settings, folder.path()).unwrap().secret();
    assert_eq!(*open(&settings, folder.path()).unwrap().secret(), first);
    assert_eq!(open_existing(&settings, folder.path()).unwrap().map(|ledger| *ledger.secret()), Some(first));
    let empty = tempfile::tempdir().unwrap();
    std::fs::write(empty.path().join("weekcast.db"), "").unwrap();
    assert!(open_existing(&settings, empty.path()).unwrap().is_none(), "a crash while it was made");
    assert_ne!(*open(&settings, empty.path()).unwrap().secret(), first);
}

#[test]
fn the_promises_are_switched_on() {
    let (_folder, ledger) = fresh();
    let pragma = |name: &str| {
        let sql = format!("PRAGMA {name}");
        ledger.connection().query_row(&sql, [], |row| row.get::<_, rusqlite::types::Value>(0)).unwrap()
    };
    for (name, number) in [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("temp_store", 2)] {
        assert_eq!(pragma(name), rusqlite::types::Value::Integer(number), "{name}");
    }
    assert_eq!(pragma("journal_mode"), rusqlite::types::Value::Text("wal".into()));
}

#[cfg(unix)]
#[test]
fn the_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let (folder, mut ledger) = fresh();
    ledger.begin(&monday(1), &people(&["a"]), minute(0)).unwrap();
    for name in ["weekcast.db", "weekcast.db-wal", "weekcast.db-shm"] {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn strangers_newer_formats_and_damage_are_told_apart_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weekcast.db");
    let opened = || SqliteLedger::create(&path).err().unwrap();
    std::fs::write(&path, "Dear diary, this is no database at all. ".repeat(40)).unwrap();
    assert_eq!(cause(opened()), "the file is not a database");
    std::fs::remove_file(&path).unwrap();
    let foreign = rusqlite::Connection::open(&path).unwrap();
    foreign.execute_batch("CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 77;").unwrap();
    drop(foreign);
    let before = std::fs::read(&path).unwrap();
    assert_eq!(cause(opened()), "it is the database of another program");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    std::fs::remove_file(&path).unwrap();
    let ledger = SqliteLedger::create(&path).unwrap();
    ledger.connection().pragma_update(None, "user_version", migrate::KNOWN + 1).unwrap();
    drop(ledger);
    let newer = opened();
    assert!(matches!(newer, LedgerError::Newer { found, known, .. } if found == known + 1), "{newer:?}");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert_eq!(cause(opened()), "it is not a regular file");
}

#[test]
fn two_programs_may_make_the_ledger_at_once() {
    // Once in a handful of times two of them switch to the write-ahead log at the same moment.
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("weekcast.db");
        let secrets: Vec<[u8; 32]> = std::thread::scope(|scope| {
            let make = || *SqliteLedger::create(&path).unwrap().secret();
            let makers: Vec<_> = (0..4).map(|_| scope.spawn(make)).collect();
            makers.into_iter().map(|maker| maker.join().unwrap()).collect()
        });
        assert!(secrets.iter().all(|secret| *secret == secrets[0]), "one secret in the life of a ledger");
    }
}

/// What a kill leaves on the disk: the files as they are, without a farewell.
fn crashed(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for name in ["weekcast.db", "weekcast.db-wal"] {
        std::fs::copy(from.join(name), to.path().join(name)).unwrap();
    }
    to
}

#[test]
fn a_kill_leaves_only_what_was_in_flight_in_doubt() {
    let (folder, mut ledger) = fresh();
    let id = ledger.begin(&monday(1), &people(&["a", "b", "c", "d", "e"]), minute(0)).unwrap();
    let claims = claim(&mut ledger, id, ("r1", "d1"), 4, minute(1));
    ledger.apply(&[Mark::Sending(claims[0].id), Mark::Sending(claims[1].id)], minute(2)).unwrap();
    ledger.apply(&[Mark::Accepted(claims[0].id, ok())], minute(3)).unwrap();
    let image = crashed(folder.path());
    let mut again = SqliteLedger::create(&image.path().join("weekcast.db")).unwrap();
    assert_eq!(again.secret(), ledger.secret());
    assert_eq!(again.recover(minute(9)).unwrap(), Recovered { released: 2, in_doubt: 1 });
    let counts = again.editions(None).unwrap()[0].1.counts;
    assert_eq!(counts, Counts { due: 3, accepted: 1, in_doubt: 1, ..Counts::default() });
    let rest = claim(&mut again, id, ("r2", "d1"), 9, minute(10));
    assert_eq!(rest.len(), 3);
    assert_eq!(rest[0].date, minute(1), "the date of the first claim");
}

#[test]
fn a_second_sender_that_slipped_past_the_lock_cannot_send_the_same_row() {
    let (folder, mut first) = fresh();
    let mut second = SqliteLedger::existing(&folder.path().join("weekcast.db")).unwrap();
    let id = first.begin(&monday(1), &people(&["a", "b"]), minute(0)).unwrap();
    let row = claim(&mut first, id, ("r1", "d1"), 1, minute(1))[0].id;
    assert_eq!(claim(&mut second, id, ("r2", "d1"), 9, minute(1)).len(), 1, "each row is claimed once");
    assert!(matches!(second.apply(&[Mark::Sending(row)], minute(2)), Err(LedgerError::Taken(_))));
    second.recover(minute(3)).unwrap();
    assert_eq!(claim(&mut second, id, ("r2", "d1"), 9, minute(4)).len(), 2);
    assert!(matches!(first.apply(&[Mark::Sending(row)], minute(5)), Err(LedgerError::Taken(_))));
    second.apply(&[Mark::Sending(row)], minute(5)).unwrap();
}

#[test]
fn a_full_disk_is_an_error_that_changes_nothing() {
    let (_folder, mut ledger) = fresh();
    let id = ledger.begin(&monday(1), &people(&["a"]), minute(0)).unwrap();
    ledger.connection().execute_batch("PRAGMA max_page_count = 1").unwrap();
    let names: Vec<String> = (0..5000).map(|number| format!("p{number}")).collect();
    let many = people(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let full = ledger.enrol(id, &many, minute(1)).err().unwrap();
    assert!(matches!(full, LedgerError::Storage { action: "written", .. }), "{full:?}");
    assert_eq!(ledger.deliveries(id).unwrap().len(), 1);
    ledger.connection().execute_batch("PRAGMA max_page_count = 1000000").unwrap();
    assert_eq!(ledger.enrol(id, &many, minute(2)).unwrap(), 5000, "space again, work again");
}

/// Overwrites the file from an offset to its end.
fn damage(path: &Path, from: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[from..].fill(0xff);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn damage_is_named_and_after_it_nothing_more_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weekcast.db");
    let mut ledger = SqliteLedger::create(&path).unwrap();
    let id = ledger.begin(&monday(1), &people(&["a"]), minute(0)).unwrap();
    drop(ledger);
    let mut ledger = SqliteLedger::existing(&path).unwrap();
    damage(&path, 4096);
    let first = ledger.enrol(id, &people(&["b"]), minute(1)).err().unwrap();
    assert!(matches!(first, LedgerError::Storage { action: "written", .. }), "{first:?}");
    let next = ledger.lift(&key("a"), None).err().unwrap();
    assert!(cause(next).starts_with("an earlier write failed on the disk"));
    drop(ledger);
    damage(&path, 100);
    assert_eq!(cause(SqliteLedger::create(&path).err().unwrap()), "the file is damaged");
}

#[test]
fn claims_and_pages_use_their_indexes() {
    let (_folder, ledger) = fresh();
    let plan = |sql: &str| {
        let mut statement = ledger.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let rows = statement.raw_query().mapped(|row| row.get::<_, String>(3));
        rows.map(Result::unwrap).collect::<Vec<_>>().join("; ")
    };
    let pending = plan(crate::ledger::sqlite::claims::PENDING);
    assert!(pending.contains("delivery_pending") && !pending.contains("TEMP B-TREE"), "{pending}");
    assert!(plan(crate::ledger::sqlite::claims::DUE).contains("delivery_deferred"));
    let page = plan("SELECT * FROM delivery WHERE edition_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
    assert!(page.contains("delivery_edition") && !page.contains("TEMP B-TREE"), "{page}");
}

#[test]
fn bounces_are_counted_beside_acceptance_and_long_replies_are_cut() {
    let (_folder, mut ledger) = fresh();
    let id = ledger.begin(&monday(1), &people(&["a"]), minute(0)).unwrap();
    let row = claim(&mut ledger, id, ("r1", "d1"), 1, minute(1))[0].id;
    let long = Reply::new(250, &"x".repeat(100_000));
    ledger.apply(&[Mark::Sending(row), Mark::Accepted(row, long)], minute(2)).unwrap();
    assert_eq!(ledger.deliveries(id).unwrap()[0].reply.as_ref().map(|reply| reply.text.len()), Some(1000));
    ledger.connection().execute("UPDATE delivery SET bounced_at = 1", []).unwrap();
    let counts = ledger.editions(None).unwrap()[0].1.counts;
    assert_eq!(counts, Counts { accepted: 1, bounced: 1, ..Counts::default() });
    assert_eq!(ledger.requeue(id, &Requeue::Only(vec![key("a")]), minute(3)).unwrap(), 1);
    assert_eq!(ledger.editions(None).unwrap()[0].1.counts, Counts { due: 1, ..Counts::default() });
}

/// A step of a random life: a mark on one of five rows, a claim, a recovery.
fn step() -> impl Strategy<Value = (u8, i64)> {
    (any::<u8>(), 1_i64..=5)
}

fn mark(kind: u8, row: i64) -> Mark {
    match kind % 8 {
        0 => Mark::Sending(row),
        1 => Mark::Accepted(row, ok()),
        2 => Mark::Refused(row, None, None),
        3 => Mark::Deferred(row, None, None, minute(5)),
        4 => Mark::InDoubt(row, "no answer".into()),
        5 => Mark::Released(row, None),
        6 => Mark::Skipped(row, "left".into()),
        _ => Mark::Expired(row, None),
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn counts_add_up_and_what_is_settled_stays(steps in collection::vec(step(), 1..120)) {
        let (_folder, mut ledger) = fresh();
        ledger.connection().execute_batch("PRAGMA synchronous = OFF").unwrap();
        let id = ledger.begin(&monday(1), &people(&["a", "b", "c", "d", "e"]), minute(0)).unwrap();
        let mut gates = [0_u32; 6];
        for (kind, row) in steps {
            let before = ledger.deliveries(id).unwrap();
            match kind {
                0..=40 => drop(claim(&mut ledger, id, ("r1", "d1"), 2, minute(6))),
                41..=50 => drop(ledger.recover(minute(6)).unwrap()),
                _ => {
                    let gate = Mark::Sending(row);
                    let marks = [mark(kind, row), mark(kind / 8, row)];
                    if ledger.apply(&marks, minute(6)).is_ok() {
                        gates[usize::try_from(row).unwrap()] += u32::from(marks.contains(&gate));
                    } else {
                        assert_eq!(ledger.deliveries(id).unwrap(), before, "a refused mark undoes its batch");
                    }
                }
            }
            let after = ledger.deliveries(id).unwrap();
            assert_eq!(ledger.editions(None).unwrap()[0].1.counts.total(), 5);
            for (was, is) in before.iter().zip(&after) {
                let settled = [State::Accepted, State::InDoubt, State::Refused, State::Skipped, State::Expired];
                assert!(!settled.contains(&was.state) || was == is, "{was:?} became {is:?}");
                assert!(is.state != State::Accepted || gates[usize::try_from(is.id).unwrap()] > 0, "no dot without a gate");
            }
        }
    }
}
