//! `file` of a list: which kind of file it is, and the keys that go with it.

use std::sync::Arc;

use crate::document::{FileFault, ProjectFolder, Table, decode_list};
use crate::model::{BadRow, FileReading, Finding, Findings, ListKind, People, Place, SourceFile, Text, count};
use crate::recipients::columns::Wanted;
use crate::recipients::fields::printable;
use crate::recipients::rows::{self, Rows};
use crate::recipients::tally::Tally;
use crate::recipients::{shape, vcard, workbook};

/// The largest file of people, in bytes: 200,000 rows have about 20 MB.
pub(crate) const LIMIT: u64 = 64 * 1024 * 1024;

/// What a list says about its file.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// Headings.
    pub(crate) wanted: Wanted,
    /// The sheet of a workbook.
    pub(crate) sheet: Option<Text>,
    /// How many bad rows are left out.
    pub(crate) skip: Option<(usize, Place)>,
}

/// What came of a file.
#[derive(Debug, Default)]
pub struct FileRead {
    /// The people, each once.
    pub members: People,
    /// How they were read; none where the file could not be read.
    pub reading: Option<FileReading>,
    /// What cannot be used.
    pub bad: Vec<BadRow>,
}

/// Reads a file of people that is in memory, without anything that a list could say about it; `path` is its name in
/// findings.
pub fn read_bytes(path: &str, bytes: Vec<u8>, findings: &mut Findings) -> FileRead {
    let text = Text::synthetic(path, Place::file(path));
    people(path, vec![(path.to_owned(), bytes)], &Asked::default(), &text, findings)
}

/// Reads `file` and what goes with it.
pub(crate) fn read(
    project: &ProjectFolder,
    table: &mut Table,
    findings: &mut Findings,
) -> Option<(ListKind, FileRead)> {
    let asked =
        Asked { wanted: columns(table, findings), sheet: table.text("sheet", findings), skip: skip(table, findings) };
    if !table.has("file") {
        table.ask("file");
        return None;
    }
    let Some(text) = table.path("file", findings) else {
        return Some((ListKind::File { path: String::new(), members: People::default() }, FileRead::default()));
    };
    let path = text.value().to_owned();
    let mut people = match bytes(project, &path) {
        Ok(files) => people(&path, files, &asked, &text, findings),
        Err(fault) => {
            findings.push(unreadable(&text, &fault));
            FileRead::default()
        }
    };
    let members = std::mem::take(&mut people.members);
    Some((ListKind::File { path, members }, people))
}

/// The file, or the contact cards of the folder, each with its path.
fn bytes(project: &ProjectFolder, path: &str) -> Result<Vec<(String, Vec<u8>)>, FileFault> {
    if !project.has_folder(path) {
        return Ok(vec![(path.to_owned(), project.read(path, LIMIT)?)]);
    }
    let mut left = LIMIT;
    let mut files = Vec::new();
    for file in project.files(path, ".vcf")? {
        let bytes = project.read(&file, left)?;
        left = left.saturating_sub(bytes.len() as u64);
        files.push((file, bytes));
    }
    Ok(files)
}

/// Reads the people of a file, or of a folder of contact cards, and settles what becomes of its bad rows.
fn people(path: &str, files: Vec<(String, Vec<u8>)>, asked: &Asked, text: &Text, findings: &mut Findings) -> FileRead {
    let (mut whole, mut each) = (Tally::default(), Tally::default());
    let mut people = by_kind(path, files, asked, text, (&mut whole, &mut each)).unwrap_or_default();
    whole.finish(findings);
    let bad = people.bad.len();
    if let Some(reading) = &mut people.reading {
        reading.skipped = bad > 0 && asked.skip.as_ref().is_some_and(|(rows, _)| *rows == bad);
        match &asked.skip {
            _ if reading.skipped => each = each.without_errors(),
            Some((rows, place)) if *rows != bad => findings.push(not_that_many(*rows, place, reading)),
            _ => {}
        }
    }
    each.finish(findings);
    people
}

