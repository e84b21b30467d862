//! A file of days off: changes to the table of bank holidays, or the holidays of schools.
//!
//! ```toml
//! covers_until = 2030-12-31            # optional: the table of bank holidays is looked after until then
//! [[holiday]]
//! name = "Easter holidays"
//! from = 2027-03-26
//! to = 2027-04-09                      # or date = 2027-03-26 for one day
//! [[working_day]]
//! date = 2027-05-03                    # in the table, but not a day off here
//! ```

use chrono::NaiveDate;

use crate::document::{ProjectFolder, Table, decode, parse};
use crate::model::{Finding, Findings, Holiday, HolidayRange, Text};

/// The most that such a file may hold, in bytes.
const LIMIT: u64 = 1 << 20;

/// The longest holidays, in days: more is a slip in the year.
const LONGEST: i64 = 100;

/// What such a file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HolidayFile {
    /// Days off.
    pub ranges: Vec<HolidayRange>,
    /// Days that are none, whatever the table says.
    pub working: Vec<NaiveDate>,
    /// Until when somebody has looked after it.
    pub covers_until: Option<NaiveDate>,
}

/// Reads the file that a setting names; its faults become findings, at the setting where it cannot be opened.
pub fn holiday_file(project: &ProjectFolder, name: &Text, findings: &mut Findings) -> HolidayFile {
    let path = name.value().trim().replace('\\', "/");
    let source = match project.read(&path, LIMIT) {
        Ok(bytes) => decode(&path, &bytes, findings),
        Err(fault) => {
            findings.push(Finding::error(fault.rule(), name.place().clone(), fault.to_string()));
            None
        }
    };
    let Some(source) = source else { return HolidayFile::default() };
    let mut document = parse(&source, findings);
    let covers_until = document.date("covers_until", findings).map(|(date, _)| date);
    let holidays = document.tables("holiday", findings);
    let ranges = holidays.into_iter().filter_map(|table| range(table, findings)).collect();
    let days = document.tables("working_day", findings);
    let working = days.into_iter().filter_map(|mut table| {
        table.require("date");
        let date = table.date("date", findings);
        table.finish(findings);
        date.map(|(date, _)| date)
    });
    let working = working.collect();
    document.finish(findings);
    HolidayFile { ranges, working, covers_until }
}

fn range(mut table: Table, findings: &mut Findings) -> Option<HolidayRange> {
    let name = table.required_text("name", findings);
    let one = table.has("date");
    table.require(if one { "date" } else { "from" });
    if !one {
        table.require("to");
    }
    let day = if one { table.date("date", findings) } else { table.date("from", findings) };
    let last = if one { day.clone() } else { table.date("to", findings) };
    table.finish(findings);
    let ((first, _), (last, place)) = (day?, last?);
    if last < first || (last - first).num_days() > LONGEST {
        let message = format!("the holidays from {first} to {last} are no range of days");
        let help = "look at the year and the month of `from` and `to`";
        findings.push(Finding::error("out-of-range", place, message).help(help));
        return None;
    }
    Some(HolidayRange { name: name?.value().trim().to_owned(), first, last })
}

impl HolidayFile {
    /// The table of bank holidays with this file's changes, by date.
    #[must_use]
    pub fn applied_to(&self, table: Vec<Holiday>) -> Vec<Holiday> {
        let own = self.ranges.iter().flat_map(|range| {
            let dates = range.first.iter_days().take_while(|date| *date <= range.last);
            dates.map(|date| Holiday { date, name: range.name.clone() })
        });
        let mut days: Vec<Holiday> = own.chain(table).filter(|day| !self.working.contains(&day.date)).collect();
        // The sort is stable, so that the file's own name for a date comes first.
        days.sort_by_key(|day| day.date);
        days.dedup_by_key(|day| day.date);
        days
    }
}

#[cfg(test)]
mod tests {
    use super::holiday_file;
    use crate::document::ProjectFolder;
    use crate::model::{Findings, Holiday, Place, Text};

    fn read(text: &str) -> (super::HolidayFile, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("days.toml"), text).unwrap();
        let mut findings = Findings::new();
        let name = Text::synthetic("days.toml", Place::file("weekcast.toml"));
        let file = holiday_file(&ProjectFolder::at(folder.path()), &name, &mut findings);
        let line = |finding: crate::model::Finding| format!("{} {}", finding.place.line_column().0, finding.rule);
        (file, findings.sorted().into_iter().map(line).collect())
    }

    #[test]
    fn the_file_adds_days_and_takes_days_away() {
        let (file, findings) = read(
            "covers_until = 2030-12-31\n[[holiday]]\nname = \"Office closed\"\nfrom = 2027-12-27\nto = 2027-12-29\n\
             [[holiday]]\nname = \"Jubilee\"\ndate = 2027-06-03\n[[working_day]]\ndate = 2027-05-03\n",
        );
        assert_eq!(findings, Vec::<String>::new());
        let day = |date: &str, name: &str| Holiday { date: date.parse().unwrap(), name: name.into() };
        let table = vec![day("2027-05-03", "Early May"), day("2027-12-27", "Christmas Day (substitute day)")];
        let expected = vec![
            day("2027-06-03", "Jubilee"),
            day("2027-12-27", "Office closed"),
            day("2027-12-28", "Office closed"),
            day("2027-12-29", "Office closed"),
        ];
        assert_eq!(file.applied_to(table), expected);
        assert_eq!(file.covers_until, "2030-12-31".parse().ok());
    }

    #[test]
    fn every_fault_of_the_file_is_found() {
        let (file, findings) = read(
            "[[holiday]]\nname = \"A\"\nfrom = 2027-04-09\nto = 2027-03-26\n[[holiday]]\nname = \"B\"\nfrom = 2027-04-09\n\
             [[holiday]]\ndate = 2027-04-09\nnmae = \"C\"\n[[workday]]\n",
        );
        assert_eq!(findings, ["4 out-of-range", "5 missing-key", "10 unknown-key", "11 unknown-key"]);
        assert!(file.ranges.is_empty());
    }
}
