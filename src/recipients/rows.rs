//! The rows of a list kept as CSV or TSV (RFC 4180, with semicolons and tabs as spreadsheet programs write them).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::model::{Finding, Kind, Place, Recipient, SourceFile};
use crate::recipients::cells::{cells, within};
use crate::recipients::columns::{self, Columns, Heading, Wanted};
use crate::recipients::delimiter::{DELIMITERS, Guess, guess};
use crate::recipients::fields::{self, Written};
use crate::recipients::roll::Roll;
use crate::recipients::tally::Tally;

/// Reads all rows; each faulty one is reported and left out.
pub(crate) fn read(file: &Arc<SourceFile>, wanted: &Wanted, tally: &mut Tally) -> Vec<Recipient> {
    let Some((start, delimiter)) = delimiter(file, wanted, tally) else { return Vec::new() };
    let mut walk = Walk { file, start, counted: 0, line: 1 };
    let mut reader = walk.reader(delimiter);
    let mut record = csv::StringRecord::new();
    let mut columns: Option<Columns> = None;
    let mut roll = Roll::default();
    // The text is UTF-8 already and rows may be ragged, so nothing is left that the reader could refuse.
    while reader.read_record(&mut record).unwrap_or(false) {
        let source = walk.row(&record, reader.position());
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if let Some(fault) = misquoted(&source, delimiter) {
            tally.push(fault);
            if columns.is_none() {
                return Vec::new();
            }
            // A mark that is not closed swallows lines that may be good: read on at the very next one.
            if let Some(newline) = source.text.find('\n') {
                walk.start = walk.counted + newline + 1;
                reader = walk.reader(delimiter);
            }
            continue;
        }
        let Some(known) = &columns else {
            let heading = Heading { source: &source, delimiter, record: &record };
            let Some(found) = columns::read(&heading, wanted, tally) else { return Vec::new() };
            columns = Some(found);
            continue;
        };
        let row = Row { source, delimiter, record: &record };
        match row.ragged(known) {
            Some(fault) => tally.push(fault),
            None => row.add(known, &mut roll, tally),
        }
    }
    if columns.is_none() {
        let finding = Finding::error("csv-empty", Place::new(file, 0..0), "the file has no headings and no rows");
        tally.push(
            finding.help("put headings in its first line, such as Email,Name, and one person on each line below"),
        );
    }
    roll.finish()
}

/// Where the heading line begins, and what parts its columns.
fn delimiter(file: &Arc<SourceFile>, wanted: &Wanted, tally: &mut Tally) -> Option<(usize, u8)> {
    let text = &file.text;
    let mut start = text.len() - text.trim_start_matches(['\r', '\n']).len();
    let first = text[start..].lines().next().unwrap_or_default();
    // A line that only Excel knows: it says what parts the columns of the lines below.
    if let Some(mark) = first.strip_prefix("sep=").filter(|mark| mark.chars().count() == 1) {
        let place = Place::new(file, start..start + first.len());
        start += first.len() + text[start + first.len()..].find('\n').map_or(0, |newline| newline + 1);
        let known = DELIMITERS.into_iter().find(|(delimiter, _)| mark.as_bytes() == [*delimiter]);
        if known.is_none() {
            tally.push(unknown_delimiter(place, &format!("\"{mark}\"")));
        }
        return known.map(|(delimiter, _)| (start, delimiter));
    }
    let place = || Place::new(file, start..start + first.len());
    match guess(first, &wanted.headings()) {
        Guess::Sure(delimiter) => Some((start, delimiter)),
        Guess::Single => Some((start, b',')),
        Guess::Foreign(mark) => {
            tally.push(unknown_delimiter(place(), &format!("\"{}\"", fields::printable(&mark.to_string()))));
            None
        }
        Guess::Unclear => {
            let seen = fields::printable(first);
            let message = format!("it is unclear what parts the columns: the heading line is {seen}");
            let finding = Finding::error("csv-delimiter", place(), message);
            tally.push(finding.help("put headings that hold a comma or semicolon in quotation marks"));
            None
        }
    }
}

fn unknown_delimiter(place: Place, seen: &str) -> Finding {
    let message = format!("the columns are parted by {seen}, which is not read");
    Finding::error("csv-delimiter", place, message)
        .help("save the file with commas, semicolons or tabs between columns")
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
        builder.has_headers(false).flexible(true).delimiter(delimiter);
        builder.from_reader(&self.file.text.as_bytes()[self.start..])
    }

    /// The text of a row, without its line end, as a source of its own.
    fn row(&mut self, record: &csv::StringRecord, after: &csv::Position) -> Arc<SourceFile> {
        let offset = |position: &csv::Position| self.start + usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let end = offset(after).min(self.file.text.len());
        let begin = record.position().map_or(end, offset).min(end);
        let raw = &self.file.text[begin..end];
        // The reader counts blank lines in front of a row to the row.
        let begin = begin + (raw.len() - raw.trim_start_matches(['\r', '\n']).len());
        let raw = self.file.text[begin..end].trim_end_matches(['\r', '\n']);
        self.line += self.file.text.as_bytes()[self.counted..begin].iter().filter(|byte| **byte == b'\n').count();
        self.counted = begin;
        SourceFile::excerpt(self.file.path.clone(), raw, self.line)
    }
}

