//! Puts a recipient off until the next try, or gives up when their broadcast's window is over.

use crate::ledger::{Claim, Mark};
use crate::model::Reply;
use crate::send::progress::Event;
use crate::send::retry;
use crate::send::shared::Shared;

/// Defers a claim; the reason in words is kept where the server gave no reply.
pub(crate) fn defer(shared: &Shared, claim: &Claim, reply: Option<Reply>, reason: String) {
    let now = shared.sending.clock.now();
    match retry::next(now, claim.attempts, shared.order.window_ends, dice()) {
        Some(at) => {
            shared.tell(&Event::Deferred(claim.id));
            let note = reply.is_none().then_some(reason);
            shared.record(Mark::Deferred(claim.id, reply, note, at));
        }
        None => {
            shared.tell(&Event::Expired(claim.id));
            shared.record(Mark::Expired(claim.id, reply));
        }
    }
}

/// Uniform in 0.0 ..= 1.0, to spread the retries of many recipients.
fn dice() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / f64::from(u32::MAX))
}
