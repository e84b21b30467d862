//! One connection's work: take a delivery, make its copy, hand it over, write down what became of it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::ledger::{Claim, Mark};
use crate::send::defer::defer;
use crate::send::endpoint::{TRIES_LATER, endpoint, reply_of};
use crate::send::line::{Line, Ready};
use crate::send::lock::lock;
use crate::send::progress::Event;
use crate::send::shared::{Shared, asked_to_stop};
use crate::send::verdict::{StopKind, Verdict, judge};
use crate::transport::{Failure, Transport};

/// Works until there is nothing left, or the run stops.
pub(crate) async fn work(shared: Arc<Shared>, is_first: bool) {
    if !is_first {
        shared.after_the_first().await;
    }
    let mut transport = shared.sending.connector.open();
    let mut line = Line::new(&shared);
    let (mut failures, mut next) = (0, None);
    while shared.stopped().is_none() {
        let ready = match next.take() {
            Some(ready) => ready,
            None => match line.next().await {
                Some(ready) => ready,
                None => break,
            },
        };
        // The message after it is known before its content goes out, so that its envelope can go out with it.
        next = if shared.may_look_ahead() { line.next_at_hand() } else { None };
        if !deliver(&shared, &line, transport.as_mut(), (&ready, next.as_ref()), &mut failures).await {
            break;
        }
        line.reuse(ready.message);
    }
    if let Some(ready) = next {
        line.put_back(&ready.claim);
    }
    line.put_all_back();
    shared.let_others_go();
    shared.alive.fetch_sub(1, Ordering::Relaxed);
    transport.close().await;
}

/// Hands one message over; `false` when this worker shall end.
async fn deliver(
    shared: &Shared,
    line: &Line<'_>,
    transport: &mut dyn Transport,
    (ready, next): (&Ready, Option<&Ready>),
    failures: &mut u32,
) -> bool {
    let claim = &ready.claim;
    let handed = shared.handed.fetch_add(1, Ordering::Relaxed);
    if shared.order.at_most.is_some_and(|most| handed >= most) {
        line.put_back(claim);
        shared.stop(StopKind::Limit, "the daily limit of the mail server is reached".to_owned());
        return false;
    }
    if !shared.order.pace.is_unlimited() {
        let mut stop = shared.sending.stop.clone();
        tokio::select! {
            () = shared.order.pace.turn() => {}
            () = asked_to_stop(&mut stop) => {
                line.put_back(claim);
                return false;
            }
        }
    }
    line.ahead.look_ahead();
    let then = next.map(|next| &next.message.envelope);
    let result = transport.deliver(&ready.message, then, &line.ahead.gate(claim.id)).await;
    line.ahead.remove(claim.id);
    match result {
        Ok(reply) => {
            *failures = 0;
            shared.answer();
            lock(&shared.breaker).accepted();
            shared.tell(&Event::Accepted(claim.id));
            shared.record(Mark::Accepted(claim.id, reply));
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
            shared.record(Mark::Released(claim.id, reply_of(failure)));
            shared.stop(kind, reason);
            false
        }
        Verdict::Deferred(reply, reason) => {
            answered(shared, failures);
            defer(shared, claim, reply, reason);
            true
        }
        Verdict::Refused(reply) => {
            answered(shared, failures);
            shared.tell(&Event::Refused(claim.id));
            shared.record(Mark::Refused(claim.id, Some(reply.clone()), None));
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
            shared.record(Mark::InDoubt(claim.id, reason));
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
