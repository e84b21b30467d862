//! A made-up week for tests: a quiet day, one that was sent twice, one with trouble, one held, one to come.

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Europe::London;
use chrono_tz::Tz;

use crate::model::{
    Act, ActChain, Address, BroadcastKey, ChainHead, Counts, Delivery, EditionRecord, Held, ListName, RecordedAct,
    Reply, SignOff, State,
};
use crate::report::pack::{
    AllowedFinding, BoardPack, PackCorrection, PackDay, PackDropped, PackEdition, PackList, SampleCopy,
};
use crate::report::status::{DayState, DayStatus, correction_status};

const WEEK: &str = "cse-awareness-week";

/// The week.
pub(in crate::report) fn pack() -> BoardPack {
    let twice = |day: &mut PackDay| {
        let again = edition(day.planned_at, 2, 190, deliveries(12, &[]));
        day.editions.push(again);
    };
    let mut days = vec![
        day(12, "Spotting the signs", DayState::Sent, Some((0, deliveries(248, &[])))),
        day(15, "Training and guidance", DayState::Sent, Some((1, returned(deliveries(250, &[]))))),
        day(16, "Schools resources", DayState::Incomplete, Some((0, troubled()))),
        day(17, "Working together", DayState::Held, None),
        day(18, "National Child Exploitation Awareness Day", DayState::Planned, None),
    ];
    twice(&mut days[1]);
    corrected(&mut days[1]);
    for (index, by) in [(0, "Rowan Example"), (1, "Rowan Example"), (1, "Sam Example"), (2, "Rowan Example")] {
        let given = sign_off(&days[index].editions[0].record, by, -1080);
        days[index].sign_offs.push(given);
    }
    days[2].sign_offs[0].digest = "0".repeat(64);
    let mut all: Vec<Act> = days.iter().flat_map(|day| &day.sign_offs).map(signed_act).chain(acts()).collect();
    all.sort_by_key(|act| act.at);
    BoardPack {
        week_title: "CSE awareness week".to_owned(),
        week_name: WEEK.to_owned(),
        outbox: None,
        organisation: Some("Exampleshire Safeguarding Children Partnership".to_owned()),
        timezone: London,
        made_at: London.with_ymd_and_hms(2027, 3, 17, 16, 5, 0).unwrap(),
        days,
        dropped: vec![PackDropped {
            planned_at: London.with_ymd_and_hms(2027, 3, 19, 8, 30, 0).unwrap(),
            theme: "Looking back".to_owned(),
            reason: "The speaker is ill".to_owned(),
        }],
        record: Some(chain(all)),
        allowed: vec![AllowedFinding {
            rule: "weekend".to_owned(),
            why: "nobody reads a broadcast on a Saturday or Sunday, unless the schedule was made for it".to_owned(),
            reason: "The helpline is open on Saturdays, and the board asked for it.".to_owned(),
            count: 1,
        }],
    }
}

/// A delivery that ended at 08:40 on 15 March.
pub(in crate::report) fn delivery(id: i64, address: &str, state: State) -> Delivery {
    Delivery {
        id,
        key: Address::parse(address).unwrap_or_else(|_| Address::nobody()).key(),
        address: address.to_owned(),
        state,
        attempts: 1,
        message_id: Some(format!("{id:04}.sample@board.example")),
        date: Some(utc(15, 8, 30)),
        reply: (state == State::Accepted).then(|| Reply::new(250, "2.0.0 queued")),
        note: None,
        next_at: None,
        changed_at: utc(15, 8, 40),
        bounced_at: None,
        content: None,
        in_reply_to: None,
    }
}

fn utc(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 3, day, hour, minute, 4).unwrap()
}

/// So many accepted, at four domains, and then the given ones.
fn deliveries(accepted: usize, others: &[Delivery]) -> Vec<Delivery> {
    let domains = ["board.example", "school.example", "council.example", "nhs.example"];
    let mut all: Vec<Delivery> = (0..accepted)
        .map(|n| delivery(n as i64, &format!("person{n}@{}", domains[n % 7 % 4]), State::Accepted))
        .collect();
    all.extend_from_slice(others);
    all
}

