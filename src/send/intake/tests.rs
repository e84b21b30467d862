//! Who shares a transaction, and for how long it is held open.

use std::time::Duration;

use super::{By, Intake, Requests, Writer};
use crate::ledger::Mark;
use crate::send::lock::lock;

/// So long that a test that waits for it does not end.
const LONG: Duration = Duration::from_secs(86_400);

fn sending(requests: &Requests) -> Vec<i64> {
    requests.marks.iter().map(Mark::delivery).collect()
}

/// Does something as soon as the writer waits.
fn once(intake: &Intake, waits: Writer, act: impl FnOnce()) {
    while lock(&intake.state).writer != waits {
        std::thread::yield_now();
    }
    act();
}

#[test]
fn where_more_are_on_their_way_half_of_the_connections_share_a_transaction() {
    let intake = Intake::new(6, By::Writer, LONG);
    let mut so_far = Requests::default();
    drop(intake.ahead(&[1])); // While the last one was written.
    std::thread::scope(|scope| {
        scope.spawn(|| {
            once(&intake, Writer::WaitsForEnough, || drop(intake.ahead(&[2])));
            drop(intake.ahead(&[3]));
        });
        assert!(intake.next(false));
        assert!(intake.more(&mut so_far));
        assert_eq!(sending(&so_far), [1], "written while the others are on their way");
        assert!(intake.more(&mut so_far));
        assert_eq!((sending(&so_far), so_far.waiting.len()), (vec![1, 2, 3], 3));
        assert!(!intake.more(&mut so_far), "three of six are enough");
    });
}

#[test]
fn where_the_disk_is_slow_all_connections_share_a_transaction() {
    let intake = Intake::new(3, By::Writer, LONG);
    let mut so_far = Requests::default();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            once(&intake, Writer::WaitsForAnything, || drop(intake.ahead(&[1])));
            once(&intake, Writer::WaitsForEnough, || drop(intake.ahead(&[2])));
            drop(intake.ahead(&[3]));
        });
        assert!(intake.next(true));
        while intake.more(&mut so_far) {}
        assert_eq!(sending(&so_far), [1, 2, 3]);
    });
}

#[test]
fn who_comes_alone_is_not_held_up() {
    let intake = Intake::new(6, By::Writer, LONG);
    let mut so_far = Requests::default();
    std::thread::scope(|scope| {
        scope.spawn(|| once(&intake, Writer::WaitsForAnything, || drop(intake.ahead(&[1]))));
        assert!(intake.next(false));
        assert!(intake.more(&mut so_far));
        assert!(!intake.more(&mut so_far));
        assert_eq!(sending(&so_far), [1]);
    });
}

#[test]
fn those_who_do_not_come_are_not_waited_for_for_ever() {
    let intake = Intake::new(6, By::Writer, Duration::ZERO);
    let mut so_far = Requests::default();
    drop(intake.ahead(&[1]));
    assert!(intake.next(false));
    assert!(intake.more(&mut so_far));
    assert!(!intake.more(&mut so_far));
    assert!(!intake.more(&mut so_far));
}

#[test]
fn what_nobody_waits_for_is_written_all_the_same() {
    let intake = Intake::new(1, By::Writer, LONG);
    let mut so_far = Requests::default();
    assert!(intake.mark(Mark::Released(1, None)));
    assert!(intake.next(false) && intake.more(&mut so_far) && !intake.more(&mut so_far));
    assert_eq!((sending(&so_far), so_far.waiting.len(), so_far.claim), (vec![1], 0, None));
    assert!(intake.claim(5));
    assert!(intake.next(false) && intake.more(&mut so_far));
    assert_eq!(so_far.claim, Some(5));
}

