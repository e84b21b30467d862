//! Findings of one file, kept from flooding: a wrong column gives one finding for each of 10,000 rows, of which the
//! officer needs to see a few.

use std::collections::BTreeMap;

use crate::model::{Finding, Findings, Place, Severity};

/// How many findings of one rule in one file are shown one by one.
const SHOWN: usize = 20;

/// The findings of one file.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    shown: Vec<Finding>,
    counts: BTreeMap<&'static str, Overflow>,
    errors: usize,
    /// The first error since it was last asked for.
    reason: Option<String>,
}

#[derive(Debug, Default)]
struct Overflow {
    count: usize,
    first: Option<(Place, Severity)>,
}

impl Tally {
    /// Adds a finding; beyond the twentieth of its rule it is only counted.
    pub(crate) fn push(&mut self, finding: Finding) {
        if finding.severity == Severity::Error {
            self.errors += 1;
            self.reason.get_or_insert_with(|| finding.message.clone());
        }
        let overflow = self.counts.entry(finding.rule).or_default();
        overflow.count += 1;
        if overflow.count <= SHOWN {
            self.shown.push(finding);
        } else if overflow.first.is_none() {
            overflow.first = Some((finding.place, finding.severity));
        }
    }

    /// Adds several.
    pub(crate) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// How many errors there were, shown or not.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// What the first error since the last call says.
    pub(crate) fn take_reason(&mut self) -> Option<String> {
        self.reason.take()
    }

    /// Whether a further finding of a rule would be shown, not only counted.
    pub(crate) fn shows(&self, rule: &str) -> bool {
        self.counts.get(rule).is_none_or(|overflow| overflow.count < SHOWN)
    }

    /// Leaves the errors out, where the officer leaves out the rows that they are about.
    pub(crate) fn without_errors(mut self) -> Self {
        self.counts.retain(|_, overflow| overflow.first.as_ref().is_some_and(|(_, one)| *one == Severity::Warning));
        self.shown.retain(|finding| finding.severity == Severity::Warning);
        self
    }

    /// Hands the findings over, with one for each rule that says how many more there are.
    pub(crate) fn finish(self, findings: &mut Findings) {
        findings.extend(self.shown);
        for (rule, overflow) in self.counts {
            let Some((place, severity)) = overflow.first else { continue };
            let more = overflow.count - SHOWN;
            let path = &place.source.path;
            let message = format!("and {more} more of the same kind in {path}, from here on");
            let finding = Finding { severity, ..Finding::error(rule, place, message) };
            findings.push(finding.help("mend the first few, then check again"));
        }
    }
}
