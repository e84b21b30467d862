//! Who got the original, edition by edition.

use chrono::{DateTime, Utc};

use crate::app::correction::original::Original;
use crate::model::{AddressKey, BroadcastKey, Counts, Delivery, EditionRecord, Pseudonyms, State};

fn row(name: &str, edition: u32, state: State) -> Delivery {
    let key = AddressKey::from_stored(format!("{name}@board.example"));
    Delivery {
        id: 1,
        address: key.as_str().to_owned(),
        key,
        state,
        attempts: 1,
        message_id: Some(format!("{name}.{edition}@board.example")),
        date: None,
        content: Some(i64::from(edition)),
        in_reply_to: None,
        reply: None,
        note: None,
        next_at: None,
        changed_at: DateTime::<Utc>::UNIX_EPOCH,
        bounced_at: None,
    }
}

fn of(editions: Vec<Vec<Delivery>>) -> (Vec<String>, Vec<String>, usize, usize) {
    let record = EditionRecord {
        key: BroadcastKey { week: "w".into(), date: "2027-03-15".into() },
        edition: 1,
        correction: None,
        source_file: None,
        theme: String::new(),
        subject: String::new(),
        digest: String::new(),
        parts: Vec::new(),
        begun_at: DateTime::<Utc>::UNIX_EPOCH,
        due_at: DateTime::<Utc>::UNIX_EPOCH,
        purged_at: None,
        counts: Counts::default(),
    };
    let Original { reached, doubtful, sent_back, forgotten, .. } = Original::from(record, editions);
    let ids = |all: Vec<super::Reached>| all.into_iter().filter_map(|one| one.message_id).collect();
    (ids(reached), ids(doubtful), sent_back, forgotten)
}

#[test]
fn the_latest_copy_counts_that_somebody_certainly_has() {
    use State::{Accepted, InDoubt, Pending, Refused, Suppressed};
    let (reached, doubtful, ..) = of(vec![
        vec![row("a", 1, Accepted), row("b", 1, Accepted), row("c", 1, InDoubt), row("d", 1, Accepted)],
        vec![row("b", 2, Accepted), row("c", 2, Refused), row("d", 2, InDoubt), row("e", 2, InDoubt)],
        vec![row("e", 3, Accepted), row("f", 3, Pending), row("g", 3, Suppressed)],
    ]);
    assert_eq!(reached, ["a.1@board.example", "b.2@board.example", "d.1@board.example", "e.3@board.example"]);
    assert_eq!(doubtful, ["c.1@board.example"], "refused later, and perhaps reached at first");
}

#[test]
fn who_sent_it_back_or_was_forgotten_is_counted_and_left_out() {
    let back = Delivery { bounced_at: Some(DateTime::<Utc>::UNIX_EPOCH), ..row("a", 1, State::Accepted) };
    let again = row("a", 2, State::Accepted);
    let pseudonym = Delivery {
        key: Pseudonyms::new(&[7; 32]).of(&row("x", 1, State::Accepted).key),
        ..row("x", 1, State::Accepted)
    };
    let (reached, doubtful, sent_back, forgotten) = of(vec![vec![back.clone(), pseudonym.clone()]]);
    assert_eq!((reached, doubtful, sent_back, forgotten), (vec![], vec![], 1, 1));
    let (reached, _, sent_back, _) = of(vec![vec![back], vec![again, pseudonym]]);
    assert_eq!((reached, sent_back), (vec!["a.2@board.example".to_owned()], 0), "a later copy went through");
}
