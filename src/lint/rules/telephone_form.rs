//! `telephone-form`: a number in its usual groups is read without a slip, and dialled by a tap.

use crate::lint::digits::runs;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::lint::telephone;
use crate::lint::texts;
use crate::model::{Finding, Findings, Severity, Text};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "telephone-form",
    severities: &[Severity::Warning],
    allowable: false,
    why: "a number in its usual groups is read without a slip, and dialled by a tap",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for text in texts::written(subject) {
        judge(text, false, findings);
    }
    for phone in subject.week.signature.iter().flat_map(|signature| &signature.phones) {
        judge(&phone.number, true, findings);
    }
}

fn judge(text: &Text, named: bool, findings: &mut Findings) {
    for run in runs(text.value()) {
        let named = named || texts::names_telephone(text.value(), run.range.start);
        let Some(fault) = telephone::fault(&run, named) else { continue };
        let help = match fault.written {
            Some(written) => format!("write {written}"),
            None => "look the number up, and write it again".to_owned(),
        };
        findings.push(Finding::warning(RULE.id, text.at(run.range), fault.message).help(help));
    }
}
