//! A table of the page, ready for its template: every cell knows the head of its column, which stands beside it where the
//! screen is too narrow for columns.

use crate::spreadsheet::visible;

use serde::Serialize;

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::report) enum Column {
    /// Running text.
    Words,
    /// Digits, to the right.
    Number,
    /// Digits that a narrow screen shows only where they are not 0.
    #[serde(rename = "number spare")]
    Spare,
    /// A code.
    Code,
}

/// One table.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Table {
    caption: String,
    head: Vec<Head>,
    rows: Vec<Vec<Cell>>,
    /// The last row is a sum.
    total: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Head {
    text: String,
    column: Column,
}

#[derive(Debug, Clone, Serialize)]
struct Cell {
    text: String,
    label: String,
    column: Column,
}

impl Table {
    /// A table without rows; the first column names its row.
    pub(in crate::report) fn new(caption: impl Into<String>, head: &[(&str, Column)]) -> Self {
        let head = head.iter().map(|(text, column)| Head { text: (*text).to_owned(), column: *column }).collect();
        Self { caption: caption.into(), head, rows: Vec::new(), total: false }
    }

    /// Adds a row of as many cells as there are heads.
    pub(in crate::report) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cell = |(head, text): (&Head, String)| {
            // A screen reader says nothing at an empty cell.
            let text = if text.is_empty() { "none".to_owned() } else { visible(&text) };
            Cell { text, label: head.text.clone(), column: head.column }
        };
        self.rows.push(self.head.iter().zip(cells).map(cell).collect());
    }

    /// Adds the row that sums up.
    pub(in crate::report) fn total(&mut self, cells: impl IntoIterator<Item = String>) {
        self.row(cells);
        self.total = true;
    }

    /// Nothing, if it has no rows.
    pub(in crate::report) fn filled(self) -> Option<Self> {
        (!self.rows.is_empty()).then_some(self)
    }

    /// The texts of its cells.
    #[cfg(test)]
    pub(in crate::report) fn texts(&self) -> Vec<Vec<&str>> {
        self.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }
}
