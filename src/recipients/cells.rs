//! Where each cell of one row stands in the row's own text. The `csv` crate gives values only; findings need columns.
//! This is asked only where something is wrong with a row.

use std::ops::Range;

/// One cell as it stands in the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// All of it, quotation marks included.
    pub(crate) range: Range<usize>,
    /// Whether it begins with a quotation mark that is never closed.
    pub(crate) unclosed: bool,
    /// Where something stands behind its closing quotation mark.
    pub(crate) behind: Option<usize>,
}

/// The cells of a row (RFC 4180 §2, read as the `csv` crate reads it).
pub(crate) fn cells(row: &str, delimiter: u8) -> Vec<Cell> {
    let bytes = row.as_bytes();
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let start = at;
        let mut cell = Cell { range: start..start, unclosed: false, behind: None };
        if bytes.get(at) == Some(&b'"') {
            cell.unclosed = true;
            at += 1;
            while let Some(byte) = bytes.get(at) {
                if *byte != b'"' {
                    at += 1;
                } else if bytes.get(at + 1) == Some(&b'"') {
                    at += 2;
                } else {
                    at += 1;
                    cell.unclosed = false;
                    break;
                }
            }
            cell.behind = bytes.get(at).filter(|byte| **byte != delimiter).map(|_| at);
        }
        while bytes.get(at).is_some_and(|byte| *byte != delimiter) {
            at += 1;
        }
        cell.range = start..at;
        cells.push(cell);
        if at >= bytes.len() {
            return cells;
        }
        at += 1;
    }
}

/// The byte range in the row of a byte range of a cell's value: past the opening quotation mark, doubled marks counted.
pub(crate) fn within(row: &str, cell: &Cell, value: Range<usize>) -> Range<usize> {
    // Bytes, since an offset may lie inside a character.
    let raw = &row.as_bytes()[cell.range.clone()];
    if raw.first() != Some(&b'"') {
        return cell.range.start + value.start..cell.range.start + value.end;
    }
    let spelling = |offset: usize| {
        let (mut at, mut seen) = (1, 0);
        while seen < offset && at < raw.len() {
            at += if raw[at..].starts_with(b"\"\"") { 2 } else { 1 };
            seen += 1;
        }
        cell.range.start + at
    };
    spelling(value.start)..spelling(value.end)
}

#[cfg(test)]
mod tests {
    use super::{cells, within};

    #[test]
    fn cells_are_found_as_the_csv_crate_reads_them() {
        for row in ["a,b,c", "\"a,1\",b", "\"a\"\"b\",c", "", ",", "a\"b,c", "é,\"ü\nx\",z", "\"open,b", "\"a\"x,b"] {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(row.as_bytes());
            let record = reader.records().next().map(Result::unwrap).unwrap_or_default();
            let found = cells(row, b',');
            assert_eq!(found.len(), record.len().max(1), "{row}");
            for (cell, value) in found.iter().zip(record.iter()) {
                let raw = &row[cell.range.clone()];
                for (at, character) in value.char_indices().filter(|(_, c)| *c != '"' && cell.behind.is_none()) {
                    let range = within(row, cell, at..at + character.len_utf8());
                    assert_eq!(row[range].chars().next(), Some(character), "{raw}");
                }
            }
        }
        assert!(cells("\"open,b", b',')[0].unclosed);
        assert_eq!(cells("\"a\"x,b", b',')[0].behind, Some(3));
    }
}
