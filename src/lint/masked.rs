//! Findings are shown with their lines, and kept in the logs of scheduled runs: what a person could be known by is starred
//! out of the lines of all of them, whatever they are about.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::lint::persons::find;
use crate::lint::subject::Subject;
use crate::lint::texts;
use crate::model::{Finding, Findings, Place, SourceFile};

/// Characters that are shown of what is found: enough to find it again.
const SHOWN: usize = 3;

/// The first characters, and a star for each letter and digit after them; as many bytes as before.
pub(crate) fn masked(text: &str) -> String {
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

/// Lets all findings show masked copies of the files in which something was found.
pub(crate) fn conceal(subject: &Subject<'_>, findings: &mut Findings) {
    let mut places: BTreeMap<String, (Arc<SourceFile>, Vec<Range<usize>>)> = BTreeMap::new();
    for text in texts::written(subject) {
        for (range, _) in find(text.value()) {
            let place = text.at(range);
            let entry = places.entry(place.source.path.clone()).or_insert_with(|| (place.source, Vec::new()));
            entry.1.push(place.range);
        }
    }
    let copies: BTreeMap<String, Copy> =
        places.into_iter().map(|(path, (source, ranges))| (path, Copy::new(source, &ranges))).collect();
    if copies.is_empty() {
        return;
    }
    let moved = |place: Place| match copies.get(&place.source.path) {
        Some(copy) if copy.original == place.source => Place { source: Arc::clone(&copy.masked), ..place },
        _ => place,
    };
    let all = std::mem::take(findings);
    findings.extend(all.into_iter().map(|mut finding: Finding| {
        finding.place = moved(finding.place);
        for label in &mut finding.labels {
            label.place = moved(label.place.clone());
        }
        finding
    }));
}

/// A file and its masked copy, in which every offset is the same.
struct Copy {
    original: Arc<SourceFile>,
    masked: Arc<SourceFile>,
}

impl Copy {
    fn new(original: Arc<SourceFile>, ranges: &[Range<usize>]) -> Self {
        let mut text = original.text.clone();
        for range in ranges {
            if let Some(part) = text.get(range.clone()).map(masked) {
                text.replace_range(range.clone(), &part);
            }
        }
        let masked = SourceFile::excerpt(original.path.clone(), text, original.first_line);
        Self { original, masked }
    }
}

#[cfg(test)]
mod tests {
    use super::{Copy, masked};
    use crate::model::SourceFile;

    #[test]
    fn what_is_found_is_shown_by_its_first_characters_only() {
        assert_eq!(masked("943 476 5919"), "943 *** ****");
        let file = SourceFile::new("w.toml", "one\nNHS 943 476 5919, AB123456C.\nthree");
        let copy = Copy::new(file, &[8..20, 22..31]);
        assert_eq!(copy.masked.text, "one\nNHS 943 *** ****, AB1******.\nthree");
    }
}
