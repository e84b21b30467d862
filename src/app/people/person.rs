//! `recipients show`: everything that is known of one person.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;

use crate::app::context::App;
use crate::app::people::ways::{Way, only, ways};
use crate::app::prepare::{Purpose, load_lists};
use crate::calendar;
use crate::definition;
use crate::ledger::Ledger;
use crate::model::{
    Address, AddressKey, BroadcastKey, Delivery, DistributionList, EditionRecord, Findings, ListName, Mailing,
    Pseudonyms, State, Suppression, Week,
};
use crate::plan::{OptOuts, Pace, Reason, plan};
use crate::recipients::expand;
use crate::settings;

/// One person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The address, as it was asked for.
    pub address: String,
    /// Since when they are forgotten, RFC 3339.
    pub forgotten: Option<String>,
    /// The lists that hold them.
    pub lists: Vec<Way>,
    /// The opt-out from everything.
    pub suppressed: Option<OptOut>,
    /// All opt-outs.
    pub opt_outs: Vec<OptOut>,
    /// The week whose days are shown, if it could be read.
    pub week: Option<String>,
    /// What they get on its days.
    pub days: Vec<DayFor>,
    /// What the ledger holds of them, oldest first.
    pub deliveries: Vec<Outcome>,
}

/// One opt-out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptOut {
    /// Of which list; `None` is of everything.
    pub list: Option<String>,
    /// Why.
    pub reason: String,
    /// Who or what recorded it; empty where it was not said.
    pub source: String,
    /// Since when, RFC 3339.
    pub since: String,
}

/// One day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayFor {
    /// `monday`.
    pub day: String,
    /// ISO date.
    pub date: String,
    /// The theme.
    pub theme: String,
    /// Whether they are due to get it.
    pub gets: bool,
    /// Whether the mail server has taken their copy already, or the folder that takes its place.
    pub has: bool,
    /// Why not.
    pub reason: Option<String>,
    /// The lists of the day in which they stand.
    pub lists: Vec<String>,
    /// Those of them that they opted out of.
    pub out_of: Vec<String>,
}

/// One delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The week.
    pub week: String,
    /// `monday`.
    pub day: String,
    /// ISO date.
    pub date: String,
    /// The edition; of a correction, the one that it corrects.
    pub edition: u32,
    /// The number of the correction, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<u32>,
    /// The theme.
    pub theme: String,
    /// Its state's word.
    pub state: &'static str,
    /// Whether `accepted` means that it was written to the outbox and sent to nobody.
    pub only_in_folder: bool,
    /// Last change, RFC 3339.
    pub at: String,
    /// Attempts charged.
    pub attempts: u32,
    /// The last reply, or the reason in words.
    pub reply: Option<String>,
    /// When it bounced, RFC 3339.
    pub bounced_at: Option<String>,
    /// Without angle brackets.
    pub message_id: Option<String>,
}

/// Looks a person up in lists, week and ledger.
///
/// # Errors
/// The ledger's.
pub fn person(app: &App, address: &Address) -> anyhow::Result<Person> {
    let key = address.key();
    let settings = settings::load(&app.project, &mut Findings::new());
    let lists = only(&load_lists(app, Purpose::Look, &mut Findings::new()), &key);
    let ledger = app.existing_ledger(&settings.ledger)?;
    let (suppressions, history) = ledger.as_ref().map(|ledger| recorded(ledger.as_ref(), &key)).transpose()?.unzip();
    let (suppressions, history) = (suppressions.unwrap_or_default(), history.unwrap_or_default());
    let week = app.week_name().ok().and_then(|name| definition::load(&app.project, &name, &mut Findings::new()));
    let days = match &week {
        Some(week) => days(week, &lists, &suppressions, (ledger.as_deref(), &history))?,
        None => Vec::new(),
    };
    let forgotten = suppressions.iter().find(|one| one.key.is_pseudonym());
    let opt_outs: Vec<&Suppression> = suppressions.iter().filter(|one| !one.key.is_pseudonym()).collect();
    Ok(Person {
        address: address.to_string(),
        forgotten: forgotten.map(|one| stamp(one.since)),
        lists: ways(&lists),
        suppressed: suppressions.iter().find(|one| one.list.is_none()).map(opt_out),
        opt_outs: opt_outs.into_iter().map(opt_out).collect(),
        week: week.map(|week| week.name),
        days,
        deliveries: history.iter().map(outcome).collect(),
    })
}

