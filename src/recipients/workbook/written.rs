//! A sheet written out as rows of text. It is read cell by cell: asked for as a whole, one far cell makes a table of
//! gigabytes.

use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{DataRef, Xlsx};

/// More rows than a list has.
const ROWS: u32 = 2_000_000;

/// More columns than a list has.
const COLUMNS: u32 = 200;

/// The longest cell, in bytes; Excel itself allows 32,767 characters.
const CELL: usize = 32 * 1024;

/// The most text that a sheet may come to, in bytes: strings that cells share are written out for each.
const TEXT: usize = 64 * 1024 * 1024;

/// Why a sheet cannot be read.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Row and column of the cell, from 0, where it is about one.
    pub(crate) cell: Option<(u32, u32)>,
    /// What is wrong.
    pub(crate) what: String,
    /// The remedy.
    pub(crate) help: &'static str,
}

impl Fault {
    fn damaged() -> Self {
        let help = "open the workbook in Excel and save it again, or save the sheet as \"CSV UTF-8\"";
        Self { cell: None, what: "it is damaged".to_owned(), help }
    }
}

type Book = Xlsx<Cursor<Vec<u8>>>;

/// Whether any cell has something in it.
pub(crate) fn has_cells(book: &mut Book, name: &str) -> bool {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return false };
    // A sheet that cannot be read has something in it: reading it says what is wrong.
    loop {
        match cells.next_cell() {
            Ok(None) => return false,
            Ok(Some(cell)) if is_blank(cell.get_value()) => {}
            _ => return true,
        }
    }
}

/// The rows, a line each from the first of the sheet on, so that lines have the numbers that Excel shows.
pub(crate) fn read(book: &mut Book, name: &str) -> Result<String, Fault> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| Fault::damaged())?;
    let mut text = String::new();
    let (mut row, mut column) = (0, 0);
    let mut last = None;
    let mut value = String::new();
    while let Some(cell) = cells.next_cell().map_err(|_| Fault::damaged())? {
        if is_blank(cell.get_value()) {
            continue;
        }
        let (at_row, at_column) = cell.get_position();
        let fault = |what: String, help| Fault { cell: Some((at_row, at_column)), what, help };
        if at_row >= ROWS || at_column >= COLUMNS {
            let what = format!("a cell lies beyond {COLUMNS} columns or {ROWS} rows");
            return Err(fault(what, "delete what stands far to the right or far below the list"));
        }
        if last.replace((at_row, at_column)).is_some_and(|last| last >= (at_row, at_column)) {
            return Err(Fault::damaged());
        }
        while row < at_row {
            text.push('\n');
            (row, column) = (row + 1, 0);
        }
        while column < at_column {
            text.push('\t');
            column += 1;
        }
        value.clear();
        write_value(cell.get_value(), &mut value);
        if value.len() > CELL {
            return Err(fault(format!("a cell has more than {CELL} characters"), "shorten it"));
        }
        push_cell(&value, &mut text);
        if text.len() > TEXT {
            let what = format!("its text comes to more than {} MB", TEXT / 1024 / 1024);
            return Err(fault(what, "split it into several lists"));
        }
    }
    Ok(text)
}

fn is_blank(value: &DataRef<'_>) -> bool {
    match value {
        DataRef::Empty => true,
        DataRef::String(text) => text.trim().is_empty(),
        DataRef::SharedString(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn write_value(value: &DataRef<'_>, out: &mut String) {
    // Writing into a string cannot fail.
    let _ = match value {
        DataRef::Empty => Ok(()),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => out.write_str(text),
        DataRef::SharedString(text) => out.write_str(text),
        DataRef::Int(number) => write!(out, "{number}"),
        DataRef::Float(number) => write!(out, "{number}"),
        DataRef::Bool(yes) => write!(out, "{yes}"),
        DataRef::Error(error) => write!(out, "{error}"),
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
            match (hour, minute) {
                (0, 0) => write!(out, "{year:04}-{month:02}-{day:02}"),
                _ => write!(out, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            }
        }
        DataRef::DateTime(time) => write!(out, "{}", time.as_f64()),
    };
}

/// A cell as a CSV file has it. Line ends inside become carriage returns, so that lines keep the numbers of the rows.
fn push_cell(value: &str, out: &mut String) {
    if !value.contains(['\t', '"', '\n', '\r']) {
        out.push_str(value);
        return;
    }
    out.push('"');
    for character in value.chars() {
        match character {
            '"' => out.push_str("\"\""),
            '\n' => out.push('\r'),
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::push_cell;

    #[test]
    fn cells_are_written_so_that_rows_stay_lines() {
        for (value, expected) in
            [("a", "a"), ("a\tb", "\"a\tb\""), ("a \"b\"", "\"a \"\"b\"\"\""), ("a\nb\r\nc", "\"a\rb\r\rc\"")]
        {
            let mut out = String::new();
            push_cell(value, &mut out);
            assert_eq!(out, expected);
        }
    }
}
