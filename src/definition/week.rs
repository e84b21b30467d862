//! `[week]`: what all days share.

use std::time::Duration;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::definition::lines::{line, prose, required_line};
use crate::definition::{names, region};
use crate::document::Table;
use crate::model::{AwarenessDay, Finding, Findings, ListName, Place, Resources, Text};

/// How the subject lines are made where the officer does not say.
pub(crate) const DEFAULT_SUBJECT: &str = "{{ week.title }}: {{ broadcast.theme }}";

/// How late a day may go out where the officer does not say: three hours, so that a morning's message comes in the
/// morning or is held.
const DEFAULT_GRACE: Duration = Duration::from_secs(3 * 60 * 60);

/// The longest `grace`: two days of one week must never go out in one morning.
const LONGEST_GRACE: Duration = Duration::from_secs(24 * 60 * 60);

/// Years: what people who read much at work take in at a glance. GOV.UK asks for 9 where everybody is addressed.
const DEFAULT_READING_AGE: u8 = 16;

/// The values of `[week]`, before they become part of a [`crate::model::Week`].
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) title: Text,
    pub(crate) timezone: Tz,
    pub(crate) schedule: Option<Text>,
    pub(crate) starts: Option<(NaiveDate, Place)>,
    pub(crate) awareness_day: Option<AwarenessDay>,
    /// `None`: absent or faulty.
    pub(crate) lists: Option<Vec<(ListName, Place)>>,
    /// Whether a `lists` stands there at all, faulty or not.
    pub(crate) lists_written: bool,
    pub(crate) subject: Text,
    pub(crate) intro: Option<Text>,
    pub(crate) closing: Option<Text>,
    pub(crate) resources: Option<Resources>,
    pub(crate) lang: String,
    pub(crate) grace: Duration,
    pub(crate) sign_off: u8,
    pub(crate) audience_change: u8,
    pub(crate) reading_age: u8,
}

/// Reads the table `[week]`.
pub(crate) fn read(mut table: Table, findings: &mut Findings) -> Head {
    let place = table.place().clone();
    let title =
        required_line(&mut table, "title", findings).unwrap_or_else(|| Text::synthetic(String::new(), place.clone()));
    let lists_written = table.has("lists") || table.is_broken("lists");
    let head = Head {
        title,
        timezone: region::timezone(&mut table, findings),
        schedule: line(&mut table, "schedule", findings),
        starts: table.date("starts", findings),
        awareness_day: awareness_day(&mut table, findings),
        lists: names::read(&mut table, findings),
        lists_written,
        subject: line(&mut table, "subject", findings)
            .filter(|subject| !subject.is_blank())
            .unwrap_or_else(|| Text::synthetic(DEFAULT_SUBJECT, place)),
        intro: prose(&mut table, "intro", findings),
        closing: prose(&mut table, "closing", findings),
        resources: resources(&mut table, findings),
        lang: region::lang(&mut table, findings),
        grace: grace(&mut table, findings),
        sign_off: sign_off(&mut table, findings),
        audience_change: audience_change(&mut table, findings),
        reading_age: reading_age(&mut table, findings),
    };
    table.finish(findings);
    head
}

/// What stands in for `[week]` where it is missing.
pub(crate) fn absent(place: &Place) -> Head {
    Head {
        title: Text::synthetic(String::new(), place.clone()),
        timezone: region::DEFAULT_ZONE,
        schedule: None,
        starts: None,
        awareness_day: None,
        lists: None,
        lists_written: true,
        subject: Text::synthetic(DEFAULT_SUBJECT, place.clone()),
        intro: None,
        closing: None,
        resources: None,
        lang: region::DEFAULT_LANG.to_owned(),
        grace: DEFAULT_GRACE,
        sign_off: 0,
        audience_change: DEFAULT_AUDIENCE_CHANGE,
        reading_age: DEFAULT_READING_AGE,
    }
}

fn awareness_day(week: &mut Table, findings: &mut Findings) -> Option<AwarenessDay> {
    let mut table = week.table("awareness_day", findings)?;
    let name = required_line(&mut table, "name", findings);
    table.require("date");
    let date = table.date("date", findings);
    table.finish(findings);
    Some(AwarenessDay { name: name?, date: date? })
}

fn resources(week: &mut Table, findings: &mut Findings) -> Option<Resources> {
    let mut table = week.table("resources", findings)?;
    let text = required_line(&mut table, "text", findings);
    let url = required_line(&mut table, "url", findings);
    table.finish(findings);
    Some(Resources { text: text?, url: url? })
}

fn grace(week: &mut Table, findings: &mut Findings) -> Duration {
    match week.duration("grace", findings) {
        Some((grace, _)) if grace <= LONGEST_GRACE => grace,
        Some((_, place)) => {
            let finding = Finding::error("out-of-range", place, "`grace` is longer than a day");
            findings.push(finding.help("write at most \"24h\": a day that is later still is held until you decide"));
            DEFAULT_GRACE
        }
        None => DEFAULT_GRACE,
    }
}

/// Percent: enough for the coming and going of a month, too little for the wrong file.
const DEFAULT_AUDIENCE_CHANGE: u8 = 20;

fn audience_change(week: &mut Table, findings: &mut Findings) -> u8 {
    match week.integer("audience_change", findings) {
        Some((number @ 0..=100, _)) => u8::try_from(number).unwrap_or(DEFAULT_AUDIENCE_CHANGE),
        Some((number, place)) => {
            let finding = Finding::error("out-of-range", place, format!("`audience_change` is {number}"));
            findings
                .push(finding.help("write the percent of people that may join or leave after the sign-off, 0 to 100"));
            DEFAULT_AUDIENCE_CHANGE
        }
        None => DEFAULT_AUDIENCE_CHANGE,
    }
}

fn sign_off(week: &mut Table, findings: &mut Findings) -> u8 {
    match week.integer("sign_off", findings) {
        Some((number @ 0..=2, _)) => number.unsigned_abs() as u8,
        Some((number, place)) => {
            let finding = Finding::error("out-of-range", place, format!("`sign_off` is {number}"));
            findings.push(finding.help("write 0, 1 or 2: how many people sign each day off before it goes"));
            0
        }
        None => 0,
    }
}

fn reading_age(week: &mut Table, findings: &mut Findings) -> u8 {
    match week.integer("reading_age", findings) {
        Some((years @ 7..=25, _)) => years.unsigned_abs() as u8,
        Some((years, place)) => {
            let finding = Finding::error("out-of-range", place, format!("`reading_age` is {years}"));
            findings.push(finding.help("write the years from 7 to 25, such as 11 for a text to parents"));
            DEFAULT_READING_AGE
        }
        None => DEFAULT_READING_AGE,
    }
}
