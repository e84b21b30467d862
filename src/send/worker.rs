//! One connection's work: take a delivery, make its copy, hand it over, write down what became of it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::ledger::{Claim, Mark};
use crate::model::Message;
use crate::send::defer::defer;
use crate::send::endpoint::{TRIES_LATER, endpoint, reply_of};
use crate::send::order::Copy;
use crate::send::progress::Event;
use crate::send::recorder::Recorder;
use crate::send::shared::{Shared, asked_to_stop, lock};
use crate::send::verdict::{StopKind, Verdict, judge};
use crate::transport::{Failure, Future, Gate, Transport};

struct DotGate<'a> {
    recorder: &'a Recorder,
    id: i64,
}

impl Gate for DotGate<'_> {
    fn pass(&self) -> Future<'_, bool> {
        Box::pin(self.recorder.durable(Mark::Sending(self.id)))
    }
}

/// Works until there is nothing left, or the run stops.
pub(crate) async fn work(shared: Arc<Shared>, is_first: bool) {
    if !is_first {
        shared.after_the_first().await;
    }
    let mut transport = shared.sending.connector.open();
    let mut failures = 0;
    while shared.stopped().is_none() {
        let Some(claim) = shared.next().await else { break };
        match shared.order.copies.copy(&claim) {
            Copy::Message(message) => {
                if !deliver(&shared, transport.as_mut(), &claim, &message, &mut failures).await {
                    break;
                }
            }
            Copy::Gone(note) => {
                shared.tell(&Event::Skipped(claim.id));
                shared.record(Mark::Skipped(claim.id, note)).await;
            }
            Copy::Faulty(why) => {
                shared.record(Mark::Released(claim.id, None)).await;
                shared.stop(StopKind::Message, why);
            }
        }
    }
    shared.let_others_go();
    shared.alive.fetch_sub(1, Ordering::Relaxed);
    transport.close().await;
}

/// Hands one message over; `false` when this worker shall end.
async fn deliver(
    shared: &Shared,
    transport: &mut dyn Transport,
    claim: &Claim,
    message: &Message,
    failures: &mut u32,
) -> bool {
    let handed = shared.handed.fetch_add(1, Ordering::Relaxed);
    if shared.order.at_most.is_some_and(|most| handed >= most) {
        shared.record(Mark::Released(claim.id, None)).await;
        shared.stop(StopKind::Limit, "the daily limit of the mail server is reached".to_owned());
        return false;
    }
    let mut stop = shared.sending.stop.clone();
    tokio::select! {
        () = shared.order.pace.turn() => {}
        () = asked_to_stop(&mut stop) => {
            shared.record(Mark::Released(claim.id, None)).await;
            return false;
        }
    }
    let gate = DotGate { recorder: &shared.recorder, id: claim.id };
    match transport.deliver(message, None, &gate).await {
        Ok(reply) => {
            *failures = 0;
            shared.answer();
            lock(&shared.breaker).accepted();
            shared.tell(&Event::Accepted(claim.id));
            shared.record(Mark::Accepted(claim.id, reply)).await;
            true
        }
        Err(failure) => {
            let verdict = judge(&failure);
            if !matches!(verdict, Verdict::InDoubt(_)) {
                // Only what the server may have counts against the day's limit.
                shared.handed.fetch_sub(1, Ordering::Relaxed);
            }
            settle(shared, claim, &failure, verdict, failures).await
        }
    }
}

async fn settle(shared: &Shared, claim: &Claim, failure: &Failure, verdict: Verdict, failures: &mut u32) -> bool {
    match verdict {
        Verdict::Endpoint(reason) => endpoint(shared, claim, failure, reason, failures).await,
        Verdict::Stop(kind, reason) => {
            shared.record(Mark::Released(claim.id, reply_of(failure))).await;
            shared.stop(kind, reason);
            false
        }
        Verdict::Deferred(reply, reason) => {
            answered(shared, failures);
            defer(shared, claim, reply, reason).await;
            true
        }
        Verdict::Refused(reply) => {
            answered(shared, failures);
            shared.tell(&Event::Refused(claim.id));
            shared.record(Mark::Refused(claim.id, Some(reply.clone()), None)).await;
            let tripped = lock(&shared.breaker).refused(&claim.key, &reply);
            if let Some(tripped) = tripped {
                let reason = format!("the server refused one recipient after another with {}: {reply}", tripped.code);
                lock(&shared.requeue).extend(tripped.refused);
                shared.stop(StopKind::Breaker, reason);
            }
            true
        }
        Verdict::InDoubt(reason) => {
            shared.tell(&Event::InDoubt(claim.id));
            shared.record(Mark::InDoubt(claim.id, reason)).await;
            *failures += 1;
            *failures < TRIES_LATER || {
                shared.stop(
                    StopKind::Unreachable,
                    "the server broke off again and again after taking messages".to_owned(),
                );
                false
            }
        }
    }
}

fn answered(shared: &Shared, failures: &mut u32) {
    *failures = 0;
    shared.answer();
}
