//! What a rule is.

use crate::lint::subject::Subject;
use crate::model::{Findings, Severity};

/// One rule that a week must keep.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Kebab-case name, in findings and in `[[allow]]`.
    pub id: &'static str,
    /// What it finds: errors, warnings or both.
    pub severities: &'static [Severity],
    /// Whether `[[allow]]` drops its errors as well; warnings it always drops.
    pub allowable: bool,
    /// Why it is a rule.
    pub why: &'static str,
    /// Adds what it finds.
    pub check: fn(&Subject<'_>, &mut Findings),
}
