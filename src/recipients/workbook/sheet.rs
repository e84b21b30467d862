//! The sheet of a workbook that holds the list.

use std::io::Cursor;

use calamine::{Reader as _, SheetVisible, Xlsx, open_workbook_from_rs};

use crate::document::nearest;
use crate::model::{Finding, Place, SourceFile, Text, list_of};
use crate::recipients::fields::printable;
use crate::recipients::tally::Tally;
use crate::recipients::workbook::inflated::{self, Refusal};
use crate::recipients::workbook::kind::{COMPOUND, Sheet};
use crate::recipients::workbook::written::{self, Fault};

type Book = Xlsx<Cursor<Vec<u8>>>;

/// Reads the sheet that the officer names, or else the only one with anything in it; `text` is the `file` of the list.
pub(crate) fn read(path: &str, bytes: Vec<u8>, sheet: Option<&Text>, text: &Text, tally: &mut Tally) -> Option<Sheet> {
    let mut refuse = |message: String, help: &str| {
        tally.push(Finding::error("xlsx-unreadable", text.place().clone(), message).help(help));
    };
    let shown = printable(path);
    if bytes.starts_with(COMPOUND) {
        refuse(
            format!("\"{shown}\" has a password, or is a workbook of the old kind (.xls)"),
            "take the password off, and save it as \"Excel Workbook (.xlsx)\" or \"CSV UTF-8\"",
        );
        return None;
    }
    if let Err(refusal) = inflated::check(&bytes) {
        let save = "save the sheet as \"CSV UTF-8\" and name that file here";
        match refusal {
            Refusal::Large => refuse(
                format!("\"{shown}\" unpacks to more than {} MB", inflated::LIMIT / 1024 / 1024),
                "save the sheet as \"CSV UTF-8\", or split it into several lists",
            ),
            Refusal::Damaged => refuse(format!("\"{shown}\" is no Excel workbook, or damaged"), save),
            Refusal::Other => refuse(format!("\"{shown}\" is not a workbook of Excel (.xlsx)"), save),
        }
        return None;
    }
    let Ok(mut book) = open_workbook_from_rs::<Book, _>(Cursor::new(bytes)) else {
        refuse(
            format!("\"{shown}\" is damaged, or not a workbook of Excel (.xlsx)"),
            "open it in Excel and save it again, or save the sheet as \"CSV UTF-8\"",
        );
        return None;
    };
    let name = match sheet {
        Some(wanted) => named(&book, wanted, tally)?,
        None => only(&mut book, &shown, text, tally)?,
    };
    match written::read(&mut book, &name) {
        Ok(text) => Some(Sheet { name, text }),
        Err(fault) => {
            let place = match fault.cell {
                Some((row, _)) => Place::new(&SourceFile::excerpt(path, " ", row as usize + 1), 0..0),
                None => text.place().clone(),
            };
            tally.push(finding(&fault, place, &name));
            None
        }
    }
}

fn finding(fault: &Fault, place: Place, sheet: &str) -> Finding {
    let message = format!("the sheet \"{}\" cannot be read: {}", printable(sheet), fault.what);
    Finding::error("xlsx-unreadable", place, message).help(fault.help)
}

fn named(book: &Book, wanted: &Text, tally: &mut Tally) -> Option<String> {
    let names = book.sheet_names();
    let asked = wanted.value().trim();
    let found = names.iter().find(|name| name.trim() == asked);
    let found = found.or_else(|| names.iter().find(|name| name.trim().to_lowercase() == asked.to_lowercase()));
    if found.is_none() {
        let message = format!("the workbook has no sheet \"{}\"", printable(asked));
        let help = match nearest(asked, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{}\"?", printable(near)),
            None => format!("its sheets are {}", quoted(&names)),
        };
        tally.push(Finding::error("missing-sheet", wanted.place().clone(), message).help(help));
    }
    found.cloned()
}

/// The only sheet that is shown and has anything in it.
fn only(book: &mut Book, path: &str, text: &Text, tally: &mut Tally) -> Option<String> {
    let shown = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let shown: Vec<String> = shown.map(|sheet| sheet.name.clone()).collect();
    let filled: Vec<String> = shown.iter().filter(|name| written::has_cells(book, name)).cloned().collect();
    match filled.as_slice() {
        [one] => Some(one.clone()),
        [] => {
            let finding = Finding::error("csv-empty", text.place().clone(), format!("\"{path}\" has nothing in it"));
            tally.push(
                finding.help("put headings in its first row, such as Email and Name, and one person in each row"),
            );
            None
        }
        [first, ..] => {
            let message = format!("\"{path}\" has {} sheets, and nothing says which holds the list", filled.len());
            let help = format!("say which: sheet = \"{}\"; its sheets are {}", printable(first), quoted(&filled));
            tally.push(Finding::error("missing-sheet", text.place().clone(), message).help(help));
            None
        }
    }
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().take(12).map(|name| format!("\"{}\"", printable(name))).collect();
    list_of(&names)
}
