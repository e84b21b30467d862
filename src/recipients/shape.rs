//! The shape of a file: what parts its columns, and in which line its headings stand. Both are found together: the line
//! that has a heading for the address settles what parts it, wherever it stands below a title.

use std::sync::Arc;

use crate::model::{Finding, Place, SourceFile};
use crate::recipients::aliases;
use crate::recipients::columns::{Wanted, same};
use crate::recipients::delimiter::{DELIMITERS, Guess, guess};
use crate::recipients::fields;
use crate::recipients::mailbox;
use crate::recipients::tally::Tally;

/// How many rows from the top are looked at for the headings.
const LOOK: usize = 30;

/// How many bytes from the top are looked at.
const SAMPLE: usize = 256 * 1024;

/// What parts the cells of a file of bare addresses, one a line: nothing that stands in it.
pub(crate) const BARE: u8 = 0x1F;

/// How to read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The byte at which the headings begin, or the first row where there are none.
    pub(crate) start: usize,
    /// What parts the columns; [`BARE`] where each line is one address and there are no headings.
    pub(crate) delimiter: u8,
    /// Whether rows stand above the headings.
    pub(crate) below_title: bool,
    /// Whether empty cells at the end of a row are left out, as in workbooks.
    pub(crate) short_rows: bool,
}

/// Finds the shape; `None` where it is unclear, and then that has been reported.
pub(crate) fn find(file: &Arc<SourceFile>, wanted: &Wanted, tally: &mut Tally) -> Option<Shape> {
    let text = &file.text;
    let mut start = text.len() - text.trim_start_matches(['\r', '\n']).len();
    let first = text[start..].lines().next().unwrap_or_default();
    let place = Place::new(file, start..start + first.len());
    // A line that only Excel knows: it says what parts the columns of the lines below.
    let mark = first.trim().trim_matches('"').strip_prefix("sep=").filter(|mark| mark.chars().count() == 1);
    if let Some(mark) = mark {
        start += first.len() + text[start + first.len()..].find('\n').map_or(0, |newline| newline + 1);
        let Some((delimiter, _)) = DELIMITERS.into_iter().find(|(delimiter, _)| mark.as_bytes() == [*delimiter]) else {
            tally.push(unknown(place, mark));
            return None;
        };
        return Some(with(file, start, delimiter, wanted));
    }
    let candidates = DELIMITERS.iter().filter_map(|(delimiter, _)| {
        let (row, at, cells) = headings(&text[start..], *delimiter, wanted)?;
        Some((row, std::cmp::Reverse(cells), *delimiter, at))
    });
    // `min` keeps the first of equals, which is the comma.
    if let Some((row, _, delimiter, at)) = candidates.min_by_key(|(row, cells, ..)| (*row, *cells)) {
        return Some(Shape { start: start + at, delimiter, below_title: row > 0, short_rows: false });
    }
    if wanted.address.is_none() && bare(&text[start..]) {
        return Some(Shape { start, delimiter: BARE, below_title: false, short_rows: false });
    }
    let delimiter = match guess(first) {
        Guess::Sure(delimiter) => delimiter,
        Guess::Single => b',',
        Guess::Foreign(mark) => {
            tally.push(unknown(place, &mark.to_string()));
            return None;
        }
        Guess::Unclear => {
            let seen = fields::printable(first);
            let message = format!("it is unclear what parts the columns: the first line is {seen}");
            let help = "put a line of headings first, such as Email,Name, or say columns = { address = \"…\" }";
            tally.push(Finding::error("csv-delimiter", place, message).help(help));
            return None;
        }
    };
    Some(Shape { start, delimiter, below_title: false, short_rows: false })
}

/// The shape where it is known what parts the columns.
pub(crate) fn with(file: &Arc<SourceFile>, start: usize, delimiter: u8, wanted: &Wanted) -> Shape {
    let found = headings(file.text.get(start..).unwrap_or_default(), delimiter, wanted);
    let (row, at) = found.map_or((0, 0), |(row, at, _)| (row, at));
    Shape { start: start + at, delimiter, below_title: row > 0, short_rows: false }
}

/// The first row with a heading for the address: which of the rows that are not blank it is, at which byte it begins,
/// and how many cells it has.
fn headings(text: &str, delimiter: u8, wanted: &Wanted) -> Option<(usize, usize, usize)> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut builder = csv::ReaderBuilder::new();
    let mut reader =
        builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(&text.as_bytes()[..end]);
    let records = reader.records().map_while(Result::ok);
    let filled = records.filter(|record| record.iter().any(|cell| !cell.trim().is_empty()));
    for (row, record) in filled.take(LOOK).enumerate() {
        let is_heading = match &wanted.address {
            Some(address) => record.iter().any(|cell| same(cell, address.value())),
            None => !record.iter().any(|cell| cell.contains('@')) && !aliases::addresses(record.iter()).is_empty(),
        };
        if is_heading {
            let at = usize::try_from(record.position()?.byte()).ok()?.min(end);
            let blank = text[at..].len() - text[at..].trim_start_matches(['\r', '\n']).len();
            return Some((row, at + blank, record.len()));
        }
    }
    None
}

/// Whether each line, as far as is looked, is one address, with or without a name.
fn bare(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(LOOK).peekable();
    lines.peek().is_some() && lines.all(mailbox::is_one_address)
}

fn unknown(place: Place, seen: &str) -> Finding {
    let message = format!("the columns are parted by \"{}\", which is not read", fields::printable(seen));
    Finding::error("csv-delimiter", place, message)
        .help("save the file with commas, semicolons or tabs between columns")
}
