//! What a rule is shown.

use crate::document::ProjectFolder;
use crate::model::{Day, DistributionList, Expansion, Holiday, Material, Sender, Week};

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
    pub holidays_until: Option<chrono::NaiveDate>,
    /// Who sends.
    pub sender: &'a Sender,
}

/// One scheduled day.
pub struct DaySubject<'a> {
    /// When.
    pub day: &'a Day,
    /// Who.
    pub expansion: &'a Expansion,
    /// What, if it could be rendered.
    pub material: Option<&'a Material>,
}
