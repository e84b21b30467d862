//! What was read from a file of people, and what had to be guessed for it.

use std::fmt;
use std::sync::Arc;

use crate::model::source_file::SourceFile;
use crate::model::words::{count, list_of};

/// How one file was read; `check` says it, so that a wrong guess is seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileReading {
    /// The file or folder, relative to the project folder.
    pub path: String,
    /// What its entries are called: `row` or `card`.
    pub unit: &'static str,
    /// How many entries there are, bad ones included, blank rows and headings not.
    pub rows: usize,
    /// How many of them cannot be used.
    pub bad: usize,
    /// Whether `skip_bad_rows` leaves the bad ones out.
    pub skipped: bool,
    /// The characters' encoding; none for a workbook.
    pub encoding: Option<&'static str>,
    /// What parts the columns, in words.
    pub delimiter: Option<&'static str>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line of the headings, from 1, where it is not the first line with anything in it.
    pub heading_line: Option<usize>,
    /// What was taken from which headings: `address`, `name`, then merge fields under another name than their heading.
    pub columns: Vec<(&'static str, String)>,
    /// Something more that a person should know, such as how many addresses stood in links.
    pub notes: Vec<String>,
}

/// An entry of a file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// What stands where the address should be, fit to be shown.
    pub shown: String,
    /// Its file.
    pub file: Arc<SourceFile>,
    /// The number of its line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for FileReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "read {} of {}", count(self.rows, self.unit), self.path)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet \"{sheet}\"")?;
        }
        if let Some(delimiter) = self.delimiter {
            write!(f, ", separated by {delimiter}")?;
        }
        if let Some(encoding) = self.encoding {
            write!(f, ", {encoding}")?;
        }
        if let Some(line) = self.heading_line {
            write!(f, ", headings in line {line}")?;
        }
        let columns: Vec<String> = self.columns.iter().map(|(what, from)| format!("{what} in {from}")).collect();
        if !columns.is_empty() {
            write!(f, ", {}", list_of(&columns))?;
        }
        for note in &self.notes {
            write!(f, "; {note}")?;
        }
        match (self.bad, self.skipped) {
            (0, _) => Ok(()),
            (bad, true) => write!(f, "; {} left out, as skip_bad_rows says", count(bad, &format!("bad {}", self.unit))),
            (bad, false) => {
                let them = if bad == 1 { "it" } else { "them" };
                let rows = count(bad, &format!("bad {}", self.unit));
                write!(f, "; {rows}: repair {them}, or leave {them} out with skip_bad_rows = {bad}")
            }
        }
    }
}