/// Reads by what the bytes are, whatever the name says.
fn by_kind(
    path: &str,
    mut files: Vec<(String, Vec<u8>)>,
    asked: &Asked,
    text: &Text,
    (whole, each): (&mut Tally, &mut Tally),
) -> Option<FileRead> {
    let Some((_, first)) = files.first() else {
        let message = format!("the folder \"{}\" has no contact cards (.vcf) in it", printable(path));
        let finding = Finding::error("vcard-empty", text.place().clone(), message);
        whole.push(finding.help("put the cards there, or write the path of one file"));
        return None;
    };
    let workbook = workbook::is_one(path, first);
    if let (Some(sheet), false) = (&asked.sheet, workbook) {
        let message = "`sheet` goes with an Excel workbook, which this file is not";
        whole.push(Finding::error("list-kind", sheet.place().clone(), message).help("remove `sheet`"));
    }
    if files.len() > 1 || vcard::is_one(&files.first()?.0, first) {
        return vcard::read(path, files, (whole, each));
    }
    let (_, bytes) = files.pop()?;
    let (source, sheet, encoding) = if workbook {
        let sheet = workbook::read(path, bytes, asked.sheet.as_ref(), text, whole)?;
        (SourceFile::new(path, sheet.text), Some(sheet.name), None)
    } else {
        let mut faults = Findings::new();
        let decoded = decode_list(path, bytes, &mut faults);
        whole.extend(faults);
        let decoded = decoded?;
        (decoded.source, None, Some(decoded.encoding))
    };
    let rows = tabular(&source, sheet.is_some(), asked, (whole, each))?;
    let reading = FileReading {
        path: path.to_owned(),
        unit: "row",
        rows: rows.count,
        bad: rows.bad.len(),
        skipped: false,
        encoding,
        delimiter: rows.delimiter.filter(|_| sheet.is_none()),
        sheet,
        heading_line: rows.heading_line,
        columns: rows.taken,
        notes: rows.notes,
    };
    Some(FileRead { members: rows.members, reading: Some(reading), bad: rows.bad })
}

fn tabular(source: &Arc<SourceFile>, sheet: bool, asked: &Asked, tallies: (&mut Tally, &mut Tally)) -> Option<Rows> {
    let shape = match sheet {
        true => shape::Shape { short_rows: true, ..shape::with(source, 0, b'\t', &asked.wanted) },
        false => shape::find(source, &asked.wanted, tallies.0)?,
    };
    rows::read(source, shape, &asked.wanted, tallies)
}

fn not_that_many(rows: usize, place: &Place, reading: &FileReading) -> Finding {
    let bad = format!("bad {}", reading.unit);
    let message =
        format!("`skip_bad_rows` is {rows}, but {} has {}", printable(&reading.path), count(reading.bad, &bad));
    let help = match reading.bad {
        0 => "take the line with `skip_bad_rows` out".to_owned(),
        found => format!("look at each of them; if they are to be left out, write skip_bad_rows = {found}"),
    };
    Finding::error("bad-rows", place.clone(), message).help(help)
}

fn columns(table: &mut Table, findings: &mut Findings) -> Wanted {
    let Some(mut columns) = table.table("columns", findings) else { return Wanted::default() };
    let wanted = Wanted { address: columns.text("address", findings), name: columns.text("name", findings) };
    columns.finish(findings);
    wanted
}

fn skip(table: &mut Table, findings: &mut Findings) -> Option<(usize, Place)> {
    let (number, place) = table.integer("skip_bad_rows", findings)?;
    let Ok(rows) = usize::try_from(number) else {
        let finding = Finding::error("out-of-range", place, "`skip_bad_rows` is a number of rows, 0 or more");
        findings.push(finding.help("write how many bad rows weekcast check finds in the file, or take the line out"));
        return None;
    };
    Some((rows, place))
}

fn unreadable(text: &Text, fault: &FileFault) -> Finding {
    let finding = Finding::error(fault.rule(), text.place().clone(), fault.to_string());
    match fault {
        FileFault::Missing(_) => finding.help("write its path from the project folder, with /, or put the file there"),
        FileFault::Outside(_) => finding.help("copy the file into the project folder, such as to recipients/"),
        FileFault::TooLarge { .. } => finding.help("split it into several lists"),
        _ => finding,
    }
}
