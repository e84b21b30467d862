//! Large lists to unique people.

use std::hint::black_box;

use criterion::{BatchSize, Criterion};
use weekcast::model::Findings;
use weekcast::recipients::expand;

use crate::large_lists::large_lists;

pub fn bench(criterion: &mut Criterion) {
    let (lists, names) = large_lists();
    criterion.bench_function("expand/15000", |bencher| {
        let run = |mut findings: Findings| {
            let expansion = expand(black_box(&lists), &names, &mut findings);
            assert_eq!(expansion.recipients.len(), 15_000);
            expansion
        };
        bencher.iter_batched(Findings::new, run, BatchSize::LargeInput);
    });
}
