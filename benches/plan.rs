//! Who is due, before anything was sent.

use std::hint::black_box;

use criterion::Criterion;
use weekcast::model::Findings;
use weekcast::plan::{OptOuts, Pace, plan};
use weekcast::recipients::expand;

use crate::large_lists::large_lists;

pub fn bench(criterion: &mut Criterion) {
    let (lists, names) = large_lists();
    let expansion = expand(&lists, &names, &mut Findings::new());
    let opt_outs = OptOuts::none();
    let pace = Pace { connections: 4, per_minute: None, already_today: 0, daily_limit: None };
    criterion.bench_function("plan/15000", |bencher| {
        bencher.iter(|| plan(black_box(&expansion), &opt_outs, None, &pace).due.len());
    });
}
