//! `picture-print`: the colours of printing look wrong on a screen, and some mail programs do not show them at all.

use crate::lint::files::picture_place;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::media;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "picture-print",
    severities: &[Severity::Warning],
    allowable: false,
    why: "the colours of printing look wrong on a screen, and some mail programs do not show them at all",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for day in subject.days {
        let (Some(material), Some(broadcast)) = (day.material, subject.broadcast(day)) else { continue };
        for picture in material.pictures.iter().filter(|picture| media::traces(&picture.bytes).cmyk) {
            let message = format!("\"{}\" has the colours of printing (CMYK)", picture.name);
            let finding = Finding::warning(RULE.id, picture_place(subject, broadcast, picture), message);
            findings.push(finding.help("save it for the web (RGB), or let weekcast check --fix do it roughly"));
        }
    }
}
