//! `[organisation]`: the public body's name and look.

use crate::document::{Table, nearest};
use crate::model::{Finding, Findings, Organisation};

/// Divisions of the United Kingdom with bank holidays of their own, as GOV.UK names them; `none` switches them off.
const DIVISIONS: [&str; 4] = ["england-and-wales", "scotland", "northern-ireland", "none"];

pub(crate) fn read(mut table: Table, findings: &mut Findings) -> Organisation {
    let value = |text: Option<crate::model::Text>| text.map(|text| text.value().trim().to_owned());
    let name = value(table.text("name", findings));
    let website = value(table.text("website", findings));
    let colour = table.text("colour", findings).and_then(|text| {
        let hex = text.value().strip_prefix('#').unwrap_or_default();
        if hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some((text.value().to_owned(), text.place().clone()));
        }
        let message = format!("\"{}\" is no colour", text.value());
        findings.push(Finding::error("wrong-type", text.place().clone(), message).help("write it as \"#0b3c49\""));
        None
    });
    let holidays = table.text("holidays", findings).and_then(|text| {
        if DIVISIONS.contains(&text.value()) {
            return Some(text.value().to_owned());
        }
        let help = match nearest(text.value(), DIVISIONS) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("known are {}", crate::model::list_of(&DIVISIONS)),
        };
        let message = format!("there are no bank holidays of \"{}\"", text.value());
        findings.push(Finding::error("wrong-type", text.place().clone(), message).help(help));
        None
    });
    let holidays_file = table.path("holidays_file", findings);
    let school_holidays = table.path("school_holidays", findings);
    let require_help_block = table.boolean("require_help_block", findings).unwrap_or_default();
    table.finish(findings);
    let (colour, colour_place) = colour.unzip();
    let look = Organisation { name, website, colour, colour_place, ..Organisation::default() };
    Organisation { holidays, holidays_file, school_holidays, require_help_block, ..look }
}
