//! People who are not in memory while they are sent to get the same messages; and whoever cannot be read any more is not
//! taken for somebody who has left the lists.

use std::io;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use weekcast::app::{DayCopies, Purpose, prepare};
use weekcast::clock::SystemClock;
use weekcast::ledger::Claim;
use weekcast::model::{Mailing, Shelf};
use weekcast::send::{Copies as _, Copy};

use crate::support::simulation::app_at;
use crate::support::small_week;
use crate::support::workspace::Workspace;

struct Board(Vec<u8>);

impl Shelf for Board {
    fn read(&mut self, at: u64, octets: &mut [u8]) -> io::Result<()> {
        let at = usize::try_from(at).unwrap();
        octets.copy_from_slice(self.0.get(at..at + octets.len()).ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

#[test]
fn messages_are_the_same_and_a_broken_shelf_stops_the_sending() {
    let workspace = Workspace::new()
        .week("week", small_week::WEEK)
        .recipients(small_week::RECIPIENTS)
        .settings(&small_week::outbox_settings());
    let app = app_at(&workspace, Arc::new(SystemClock::new()), "week");
    let copies_with = |left: Option<usize>| {
        let week = prepare(&app, "week", Purpose::Send).week.unwrap();
        let day = &week.days[0];
        let keys: Vec<_> = day.expansion.recipients.keys().collect();
        if let Some(left) = left {
            let cut = |text: &str| Board(text.as_bytes()[..text.len().min(left)].to_vec());
            day.expansion.recipients.put(|text| Ok(Box::new(cut(text)))).unwrap();
        }
        let copies = DayCopies::new(&week, day, Mailing::Edition(1), &[7; 32]).unwrap();
        let claims = keys.into_iter().enumerate().map(|(id, key)| Claim {
            id: id as i64,
            message_id: copies.message_id(&key),
            key,
            date: DateTime::<Utc>::UNIX_EPOCH,
            attempts: 0,
            in_reply_to: None,
        });
        claims.map(|claim| copies.copy(&claim, Vec::new())).collect::<Vec<Copy>>()
    };
    let in_memory = copies_with(None);
    assert!(in_memory.len() > 1 && in_memory.iter().all(|copy| matches!(copy, Copy::Message(_))));
    assert_eq!(copies_with(Some(usize::MAX)), in_memory);
    let broken = copies_with(Some(10));
    assert!(broken.iter().all(|copy| matches!(copy, Copy::Faulty(_))), "{broken:?}");
}
