//! Opt-outs as a CSV file: written for another program or another ledger, and read from one.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};

use crate::app::fault::Fault;
use crate::document::decode;
use crate::exit::Exit;
use crate::model::{Address, Finding, Findings, ListName, Place, SourceFile, Suppression};
use crate::spreadsheet::csv_file;

/// The columns, in the order in which they are written.
const HEAD: [&str; 5] = ["address", "list", "reason", "source", "since"];

/// Other headings that mean the address.
const ADDRESS: [&str; 4] = ["email", "e-mail", "email address", "e-mail address"];

/// The largest file, in bytes; a million opt-outs have a tenth of it.
const LIMIT: u64 = 1024 * 1024 * 1024;

/// One row that can be recorded.
pub(crate) struct Row {
    pub(crate) suppression: Suppression,
    pub(crate) place: Place,
}

/// Opt-outs as the bytes of a file. Whoever was forgotten has no address to write.
///
/// # Errors
/// None that can happen: the rows have the width of the head.
pub(crate) fn written(suppressions: &[Suppression]) -> anyhow::Result<Vec<u8>> {
    let rows: Vec<Vec<String>> = suppressions
        .iter()
        .filter(|one| !one.key.is_pseudonym())
        .map(|one| {
            let list = one.list.as_ref().map(ToString::to_string).unwrap_or_default();
            let since = one.since.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            vec![one.key.as_str().to_owned(), list, one.reason.clone(), one.source.clone(), since]
        })
        .collect();
    Ok(csv_file(&HEAD, &rows)?)
}

/// Makes a file for its owner only, in a folder for its owner only where that is not there yet.
///
/// # Errors
/// [`Fault`] where something is there already; the system's.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let cannot = || format!("{} cannot be written", path.display());
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).with_context(cannot)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let fault = Fault::new(Exit::Io, format!("{} is there already and was left as it is", path.display()));
            return Err(fault.help("give another name, or remove the file first").into());
        }
        opened => opened.with_context(cannot)?,
    };
    file.write_all(bytes).and_then(|()| file.sync_all()).with_context(cannot)
}

/// Reads a file; what is wrong with it becomes findings at its lines.
///
/// # Errors
/// [`Fault`] where there is no such file, or it is too large.
pub(crate) fn read(path: &Path, now: DateTime<Utc>, findings: &mut Findings) -> anyhow::Result<Vec<Row>> {
    let shown = path.display().to_string();
    let cannot = |cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => Fault::new(Exit::NoInput, format!("there is no file \"{shown}\"")),
        _ => Fault::new(Exit::NoInput, format!("\"{shown}\" cannot be read: {cause}")),
    };
    let about = fs::metadata(path).map_err(cannot)?;
    if !about.is_file() || about.len() > LIMIT {
        let message = format!("\"{shown}\" is no regular file, or larger than {} MB", LIMIT >> 20);
        return Err(Fault::new(Exit::NoInput, message).into());
    }
    let bytes = fs::read(path).map_err(cannot)?;
    // Our own export begins with a byte order mark, for Excel's sake; that is no news.
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(&bytes);
    let Some(source) = decode(&shown, bytes, findings) else { return Ok(Vec::new()) };
    Ok(rows(&source, now, findings))
}

fn rows(source: &Arc<SourceFile>, now: DateTime<Utc>, findings: &mut Findings) -> Vec<Row> {
    let first = source.text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|sign| first.bytes().filter(|b| b == sign).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(source.text.as_bytes());
    let mut rows = Vec::new();
    let mut columns = None;
    let mut record = csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                findings.push(Finding::error("csv-row", Place::new(source, start..start), error.to_string()));
                break;
            }
        }
        let place = Place::new(source, of_line(&source.text, start));
        match &columns {
            None => match Columns::of(&record, &place, findings) {
                Some(found) => columns = Some(found),
                None => return rows,
            },
            Some(_) if record.iter().all(str::is_empty) => {}
            Some(columns) => match columns.suppression(&record, now) {
                Ok(suppression) => rows.push(Row { suppression, place }),
                Err((message, help)) => findings.push(Finding::error("opt-out", place, message).help(help)),
            },
        }
    }
    if columns.is_none() {
        findings.push(Finding::error("opt-out", Place::new(source, 0..0), "the file is empty"));
    }
    rows
}

/// The first line of a row, behind the line ends that the reader has not passed yet.
fn of_line(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let start = start + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
    let length = text.get(start..).unwrap_or_default().find(['\r', '\n']);
    start..length.map_or(text.len().max(start), |length| start + length)
}

/// Where what is.
struct Columns([Option<usize>; 5]);

impl Columns {
    fn of(heading: &csv::StringRecord, place: &Place, findings: &mut Findings) -> Option<Self> {
        let mut columns = [None; 5];
        for (at, name) in heading.iter().enumerate() {
            let name = name.to_lowercase();
            let meant = if ADDRESS.contains(&name.as_str()) { "address" } else { name.as_str() };
            match HEAD.iter().position(|known| *known == meant).and_then(|known| columns.get_mut(known)) {
                Some(column @ None) => *column = Some(at),
                Some(Some(_)) => {
                    let message = format!("two columns are called \"{name}\"");
                    findings
                        .push(Finding::error("duplicate-column", place.clone(), message).help("delete one of the two"));
                    return None;
                }
                None => {
                    let message = format!("the column \"{name}\" is not read");
                    let help =
                        "the columns are address, list, reason, source and since; all but address may be missing";
                    findings.push(Finding::warning("unread-column", place.clone(), message).help(help));
                }
            }
        }
        if columns[0].is_none() {
            let help = "the first line names the columns: address,list,reason,since";
            findings
                .push(Finding::error("missing-column", place.clone(), "no column is called \"address\"").help(help));
            return None;
        }
        Some(Self(columns))
    }

    /// The opt-out of a row, or what is wrong and what to do.
    fn suppression(
        &self,
        record: &csv::StringRecord,
        now: DateTime<Utc>,
    ) -> Result<Suppression, (String, &'static str)> {
        let cell = |column: usize| {
            let text = self.0[column].and_then(|at| record.get(at)).unwrap_or_default();
            // Where a text begins like a formula, an export puts an apostrophe before it.
            let quoted = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
            quoted.unwrap_or(text)
        };
        let address = Address::parse(cell(0))
            .map_err(|fault| (format!("\"{}\" is no address: {fault}", cell(0)), "write it as name@domain"))?;
        let since = instant(cell(4), now)?;
        Ok(Suppression {
            key: address.key(),
            list: Some(cell(1)).filter(|list| !list.is_empty()).map(|list| ListName(list.to_owned())),
            reason: cell(2).to_owned(),
            source: cell(3).to_owned(),
            since,
        })
    }
}

fn instant(text: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, (String, &'static str)> {
    if text.is_empty() {
        return Ok(now);
    }
    let day = |text: &str| text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0).map(|at| at.and_utc());
    let instant = DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc)).ok().or_else(|| day(text));
    let help = "write the day as 2027-03-15, or leave it empty for today";
    match instant {
        None => Err((format!("\"{text}\" is no date"), help)),
        Some(at) if at > now + TimeDelta::days(1) => Err((format!("\"{text}\" lies in the future"), help)),
        Some(at) => Ok(at),
    }
}

#[cfg(test)]
mod tests;
