//! The findings of a week that are about its dates.

use crate::app::prepare::Prepared;
use crate::model::Finding;

/// Rules that look at the calendar.
const DATES: [&str; 13] = [
    "awareness-day",
    "bank-holiday",
    "cron-never",
    "date-outside-week",
    "day-order",
    "duplicate-date",
    "holidays-run-out",
    "same-morning",
    "school-holiday",
    "starts-skipped",
    "time-ambiguous",
    "time-missing",
    "weekend",
];

/// Those of the findings that are about dates and times.
#[must_use]
pub fn prepared_dates(prepared: &Prepared) -> Vec<Finding> {
    prepared.findings.iter().filter(|finding| is_about_dates(finding)).cloned().collect()
}

/// Whether a finding is about a date or a time.
pub(crate) fn is_about_dates(finding: &Finding) -> bool {
    DATES.contains(&finding.rule)
}
