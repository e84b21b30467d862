//! What sending a day would mean now: the plan over lists, opt-outs and ledger, with the pace of the settings.

use chrono::TimeDelta;

use crate::app::audience;
use crate::app::context::App;
use crate::app::opt_outs::opt_outs;
use crate::app::ready::{DayReady, WeekReady};
use crate::ledger::Ledger;
use crate::model::Delivery;
use crate::plan::{OptOuts, Pace, Plan, Reason, plan};

/// What the plan of a day is made from.
pub struct PlannedDay {
    opt_outs: OptOuts,
    deliveries: Option<Vec<Delivery>>,
    /// Whether who got it was erased.
    purged: bool,
    pace: Pace,
    /// The edition that would go on, or begin.
    pub edition: u32,
}

/// Looks everything up.
///
/// # Errors
/// The ledger's.
pub fn planned(app: &App, week: &WeekReady, day: &DayReady, ledger: Option<&dyn Ledger>) -> anyhow::Result<PlannedDay> {
    let transport = &week.settings.transport;
    let mut pace = Pace {
        connections: transport.pace.connections,
        per_minute: transport.pace.rate.map(|rate| 60.0 / rate.interval().as_secs_f64()),
        already_today: 0,
        daily_limit: transport.pace.daily_limit,
    };
    let Some(ledger) = ledger else {
        return Ok(PlannedDay { opt_outs: OptOuts::none(), deliveries: None, purged: false, pace, edition: 1 });
    };
    pace.already_today = ledger.handed_over_since(app.now() - TimeDelta::hours(24))?;
    let latest = audience::latest(ledger, week, day)?;
    Ok(PlannedDay {
        opt_outs: opt_outs(Some(ledger), week, day)?,
        deliveries: latest.as_ref().map(|(id, _)| ledger.deliveries(*id)).transpose()?,
        purged: latest.as_ref().is_some_and(|(_, record)| record.purged_at.is_some()),
        pace,
        edition: latest.map_or(1, |(_, record)| record.edition),
    })
}

impl PlannedDay {
    /// The limits, and how much of today's is used.
    #[must_use]
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self, day: &DayReady) -> Plan {
        let mut plan = plan(&day.expansion, &self.opt_outs, self.deliveries.as_deref(), &self.pace);
        for skipped in plan.skipped.iter_mut().filter(|one| self.purged && one.reason == Reason::Joined) {
            skipped.reason = Reason::Purged;
        }
        plan
    }
}
