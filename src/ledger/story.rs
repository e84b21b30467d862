//! What every ledger must do, told once against the trait: each database runs the same story.

use chrono::{DateTime, TimeDelta, Utc};

use crate::ledger::{
    Claim, ClaimOrder, EditionId, Enrolment, LONGEST_BACK_OFF, Ledger, LedgerError, Mark, NewEdition, Recovered,
    Requeue,
};
use crate::model::{
    Act, AddressKey, BroadcastKey, Counts, Delivery, DigestPart, ListName, Mailing, Reply, RunId, SignOff, State,
    Suppression,
};

/// Minutes after the story began.
pub(crate) fn minute(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_805_000_000_123).unwrap() + TimeDelta::minutes(minutes)
}

pub(crate) fn key(name: &str) -> AddressKey {
    AddressKey::from_stored(format!("{name}@board.example"))
}

pub(crate) fn monday(edition: u32) -> NewEdition {
    NewEdition {
        key: BroadcastKey { week: "cse".into(), date: "2027-03-15".into() },
        edition,
        correction: None,
        source_file: None,
        theme: "Training".into(),
        subject: "Week: Training".into(),
        digest: "d1".into(),
        parts: vec![DigestPart::new("subject", b"Week: Training")],
        due_at: minute(-1),
    }
}

pub(crate) fn people(names: &[&str]) -> Vec<Enrolment> {
    let person = |name: &&str| Enrolment {
        key: key(name),
        address: key(name).as_str().to_owned(),
        state: State::Pending,
        note: None,
        in_reply_to: None,
    };
    names.iter().map(person).collect()
}

/// Claims for a run and a digest; Message-IDs are `name.digest`.
pub(crate) fn claim(
    ledger: &mut dyn Ledger,
    id: EditionId,
    (run, digest): (&str, &str),
    limit: usize,
    now: DateTime<Utc>,
) -> Vec<Claim> {
    claim_only(ledger, id, (run, digest), (limit, None), now)
}

fn claim_only(
    ledger: &mut dyn Ledger,
    id: EditionId,
    (run, digest): (&str, &str),
    (limit, only): (usize, Option<&[AddressKey]>),
    now: DateTime<Utc>,
) -> Vec<Claim> {
    let message_id = |key: &AddressKey| format!("{}.{digest}", key.as_str());
    let run = RunId(run.into());
    ledger.claim(id, &ClaimOrder { run: &run, limit, only, digest, message_id: &message_id }, now).unwrap()
}

pub(crate) fn states(ledger: &dyn Ledger, id: EditionId) -> String {
    let words: Vec<&str> = ledger.deliveries(id).unwrap().iter().map(|delivery| delivery.state.word()).collect();
    words.join(" ")
}

fn one(ledger: &dyn Ledger, id: EditionId, name: &str) -> Delivery {
    ledger.deliveries(id).unwrap().into_iter().find(|delivery| delivery.key == key(name)).unwrap()
}

pub(crate) fn ok() -> Reply {
    Reply::new(250, "2.0.0 queued")
}

/// The whole story, on an empty ledger.
pub(crate) fn tell(ledger: &mut dyn Ledger) {
    let id = beginning(ledger);
    first_run(ledger, id);
    deferral(ledger, id);
    crash(ledger, id);
    decisions(ledger, id);
    new_content_and_edition(ledger, id);
    opt_outs_and_acts(ledger);
}

fn beginning(ledger: &mut dyn Ledger) -> EditionId {
    assert!(ledger.secret().iter().any(|octet| *octet != 0));
    assert!(ledger.editions(None).unwrap().is_empty());
    ledger.verify().unwrap();
    assert_eq!((ledger.generation().unwrap(), ledger.advance().unwrap(), ledger.generation().unwrap()), (0, 1, 1));
    let mut audience = people(&["a", "b", "c", "d"]);
    audience[1].address = "B@board.example".into();
    audience.push(Enrolment { state: State::Suppressed, note: Some("asked".into()), ..people(&["e"]).remove(0) });
    audience.extend(people(&["a"]));
    let id = ledger.begin(&monday(1), &audience, minute(0)).unwrap();
    assert!(matches!(ledger.begin(&monday(1), &[], minute(0)), Err(LedgerError::Begun(Mailing::Edition(1)))));
    assert_eq!(states(ledger, id), "pending pending pending pending suppressed");
    assert_eq!((one(ledger, id, "b").address, one(ledger, id, "a").address).0, "B@board.example");
    let (_, record) = ledger.editions(Some("cse")).unwrap().remove(0);
    assert_eq!((record.begun_at, record.due_at, record.parts), (minute(0), minute(-1), monday(1).parts));
    assert_eq!(record.counts, Counts { due: 4, suppressed: 1, ..Counts::default() });
    assert!(ledger.editions(Some("other")).unwrap().is_empty());
    let wrong = Enrolment { state: State::Accepted, ..people(&["f"]).remove(0) };
    assert!(matches!(ledger.enrol(id, &[wrong], minute(0)), Err(LedgerError::Enrolment(State::Accepted))));
    assert_eq!(ledger.enrol(id, &people(&["c", "f"]), minute(1)).unwrap(), 1, "c is there already");
    id
}