/// A cell that is not closed, or closed too early: then the reader's idea of the row is not the officer's.
fn misquoted(source: &Arc<SourceFile>, delimiter: u8) -> Option<Finding> {
    if !source.text.contains('"') {
        return None;
    }
    let found = cells(&source.text, delimiter);
    let cell = found.iter().find(|cell| cell.unclosed || cell.behind.is_some())?;
    let lines = source.text[cell.range.clone()].matches('\n').count();
    let (at, message) = match cell.behind {
        Some(at) if lines == 0 => (at, "something stands behind the closing quotation mark of a cell"),
        _ => (cell.range.start, "a quotation mark is opened here and not closed in this row"),
    };
    let end = source.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let finding = Finding::error("csv-quote", Place::new(source, at..end), message);
    Some(finding.help("close the cell with \", and write a quotation mark inside it twice: \"\""))
}

/// One row.
struct Row<'a> {
    source: Arc<SourceFile>,
    delimiter: u8,
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn whole(&self) -> Place {
        Place::new(&self.source, 0..self.source.text.len())
    }

    /// Whether it has other cells than the heading line.
    fn ragged(&self, columns: &Columns) -> Option<Finding> {
        let count = self.record.len();
        // Spreadsheet programs leave empty cells behind the last column; those lose nothing.
        let more = self.record.iter().skip(columns.count).any(|cell| !cell.trim().is_empty());
        if count >= columns.count && !more {
            return None;
        }
        let message = format!("the row has {}, the heading line {}", crate::model::count(count, "cell"), columns.count);
        let other = DELIMITERS.into_iter().find(|(delimiter, _)| {
            *delimiter != self.delimiter && cells(&self.source.text, *delimiter).len() == columns.count
        });
        let help = match other {
            Some((_, name)) if columns.count > 1 => format!("this row is parted by {name}, unlike the heading line"),
            _ if more => "put cells that hold a comma or semicolon in quotation marks".to_owned(),
            _ => "fill the row up; an empty cell needs its separator too".to_owned(),
        };
        Some(Finding::error("csv-ragged", self.whole(), message).help(help))
    }

    /// Runs a check over the value of a column.
    fn checked<T>(
        &self,
        column: usize,
        check: impl FnOnce(&Written<'_>) -> Result<T, Box<Finding>>,
        tally: &mut Tally,
    ) -> Option<T> {
        let cell = self.record.get(column).unwrap_or_default();
        let value = cell.trim();
        let place = |range: Range<usize>| self.place(column, cell.len() - cell.trim_start().len(), range);
        check(&Written { value, at: &place }).map_err(|finding| tally.push(*finding)).ok()
    }

    fn place(&self, column: usize, skip: usize, range: Range<usize>) -> Place {
        let found = cells(&self.source.text, self.delimiter);
        let Some(cell) = found.get(column) else { return self.whole() };
        Place::new(&self.source, within(&self.source.text, cell, range.start + skip..range.end + skip))
    }

    fn add(&self, columns: &Columns, roll: &mut Roll, tally: &mut Tally) {
        let before = tally.errors();
        let address = self.checked(columns.address, fields::address, tally);
        let name = columns.name.and_then(|column| self.checked(column, fields::name, tally)).flatten();
        let mut merge = BTreeMap::new();
        for (column, field) in &columns.fields {
            let value = self.checked(*column, |written| fields::value(field, written), tally).flatten();
            if let Some(value) = value {
                merge.insert(field.clone(), value);
            }
        }
        let Some(address) = address.filter(|_| tally.errors() == before) else { return };
        let meant = roll.meant(&address);
        let recipient =
            Recipient { address, name, lists: Vec::new(), fields: merge, kind: Kind::Individual, place: self.whole() };
        let cell = self.record.get(columns.address).unwrap_or_default();
        let place = |range: Range<usize>| self.place(columns.address, cell.len() - cell.trim_start().len(), range);
        if let Some(meant) = meant {
            tally.push(fields::typo(&Written { value: cell.trim(), at: &place }, &meant));
        }
        tally.extend(roll.add(recipient, || place(0..cell.trim().len())));
    }
}
