//! One recipient's copy of each day, without its bytes.

use std::hint::black_box;

use criterion::Criterion;

use crate::shipped_week::shipped_week;

pub fn bench(criterion: &mut Criterion) {
    let week = shipped_week();
    let mut group = criterion.benchmark_group("merge");
    for day in &week.days {
        let compiled = day.compiled.as_ref().expect("it is sound");
        let recipient = &day.expansion.recipients.first().expect("somebody gets it");
        group.bench_function(day.day.date.to_string(), |bencher| {
            bencher.iter(|| compiled.merge(black_box(recipient)).expect("it can be merged"));
        });
    }
    group.finish();
}