fn returned(mut all: Vec<Delivery>) -> Vec<Delivery> {
    all[3].bounced_at = Some(utc(15, 9, 2));
    all[9].bounced_at = Some(utc(15, 11, 40));
    all
}

fn troubled() -> Vec<Delivery> {
    let with = |id, address: &str, state, code, text: &str| Delivery {
        reply: Some(Reply::new(code, text)),
        ..delivery(id, address, state)
    };
    let doubt = "the connection was lost after the end of the message to <head@college.example>";
    let opted_out =
        Delivery { note: Some("opted out".to_owned()), ..delivery(909, "gone@council.example", State::Suppressed) };
    deliveries(
        236,
        &[
            with(900, "left@school.example", State::Refused, 550, "5.1.1 <left@school.example>: user unknown"),
            with(901, "moved@school.example", State::Refused, 550, "5.1.1 <moved@school.example>: user unknown"),
            with(902, "full@nhs.example", State::Refused, 552, "5.2.2 mailbox full"),
            with(903, "staff@academy.example", State::Refused, 550, "5.7.133 sender not authenticated for group"),
            with(904, "old@nowhere.example", State::Expired, 450, "4.4.1 no answer"),
            with(905, "busy@council.example", State::Deferred, 451, "4.7.500 server busy"),
            Delivery { note: Some(doubt.to_owned()), ..delivery(906, "head@college.example", State::InDoubt) },
            opted_out,
        ],
    )
}

fn counts(all: &[Delivery]) -> Counts {
    let mut counts = Counts::default();
    for delivery in all {
        counts.add(delivery.state, 1);
        counts.bounced += usize::from(delivery.bounced_at.is_some());
    }
    counts
}

fn edition(planned: DateTime<Tz>, number: u32, late: i64, all: Vec<Delivery>) -> PackEdition {
    let begun = planned.with_timezone(&Utc) + TimeDelta::minutes(late) + TimeDelta::seconds(4);
    let theme = if number == 1 { "Training and guidance" } else { "Training and guidance (corrected)" };
    PackEdition {
        record: EditionRecord {
            purged_at: None,
            key: BroadcastKey { week: WEEK.to_owned(), date: planned.date_naive().to_string() },
            edition: number,
            correction: None,
            source_file: None,
            theme: theme.to_owned(),
            subject: format!("CSE awareness week: {theme}"),
            digest: format!("{number:x}").repeat(64),
            parts: Vec::new(),
            begun_at: begun,
            due_at: planned.with_timezone(&Utc),
            counts: counts(&all),
        },
        ended_at: Some(begun + TimeDelta::minutes(9)),
        deliveries: all,
    }
}

/// Puts the first edition right, for most of those who got it.
fn corrected(day: &mut PackDay) {
    let refused = Delivery {
        reply: Some(Reply::new(552, "5.2.2 mailbox full")),
        ..delivery(950, "full@nhs.example", State::Refused)
    };
    let mut mailing = edition(day.planned_at, 1, 187, deliveries(240, &[refused]));
    mailing.record.correction = Some(1);
    mailing.record.source_file = Some("correction.toml".to_owned());
    mailing.record.subject = "Correction: CSE awareness week: Training and guidance".to_owned();
    mailing.record.digest = "c".repeat(64);
    day.status.corrections = vec![correction_status((1, &mailing.record), None, false)];
    let eml = b"Subject: Correction\r\n\r\nHello\r\n".to_vec();
    let sample = Some(SampleCopy { of: "an example recipient".to_owned(), eml });
    day.corrections.push(PackCorrection { number: 1, mailing, sample });
}

