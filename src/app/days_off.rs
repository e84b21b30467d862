//! The days off that count for an organisation: the built-in table of bank holidays, and its own files.

use chrono::NaiveDate;

use crate::calendar;
use crate::document::ProjectFolder;
use crate::model::{Findings, Holiday, HolidayRange, Organisation};

/// Days on which nobody reads, and those on which schools do not.
pub struct DaysOff {
    /// Bank holidays and closures, by date.
    pub holidays: Vec<Holiday>,
    /// The last date for which they are known; `None` where none count.
    pub until: Option<NaiveDate>,
    /// The holidays of schools.
    pub schools: Vec<HolidayRange>,
}

/// Reads the files that the settings name.
pub fn days_off(project: &ProjectFolder, organisation: &Organisation, findings: &mut Findings) -> DaysOff {
    let division = organisation.holidays.as_deref().unwrap_or("england-and-wales");
    let (table, until) = calendar::holidays(division).unzip();
    let own = organisation.holidays_file.as_ref().map(|name| calendar::holiday_file(project, name, findings));
    let schools = organisation.school_holidays.as_ref().map(|name| calendar::holiday_file(project, name, findings));
    let own = own.unwrap_or_default();
    DaysOff {
        holidays: own.applied_to(table.unwrap_or_default()),
        until: until.max(own.covers_until),
        schools: schools.unwrap_or_default().ranges,
    }
}
