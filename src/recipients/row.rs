//! One row of a file: its cells, where they stand, and the person that they make.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{BadRow, Fields, Finding, Kind, Place, Recipient, SourceFile};
use crate::recipients::cells::{cells, within};
use crate::recipients::columns::{Columns, NameIn};
use crate::recipients::delimiter::DELIMITERS;
use crate::recipients::fields::{self, Written};
use crate::recipients::mailbox::{self, MailboxFault};
use crate::recipients::roll::{Roll, twice};
use crate::recipients::shape::{BARE, Shape};
use crate::recipients::tally::Tally;

/// One row.
pub(crate) struct Row<'a> {
    /// The file.
    pub(crate) file: &'a Arc<SourceFile>,
    /// Its bytes in the text of the file, without its line end.
    pub(crate) range: Range<usize>,
    /// The number of its first line, from 1.
    pub(crate) line: usize,
    /// What parts it.
    pub(crate) shape: Shape,
    /// Its cells.
    pub(crate) record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn text(&self) -> &str {
        self.file.text.get(self.range.clone()).unwrap_or_default()
    }

    /// The row as a source of its own, since nobody finds a place in the middle of a million lines quickly.
    pub(crate) fn source(&self) -> Arc<SourceFile> {
        SourceFile::excerpt(self.file.path.clone(), self.text(), self.line)
    }

    fn whole(&self) -> Place {
        Place::new(&self.source(), 0..self.range.len())
    }

    /// Whether nothing is in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.record.iter().all(|cell| cell.trim().is_empty())
    }

    /// What is noted of it where it cannot be used.
    pub(crate) fn bad(&self, columns: &Columns, reason: String) -> BadRow {
        let cell = self.record.get(columns.address).unwrap_or_default().trim();
        let shown = if cell.is_empty() { self.text().trim() } else { cell };
        BadRow { shown: fields::printable(shown), file: Arc::clone(self.file), line: self.line, reason }
    }

    /// A cell that is not closed, or closed too early: then the reader's idea of the row is not the officer's.
    pub(crate) fn misquoted(&self) -> Option<Finding> {
        if self.shape.delimiter == BARE || !self.text().contains('"') {
            return None;
        }
        let text = self.text();
        let found = cells(text, self.shape.delimiter);
        let cell = found.iter().find(|cell| cell.unclosed || cell.behind.is_some())?;
        let lines = text[cell.range.clone()].matches('\n').count();
        let (at, message) = match cell.behind {
            Some(at) if lines == 0 => (at, "something stands behind the closing quotation mark of a cell"),
            _ => (cell.range.start, "a quotation mark is opened here and not closed in this row"),
        };
        let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        let finding = Finding::error("csv-quote", Place::new(&self.source(), at..end), message);
        Some(finding.help("close the cell with \", and write a quotation mark inside it twice: \"\""))
    }

    /// Whether it has other cells than the heading line.
    pub(crate) fn ragged(&self, columns: &Columns) -> Option<Finding> {
        let count = self.record.len();
        // Spreadsheet programs leave empty cells behind the last column; those lose nothing.
        let more = self.record.iter().skip(columns.count).any(|cell| !cell.trim().is_empty());
        if (count >= columns.count || self.shape.short_rows) && !more {
            return None;
        }
        let message = format!("the row has {}, the heading line {}", crate::model::count(count, "cell"), columns.count);
        let other = DELIMITERS.into_iter().find(|(delimiter, _)| {
            *delimiter != self.shape.delimiter && cells(self.text(), *delimiter).len() == columns.count
        });
        let help = match other {
            Some((_, name)) if columns.count > 1 => format!("this row is parted by {name}, unlike the heading line"),
            _ if self.shape.short_rows => "put a heading above each column that is filled".to_owned(),
            _ if more => "put cells that hold a comma or semicolon in quotation marks".to_owned(),
            _ => "fill the row up; an empty cell needs its separator too".to_owned(),
        };
        Some(Finding::error("csv-ragged", self.whole(), message).help(help))
    }

    /// The place of a byte range of a cell's value.
    fn place(&self, column: usize, range: Range<usize>) -> Place {
        let source = self.source();
        if self.shape.delimiter == BARE {
            return Place::new(&source, range);
        }
        let found = cells(&source.text, self.shape.delimiter);
        let Some(cell) = found.get(column) else { return self.whole() };
        let range = within(&source.text, cell, range);
        Place::new(&source, range)
    }

    /// Runs a check over a part of a cell.
    fn checked<T>(
        &self,
        column: usize,
        part: Range<usize>,
        check: impl FnOnce(&Written<'_>) -> Result<T, Box<Finding>>,
        tally: &mut Tally,
    ) -> Option<T> {
        let value = self.record.get(column).and_then(|cell| cell.get(part.clone())).unwrap_or_default();
        let place = |range: Range<usize>| self.place(column, part.start + range.start..part.start + range.end);
        check(&Written { value, at: &place }).map_err(|finding| tally.push(self.with_cell(column, *finding))).ok()
    }

    /// In a workbook the officer looks for a cell by its name.
    fn with_cell(&self, column: usize, mut finding: Finding) -> Finding {
        if self.shape.short_rows {
            finding.message.push_str(&format!(" (cell {}{})", letters(column), self.line));
        }
        finding
    }

    /// A merge field. Line ends and tabs inside, as in a street or a note, are spaces.
    fn value(&self, column: usize, field: &str, tally: &mut Tally) -> Option<String> {
        let cell = self.record.get(column)?;
        let part = mailbox::trimmed(cell, 0..cell.len());
        let value = cell.get(part.clone())?;
        if !value.contains(['\r', '\n', '\t']) {
            return self.checked(column, part, |written| fields::value(field, written), tally)?;
        }
        let joined = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = |_: Range<usize>| self.place(column, part.clone());
        let read = fields::value(field, &Written { value: &joined, at: &place });
        read.map_err(|finding| tally.push(self.with_cell(column, *finding))).ok()?
    }

    fn name_of(&self, column: usize, tally: &mut Tally) -> Option<String> {
        let cell = self.record.get(column)?;
        let part = mailbox::trimmed(cell, 0..cell.len());
        self.checked(column, part, fields::name, tally)?
    }

    fn name(&self, columns: &Columns, tally: &mut Tally) -> Option<String> {
        match columns.name {
            NameIn::Nothing => None,
            NameIn::One(column) => self.name_of(column, tally),
            NameIn::Two(first, last) => {
                let names = [first, last].map(|column| self.name_of(column, tally));
                let names: Vec<String> = names.into_iter().flatten().collect();
                (!names.is_empty()).then(|| names.join(" "))
            }
        }
    }

    /// Adds the person of the row, if nothing is wrong with it; says whether the address had to be freed of something.
    pub(crate) fn add(&self, columns: &Columns, roll: &mut Roll, tally: &mut Tally) -> bool {
        let before = tally.errors();
        let cell = self.record.get(columns.address).unwrap_or_default();
        let part = mailbox::tidied(cell, 0..cell.len());
        let (own_name, part) = match mailbox::read(&cell[part.clone()]) {
            Ok(read) => {
                let address = part.start + read.address.start..part.start + read.address.end;
                (read.name.map(|(name, _)| unquoted(&name)), mailbox::tidied(cell, address))
            }
            Err(fault) => {
                let (MailboxFault::Unclosed(at) | MailboxFault::Behind(at) | MailboxFault::Several(at)) = &fault;
                let place = self.place(columns.address, part.start + at.start..part.start + at.end);
                let finding = Finding::error("bad-address", place, fault.to_string());
                let help = match fault {
                    MailboxFault::Several(_) => "give each person a row of their own",
                    _ => "leave only the address in the cell, or write it as Name <address>",
                };
                tally.push(self.with_cell(columns.address, finding.help(help)));
                return false;
            }
        };
        let address = self.checked(columns.address, part.clone(), fields::address, tally);
        let name = self.name(columns, tally).or_else(|| {
            let name = own_name?;
            let at = |_: Range<usize>| self.place(columns.address, part.clone());
            fields::name(&Written { value: &name, at: &at }).map_err(|finding| tally.push(*finding)).ok()?
        });
        let named = columns.fields.iter().zip(columns.names.iter());
        let values: Vec<Option<String>> = named.map(|(column, field)| self.value(*column, field, tally)).collect();
        let values = values.iter().map(|value| value.as_deref().unwrap_or_default());
        let fields = Fields::new(name.as_deref(), &columns.names, values);
        let Some(address) = address.filter(|_| tally.errors() == before) else { return false };
        let at = |range: Range<usize>| self.place(columns.address, part.start + range.start..part.start + range.end);
        let written = Written { value: &cell[part.clone()], at: &at };
        tally.extend(roll.meant(&address).map(|meant| fields::typo(&written, &meant)));
        tally.extend(fields::machine(&written));
        let written = address.clone();
        let place = Place::new(self.file, self.range.clone());
        let recipient = Recipient { address, lists: [].into(), fields, kind: Kind::Individual, place };
        if let Some(first) = roll.add(&recipient) {
            // Beyond the first few it is only counted, and an excerpt of a large file costs much.
            let (written, first) = match tally.shows("duplicate-member") {
                true => (written.as_str(), first.excerpt()),
                false => ("", first),
            };
            tally.push(twice(written, self.place(columns.address, part.clone()), first));
        }
        part.len() < cell.trim().len()
    }
}

/// A name without the apostrophes that Outlook puts around it.
fn unquoted(name: &str) -> String {
    name.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(name).trim().to_owned()
}

/// The name of a column in a workbook: A, B, … Z, AA.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    match column / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}