#[test]
fn the_writer_ends_after_the_last_request_and_nobody_waits_for_one_that_has_ended() {
    let intake = Intake::new(2, By::Writer, LONG);
    let mut so_far = Requests::default();
    let (lost, _) = intake.ahead(&[1]);
    intake.close();
    assert!(intake.next(false) && intake.more(&mut so_far) && !intake.more(&mut so_far) && !intake.next(false));
    drop(so_far);
    assert!(lost.blocking_recv().is_err());
    let (late, _) = intake.ahead(&[2]);
    intake.end();
    assert!(late.blocking_recv().is_err());
    assert!(!intake.mark(Mark::Sending(3)) && !intake.claim(1));
    assert!(intake.ahead(&[4]).0.blocking_recv().is_err());
}

fn comes(intake: &Intake, id: i64) -> bool {
    intake.ahead(&[id]).1
}

fn all(intake: &Intake) -> Vec<i64> {
    let mut so_far = Requests::default();
    while intake.more(&mut so_far) {}
    sending(&so_far)
}

/// One whose thread is writing while somebody else has come.
fn busy(connections: usize) -> Intake {
    let intake = Intake::new(connections, By::LastToCome, LONG);
    std::thread::scope(|scope| {
        scope.spawn(|| once(&intake, Writer::WaitsForAnything, || assert!(!comes(&intake, 1))));
        assert!(intake.next(false), "who comes alone hands it over, and does not wait");
    });
    assert!(!comes(&intake, 2) && all(&intake) == [1, 2]);
    assert!(!comes(&intake, 3), "while the thread writes");
    std::thread::scope(|scope| {
        scope.spawn(|| once(&intake, Writer::Watches, || assert!(intake.claim(1))));
        assert!(intake.next(false), "more are on their way; claims do not wait for them");
    });
    assert_eq!(all(&intake), [3]);
    assert!(!comes(&intake, 4), "while the thread writes");
    intake
}

/// The thread is about to watch.
fn watch(intake: &Intake) {
    let mut state = lock(&intake.state);
    state.after(false);
    state.busy = true;
}

#[test]
fn the_last_of_half_of_the_connections_writes_for_all_of_them() {
    let intake = busy(6);
    watch(&intake);
    assert!(!comes(&intake, 5) && intake.mark(Mark::Released(1, None)) && comes(&intake, 6));
    assert_eq!(all(&intake), [4, 5, 1, 6]);
    for id in 7..11 {
        assert!(!comes(&intake, id), "while another writes");
    }
    assert!(intake.written(false), "enough have come meanwhile");
    assert_eq!(all(&intake), [7, 8, 9, 10]);
    assert!(!intake.written(false));
    let last = [11, 12, 13].map(|id| comes(&intake, id));
    assert_eq!(last, [false, false, true], "while they come in time, they are waited for");
}

#[test]
fn where_the_disk_is_slow_the_last_of_all_connections_writes() {
    let intake = busy(3);
    watch(&intake);
    assert!(comes(&intake, 5) && all(&intake) == [4, 5] && !intake.written(true));
    assert!(!comes(&intake, 6) && !comes(&intake, 7) && comes(&intake, 8));
}

#[test]
fn whose_company_does_not_come_is_written_by_the_thread() {
    let intake = Intake::new(6, By::LastToCome, Duration::ZERO);
    assert!(!comes(&intake, 1) && intake.next(false) && all(&intake) == [1]);
    assert!(!comes(&intake, 2));
    assert!(intake.next(false), "after it has waited");
    assert_eq!(all(&intake), [2]);
    assert!(!comes(&intake, 3) && !comes(&intake, 4) && !comes(&intake, 5), "while the thread writes");
    assert!(intake.next(true), "it goes on with who has come: nobody else would");
}

#[test]
fn what_nobody_waits_for_is_written_by_the_thread() {
    let intake = Intake::new(6, By::LastToCome, LONG);
    assert!(intake.mark(Mark::Released(1, None)));
    assert!(intake.next(false) && all(&intake) == [1]);
    assert!(!comes(&intake, 2));
    intake.close();
    assert!(intake.next(false) && all(&intake) == [2] && !intake.next(false));
}
