//! A week that has been read, scheduled, expanded and compiled.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::calendar;
use crate::exit::Exit;
use crate::lint;
use crate::model::{Day, DayName, DistributionList, Expansion, ListName, Place, Sender, Week, list_of, long_date};
use crate::render::Compiled;
use crate::settings::Settings;
use crate::transport::Destination;

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
    /// Those that were taken out of it, by date: nothing sends them.
    pub dropped: Vec<DroppedDay>,
    /// Whether it is only rehearsed, which may come before the texts.
    pub is_rehearsed: bool,
}

/// A day that was taken out of the week.
pub struct DroppedDay {
    /// Where it would be, with the number 0, and its lists; its text is not read.
    pub ready: DayReady,
    /// Why, if somebody said.
    pub reason: Option<String>,
}

impl DroppedDay {
    /// The reason in words.
    #[must_use]
    pub fn why(&self) -> &str {
        self.reason.as_deref().unwrap_or("no reason is given")
    }
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
        let merged = first.and_then(|recipient| compiled.merge(&recipient).ok());
        Some(merged.map_or_else(|| compiled.subject_template().to_owned(), |merged| merged.subject))
    }
}

impl WeekReady {
    /// Whether a day's message would leave this computer with words that `init` left to be replaced.
    #[must_use]
    pub fn is_still_to_write(&self, day: &DayReady) -> bool {
        let leaves = matches!(self.settings.transport.destination, Destination::Smtp(_)) && !self.is_rehearsed;
        let html = day.compiled.as_ref().map(|compiled| &compiled.material().html);
        leaves && html.is_some_and(|pieces| pieces.iter().any(|piece| piece.contains(lint::WRITE_HERE)))
    }

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
        let found =
            calendar::resolve(name, &days, today, finished).map_err(|fault| match self.dropped_day(name, now) {
                Some(dropped) => self.is_dropped(dropped),
                None => self.is_all_dropped().unwrap_or_else(|| self.naming_dropped(&fault.to_string())),
            })?;
        let number = found.number;
        self.days
            .iter()
            .find(|ready| ready.day.number == number)
            .ok_or_else(|| Fault::new(Exit::Software, "a day of the calendar is not a day of the week"))
    }

    /// The day that was dropped and is named like this; a number names days that are sent only.
    #[must_use]
    pub fn dropped_day(&self, name: &DayName, now: chrono::DateTime<chrono::Utc>) -> Option<&DroppedDay> {
        let today = now.with_timezone(&self.week.timezone).date_naive();
        let mut days: Vec<Day> = self.dropped.iter().map(|one| one.ready.day.clone()).collect();
        days.iter_mut().for_each(|day| day.number = usize::MAX);
        let index = match name {
            DayName::Next => None,
            name => calendar::resolve(name, &days, today, &|_| false).ok().map(|day| day.index),
        };
        self.dropped.iter().find(|one| Some(one.ready.day.index) == index)
    }

    /// What a command answers that is asked about a day that was dropped.
    #[must_use]
    pub fn is_dropped(&self, dropped: &DroppedDay) -> Fault {
        let day = &dropped.ready.day;
        let message = format!(
            "{}'s broadcast, \"{}\", was dropped from the week: {}",
            day.weekday(),
            self.theme(day),
            dropped.why()
        );
        Fault::new(Exit::Held, message).help(format!("to bring it back: weekcast drop {} --undo", day.date))
    }

    /// What a command answers that needs a day, where every one was dropped; `None` where one is left.
    #[must_use]
    pub fn is_all_dropped(&self) -> Option<Fault> {
        let first = self.dropped.first().filter(|_| self.days.is_empty())?;
        let message = format!("every day of the week was dropped: {}", list_of(&self.dropped_in_words()));
        let help = format!("to bring one back: weekcast drop {} --undo", first.ready.day.date);
        Some(Fault::new(Exit::Held, message).help(help))
    }

    /// A name that no day has, with the days that were dropped: one of them may be meant.
    fn naming_dropped(&self, message: &str) -> Fault {
        let fault = Fault::new(Exit::Usage, message);
        let Some(first) = self.dropped.first() else { return fault };
        let (dropped, date) = (list_of(&self.dropped_in_words()), first.ready.day.date);
        fault.help(format!("dropped from the week: {dropped}; to bring one back: weekcast drop {date} --undo"))
    }

    fn dropped_in_words(&self) -> Vec<String> {
        let words = |one: &DroppedDay| {
            let day = &one.ready.day;
            format!("\"{}\" of {} ({})", self.theme(day), long_date(day.date), one.why())
        };
        self.dropped.iter().map(words).collect()
    }

    /// How a day is named on the command line: by its weekday, or by its date where the week has the weekday twice.
    #[must_use]
    pub fn name_of(&self, day: &Day) -> String {
        let twice = self.days.iter().any(|other| other.day.weekday() == day.weekday() && other.day.index != day.index);
        if twice { day.date.to_string() } else { day.weekday().to_owned() }
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
