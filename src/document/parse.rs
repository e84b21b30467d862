//! TOML text to a [`Table`], with all syntax errors at once in the officer's words.

use std::sync::Arc;

use toml::de::DeTable;

use crate::document::broken::Broken;
use crate::document::recovery::Recovery;
use crate::document::scalar;
use crate::document::table::Table;
use crate::document::working::Working;
use crate::model::{Findings, Place, SourceFile};

/// Parses a document; what could be recovered is in the table, so that its other faults are found in the same pass.
pub fn parse(source: &Arc<SourceFile>, findings: &mut Findings) -> Table {
    let (document, errors) = DeTable::parse_recoverable(&source.text);
    let (entries, broken) = if errors.is_empty() {
        let working = Working::unchanged(&source.text);
        (scalar::entries(source, &working, document.into_inner()), Broken::default())
    } else {
        Recovery::new(source).run(findings)
    };
    Table::document(entries, Place::new(source, 0..0), Arc::new(broken))
}
