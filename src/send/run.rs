//! A run: the recorder, one worker for each connection, and an orderly end.

use std::sync::Arc;

use crate::ledger::{Ledger, LedgerError, Mark, Requeue};
use crate::send::feed::Feed;
use crate::send::lock::lock;
use crate::send::order::{Order, Sending};
use crate::send::recorder::Recorder;
use crate::send::shared::Shared;
use crate::send::verdict::{StopKind, Stopped};
use crate::send::worker::work;

/// How a run ended; how its deliveries stand is in the ledger.
pub struct Ended {
    /// The ledger, handed back.
    pub ledger: Box<dyn Ledger>,
    /// Why it stopped early, if it did.
    pub stopped: Option<Stopped>,
}

/// Sends what is due of an order. Call it with the ledger's lock held and after `recover`.
///
/// # Errors
/// [`LedgerError`] when the ledger failed; what was in flight is then in doubt, or pending, at the next start.
pub async fn run(ledger: Box<dyn Ledger>, order: Order, sending: Sending) -> Result<Ended, LedgerError> {
    let edition = order.edition;
    let workers = order.connections.max(1);
    let clock = Arc::clone(&sending.clock);
    let feed = Arc::new(Feed::new(batch(&order)));
    let (recorder, desk) = Recorder::start(ledger, &order, Arc::clone(&clock), Arc::clone(&feed));
    let shared = Arc::new(Shared::new(order, sending, recorder, Arc::clone(&feed)));
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..workers {
        tasks.spawn(work(Arc::clone(&shared), number == 0));
    }
    while let Some(ended) = tasks.join_next().await {
        if let Err(error) = ended {
            // A bug in a worker: its delivery stays claimed or sending, and recovery will tell.
            shared.stop(StopKind::Message, format!("a bug ended one connection: {error}"));
        }
    }
    shared.put_back();
    let stopped = shared.stopped();
    let requeue = std::mem::take(&mut *lock(&shared.requeue));
    drop(shared); // The recorder ends when its last handle goes.
    let joined = tokio::task::spawn_blocking(move || desk.join()).await;
    let (mut ledger, failed) = match joined {
        Ok(Ok(Some(finished))) => finished,
        _ => {
            let cause = "the thread that writes the ledger ended by a bug".into();
            return Err(LedgerError::Storage { action: "written", cause });
        }
    };
    if let Some(error) = failed {
        return Err(error);
    }
    // What the ledger gave in answer to a last request came too late to be put back with the rest. Left claimed, it would
    // stand in the record as a run that ended without a word.
    let late: Vec<Mark> = feed.drain().into_iter().map(|claim| Mark::Released(claim.id, None)).collect();
    if !late.is_empty() {
        ledger.apply(&late, clock.now())?;
    }
    if !requeue.is_empty() {
        ledger.requeue(edition, &Requeue::Only(requeue), clock.now())?;
    }
    Ok(Ended { ledger, stopped })
}

/// Deliveries that are taken from the ledger at a time: enough that nobody waits for them on a slow disk, few where a
/// pace is set.
fn batch(order: &Order) -> usize {
    let at_once = order.connections.max(1) * order.doubt_window.max(1);
    if order.pace.is_unlimited() { 512.max(2 * at_once) } else { 64 }
}
