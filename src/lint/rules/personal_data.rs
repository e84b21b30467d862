//! `personal-data`: a broadcast goes to hundreds of people and cannot be called back, so no child may be known from it.

use std::ops::Range;

use crate::lint::persons::{Found, find};
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::lint::texts;
use crate::model::{Finding, Findings, Place, Severity, SourceFile, Text};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "personal-data",
    severities: &[Severity::Error],
    allowable: true,
    why: "a broadcast goes to hundreds of people and cannot be called back, so no child may be known from it",
    check,
};

/// Characters that are shown of what is found: enough to find it again.
const SHOWN: usize = 3;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for text in texts::written(subject) {
        let found = find(text.value());
        for (range, what) in &found {
            let shown = masked(&text.value()[range.clone()]);
            let message = format!("\"{shown}\" looks like {what}");
            let help = "leave it out, or change it so that nobody can be known from it";
            findings.push(Finding::error(RULE.id, place(text, range, &found), message).help(help));
        }
    }
}

/// The first characters, and a star for each letter and digit after them.
fn masked(text: &str) -> String {
    let mut left = SHOWN;
    let star = |c: char| {
        if !c.is_alphanumeric() {
            return c.to_string();
        }
        if left > 0 {
            left -= 1;
            return c.to_string();
        }
        "*".repeat(c.len_utf8())
    };
    text.chars().map(star).collect()
}

/// The place in a copy of its lines in which everything that was found is masked: findings are shown with their lines,
/// and kept in the logs of scheduled runs.
fn place(text: &Text, range: &Range<usize>, all: &[Found]) -> Place {
    let own = text.at(range.clone());
    let file = &own.source.text;
    let start = file.get(..own.range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = file.get(own.range.end..).and_then(|rest| rest.find('\n')).map_or(file.len(), |at| own.range.end + at);
    let mut lines = file.get(start..end).unwrap_or_default().to_owned();
    for (range, _) in all {
        let there = text.at(range.clone()).range;
        let (Some(from), Some(to)) = (there.start.checked_sub(start), there.end.checked_sub(start)) else { continue };
        if let Some(part) = lines.get(from..to).map(masked) {
            lines.replace_range(from..to, &part);
        }
    }
    let source = SourceFile::excerpt(own.source.path.clone(), lines, own.line_column().0);
    Place::new(&source, own.range.start - start..own.range.end - start)
}

#[cfg(test)]
mod tests {
    use super::{masked, place};
    use crate::model::{Place, SourceFile, Text};

    #[test]
    fn what_is_found_is_shown_by_its_first_characters_only() {
        assert_eq!(masked("943 476 5919"), "943 *** ****");
        let file = SourceFile::new("w.toml", "one\nNHS 943 476 5919, AB123456C.\nthree");
        let text = Text::new(file.text[4..32].to_owned(), Place::new(&file, 4..32), vec![(0, 4)]);
        let found = super::find(text.value());
        let shown = place(&text, &found[0].0, &found);
        assert_eq!(shown.source.text, "NHS 943 *** ****, AB1******.");
        assert_eq!(shown.line_column(), (2, 5));
    }
}
