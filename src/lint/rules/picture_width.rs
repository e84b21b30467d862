//! `picture-width`: a picture wider than twice the message's 600 pixels is larger to load and looks no better.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Broadcast, Finding, Findings, Place, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "picture-width",
    severities: &[Severity::Warning],
    allowable: false,
    why: "a picture wider than twice the message's 600 pixels is larger to load and looks no better",
    check,
};

/// Pixels: twice the width of the message, for fine screens.
const WIDEST: u32 = 1_200;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for day in subject.days {
        let (Some(material), Some(broadcast)) = (day.material, subject.broadcast(day)) else { continue };
        for picture in material.pictures.iter().filter(|picture| picture.width > WIDEST) {
            let place = place(subject, broadcast, &picture.name);
            let message = format!("\"{}\" is {} pixels wide; {WIDEST} are enough", picture.name, picture.width);
            findings
                .push(Finding::warning(RULE.id, place, message).help("save it smaller in the program that made it"));
        }
    }
}

/// Where a picture is used: the same place for all days that share it, so that it is said once.
fn place(subject: &Subject<'_>, broadcast: &Broadcast, name: &str) -> Place {
    let week = subject.week;
    let logo = week.signature.as_ref().and_then(|signature| signature.logo.as_ref());
    let texts = [Some(&broadcast.body), week.intro.as_ref(), week.closing.as_ref(), logo];
    let found = texts.into_iter().flatten().find_map(|text| {
        let at = text.value().find(name)?;
        Some(text.at(at..at + name.len()))
    });
    found.unwrap_or_else(|| broadcast.body.place().clone())
}
