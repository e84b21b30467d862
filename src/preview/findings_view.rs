//! Findings as the pages show them: beside the lines that they are about.

use serde::Serialize;

use crate::model::{Finding, Label, Place, Severity, count};
use crate::preview::excerpt::{ExcerptLine, excerpt};

/// More would not be read; `check` lists all.
const MOST: usize = 100;

/// Some findings with their number in words.
#[derive(Debug, Serialize)]
pub(in crate::preview) struct FindingsView {
    pub(in crate::preview) summary: String,
    pub(in crate::preview) errors: usize,
    pub(in crate::preview) warnings: usize,
    list: Vec<FindingView>,
    /// How many are not in the list.
    more: usize,
}

#[derive(Debug, Serialize)]
struct FindingView {
    severity: &'static str,
    rule: &'static str,
    message: String,
    /// Words and code by turns, the words first.
    help: Option<Vec<String>>,
    place: PlaceView,
    labels: Vec<LabelView>,
    day: Option<FindingDay>,
}

/// The day that a finding belongs to, for the week's page.
#[derive(Debug, Clone, Serialize)]
pub(in crate::preview) struct FindingDay {
    pub(in crate::preview) folder: String,
    pub(in crate::preview) date: String,
}

#[derive(Debug, Serialize)]
struct LabelView {
    text: String,
    place: PlaceView,
}

#[derive(Debug, Serialize)]
struct PlaceView {
    words: String,
    lines: Vec<ExcerptLine>,
}

impl FindingsView {
    /// Findings with the day that each belongs to.
    pub(in crate::preview) fn new(findings: &[Finding], day_of: impl Fn(&Finding) -> Option<FindingDay>) -> Self {
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
        let summary = match (errors, warnings) {
            (0, 0) => "no findings".to_owned(),
            (_, 0) => count(errors, "error"),
            (0, _) => count(warnings, "warning"),
            _ => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
        };
        let list = findings.iter().take(MOST).map(|finding| FindingView::new(finding, day_of(finding))).collect();
        Self { summary, errors, warnings, list, more: findings.len().saturating_sub(MOST) }
    }
}

impl FindingView {
    fn new(finding: &Finding, day: Option<FindingDay>) -> Self {
        let label = |label: &Label| LabelView { text: label.text.clone(), place: PlaceView::new(&label.place) };
        Self {
            severity: finding.severity.word(),
            rule: finding.rule,
            message: finding.message.clone(),
            help: finding.help.as_deref().map(words_and_code),
            place: PlaceView::new(&finding.place),
            labels: finding.labels.iter().map(label).collect(),
            day,
        }
    }
}

impl PlaceView {
    fn new(place: &Place) -> Self {
        let (line, column) = place.line_column();
        let path = &place.source.path;
        // A picture has no lines.
        let whole = place.source.text.is_empty();
        let words = if whole { path.clone() } else { format!("{path}, line {line}, column {column}") };
        Self { words, lines: excerpt(place) }
    }
}

/// Splits what stands between backticks from the words around it.
fn words_and_code(help: &str) -> Vec<String> {
    if help.matches('`').count() % 2 == 1 {
        return vec![help.to_owned()];
    }
    help.split('`').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::words_and_code;

    #[test]
    fn code_stands_between_backticks() {
        assert_eq!(words_and_code("give it a `subject` now"), ["give it a ", "subject", " now"]);
        assert_eq!(words_and_code("a single ` is a word"), ["a single ` is a word"]);
    }
}
