//! `picture-location`: a telephone writes into a picture where it was taken: a home, a school, a refuge.

use crate::lint::files::each;
use crate::lint::rule::Rule;
use crate::lint::rules::file_author::PICTURE;
use crate::lint::subject::Subject;
use crate::media;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "picture-location",
    severities: &[Severity::Warning],
    allowable: false,
    why: "a telephone writes into a picture where it was taken: a home, a school, a refuge",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    each(subject, findings, |file| {
        // Where it was, is not repeated: findings are shown to others, too.
        let message = format!("\"{}\" says where it was taken", file.name);
        media::traces(file.bytes).location.then(|| Finding::warning(RULE.id, file.place.clone(), message).help(PICTURE))
    });
}
