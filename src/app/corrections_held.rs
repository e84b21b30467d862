//! Where a correction stands that `run` would not go on with: why, for those who look.

use crate::app::context::App;
use crate::app::correction::{begun, why_held};
use crate::app::ready::{DayReady, WeekReady};
use crate::app::standing::LedgerView;
use crate::report::{CorrectionStatus, DayStatus};

/// A day's status, with the reason of each correction that is held. While somebody sends, nothing is.
///
/// # Errors
/// The ledger's.
pub fn with_held_corrections(
    app: &App,
    (week, day): (&WeekReady, &DayReady),
    view: &LedgerView<'_>,
    mut status: DayStatus,
) -> anyhow::Result<DayStatus> {
    let Some(ledger) = view.ledger.filter(|_| !view.sender_at_work) else { return Ok(status) };
    // Whoever looks at a day without an open correction need not have the file read.
    if !status.corrections.iter().any(CorrectionStatus::is_open) {
        return Ok(status);
    }
    let Some(begun) = begun(ledger, week, day)? else { return Ok(status) };
    if let Some(reason) = why_held(app, (week, day), ledger, &begun, app.now())? {
        let hold = |one: CorrectionStatus| if one.number == begun.number { one.held(reason) } else { one };
        status.corrections = status.corrections.into_iter().map(hold).collect();
    }
    Ok(status)
}
