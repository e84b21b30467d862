//! Checks of the values of one person: address, name, merge fields. Every way in goes through here, so that nothing
//! that could end a header line or turn the writing of a name gets into a message.

use std::ops::Range;

use crate::document::Hidden;
use crate::model::{Address, Finding, Place};
use crate::recipients::typo;

/// The longest merge value, in characters.
const LONGEST: usize = 10_000;

/// Field names that a template knows already; a column or key so called could not be reached.
pub(crate) const RESERVED: [&str; 3] = ["address", "name", "lists"];

/// Local parts of machines, by letters and digits (RFC 2142 names some).
const MACHINES: [&str; 7] = ["noreply", "donotreply", "postmaster", "abuse", "mailerdaemon", "hostmaster", "bounces"];

/// What Excel shows where a formula fails.
const FAILED: [&str; 8] = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"];

/// A value with the way to the place of each of its bytes.
pub(crate) struct Written<'a> {
    /// The value, without white space around.
    pub(crate) value: &'a str,
    /// The place of a byte range of the value.
    pub(crate) at: &'a dyn Fn(Range<usize>) -> Place,
}

impl Written<'_> {
    fn whole(&self) -> Place {
        (self.at)(0..self.value.len())
    }
}

/// Reads an address; the finding says what is wrong with it, at the character where that shows.
pub(crate) fn address(written: &Written<'_>) -> Result<Address, Box<Finding>> {
    Address::parse(written.value).map_err(|fault| {
        let (value, shown) = (written.value, printable(written.value));
        if let Some((range, what)) = Hidden::Name.find(value) {
            let message = format!("\"{shown}\" is not an address: it holds {what}");
            let finding = Finding::error("bad-address", (written.at)(range), message);
            return Box::new(finding.help("delete the address and type it anew, without copying it"));
        }
        let message =
            if value.is_empty() { fault.to_string() } else { format!("\"{shown}\" is not an address: {fault}") };
        let finding = Finding::error("bad-address", written.whole(), message);
        Box::new(finding.help(address_help(value)))
    })
}

fn address_help(value: &str) -> String {
    let mended = value.trim_start_matches("mailto:").trim_end_matches(['.', ',', ';', '>']).replace(' ', "");
    let mended = mended.trim_start_matches('<');
    if !mended.is_empty() && mended != value && Address::parse(mended).is_ok() {
        return format!("did you mean \"{mended}\"?");
    }
    "write it as name@organisation.example, or take the person out of the list".to_owned()
}

/// A warning where the domain looks like a slip of the finger.
pub(crate) fn typo(written: &Written<'_>, meant: &str) -> Finding {
    let at = written.value.rfind('@').map_or(0, |at| at + 1);
    let message = format!("\"{}\" looks like a slip of the finger", &written.value[at..]);
    Finding::warning("address-typo", (written.at)(at..written.value.len()), message)
        .help(format!("did you mean \"{meant}\"?"))
}

/// A warning where an address belongs to a machine or to those who run the mail, none of whom read a broadcast. Offices
/// are not among them: schools read what comes to office@ and head@.
pub(crate) fn machine(written: &Written<'_>) -> Option<Finding> {
    let (local, _) = written.value.split_once('@')?;
    let plain: String = local.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if !MACHINES.contains(&plain.as_str()) {
        return None;
    }
    let message = format!("\"{}\" is no person's address: nobody reads what comes to it", printable(written.value));
    let finding = Finding::warning("role-address", (written.at)(0..local.len()), message);
    Some(finding.help("ask for the address of a person, or take it out of the list"))
}

/// What was probably meant by a domain, where it looks wrong.
pub(crate) fn meant(address: &Address) -> Option<String> {
    typo::meant(address.domain())
}

/// A name, or why it cannot stand in a header; blank ones are absent.
pub(crate) fn name(written: &Written<'_>) -> Result<Option<String>, Box<Finding>> {
    refuse("name-control", || "the name".to_owned(), Hidden::Name, written)
}

/// A merge value, or why it cannot be merged; blank ones are absent.
pub(crate) fn value(field: &str, written: &Written<'_>) -> Result<Option<String>, Box<Finding>> {
    if FAILED.contains(&written.value) {
        let message = format!("`{}` is {}, which a formula of Excel left there", printable(field), written.value);
        let finding = Finding::error("cell-error", written.whole(), message);
        return Err(Box::new(finding.help("mend the formula, or empty the cell")));
    }
    refuse("field-control", || format!("`{}`", printable(field)), Hidden::Line, written)
}

fn refuse(
    rule: &'static str,
    what: impl Fn() -> String,
    kind: Hidden,
    written: &Written<'_>,
) -> Result<Option<String>, Box<Finding>> {
    let value = written.value;
    if value.is_empty() {
        return Ok(None);
    }
    if let Some((range, hidden)) = kind.find(value) {
        let help = match &value[range.clone()] {
            "\n" | "\r" => "put it on one line",
            _ => "delete it, or type the words anew without copying them",
        };
        let finding = Finding::error(rule, (written.at)(range), format!("{} holds {hidden}", what()));
        return Err(Box::new(finding.help(help)));
    }
    if value.len() > LONGEST && value.chars().count() > LONGEST {
        let message = format!("{} has more than {LONGEST} characters", what());
        let finding = Finding::error("field-too-long", written.whole(), message);
        return Err(Box::new(finding.help("shorten it; long texts belong into the broadcast, not into the list")));
    }
    Ok(Some(value.to_owned()))
}

/// A value as a message may show it: no control characters, not endless.
pub(crate) fn printable(value: &str) -> String {
    let mut shown = String::new();
    for (index, character) in value.chars().enumerate() {
        if index == 80 {
            shown.push('…');
            break;
        }
        let visible = Hidden::Name.find(character.encode_utf8(&mut [0; 4])).is_none();
        shown.push(if visible { character } else { '\u{FFFD}' });
    }
    shown
}
