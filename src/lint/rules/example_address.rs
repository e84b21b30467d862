//! `example-address`: an address under a name that is kept for examples (RFC 2606) reaches nobody. `init` writes such a
//! person, to be replaced.

use crate::lint::links::is_within;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{DistributionList, Finding, Findings, Severity, count};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "example-address",
    severities: &[Severity::Warning],
    allowable: false,
    why: "an address under a name that is kept for examples reaches nobody",
    check,
};

/// RFC 2606 §2 and §3; `localhost` is left out, as it may be a test on this computer.
const RESERVED: [&str; 6] = ["example", "test", "invalid", "example.com", "example.net", "example.org"];

/// Whoever sends from such a name tries things out, and is left in peace.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if is_reserved(subject.sender.address.domain()) {
        return;
    }
    for list in subject.lists {
        in_list(list, findings);
    }
}

/// One finding a list.
fn in_list(list: &DistributionList, findings: &mut Findings) {
    let members = list.kind.people();
    let mut examples = members.iter().filter(|member| is_reserved(member.address.domain()));
    let Some(first) = examples.next() else { return };
    let number = 1 + examples.count();
    let what = if number == 1 { "an example and reaches" } else { "examples and reach" };
    let is = if number == 1 { "is" } else { "are" };
    let message = format!("{} of the list \"{}\" {is} {what} nobody", count(number, "address"), list.name.0);
    findings.push(Finding::warning(RULE.id, first.place.clone(), message).help("put your own people in their place"));
}

fn is_reserved(domain: &str) -> bool {
    RESERVED.iter().any(|reserved| is_within(domain, reserved))
}

#[cfg(test)]
mod tests {
    use super::is_reserved;

    #[test]
    fn only_whole_names_are_reserved() {
        for (domain, reserved) in [
            ("board.example", true),
            ("mail.example.org", true),
            ("example.com", true),
            ("myexample.com", false),
            ("example.org.uk", false),
            ("board.gov.uk", false),
        ] {
            assert_eq!(is_reserved(domain), reserved, "{domain}");
        }
    }
}
