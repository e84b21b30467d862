//! The answer of a build without the feature `xlsx`.

use crate::model::{Finding, Text};
use crate::recipients::fields::printable;
use crate::recipients::tally::Tally;
use crate::recipients::workbook::kind::Sheet;

/// Reports that workbooks are not read.
pub(crate) fn read(path: &str, _: Vec<u8>, _: Option<&Text>, text: &Text, tally: &mut Tally) -> Option<Sheet> {
    let message = format!("\"{}\" is a workbook, which this build of weekcast does not read", printable(path));
    let finding = Finding::error("xlsx-unsupported", text.place().clone(), message);
    tally.push(finding.help("save the sheet as CSV (in Excel: \"CSV UTF-8\") and name that file here"));
    None
}
