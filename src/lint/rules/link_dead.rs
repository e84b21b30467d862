//! `link-dead`: a link that leads nowhere costs every reader the time, and one in need the help. Only where `check
//! --online` asked.

use crate::lint::links;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, LinkAnswer, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "link-dead",
    severities: &[Severity::Error, Severity::Warning],
    allowable: true,
    why: "a link that leads nowhere costs every reader the time, and one in need the help",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.answers.is_empty() {
        return;
    }
    for link in links::all(subject) {
        let answer = link.web().and_then(|address| subject.answers.get(&address));
        let Some((severity, message, help)) = answer.and_then(verdict) else { continue };
        let finding = match severity {
            Severity::Error => Finding::error(RULE.id, link.place, message),
            Severity::Warning => Finding::warning(RULE.id, link.place, message),
        };
        findings.push(finding.help(help));
    }
}

/// How bad an answer is, in words, and what to do; nothing for a good one.
fn verdict(answer: &LinkAnswer) -> Option<(Severity, String, &'static str)> {
    Some(match answer {
        LinkAnswer::Good | LinkAnswer::Moved(_) => return None,
        LinkAnswer::Status(404 | 410) => {
            let help = "look for it on the website, and copy its address again";
            (Severity::Error, "the page is not there".to_owned(), help)
        }
        LinkAnswer::NoHost => {
            (Severity::Error, "there is no website of this name".to_owned(), "look at the spelling of the address")
        }
        // Refusals of programs, and the status that some networks invented for them.
        LinkAnswer::Status(status @ (401 | 403 | 405 | 406 | 429 | 999)) => {
            let message = format!("the website does not let a program look at the page (status {status})");
            (Severity::Warning, message, "some websites answer people only: open the link once in a browser")
        }
        LinkAnswer::Status(status) => {
            let message = format!("the website answers with an error (status {status})");
            (Severity::Warning, message, "open the link in a browser, and ask its owner if it stays so")
        }
        LinkAnswer::Circle => {
            let help = "open it in a browser and see where it ends";
            (Severity::Warning, "the link leads on and on".to_owned(), help)
        }
        LinkAnswer::Unreachable(why) => {
            let message = format!("the website cannot be reached: {why}");
            (Severity::Warning, message, "try again later, or open the link in a browser")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::verdict;
    use crate::model::{LinkAnswer, Severity};

    #[test]
    fn only_what_is_surely_gone_is_an_error() {
        for (answer, severity) in [
            (LinkAnswer::Good, None),
            (LinkAnswer::Moved("https://board.example/".into()), None),
            (LinkAnswer::Status(404), Some(Severity::Error)),
            (LinkAnswer::Status(410), Some(Severity::Error)),
            (LinkAnswer::NoHost, Some(Severity::Error)),
            (LinkAnswer::Status(403), Some(Severity::Warning)),
            (LinkAnswer::Status(500), Some(Severity::Warning)),
            (LinkAnswer::Circle, Some(Severity::Warning)),
            (LinkAnswer::Unreachable("no answer".into()), Some(Severity::Warning)),
        ] {
            assert_eq!(verdict(&answer).map(|(severity, ..)| severity), severity, "{answer:?}");
        }
    }
}