fn day(number: u32, theme: &str, state: DayState, sent: Option<(i64, Vec<Delivery>)>) -> PackDay {
    let planned = London.with_ymd_and_hms(2027, 3, number, 8, 30, 0).unwrap();
    let mut editions: Vec<PackEdition> = sent.into_iter().map(|(late, all)| edition(planned, 1, late, all)).collect();
    for edition in &mut editions {
        edition.record.theme = theme.to_owned();
        edition.record.subject = format!("CSE awareness week: {theme}");
    }
    let counts = editions.first().map_or(Counts { due: 251, ..Counts::default() }, |first| first.record.counts);
    let share = |name: &str, title: &str, accepted| PackList {
        name: ListName(name.to_owned()),
        title: title.to_owned(),
        counts: Counts { accepted, refused: counts.refused, suppressed: counts.suppressed, ..Counts::default() },
    };
    PackDay {
        status: DayStatus {
            day: planned.format("%A").to_string().to_lowercase(),
            date: planned.date_naive().to_string(),
            at: planned.to_rfc3339(),
            theme: theme.to_owned(),
            edition: 1,
            state,
            held: (state == DayState::Held).then_some(Held::Late),
            dropped: None,
            digest: Some(format!("{:x}", number % 16).repeat(64)),
            counts,
            deliveries: None,
            corrections: Vec::new(),
        },
        planned_at: planned,
        subject: format!("CSE awareness week: {theme}"),
        editions,
        corrections: Vec::new(),
        lists: vec![share("front-line", "Front-line staff", 120), share("schools", "Designated leads in schools", 140)],
        sign_offs: Vec::new(),
        sample: Some(SampleCopy {
            of: "an example recipient".to_owned(),
            eml: format!("Subject: {theme}\r\n\r\nHello\r\n").into_bytes(),
        }),
    }
}

/// A sign-off of what an edition has, so many minutes from when it was due.
pub(in crate::report) fn sign_off(record: &EditionRecord, by: &str, minutes: i64) -> SignOff {
    SignOff {
        id: 1,
        key: record.key.clone(),
        by: by.to_owned(),
        at: record.due_at + TimeDelta::minutes(minutes),
        digest: record.digest.clone(),
        parts: record.parts.clone(),
        people: 248,
    }
}

/// The act of a sign-off.
pub(in crate::report) fn signed_act(sign_off: &SignOff) -> Act {
    Act {
        at: sign_off.at,
        key: Some(sign_off.key.clone()),
        kind: "signed-off".to_owned(),
        detail: format!("by {}, for {} recipients, digest {}", sign_off.by, sign_off.people, &sign_off.digest[..12]),
    }
}

/// Acts as a ledger keeps them.
pub(in crate::report) fn chain(acts: Vec<Act>) -> ActChain {
    let mut head = ChainHead::start("5a3c");
    let mut linked = Vec::new();
    for act in acts {
        head = RecordedAct::link(&head, head.number + 1, &act);
        linked.push(RecordedAct { number: head.number, act, hash: head.hash.clone() });
    }
    ActChain { ledger: "5a3c".to_owned(), acts: linked, head }
}

fn acts() -> Vec<Act> {
    let act = |day, hour, minute, kind: &str, detail: &str| Act {
        at: utc(day, hour, minute),
        key: Some(BroadcastKey { week: WEEK.to_owned(), date: format!("2027-03-{day}") }),
        kind: kind.to_owned(),
        detail: detail.to_owned(),
    };
    vec![
        act(12, 8, 30, "send-begun", "edition 1, 248 recipients"),
        act(12, 8, 39, "send-ended", "248 accepted"),
        act(15, 8, 31, "send-begun", "edition 1, 250 recipients"),
        act(15, 8, 40, "send-ended", "249 accepted, 1 in doubt"),
        act(15, 10, 12, "resolved-accepted", "1 message; the school has it, R. Example"),
        act(15, 11, 37, "correction-begun", "correction 1 of edition 1, from correction.toml"),
        act(15, 11, 39, "correction-ended", "complete"),
        act(15, 11, 40, "send-begun", "edition 2, 12 recipients"),
        act(16, 8, 30, "send-begun", "edition 1, 244 recipients"),
        act(17, 11, 30, "held", "later than the 3 hours that the week allows"),
    ]
}
