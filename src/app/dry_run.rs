//! `--dry-run`: everything but handing over. Every copy is made and checked; no connection is opened, nothing is recorded.

use std::collections::HashMap;

use crate::app::audience;
use crate::app::context::{App, Format};
use crate::app::copies::DayCopies;
use crate::app::opt_outs::opt_outs;
use crate::app::outcome::say;
use crate::app::over_days::over_days;
use crate::app::ready::{DayReady, WeekReady};
use crate::app::standing::{LedgerView, standing};
use crate::app::whom::Whom;
use crate::exit::Exit;
use crate::ledger::Ledger;
use crate::model::{AddressKey, Delivery, Mailing, State, count};
use crate::output::plain;
use crate::send::Copies as _;

/// Says what would be sent.
pub(crate) fn dry_run(
    app: &mut App,
    week: &WeekReady,
    day: &DayReady,
    ledger: Option<&dyn Ledger>,
    whom: &Whom,
) -> anyhow::Result<Exit> {
    let latest = ledger.map(|ledger| audience::latest(ledger, week, day)).transpose()?.flatten();
    let deliveries = match (&latest, ledger) {
        (Some((id, _)), Some(ledger)) => Some(ledger.deliveries(*id)?),
        _ => None,
    };
    let opt_outs = opt_outs(ledger, week, day)?;
    let edition = latest.as_ref().map_or(1, |(_, record)| record.edition);
    let secret = ledger.map_or([0; 32], |ledger| *ledger.secret());
    let copies = DayCopies::new(week, day, Mailing::Edition(edition), &secret)?;
    let rows: Option<HashMap<_, _>> =
        deliveries.as_ref().map(|all| all.iter().map(|delivery| (delivery.key.clone(), delivery)).collect());
    let mut bytes = 0;
    let mut made = 0;
    for recipient in day.expansion.recipients.iter() {
        let key = recipient.address.key();
        let row = rows.as_ref().map(|rows| rows.get(&key).copied());
        if opt_outs.of(&key).is_some() || !is_meant(whom, &key, row) {
            continue;
        }
        let message = copies.message(&recipient, &copies.message_id(&key), app.now())?;
        bytes += message.bytes.len();
        made += 1;
    }
    let weekday = day.day.weekday();
    let mut text = format!(
        "Dry run: would send {weekday}'s broadcast \"{}\" to {} ({} kB in all) through {}. Nothing was sent.\n",
        plain(week.theme(&day.day)),
        count(made, "recipient"),
        bytes.div_ceil(1000),
        crate::app::connect::describe(week),
    );
    if let Some(over) = over_days(app, week, day, ledger, whom)? {
        text.push_str(&format!("Without --over-days it would not begin: {}.\n", over.fault(weekday).message));
    }
    let view = LedgerView { ledger, sender_at_work: false };
    let status = standing(&view, week, day, app.format == Format::Json, app.now())?;
    say(app, week, &text, status)?;
    Ok(Exit::Done)
}

/// Whether a recipient with this row (`None`: the edition has not begun; `Some(None)`: not in it) would get a copy.
fn is_meant(whom: &Whom, key: &AddressKey, row: Option<Option<&Delivery>>) -> bool {
    let state = row.flatten().map(|delivery| delivery.state);
    match whom {
        Whom::All(some) => some.as_ref().is_none_or(|some| some.contains(key)),
        Whom::Joined => row == Some(None),
        Whom::InDoubt(risk) => matches!(state, Some(State::InDoubt | State::Sending)) && risk.is_for(key),
        Whom::Only(some) => some.contains(key) && is_open(state),
        Whom::NotAccepted => is_open(state),
        Whom::Due => match row {
            None => true,
            Some(_) => matches!(state, Some(State::Pending | State::Claimed | State::Deferred)),
        },
    }
}

fn is_open(state: Option<State>) -> bool {
    use State::{Claimed, Deferred, Expired, Pending, Refused};
    matches!(state, Some(Pending | Claimed | Deferred | Refused | Expired))
}
