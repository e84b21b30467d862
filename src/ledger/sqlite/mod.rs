//! The ledger in SQLite: one file, write-ahead log, synced at every commit. The statements keep to SQL that PostgreSQL
//! understands as well; what is SQLite's own is in `file.rs`, `migrate.rs`, `erasure.rs`
//! and the migrations.

mod acts;
mod bounces;
mod claims;
mod columns;
mod decisions;
mod deliveries;
mod editions;
mod erasure;
mod fault;
mod file;
mod generation;
mod ledger;
mod marks;
mod migrate;
mod sign_offs;
mod suppressions;

#[cfg(test)]
mod tests;

pub(crate) use ledger::SqliteLedger;
