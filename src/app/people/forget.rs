//! `recipients forget`: one person's address goes out of the ledger, and a mark stays by which they are not mailed again.

use serde::Serialize;

use crate::app::context::App;
use crate::app::people::opt_out_changes::record;
use crate::app::people::traces::{Trace, traces};
use crate::app::people::ways::{only, ways};
use crate::app::prepare::{Purpose, load_lists};
use crate::model::{Address, AddressKey, Findings, Pseudonyms, count};
use crate::settings;

/// What the project holds of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The address.
    pub address: String,
    /// Messages in the ledger under it.
    pub deliveries: usize,
    /// Opt-outs in the ledger under it.
    pub opt_outs: usize,
    /// Whether they were forgotten before.
    pub forgotten: bool,
    /// The files that name it, which are left as they are.
    pub files: Vec<Trace>,
}

/// What is held of people, before and without forgetting anything.
///
/// # Errors
/// The ledger's.
pub fn held(app: &App, addresses: &[Address]) -> anyhow::Result<Vec<Held>> {
    let settings = settings::load(&app.project, &mut Findings::new()).ledger;
    let lists = load_lists(app, Purpose::Look, &mut Findings::new());
    let ledger = app.existing_ledger(&settings)?;
    let mut all = Vec::new();
    for address in addresses {
        let key = address.key();
        let (deliveries, opt_outs, forgotten) = match &ledger {
            None => (0, 0, false),
            Some(ledger) => {
                let pseudonym = Pseudonyms::new(ledger.secret()).of(&key);
                let forgotten = !ledger.suppressions_of(&pseudonym)?.is_empty();
                (ledger.history(&key)?.len(), ledger.suppressions_of(&key)?.len(), forgotten)
            }
        };
        let files = traces(app.project.root(), &key, &ways(&only(&lists, &key)));
        all.push(Held { address: address.to_string(), deliveries, opt_outs, forgotten, files });
    }
    Ok(all)
}

/// Forgets people. Returns whether nothing of them is left in the files of the ledger; `false` while another program looks
/// into it.
///
/// # Errors
/// The ledger's, such as that a sender is at work.
pub fn forget(app: &App, addresses: &[Address]) -> anyhow::Result<bool> {
    let settings = settings::load(&app.project, &mut Findings::new()).ledger;
    let (lock, mut ledger) = app.locked_ledger(&settings)?;
    // What a run that died left in the middle is in doubt, and stays so under the pseudonym.
    ledger.recover(app.now())?;
    let keys: Vec<AddressKey> = addresses.iter().map(Address::key).collect();
    ledger.forget(&keys, app.now())?;
    record(app, ledger.as_mut(), "forgotten", &count(keys.len(), "person"), "")?;
    lock.guard(ledger.as_mut())?;
    Ok(ledger.sweep()?)
}
