//! A growing pile of findings, put in file order and freed of repetitions at the end.

use crate::model::finding::{Finding, Severity};

/// Collects findings; everything that reads the officer's files is handed one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds several.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.0.extend(findings);
    }

    /// All, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// How many errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.of(Severity::Error)
    }

    /// How many warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.of(Severity::Warning)
    }

    fn of(&self, severity: Severity) -> usize {
        self.0.iter().filter(|finding| finding.severity == severity).count()
    }

    /// How many in all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The findings in file and line order, each once.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Finding> {
        // Finding a line walks the file, so each key is made once.
        self.0.sort_by_cached_key(|finding| {
            let (line, column) = finding.place.line_column();
            (finding.place.source.path.clone(), line, column, finding.rule, finding.message.clone())
        });
        self.0.dedup();
        self.0
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
