//! Runs the rules, and takes out what the officer allows.

use std::collections::BTreeMap;

use crate::document::nearest;
use crate::lint::masked::conceal;
use crate::lint::readers::READERS;
use crate::lint::registry::RULES;
use crate::lint::subject::Subject;
use crate::model::{Allow, Finding, Findings, Severity, Week};

/// Shows a week to every rule.
pub fn run(subject: &Subject<'_>, findings: &mut Findings) {
    for rule in RULES {
        (rule.check)(subject, findings);
    }
    conceal(subject, findings);
}

/// A rule that the officer allowed, and how many findings of it were dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The rule.
    pub rule: String,
    /// Why it is a rule.
    pub why: &'static str,
    /// Her reason.
    pub reason: String,
    /// How many findings.
    pub count: usize,
}

/// What is known of a rule by its name: what it finds, whether its errors can be allowed, and why it is a rule.
fn known(id: &str) -> Option<(&'static [Severity], bool, &'static str)> {
    let own = RULES.iter().find(|rule| rule.id == id).map(|rule| (rule.severities, rule.allowable, rule.why));
    own.or_else(|| READERS.iter().find(|rule| rule.id == id).map(|rule| (rule.severities, false, rule.why)))
}

/// Applies the `[[allow]]` of a week to all its findings, those of the readers included: an allowed warning is dropped
/// and counted, an error only where its rule lets it. An entry that names no rule, gives no reason or allows what cannot
/// be allowed becomes a finding, and drops nothing.
#[must_use]
pub fn apply_allowed(week: &Week, findings: Findings) -> (Findings, Vec<Allowed>) {
    let mut kept = Findings::new();
    let mut rules: BTreeMap<&str, (bool, usize, &'static str)> = BTreeMap::new();
    for allow in &week.allow {
        match errors_too(allow) {
            Ok((errors, why)) => {
                rules.insert(allow.rule.value(), (errors, 0, why));
            }
            Err(finding) => kept.push(finding),
        }
    }
    // Warnings that several days share are one finding at one place; count them as they will be shown.
    for finding in findings.sorted() {
        match rules.get_mut(finding.rule) {
            Some((errors, count, _)) if finding.severity == Severity::Warning || *errors => *count += 1,
            _ => kept.push(finding),
        }
    }
    let mut allowed: Vec<Allowed> = Vec::new();
    for allow in &week.allow {
        let rule = allow.rule.value();
        let Some((_, count, why)) = rules.remove(rule) else { continue };
        allowed.push(Allowed { rule: rule.to_owned(), why, reason: allow.reason.value().trim().to_owned(), count });
    }
    (kept, allowed)
}

/// Whether an entry drops errors as well as warnings, and why its rule is one; or what is wrong with it.
fn errors_too(allow: &Allow) -> Result<(bool, &'static str), Finding> {
    let id = allow.rule.value();
    let place = allow.rule.place().clone();
    let Some((severities, errors, why)) = known(id) else {
        let names = RULES.iter().map(|rule| rule.id).chain(READERS.iter().map(|rule| rule.id));
        let help = match nearest(id, names) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "take the name from the finding that you want to allow".to_owned(),
        };
        return Err(Finding::error("allow-unknown", place, format!("there is no rule \"{id}\"")).help(help));
    };
    if allow.reason.is_blank() {
        let finding =
            Finding::error("blank", allow.reason.place().clone(), format!("\"{id}\" is allowed without a reason"));
        return Err(finding.help("say why in a few words; the second reader and the report show them"));
    }
    if !errors && !severities.contains(&Severity::Warning) {
        let finding = Finding::error("allow-refused", place, format!("\"{id}\" cannot be allowed"));
        return Err(finding.help("mend what it finds, and remove this [[allow]]"));
    }
    Ok((errors, why))
}

#[cfg(test)]
mod tests;
