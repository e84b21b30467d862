//! The rows of a list kept as CSV or TSV (RFC 4180, with semicolons, tabs and bars as other programs write them), or of a
//! workbook that was brought into that form.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{BadRow, Finding, People, Place, SourceFile, count};
use crate::recipients::columns::{self, Columns, Heading, Wanted};
use crate::recipients::delimiter::in_words;
use crate::recipients::roll::Roll;
use crate::recipients::row::Row;
use crate::recipients::shape::{BARE, Shape};
use crate::recipients::tally::Tally;

/// More rows than any list has.
const MOST: usize = 2_000_000;

/// What came of reading a file.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// The people, each once.
    pub(crate) members: People,
    /// The rows that cannot be used.
    pub(crate) bad: Vec<BadRow>,
    /// How many rows there are, bad ones and repetitions included.
    pub(crate) count: usize,
    /// What parts the columns, in words.
    pub(crate) delimiter: Option<&'static str>,
    /// The line of the headings, where rows stand above it.
    pub(crate) heading_line: Option<usize>,
    /// What was taken from which heading.
    pub(crate) taken: Vec<(&'static str, String)>,
    /// What else a person should know.
    pub(crate) notes: Vec<String>,
}

/// Reads all rows. What is wrong with the file goes to `whole`, what is wrong with a row to `each`; `None` where no row
/// could be read.
pub(crate) fn read(
    file: &Arc<SourceFile>,
    shape: Shape,
    wanted: &Wanted,
    (whole, each): (&mut Tally, &mut Tally),
) -> Option<Rows> {
    let mut walk = Walk { file, start: shape.start, counted: 0, line: 1 };
    let mut reader = walk.reader(shape.delimiter);
    let mut record = csv::StringRecord::new();
    let mut columns = (shape.delimiter == BARE).then(Columns::bare);
    let mut roll = Roll::default();
    let mut rows = Rows { delimiter: in_words(shape.delimiter), ..Rows::default() };
    let mut tidied = 0;
    // The text is UTF-8 already and rows may be ragged, so nothing is left that the reader could refuse.
    while reader.read_record(&mut record).unwrap_or(false) {
        let (range, line) = walk.row(&record, reader.position());
        let row = Row { file, range: range.clone(), line, shape, record: &record };
        if row.is_blank() {
            continue;
        }
        let misquoted = row.misquoted();
        let Some(known) = &columns else {
            let fault = misquoted.map(|fault| whole.push(fault));
            let heading = Heading { source: &row.source(), delimiter: shape.delimiter, record: &record };
            columns = if fault.is_some() { None } else { columns::read(&heading, wanted, whole) };
            let found = columns.as_ref()?;
            rows.heading_line = shape.below_title.then_some(line);
            rows.taken.clone_from(&found.taken);
            rows.delimiter = rows.delimiter.filter(|_| found.count > 1);
            continue;
        };
        rows.count += 1;
        if rows.count > MOST {
            let message = format!("the file has more than {}", count(MOST, "row"));
            let finding = Finding::error("csv-rows", Place::new(&row.source(), 0..0), message);
            whole.push(finding.help("split it into several lists"));
            break;
        }
        let is_misquoted = misquoted.is_some();
        match misquoted.or_else(|| row.ragged(known)) {
            Some(fault) => each.push(fault),
            None => tidied += usize::from(row.add(known, &mut roll, each)),
        }
        rows.bad.extend(each.take_reason().map(|reason| row.bad(known, reason)));
        // A mark that is not closed swallows lines that may be good: read on at the very next one.
        if is_misquoted && let Some(newline) = file.text[range.clone()].find('\n') {
            walk.start = range.start + newline + 1;
            reader = walk.reader(shape.delimiter);
        }
    }
    if columns.is_none() {
        let finding = Finding::error("csv-empty", Place::new(file, 0..0), "the file has no headings and no rows");
        let help = "put headings in its first line, such as Email,Name, and one person on each line below";
        whole.push(finding.help(help));
        return None;
    }
    rows.members = roll.finish();
    rows.notes = notes(shape, tidied);
    Some(rows)
}

fn notes(shape: Shape, tidied: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if shape.delimiter == BARE {
        notes.push("one address a line, without headings".to_owned());
    }
    if tidied > 0 {
        notes.push(format!("{} freed of a name or signs around", count(tidied, "address")));
    }
    notes
}

/// Keeps count of the lines, since a quoted cell may hold line ends.
struct Walk<'a> {
    file: &'a Arc<SourceFile>,
    /// Where the reader began.
    start: usize,
    /// Up to which byte the lines have been counted.
    counted: usize,
    line: usize,
}

impl<'a> Walk<'a> {
    fn reader(&self, delimiter: u8) -> csv::Reader<&'a [u8]> {
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter).quoting(delimiter != BARE);
        builder.from_reader(self.file.text.as_bytes().get(self.start..).unwrap_or_default())
    }

    /// The bytes of a row, without its line end, and the number of its line.
    fn row(&mut self, record: &csv::StringRecord, after: &csv::Position) -> (Range<usize>, usize) {
        let offset = |position: &csv::Position| self.start + usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let end = offset(after).min(self.file.text.len());
        let begin = record.position().map_or(end, offset).min(end);
        let raw = &self.file.text[begin..end];
        // The reader counts blank lines in front of a row to the row.
        let begin = begin + (raw.len() - raw.trim_start_matches(['\r', '\n']).len());
        let end = begin + self.file.text[begin..end].trim_end_matches(['\r', '\n']).len();
        if let Some(between) = self.file.text.as_bytes().get(self.counted..begin) {
            self.line += between.iter().filter(|byte| **byte == b'\n').count();
            self.counted = begin;
        }
        (begin..end, self.line)
    }
}