fn first_run(ledger: &mut dyn Ledger, id: EditionId) {
    let claims = claim(ledger, id, ("r1", "d1"), 3, minute(2));
    let taken: Vec<&str> = claims.iter().map(|claim| claim.message_id.as_str()).collect();
    assert_eq!(taken, ["a@board.example.d1", "b@board.example.d1", "c@board.example.d1"]);
    assert!(claims.iter().all(|claim| claim.date == minute(2) && claim.attempts == 0));
    let [a, b, c] = [claims[0].id, claims[1].id, claims[2].id];
    // No dot without the gate, and one wrong mark undoes the others.
    let early = ledger.apply(&[Mark::Sending(b), Mark::Accepted(a, ok())], minute(3));
    let Err(LedgerError::Transition { delivery, from: State::Claimed, to: State::Accepted }) = early else {
        panic!("{early:?}")
    };
    assert_eq!(delivery, a);
    assert_eq!(states(ledger, id), "claimed claimed claimed pending suppressed pending");
    assert_eq!(ledger.handed_over_since(minute(0)).unwrap(), 0);
    for (messages, at) in [(4, -20_000), (2, -3), (1, -1)] {
        ledger.note_handed_over(messages, minute(at)).unwrap();
    }
    assert_eq!([-20_000, -3, -2, 0].map(|at| ledger.handed_over_since(minute(at)).unwrap()), [3, 3, 1, 0]);
    ledger.apply(&[Mark::Sending(a), Mark::Sending(b), Mark::Sending(c)], minute(3)).unwrap();
    assert_eq!(ledger.handed_over_since(minute(3)).unwrap(), 3);
    assert!(matches!(ledger.apply(&[Mark::Sending(a)], minute(3)), Err(LedgerError::Transition { .. })));
    let later = Mark::Deferred(b, Some(Reply::new(451, "4.7.1 greylisted")), None, minute(8));
    ledger.apply(&[Mark::Accepted(a, ok()), later, Mark::Released(c, None)], minute(4)).unwrap();
    ledger.apply(&[Mark::Accepted(a, Reply::new(250, "again"))], minute(5)).unwrap();
    assert_eq!((one(ledger, id, "a").reply, one(ledger, id, "a").changed_at), (Some(ok()), minute(4)));
    assert_eq!(states(ledger, id), "accepted deferred pending pending suppressed pending");
    assert_eq!((one(ledger, id, "b").attempts, one(ledger, id, "c").attempts), (1, 0));
    assert_eq!((ledger.handed_over_since(minute(3)).unwrap(), ledger.handed_over_since(minute(4)).unwrap()), (1, 0));
    assert!(matches!(ledger.apply(&[Mark::Skipped(99, "gone".into())], minute(4)), Err(LedgerError::Missing(99))));
}

