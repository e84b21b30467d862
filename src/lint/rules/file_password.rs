//! `file-password`: mail filters hold back what they cannot look into, and the password has to travel as well.

use crate::lint::files::each;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::media;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "file-password",
    severities: &[Severity::Warning],
    allowable: false,
    why: "mail filters hold back what they cannot look into, and the password has to travel as well",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    each(subject, findings, |file| {
        let message = format!("\"{}\" asks for a password", file.name);
        let help = "save it without one, or link to a page that asks people to sign in";
        media::is_locked(file.bytes).then(|| Finding::warning(RULE.id, file.place.clone(), message).help(help))
    });
}
