//! Marks that come while their transaction is open.

use crate::ledger::entry::{ClaimOrder, Mark};

/// Where one transaction gets its marks from, and the claims at its end.
pub trait Arriving {
    /// Adds what has come since it was asked last, after waiting for more if that is worth while; `false` when nothing was
    /// added, and the transaction shall be committed.
    fn more(&mut self, marks: &mut Vec<Mark>) -> bool;

    /// Deliveries to take in the same transaction, if some are wanted; asked once, after the last marks.
    fn claim(&mut self) -> Option<ClaimOrder<'_>>;
}
