//! What a day costs for each recipient, and what lists and plans cost: `just bench`, or `just bench merge` for one of them.
//! Figures drift on a busy machine: compare two versions by alternating them in one sitting.

#![allow(missing_docs, reason = "the groups are made by a macro")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may fail loudly")]

mod compose;
mod expand;
mod large_lists;
mod merge;
mod plan;
mod shipped_week;

use criterion::{criterion_group, criterion_main};

criterion_group!(benches, merge::bench, compose::bench, expand::bench, plan::bench);
criterion_main!(benches);
