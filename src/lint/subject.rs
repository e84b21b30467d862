//! What a rule is shown.

use chrono::NaiveDate;

use crate::document::ProjectFolder;
use crate::model::{
    Broadcast, Day, DistributionList, Expansion, Holiday, HolidayRange, LinkAnswers, Material, Organisation, Place,
    Sender, Week, WeekProse,
};

/// A week with everything that was made from it.
pub struct Subject<'a> {
    /// The project folder, for looking at files.
    pub project: &'a ProjectFolder,
    /// The week.
    pub week: &'a Week,
    /// All lists.
    pub lists: &'a [DistributionList],
    /// The days by date, as far as they could be scheduled.
    pub days: &'a [DaySubject<'a>],
    /// Bank holidays and closures, by date.
    pub holidays: &'a [Holiday],
    /// Last date that the table of holidays covers.
    pub holidays_until: Option<NaiveDate>,
    /// The holidays of schools.
    pub school_holidays: &'a [HolidayRange],
    /// Who sends.
    pub sender: &'a Sender,
    /// In whose name.
    pub organisation: &'a Organisation,
    /// What the Markdown of the week says.
    pub prose: &'a WeekProse,
    /// Whether its links answer; empty where nobody asked.
    pub answers: &'a LinkAnswers,
}

/// One scheduled day.
pub struct DaySubject<'a> {
    /// When.
    pub day: &'a Day,
    /// Who.
    pub expansion: &'a Expansion,
    /// What, if it could be rendered.
    pub material: Option<&'a Material>,
    /// The subject line as the first recipient gets it, if it could be rendered.
    pub subject: Option<&'a str>,
}

impl Subject<'_> {
    /// What the officer wrote for a day.
    #[must_use]
    pub fn broadcast(&self, day: &DaySubject<'_>) -> Option<&Broadcast> {
        self.week.broadcasts.get(day.day.index)
    }

    /// The place of a day's date, or of the whole day where the schedule gives the date.
    #[must_use]
    pub fn date_place(&self, day: &DaySubject<'_>) -> Place {
        let own = self.broadcast(day).map(|broadcast| match &broadcast.date {
            Some((_, place)) => place.clone(),
            None => broadcast.place.clone(),
        });
        own.unwrap_or_else(|| Place::new(&self.week.source, 0..0))
    }

    /// The day off on a date, if it is one.
    #[must_use]
    pub fn holiday(&self, date: NaiveDate) -> Option<&Holiday> {
        self.holidays.iter().find(|holiday| holiday.date == date)
    }
}
