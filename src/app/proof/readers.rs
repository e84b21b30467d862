//! Who reads a proof, and whose fields they are shown.

use crate::app::fault::Fault;
use crate::app::ready::DayReady;
use crate::exit::Exit;
use crate::model::{Address, AddressKey, Kind, Recipient};
use crate::plan::OptOuts;

/// The most readers: more would be a mailing.
const MOST: usize = 10;

/// Who reads it, each once.
///
/// # Errors
/// [`Fault`] 64 for addresses that are none, and for too many.
pub(crate) fn readers(to: &[String]) -> Result<Vec<Address>, Fault> {
    let mut readers: Vec<Address> = Vec::new();
    for text in to {
        let address = Address::parse(text)
            .map_err(|fault| Fault::new(Exit::Usage, format!("\"{text}\" is no address: {fault}")))?;
        if !readers.iter().any(|known| known.key() == address.key()) {
            readers.push(address);
        }
    }
    if readers.len() > MOST {
        return Err(Fault::new(
            Exit::Usage,
            format!("a proof goes to at most {MOST} readers, not to {}", readers.len()),
        )
        .help("name those who really read it; for everybody there is weekcast send"));
    }
    Ok(readers)
}

/// Of the readers, those who want nothing at all from here; to be off one list does not keep somebody from reading.
pub(crate) fn keys_out_of_everything(readers: &[Address], opted_out: &OptOuts) -> Vec<AddressKey> {
    let keys = readers.iter().map(Address::key);
    keys.filter(|key| opted_out.of(key).is_some_and(|one| one.list.is_none())).collect()
}

/// Whose fields are filled in.
///
/// # Errors
/// [`Fault`] 64 for somebody who is on none of the day's lists.
pub(crate) fn shown_as(day: &DayReady, wanted: Option<&str>, opted_out: &OptOuts) -> Result<Recipient, Fault> {
    let all = &day.expansion.recipients;
    let weekday = day.day.weekday();
    if let Some(wanted) = wanted {
        let address = Address::parse(wanted)
            .map_err(|fault| Fault::new(Exit::Usage, format!("\"{wanted}\" is no address: {fault}")))?;
        let found = all.iter().find(|one| one.address.key() == address.key());
        return found.ok_or_else(|| {
            Fault::new(Exit::Usage, format!("\"{wanted}\" is on none of {weekday}'s lists"))
                .help(format!("weekcast plan {weekday} shows who is"))
        });
    }
    let due = || all.iter().filter(|one| opted_out.of(&one.address.key()).is_none());
    let first = due().find(|one| one.kind == Kind::Individual).or_else(|| due().next()).or_else(|| all.first());
    first.ok_or_else(|| Fault::new(Exit::Data, format!("{weekday}'s lists are empty")))
}
