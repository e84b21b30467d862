//! `picture-turned`: Outlook shows a picture as the camera was held, so that it lies on its side.

use crate::lint::files::picture_place;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::media;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "picture-turned",
    severities: &[Severity::Warning],
    allowable: false,
    why: "Outlook shows a picture as the camera was held, so that it lies on its side",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for day in subject.days {
        let (Some(material), Some(broadcast)) = (day.material, subject.broadcast(day)) else { continue };
        for picture in material.pictures.iter().filter(|picture| media::traces(&picture.bytes).orientation != 1) {
            let message = format!("\"{}\" does not stand upright in Outlook", picture.name);
            let finding = Finding::warning(RULE.id, picture_place(subject, broadcast, picture), message);
            findings.push(finding.help("weekcast check --fix turns it and keeps the original"));
        }
    }
}
