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
        let Some(answer) = link.web().and_then(|address| subject.answers.get(&address)) else { continue };
        let found = |message: &str, help: &str| (message.to_owned(), help.to_owned());
        let (is_error, (message, help)) = match answer {
            LinkAnswer::Good | LinkAnswer::Moved(_) => continue,
            LinkAnswer::Status(404 | 410) => {
                (true, found("the page is not there", "look for it on the website, and copy its address again"))
            }
            LinkAnswer::NoHost => {
                (true, found("there is no website of this name", "look at the spelling of the address"))
            }
            LinkAnswer::Status(status @ (401 | 403 | 405 | 406 | 429 | 999)) => {
                let help = "some websites answer people only: open the link once in a browser";
                (false, (format!("the website does not let a program look at the page (status {status})"), help.into()))
            }
            LinkAnswer::Status(status) => {
                let help = "open the link in a browser, and ask its owner if it stays so";
                (false, (format!("the website answers with an error (status {status})"), help.into()))
            }
            LinkAnswer::Circle => {
                (false, found("the link leads on and on", "open it in a browser and see where it ends"))
            }
            LinkAnswer::Unreachable(why) => {
                let help = "try again later, or open the link in a browser";
                (false, (format!("the website cannot be reached: {why}"), help.into()))
            }
        };
        let finding = if is_error {
            Finding::error(RULE.id, link.place, message)
        } else {
            Finding::warning(RULE.id, link.place, message)
        };
        findings.push(finding.help(help));
    }
}
