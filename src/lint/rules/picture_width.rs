//! `picture-width`: a picture wider than twice the message's 600 pixels is larger to load and looks no better.

use crate::lint::files::picture_place;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::media::{PictureFormat, WIDEST};
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "picture-width",
    severities: &[Severity::Warning],
    allowable: false,
    why: "a picture wider than twice the message's 600 pixels is larger to load and looks no better",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for day in subject.days {
        let (Some(material), Some(broadcast)) = (day.material, subject.broadcast(day)) else { continue };
        for picture in material.pictures.iter().filter(|picture| picture.width > WIDEST) {
            let place = picture_place(subject, broadcast, picture);
            let message = format!("\"{}\" is {} pixels wide; {WIDEST} are enough", picture.name, picture.width);
            let help = match PictureFormat::of(&picture.bytes) {
                Some(PictureFormat::Gif) => "save it smaller in the program that made it",
                _ => "weekcast check --fix makes it smaller and keeps the original",
            };
            findings.push(Finding::warning(RULE.id, place, message).help(help));
        }
    }
}
