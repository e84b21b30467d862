//! `[[allow]]`: rules that the officer sets aside for this week, each with her reason.

use crate::definition::lines::required_line;
use crate::document::Table;
use crate::model::{Allow, Findings};

/// Reads all `[[allow]]`.
pub(crate) fn read(document: &mut Table, findings: &mut Findings) -> Vec<Allow> {
    let mut all = Vec::new();
    for mut table in document.tables("allow", findings) {
        let rule = required_line(&mut table, "rule", findings);
        let reason = required_line(&mut table, "reason", findings);
        table.finish(findings);
        if let (Some(rule), Some(reason)) = (rule, reason) {
            all.push(Allow { rule, reason });
        }
    }
    all
}
