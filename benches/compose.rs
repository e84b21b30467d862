//! The bytes of one recipient's copy of each day, after merging.

use std::hint::black_box;

use chrono::DateTime;
use criterion::{Criterion, Throughput};
use weekcast::compose::{Composer, Header, Stamp};

use crate::shipped_week::shipped_week;

pub fn bench(criterion: &mut Criterion) {
    let week = shipped_week();
    let header = Header { sender: &week.sender, week_title: week.week.title.value(), week_name: &week.week.name };
    let date = DateTime::UNIX_EPOCH;
    let stamp = Stamp { message_id: "one@board.example", date, zone: week.week.timezone, in_reply_to: None };
    let mut group = criterion.benchmark_group("compose");
    for day in &week.days {
        let compiled = day.compiled.as_ref().expect("it is sound");
        let composer = Composer::new(compiled.material(), &header).expect("it can be composed");
        let recipient = &day.expansion.recipients.first().expect("somebody gets it");
        let merged = compiled.merge(recipient).expect("it can be merged");
        let copy = || composer.compose(black_box(&merged), recipient, &stamp).expect("it can be composed");
        group.throughput(Throughput::Bytes(copy().bytes.len() as u64));
        group.bench_function(day.day.date.to_string(), |bencher| bencher.iter(copy));
    }
    group.finish();
}
