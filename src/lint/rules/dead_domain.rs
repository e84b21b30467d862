//! `dead-domain`: the government's old secure mail domains were switched off, and what is sent there is lost.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::lint::{links, texts};
use crate::model::{DistributionList, Finding, Findings, Place, Severity, Text, count};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "dead-domain",
    severities: &[Severity::Warning],
    allowable: false,
    why: "the government's old secure mail domains were switched off, and what is sent there is lost",
    check,
};

/// The family of the Government Secure Intranet: withdrawn from March 2019 on, and gone by 2023.
const DEAD: [&str; 4] = ["gcsx.gov.uk", "gsi.gov.uk", "gse.gov.uk", "gsx.gov.uk"];
const HELP: &str = "ask for the new address; most have the same name at a domain without gcsx, gsi, gse or gsx";

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for text in texts::written(subject).into_iter().chain(texts::signature(subject.week)) {
        in_text(text, findings);
    }
    for link in links::all(subject) {
        if let Some((_, domain)) = find(link.url) {
            push(link.place, domain, findings);
        }
    }
    let sender = subject.sender;
    let reply = sender.reply_to.as_ref().map(|(_, address)| address);
    for address in std::iter::once(&sender.address).chain(reply) {
        if let Some(domain) = dead(address.domain()) {
            push(sender.place.clone(), domain, findings);
        }
    }
    for list in subject.lists {
        in_list(list, findings);
    }
}

fn push(place: Place, domain: &str, findings: &mut Findings) {
    let message = format!("mail to \"{domain}\" no longer arrives");
    findings.push(Finding::warning(RULE.id, place, message).help(HELP));
}

fn in_text(text: &Text, findings: &mut Findings) {
    if let Some((at, domain)) = find(text.value()) {
        push(text.at(at..at + domain.len()), domain, findings);
    }
}

/// One finding a list: a list of a county may hold hundreds of them.
fn in_list(list: &DistributionList, findings: &mut Findings) {
    let members = list.kind.people();
    let mut gone = members.iter().filter(|member| dead(member.address.domain()).is_some());
    let Some(first) = gone.next() else { return };
    let number = 1 + gone.count();
    let message = format!("{} of the list \"{}\" no longer arrive", count(number, "address"), list.name.0);
    let message = if number == 1 { message.replace("arrive", "arrives") } else { message };
    findings.push(Finding::warning(RULE.id, first.place.clone(), message).help(HELP));
}

fn dead(domain: &str) -> Option<&'static str> {
    DEAD.into_iter().find(|dead| links::is_within(domain, dead))
}

/// The first such domain in a text, with its offset.
fn find(text: &str) -> Option<(usize, &'static str)> {
    if !text.contains('.') {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let begins = |at: usize| lower[..at].chars().next_back().is_some_and(|c| "@./".contains(c));
    DEAD.into_iter().find_map(|dead| lower.match_indices(dead).find(|(at, _)| begins(*at)).map(|(at, _)| (at, dead)))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn only_whole_domains_count() {
        for (text, found) in [
            ("Write to duty@county.gcsx.gov.uk.", true),
            ("duty@GSI.gov.uk", true),
            ("duty@county.gov.uk and www.gov.uk", false),
            ("notgsi.gov.uk", false),
        ] {
            assert_eq!(find(text).is_some(), found, "{text}");
        }
    }
}
