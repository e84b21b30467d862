//! A week that has been read, scheduled, expanded and compiled.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::calendar;
use crate::exit::Exit;
use crate::model::{Day, DayName, DistributionList, Expansion, ListName, Place, Sender, Week};
use crate::render::Compiled;
use crate::settings::Settings;

/// The week with everything that sending it needs.
pub struct WeekReady {
    /// The settings.
    pub settings: Settings,
    /// Who sends.
    pub sender: Sender,
    /// Signs the messages, where `[dkim]` asks for it.
    #[cfg(feature = "dkim")]
    pub signer: Option<Arc<crate::dkim::Signer>>,
    /// The week.
    pub week: Week,
    /// All lists.
    pub lists: Vec<DistributionList>,
    /// Its days by date.
    pub days: Vec<DayReady>,
}

/// One day of it.
pub struct DayReady {
    /// When.
    pub day: Day,
    /// Its lists.
    pub lists: Vec<(ListName, Place)>,
    /// Who.
    pub expansion: Arc<Expansion>,
    /// What; `None` where it cannot be rendered.
    pub compiled: Option<Arc<Compiled>>,
}

impl DayReady {
    /// The subject line for people: that of the first recipient's copy.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        let compiled = self.compiled.as_ref()?;
        let first = self.expansion.recipients.first();
        let merged = first.and_then(|recipient| compiled.merge(recipient).ok());
        Some(merged.map_or_else(|| compiled.subject_template().to_owned(), |merged| merged.subject))
    }
}

impl WeekReady {
    /// The day of a name.
    ///
    /// # Errors
    /// [`Fault`] that says which days there are.
    pub fn day(
        &self,
        name: &DayName,
        now: chrono::DateTime<chrono::Utc>,
        finished: &dyn Fn(&Day) -> bool,
    ) -> Result<&DayReady, Fault> {
        let days: Vec<Day> = self.days.iter().map(|ready| ready.day.clone()).collect();
        let today = now.with_timezone(&self.week.timezone).date_naive();
        let found = calendar::resolve(name, &days, today, finished)
            .map_err(|fault| Fault::new(Exit::Usage, fault.to_string()))?;
        let number = found.number;
        self.days
            .iter()
            .find(|ready| ready.day.number == number)
            .ok_or_else(|| Fault::new(Exit::Software, "a day of the calendar is not a day of the week"))
    }

    /// The theme of a day.
    #[must_use]
    pub fn theme(&self, day: &Day) -> &str {
        self.week.broadcasts.get(day.index).map_or("", |broadcast| broadcast.theme.value())
    }

    /// The day after it in the week, if there is one.
    #[must_use]
    pub fn next(&self, day: &Day) -> Option<&DayReady> {
        self.days.iter().find(|ready| ready.day.number == day.number + 1)
    }
}
