//! `help-block`: whoever opens one message of the week must find in it what to do for a child in danger.

use crate::lint::rule::Rule;
use crate::lint::subject::{DaySubject, Subject};
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "help-block",
    severities: &[Severity::Error],
    allowable: true,
    why: "whoever opens one message of the week must find in it what to do for a child in danger",
    check,
};

/// Words for the danger, beside which the number must stand; Welsh ones among them.
const DANGER: [&str; 5] = ["danger", "emergency", "at risk now", "perygl", "argyfwng"];
const NUMBER: &str = "999";
/// Words for a worry without danger.
const WORRY: [&str; 8] = ["worr", "concern", "advice", "not sure", "not an emergency", "not urgent", "pryder", "poeni"];
/// Words for those who take it up.
const CONTACT: [&str; 13] = [
    "safeguarding lead",
    "safeguarding officer",
    "safeguarding team",
    "social care",
    "social services",
    "front door",
    "duty team",
    "helpline",
    "lado",
    "mash",
    "call ",
    "ffoniwch",
    "@",
];

/// Only where the organisation wants it: `require_help_block = true`.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.organisation.require_help_block {
        return;
    }
    for day in subject.days {
        let Some(broadcast) = subject.broadcast(day) else { continue };
        let passages = passages(subject, day);
        let missing = match (passages.iter().any(|p| says_danger(p)), passages.iter().any(|p| says_contact(p))) {
            (true, true) => continue,
            (false, true) => "does not say what to do in immediate danger (999)",
            (true, false) => "does not say whom to ask with a worry that is no emergency",
            (false, false) => "says neither what to do in immediate danger (999) nor whom to ask with a worry",
        };
        let message = format!("\"{}\" {missing}", broadcast.theme.value().trim());
        let help = "write into `closing`, which stands in every message: If a child is in immediate danger, call 999. If \
                    you are worried about a child, speak to your safeguarding lead or call … (the number of your front \
                    door)";
        findings.push(Finding::error(RULE.id, broadcast.theme.place().clone(), message).help(help));
    }
}

/// The passages of a day in lower case: those of its texts, and those of the message, which a template may have added.
fn passages(subject: &Subject<'_>, day: &DaySubject<'_>) -> Vec<String> {
    let written = subject.prose.of_broadcast(day.day.index).flat_map(|prose| &prose.passages);
    let mut passages: Vec<String> = written.map(|passage| plain(passage.words.value())).collect();
    let text = day.material.map(|material| material.text.concat()).unwrap_or_default();
    passages.extend(text.split("\n\n").map(plain));
    passages
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn holds(passage: &str, words: &[&str]) -> bool {
    words.iter().any(|word| passage.contains(word))
}

fn says_danger(passage: &str) -> bool {
    holds(passage, &DANGER) && passage.contains(NUMBER)
}

fn says_contact(passage: &str) -> bool {
    holds(passage, &WORRY) && holds(passage, &CONTACT)
}

#[cfg(test)]
mod tests {
    use super::{plain, says_contact, says_danger};

    #[test]
    fn both_halves_are_found_by_their_words() {
        for (text, danger, contact) in [
            ("If a child is in immediate danger, call **999**.", true, false),
            ("In an emergency, ring 999. If you are worried, speak to your\nsafeguarding lead.", true, true),
            ("Any concern? Write to duty@board.example", false, true),
            ("The police number is 999.", false, false),
            ("We are concerned about the weather.", false, false),
        ] {
            let passage = plain(text);
            assert_eq!((says_danger(&passage), says_contact(&passage)), (danger, contact), "{text}");
        }
    }
}
