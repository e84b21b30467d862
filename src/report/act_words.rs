//! The acts of people and runs in words.

use crate::spreadsheet::visible;

/// The ledger's kinds that deserve better words than their own.
const WORDS: &[(&str, &str)] = &[
    ("send-begun", "sending began"),
    ("send-ended", "sending ended"),
    ("resend-begun", "sending again began"),
    ("resend-ended", "sending again ended"),
    ("resolved-accepted", "doubt settled: counted as accepted"),
    ("resolved-by-report", "doubt settled: by a report of the mail system"),
    ("sent-back", "a message was sent back"),
    ("resend-in-doubt", "doubt settled: sent again, at the risk of a second copy"),
    ("correction-begun", "sending a correction began"),
    ("correction-ended", "sending a correction ended"),
    ("correction-held", "a correction was held"),
    ("correction-signed-off", "a correction was signed off"),
    ("proof-sent", "a proof was sent to readers"),
    ("held", "held"),
    ("moved", "moved to this date"),
    ("dropped", "dropped from the week"),
    ("brought-back", "brought back into the week"),
    ("signed-off", "signed off"),
    ("sent-early", "sent early, because a person asked for it"),
    ("sent-late", "sent late, because a person asked for it"),
    ("broken-off", "sending broke off"),
    ("installed", "sending by the computer was installed"),
    ("uninstalled", "sending by the computer was uninstalled"),
    ("notified", "told by e-mail"),
    ("not-notified", "could not be told by e-mail yet"),
    ("notify-refused", "could not be told by e-mail: refused"),
];

/// What was done; a kind that is not known is shown as it is, with spaces.
#[must_use]
pub fn act_words(kind: &str) -> String {
    let known = WORDS.iter().find(|(name, _)| *name == kind).map(|(_, words)| (*words).to_owned());
    known.unwrap_or_else(|| visible(&kind.replace('-', " ")))
}

/// Whether a person settled a doubt by it.
#[must_use]
pub(in crate::report) fn settles_a_doubt(kind: &str) -> bool {
    kind.starts_with("resolved") || kind.ends_with("in-doubt")
}

#[cfg(test)]
mod tests {
    use super::act_words;

    #[test]
    fn unknown_kinds_are_shown_as_they_are() {
        assert_eq!(act_words("send-begun"), "sending began");
        assert_eq!(act_words("moved-to-friday\u{1b}"), "moved to friday");
    }
}