/// What the ledger holds under the address, or under its pseudonym.
type Recorded = (Vec<Suppression>, Vec<(EditionRecord, Delivery)>);

fn recorded(ledger: &dyn Ledger, key: &AddressKey) -> anyhow::Result<Recorded> {
    let pseudonym = Pseudonyms::new(ledger.secret()).of(key);
    let mut suppressions = ledger.suppressions_of(key)?;
    suppressions.extend(ledger.suppressions_of(&pseudonym)?);
    let mut history = ledger.history(key)?;
    history.extend(ledger.history(&pseudonym)?);
    history.sort_by_key(|(record, row)| (record.begun_at, row.id));
    Ok((suppressions, history))
}

fn days(
    week: &Week,
    lists: &[DistributionList],
    suppressions: &[Suppression],
    (ledger, history): (Option<&dyn Ledger>, &[(EditionRecord, Delivery)]),
) -> anyhow::Result<Vec<DayFor>> {
    let secret = ledger.map_or([0; 32], |ledger| *ledger.secret());
    let pace = Pace { connections: 1, per_minute: None, already_today: 0, daily_limit: None };
    let mut all = Vec::new();
    for day in calendar::schedule(week, &mut Findings::new()) {
        let Some(broadcast) = week.broadcasts.get(day.index) else { continue };
        let named = broadcast.lists.as_ref().unwrap_or(&week.lists);
        let names: Vec<ListName> = named.iter().map(|(name, _)| name.clone()).collect();
        let expansion = expand(lists, named, &mut Findings::new());
        let opt_outs = OptOuts::of_day(suppressions.to_vec(), &secret, lists, &names);
        let key = BroadcastKey { week: week.name.clone(), date: day.date.to_string() };
        let edition = ledger.map(|ledger| ledger.latest_edition(&key)).transpose()?.flatten();
        let rows: Option<Vec<Delivery>> = edition.map(|(_, edition)| {
            let own =
                history.iter().filter(|(record, _)| record.mailing() == Mailing::Edition(edition) && record.key == key);
            own.map(|(_, row)| row.clone()).collect()
        });
        let plan = plan(&expansion, &opt_outs, rows.as_deref(), &pace);
        let on = expansion.recipients.first().map(|recipient| recipient.lists).unwrap_or_default();
        let reason = plan.skipped.first().map(|skipped| skipped.reason.to_string());
        all.push(DayFor {
            day: day.weekday().to_owned(),
            date: day.date.to_string(),
            theme: broadcast.theme.value().to_owned(),
            gets: !plan.due.is_empty(),
            has: plan.skipped.iter().any(|one| matches!(one.reason, Reason::Accepted { .. } | Reason::InFolder(_))),
            reason: reason.or_else(|| plan.due.is_empty().then(|| "on none of this day's lists".to_owned())),
            lists: on.iter().map(ToString::to_string).collect(),
            out_of: plan.kept.iter().flat_map(|kept| &kept.out_of).map(ToString::to_string).collect(),
        });
    }
    Ok(all)
}

fn opt_out(one: &Suppression) -> OptOut {
    OptOut {
        list: one.list.as_ref().map(ToString::to_string),
        reason: one.reason.clone(),
        source: one.source.clone(),
        since: stamp(one.since),
    }
}

fn outcome((record, row): &(EditionRecord, Delivery)) -> Outcome {
    let reply = match (&row.note, &row.reply) {
        (Some(note), _) if row.state == State::InDoubt => Some(note.clone()),
        (_, Some(reply)) => Some(reply.to_string()),
        (note, None) => note.clone(),
    };
    let day = record.key.date.parse::<NaiveDate>().map(|date| date.format("%A").to_string().to_lowercase());
    Outcome {
        week: record.key.week.clone(),
        day: day.unwrap_or_default(),
        date: record.key.date.clone(),
        edition: record.edition,
        correction: record.correction,
        theme: record.theme.clone(),
        state: row.state.word(),
        only_in_folder: row.is_only_in_folder(),
        at: stamp(row.changed_at),
        attempts: row.attempts,
        reply,
        bounced_at: row.bounced_at.map(stamp),
        message_id: row.message_id.clone(),
    }
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
