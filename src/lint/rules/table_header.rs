//! `table-header`: screen readers say the head of its column with each cell, and the text part prints it before each.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, PassageKind, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "table-header",
    severities: &[Severity::Warning],
    allowable: false,
    why: "screen readers say the head of its column with each cell, and the text part prints it before each",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for table in subject.prose.all().flat_map(|prose| &prose.tables) {
        let empty: Vec<usize> = (1..).zip(&table.head).filter(|(_, cell)| cell.is_empty()).map(|(n, _)| n).collect();
        let message = match empty.as_slice() {
            [] => continue,
            all if all.len() == table.head.len() => "the table has no headings over its columns".to_owned(),
            [first, ..] => format!("column {first} of the table has no heading"),
        };
        let finding = Finding::warning(RULE.id, table.place.clone(), message);
        findings.push(finding.help("say in the first line of the table what each column holds, such as | Service |"));
    }
    let passages = subject.prose.all().flat_map(|prose| &prose.passages);
    for passage in passages.filter(|passage| passage.kind == PassageKind::Paragraph) {
        if is_unmade_table(passage.words.value()) {
            let message = "these lines look like a table, and are shown as they are";
            let finding = Finding::warning(RULE.id, passage.words.place().clone(), message);
            findings.push(finding.help("put a line | --- | --- | below the first, which holds the headings"));
        }
    }
}

/// Two lines or more between upright strokes, which did not become a table.
fn is_unmade_table(words: &str) -> bool {
    let row = |line: &&str| line.len() > 2 && line.trim().starts_with('|') && line.trim().ends_with('|');
    words.lines().filter(row).count() > 1
}
