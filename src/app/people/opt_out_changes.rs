//! Recording and lifting opt-outs, each as an act in the ledger.

use serde::Serialize;

use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::prepare::{Purpose, load_lists};
use crate::document::nearest;
use crate::exit::Exit;
use crate::ledger::{Ledger, LedgerSettings};
use crate::model::{Act, Address, Findings, ListName, Pseudonyms, Suppression, count};
use crate::settings;

/// The reason where none is said.
const USUAL: &str = "asked not to be mailed";

/// An opt-out as a person asks for it.
pub struct Asked<'a> {
    /// Who.
    pub addresses: &'a [Address],
    /// From which list; `None` is from everything.
    pub list: Option<&'a str>,
    /// Why; empty where it is not said.
    pub reason: &'a str,
    /// Who records it; empty where it is not said.
    pub by: &'a str,
}

/// What became of one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The address.
    pub address: String,
    /// Of which list; `None` is of everything.
    pub list: Option<String>,
    /// `suppressed`, `changed`, `unchanged`, `lifted`, `not_suppressed` or `forgotten`.
    pub change: &'static str,
    /// Whether the address stands on a list now.
    pub on_a_list: bool,
}

/// Records opt-outs.
///
/// # Errors
/// [`Fault`] for a list that there is not; the ledger's, such as that a sender is at work.
pub fn suppress(app: &App, asked: &Asked<'_>) -> anyhow::Result<Vec<Changed>> {
    let place = Place::of(app, asked.list)?;
    let now = app.now();
    let (lock, mut ledger) = app.locked_ledger(&place.settings)?;
    let (mut changes, mut new) = (Vec::new(), Vec::new());
    for address in asked.addresses {
        let suppression = Suppression {
            key: address.key(),
            list: place.list.clone(),
            reason: asked.reason.to_owned(),
            source: asked.by.to_owned(),
            since: now,
        };
        let (suppression, change) = weighed(ledger.as_ref(), suppression)?;
        if matches!(change, "suppressed" | "changed") {
            new.push(suppression);
        }
        changes.push(place.changed(address, place.list.as_ref(), change));
    }
    ledger.suppress_all(&new)?;
    let from = place.list.as_ref().map_or_else(|| "everything".to_owned(), |list| format!("the list {list}"));
    if !new.is_empty() {
        record(app, ledger.as_mut(), "suppressed", &format!("{} of {from}", count(new.len(), "address")), asked.by)?;
    }
    lock.guard(ledger.as_mut())?;
    Ok(changes)
}

/// Takes opt-outs back: those from one list, or all of a person's, also the mark of one who was forgotten.
///
/// # Errors
/// [`Fault`] for a list that there is not; the ledger's.
pub fn lift(app: &App, asked: &Asked<'_>) -> anyhow::Result<Vec<Changed>> {
    let place = Place::of(app, asked.list)?;
    let (lock, mut ledger) = app.locked_ledger(&place.settings)?;
    let pseudonyms = Pseudonyms::new(ledger.secret());
    let mut changes = Vec::new();
    for address in asked.addresses {
        let mut found = ledger.suppressions_of(&address.key())?;
        found.extend(ledger.suppressions_of(&pseudonyms.of(&address.key()))?);
        found.retain(|one| place.list.is_none() || one.list == place.list);
        for one in &found {
            ledger.lift(&one.key, one.list.as_ref())?;
            changes.push(place.changed(address, one.list.as_ref(), "lifted"));
        }
        if found.is_empty() {
            changes.push(place.changed(address, place.list.as_ref(), "not_suppressed"));
        }
    }
    let lifted = changes.iter().filter(|one| one.change == "lifted").count();
    if lifted > 0 {
        record(app, ledger.as_mut(), "suppression-lifted", &count(lifted, "opt-out"), asked.by)?;
    }
    lock.guard(ledger.as_mut())?;
    Ok(changes)
}

/// What recording an opt-out changes: the opt-out as it would stand, with the word for the change. An empty reason or source
/// says nothing new.
pub(crate) fn weighed(ledger: &dyn Ledger, mut new: Suppression) -> anyhow::Result<(Suppression, &'static str)> {
    if !ledger.suppressions_of(&Pseudonyms::new(ledger.secret()).of(&new.key))?.is_empty() {
        return Ok((new, "forgotten"));
    }
    let Some(known) = ledger.suppressions_of(&new.key)?.into_iter().find(|known| known.list == new.list) else {
        if new.reason.is_empty() {
            new.reason = USUAL.to_owned();
        }
        return Ok((new, "suppressed"));
    };
    if new.reason.is_empty() {
        new.reason.clone_from(&known.reason);
    }
    if new.source.is_empty() {
        new.source.clone_from(&known.source);
    }
    new.since = new.since.min(known.since);
    let change = if new == known { "unchanged" } else { "changed" };
    Ok((new, change))
}

/// What was done about people, oldest first.
///
/// # Errors
/// The ledger's.
pub fn acts_about_people(app: &App) -> anyhow::Result<Vec<Act>> {
    let settings = settings::load(&app.project, &mut Findings::new()).ledger;
    let ledger = app.existing_ledger(&settings)?;
    let mut acts = ledger.map(|ledger| ledger.acts_beside_weeks()).transpose()?.unwrap_or_default();
    // These are about the computer.
    acts.retain(|act| !matches!(act.kind.as_str(), "installed" | "uninstalled"));
    Ok(acts)
}

/// Records an act; what it says names nobody who is mailed.
pub(crate) fn record(
    app: &App,
    ledger: &mut dyn Ledger,
    kind: &str,
    what: &str,
    by: &str,
) -> Result<(), crate::ledger::LedgerError> {
    let detail = if by.is_empty() { what.to_owned() } else { format!("{what}, by {by}") };
    ledger.record(&Act { at: app.now(), key: None, kind: kind.to_owned(), detail })
}

/// The lists and the ledger of a project.
struct Place {
    settings: LedgerSettings,
    list: Option<ListName>,
    people: std::collections::HashSet<crate::model::AddressKey>,
}

impl Place {
    fn of(app: &App, list: Option<&str>) -> Result<Self, Fault> {
        let settings = settings::load(&app.project, &mut Findings::new()).ledger;
        let lists = load_lists(app, Purpose::Look, &mut Findings::new());
        if let Some(name) = list.filter(|name| !lists.iter().any(|list| list.name.0 == *name)) {
            let fault = Fault::new(Exit::Usage, format!("there is no list \"{name}\" in recipients.toml"));
            return Err(match nearest(name, lists.iter().map(|list| list.name.0.as_str())) {
                Some(near) => fault.help(format!("did you mean --list {near}?")),
                None => fault.help("see the lists: weekcast recipients list"),
            });
        }
        let people = crate::app::people::ways::keys(&lists);
        Ok(Self { settings, list: list.map(|name| ListName(name.to_owned())), people })
    }

    fn changed(&self, address: &Address, list: Option<&ListName>, change: &'static str) -> Changed {
        Changed {
            address: address.to_string(),
            list: list.map(ToString::to_string),
            change,
            on_a_list: self.people.contains(&address.key()),
        }
    }
}
