//! `[signature]`: the block below each broadcast.

use crate::definition::lines::{line, required_line};
use crate::document::Table;
use crate::model::{Findings, Phone, Signature, Text};

/// Reads `[signature]`, if there is one. With a faulty name the rest is kept under an empty one.
pub(crate) fn read(document: &mut Table, findings: &mut Findings) -> Option<Signature> {
    let mut table = document.table("signature", findings)?;
    let place = table.place().clone();
    let name =
        required_line(&mut table, "name", findings).unwrap_or_else(|| Text::synthetic(String::new(), place.clone()));
    let signature = Signature {
        name,
        role: line(&mut table, "role", findings),
        organisation: line(&mut table, "organisation", findings),
        location: line(&mut table, "location", findings),
        phones: phones(&mut table, findings),
        email: line(&mut table, "email", findings),
        logo: table.path("logo", findings),
        logo_alt: line(&mut table, "logo_alt", findings),
        place,
    };
    table.finish(findings);
    Some(signature)
}

fn phones(signature: &mut Table, findings: &mut Findings) -> Vec<Phone> {
    let mut phones = Vec::new();
    for mut table in signature.tables("phones", findings) {
        let label = line(&mut table, "label", findings);
        let number = required_line(&mut table, "number", findings);
        table.finish(findings);
        phones.extend(number.map(|number| Phone { label, number }));
    }
    phones
}