fn deferral(ledger: &mut dyn Ledger, id: EditionId) {
    let only = [key("b"), key("b"), key("nobody")];
    let named = |ledger: &mut dyn Ledger, now| claim_only(ledger, id, ("r1", "d1"), (9, Some(&only)), now);
    assert!(named(ledger, minute(7)).is_empty(), "not due yet");
    assert_eq!(claim(ledger, id, ("r1", "d1"), 2, minute(8)).len(), 2, "b before c, in the order of the list");
    let b = one(ledger, id, "b");
    assert_eq!((b.state, b.date, b.next_at), (State::Claimed, Some(minute(2)), None), "the date of the first claim");
    // A wait longer than the longest is cut, and one that lies beyond it after the clock was set back is due.
    ledger.apply(&[Mark::Deferred(b.id, None, Some("no answer".into()), minute(99_999))], minute(9)).unwrap();
    let b = one(ledger, id, "b");
    assert_eq!((b.next_at, b.reply, b.attempts), (Some(minute(9) + LONGEST_BACK_OFF), None, 2));
    assert!(named(ledger, minute(9)).is_empty());
    assert_eq!(named(ledger, minute(8)).len(), 1, "the clock was set back");
    let c = one(ledger, id, "c");
    let refused = Mark::Refused(c.id, Some(Reply::new(550, "5.1.1 unknown")), None);
    ledger.apply(&[refused.clone(), refused, Mark::Deferred(b.id, None, None, minute(20))], minute(10)).unwrap();
    assert_eq!(one(ledger, id, "c").attempts, 1, "a repeat charges nothing");
    ledger.apply(&[Mark::Expired(b.id, None)], minute(30)).unwrap();
    assert_eq!(states(ledger, id), "accepted expired refused pending suppressed pending");
}

fn crash(ledger: &mut dyn Ledger, id: EditionId) {
    let claims = claim(ledger, id, ("r2", "d1"), 9, minute(40));
    assert_eq!(claims.len(), 2, "d and f");
    ledger.apply(&[Mark::Sending(claims[0].id)], minute(41)).unwrap();
    assert_eq!(ledger.recover(minute(50)).unwrap(), Recovered { released: 1, in_doubt: 1 });
    assert_eq!(ledger.recover(minute(51)).unwrap(), Recovered::default());
    let said: Vec<Act> = ledger.acts("cse").unwrap().into_iter().filter(|act| act.kind == "broken-off").collect();
    assert!(said.len() == 1 && said[0].detail.contains("1 message in doubt, and 1 more"), "{said:?}");
    assert_eq!(states(ledger, id), "accepted expired refused in_doubt suppressed pending");
    let d = one(ledger, id, "d");
    assert_eq!(d.attempts, claims[0].attempts + 1, "an attempt that may have arrived is one");
    assert!(d.note.is_some_and(|note| note.contains("ended before")) && d.reply.is_none());
    assert_eq!(ledger.handed_over_since(minute(41)).unwrap(), 1, "a doubt counts as handed over");
    let late = ledger.apply(&[Mark::Accepted(d.id, ok())], minute(52));
    assert!(matches!(late, Err(LedgerError::Transition { from: State::InDoubt, .. })), "{late:?}");
}

fn decisions(ledger: &mut dyn Ledger, id: EditionId) {
    assert_eq!(ledger.settle_as_accepted(id, Some(&[key("a"), key("c")]), minute(60)).unwrap(), 0);
    assert_eq!(ledger.settle_as_accepted(id, None, minute(60)).unwrap(), 1);
    let d = one(ledger, id, "d");
    assert!(d.state == State::Accepted && d.note.is_some_and(|note| note.contains("person")));
    assert_eq!(ledger.requeue(id, &Requeue::InDoubt, minute(61)).unwrap(), 0);
    assert_eq!(ledger.requeue(id, &Requeue::NotAccepted, minute(61)).unwrap(), 2);
    assert_eq!(states(ledger, id), "accepted pending pending accepted suppressed pending");
    // Whoever opted out is not put back by name either; lifted, they are.
    let opt_out = Suppression {
        key: key("e"),
        list: None,
        reason: "asked".into(),
        source: "the officer".into(),
        since: minute(0),
    };
    ledger.suppress(&opt_out).unwrap();
    let named = Requeue::Only(vec![key("e"), key("f"), key("nobody")]);
    assert_eq!(ledger.requeue(id, &named, minute(62)).unwrap(), 0);
    assert!(ledger.lift(&key("e"), None).unwrap());
    assert_eq!(ledger.requeue(id, &named, minute(62)).unwrap(), 1);
    assert_eq!(ledger.requeue(id, &Requeue::Only(vec![key("a")]), minute(62)).unwrap(), 1, "accepted, by name");
}

