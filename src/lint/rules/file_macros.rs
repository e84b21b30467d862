//! `file-macros`: mail servers refuse documents with programs in them, and people are told not to open them.

use crate::lint::files::{MessageFile, each};
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::media;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "file-macros",
    severities: &[Severity::Error],
    allowable: true,
    why: "mail servers refuse documents with programs in them, and people are told not to open them",
    check,
};

/// What Office calls documents that may hold macros.
const ENDINGS: [&str; 9] = ["docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm", "ppam"];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    each(subject, findings, look);
}

fn look(file: &MessageFile<'_>) -> Option<Finding> {
    let ending = file.name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase());
    let message = if media::has_macros(file.bytes) {
        format!("\"{}\" holds macros", file.name)
    } else if ENDINGS.contains(&ending.as_str()) {
        format!("\"{}\" is of a kind (.{ending}) that may hold macros", file.name)
    } else {
        return None;
    };
    let help = "save it without macros (as .docx, .xlsx or .pptx) or as PDF";
    Some(Finding::error(RULE.id, file.place.clone(), message).help(help))
}
