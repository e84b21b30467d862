//! How the files of people were read, for `check`: what was guessed is said, so that a wrong guess is seen.

use serde::Serialize;

use crate::model::DistributionList;
use crate::output::plain::plain;

/// A line for each list with a file.
#[must_use]
pub fn readings_as_text(lists: &[DistributionList]) -> String {
    let line = |list: &DistributionList| {
        list.reading.as_ref().map(|reading| format!("{}: {}\n", plain(&list.name.0), plain(&reading.to_string())))
    };
    lists.iter().filter_map(line).collect()
}

/// The key `lists` in the JSON of `check`.
#[must_use]
pub fn readings_as_json(lists: &[DistributionList]) -> serde_json::Value {
    #[derive(Serialize)]
    struct One<'a> {
        name: &'a str,
        file: &'a str,
        rows: usize,
        bad_rows: usize,
        skipped: bool,
        encoding: Option<&'a str>,
        delimiter: Option<&'a str>,
        sheet: Option<&'a str>,
        heading_line: Option<usize>,
        columns: std::collections::BTreeMap<&'a str, &'a str>,
        notes: &'a [String],
    }
    let one = |list: &'_ DistributionList| {
        let reading = list.reading.as_ref()?;
        serde_json::to_value(One {
            name: &list.name.0,
            file: &reading.path,
            rows: reading.rows,
            bad_rows: reading.bad,
            skipped: reading.skipped,
            encoding: reading.encoding,
            delimiter: reading.delimiter,
            sheet: reading.sheet.as_deref(),
            heading_line: reading.heading_line,
            columns: reading.columns.iter().map(|(what, from)| (*what, from.as_str())).collect(),
            notes: &reading.notes,
        })
        .ok()
    };
    serde_json::Value::Array(lists.iter().filter_map(one).collect())
}