fn new_content_and_edition(ledger: &mut dyn Ledger, id: EditionId) {
    let claims = claim(ledger, id, ("r3", "d2"), 2, minute(70));
    assert_eq!(claims[0].message_id, "a@board.example.d2");
    assert_eq!((claims[0].date, claims[1].attempts), (minute(70), 3));
    let skipped = Mark::Skipped(claims[1].id, "left the list".into());
    ledger.apply(&[Mark::Sending(claims[0].id), Mark::Accepted(claims[0].id, ok()), skipped], minute(71)).unwrap();
    let second = ledger.begin(&monday(2), &people(&["a"]), minute(72)).unwrap();
    assert_ne!(second, id);
    let history = ledger.history(&key("a")).unwrap();
    let found: Vec<(u32, State)> = history.iter().map(|(record, row)| (record.edition, row.state)).collect();
    assert_eq!(found, [(1, State::Accepted), (2, State::Pending)]);
    let expected = Counts { due: 3, accepted: 2, skipped: 1, ..Counts::default() };
    let counts = ledger.editions(Some("cse")).unwrap()[0].1.counts;
    assert_eq!((counts, counts.total()), (expected, 6));
    let all = ledger.deliveries(id).unwrap();
    let mut paged = ledger.deliveries_after(id, None, 4).unwrap();
    paged.extend(ledger.deliveries_after(id, Some(paged[3].id), 4).unwrap());
    assert_eq!((all.len(), paged), (6, all));
    assert!(ledger.history(&key("nobody")).unwrap().is_empty());
}

fn opt_outs_and_acts(ledger: &mut dyn Ledger) {
    let opt_out = |name: &str, list: Option<&str>, reason: &str, at| Suppression {
        key: key(name),
        list: list.map(|list| ListName(list.into())),
        reason: reason.into(),
        source: Suppression::BOUNCE.into(),
        since: minute(at),
    };
    ledger.suppress(&opt_out("x", None, "bounced", 5)).unwrap();
    let several = [opt_out("x", None, "asked", 9), opt_out("x", Some("schools"), "left", 9), opt_out("w", None, "", 9)];
    ledger.suppress_all(&several).unwrap();
    let [w, list] = [several[2].clone(), several[1].clone()];
    assert_eq!(ledger.suppressions().unwrap(), [w, opt_out("x", None, "asked", 5), list.clone()]);
    assert!(ledger.lift(&key("w"), None).unwrap());
    assert_eq!(ledger.suppressions_of(&key("x")).unwrap(), [opt_out("x", None, "asked", 5), list.clone()]);
    assert!(!ledger.lift(&key("x"), Some(&ListName("staff".into()))).unwrap());
    assert_eq!((ledger.lift(&key("x"), None).unwrap(), ledger.lift(&key("x"), None).unwrap()), (true, false));
    assert_eq!(ledger.suppressions_of(&key("x")).unwrap(), std::slice::from_ref(&list));
    assert!(ledger.lift(&key("x"), list.list.as_ref()).unwrap());
    let sign_off = |by: &str, at| SignOff {
        id: 0,
        key: monday(1).key,
        by: by.into(),
        at: minute(at),
        digest: "d1".into(),
        parts: monday(1).parts,
        people: 2,
    };
    ledger.sign_off(&sign_off("Rowan", 7), &[key("a"), key("b"), key("a")]).unwrap();
    ledger.sign_off(&sign_off("Sam", 3), &[key("a")]).unwrap();
    let signed = ledger.sign_offs("cse").unwrap();
    assert_eq!(signed[0], SignOff { id: signed[0].id, ..sign_off("Rowan", 7) });
    assert_eq!((signed.len(), signed[1].people, signed[1].by.as_str()), (2, 1, "Sam"));
    assert_eq!(ledger.signed_audience(signed[0].id).unwrap(), [key("a"), key("b")]);
    assert!(ledger.sign_offs("other").unwrap().is_empty());
    let act = |at, key: Option<BroadcastKey>| Act { at: minute(at), key, kind: "held".into(), detail: "late".into() };
    for made in [act(2, Some(monday(1).key)), act(1, Some(monday(1).key)), act(1, None)] {
        ledger.record(&made).unwrap();
    }
    let held: Vec<Act> = ledger.acts("cse").unwrap().into_iter().filter(|act| act.kind == "held").collect();
    let recorded = [act(2, Some(monday(1).key)), act(1, Some(monday(1).key))];
    assert_eq!(held, recorded, "in the order of the record, whatever the clock said");
    assert_eq!(ledger.acts_beside_weeks().unwrap(), [act(1, None)]);
}
