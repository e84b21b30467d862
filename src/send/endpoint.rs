//! The endpoint's fault: the recipient goes back, the connection waits, ends where others go on, or stops the run.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;

use crate::ledger::{Claim, Mark};
use crate::model::Reply;
use crate::send::defer::defer;
use crate::send::lock::lock;
use crate::send::progress::Event;
use crate::send::shared::{Shared, asked_to_stop};
use crate::send::verdict::StopKind;
use crate::transport::{Cause, Failure, Stage};

/// Tries of an endpoint that has never answered for a recipient in this run, and of one that has.
const TRIES_AT_FIRST: u32 = 2;
pub(crate) const TRIES_LATER: u32 = 8;

/// Broken connections over one recipient before that recipient is deferred, so that nobody starves behind them.
const BREAKS_FOR_ONE: u32 = 3;

/// The endpoint's fault: the recipient goes back, this connection waits, or ends where others go on.
pub(crate) async fn endpoint(
    shared: &Shared,
    claim: &Claim,
    failure: &Failure,
    reason: String,
    failures: &mut u32,
) -> bool {
    if failure.stage > Stage::Mail {
        // MAIL was answered: the way is open, and what breaks there has to do with this recipient.
        shared.answer();
    }
    let broke = failure.stage >= Stage::Mail && !matches!(failure.cause, Cause::Reply(_));
    let breaks = if broke { count_break(shared, claim.id) } else { 0 };
    if breaks >= BREAKS_FOR_ONE {
        defer(shared, claim, None, reason);
        *failures = 0;
        return true;
    }
    shared.record(Mark::Released(claim.id, reply_of(failure)));
    *failures += 1;
    let early = failure.stage < Stage::Mail && matches!(failure.cause, Cause::Reply(_));
    if early && shared.alive.load(Ordering::Relaxed) > 1 {
        return false; // Too many connections: the others carry on.
    }
    let tries = if shared.has_answered() { TRIES_LATER } else { TRIES_AT_FIRST };
    if *failures >= tries {
        let busy = matches!(&failure.cause, Cause::Reply(reply) if reply.is_transient());
        shared.stop(if busy { StopKind::Busy } else { StopKind::Unreachable }, reason);
        return false;
    }
    back_off(shared, *failures, reason).await;
    true
}

fn count_break(shared: &Shared, id: i64) -> u32 {
    let mut breaks = lock(&shared.breaks);
    let count = breaks.entry(id).or_default();
    *count += 1;
    *count
}

/// Half a second, doubled with each failure, at most half a minute.
async fn back_off(shared: &Shared, failures: u32, reason: String) {
    let milliseconds = (250_i64 << failures.min(10)).min(30_000);
    let until = shared.sending.clock.now() + TimeDelta::milliseconds(milliseconds);
    shared.tell(&Event::BackingOff(until, reason));
    let mut stop = shared.sending.stop.clone();
    while shared.sending.clock.now() < until && shared.stopped().is_none() {
        tokio::select! {
            () = shared.sending.clock.wait_until(until) => {}
            () = asked_to_stop(&mut stop) => return,
        }
    }
}

/// The reply of a failure, if the server gave one.
pub(crate) fn reply_of(failure: &Failure) -> Option<Reply> {
    match &failure.cause {
        Cause::Reply(reply) => Some(reply.clone()),
        _ => None,
    }
}
