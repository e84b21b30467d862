//! Other weeks of the project that go out on the same dates: whoever is on both would get two broadcasts in one morning.

use std::collections::HashSet;

use crate::app::context::App;
use crate::app::ready::{DayReady, WeekReady};
use crate::calendar;
use crate::definition;
use crate::model::{AddressKey, Finding, Findings, Place, Week, count, long_date};
use crate::recipients;

/// The rule of the findings.
const RULE: &str = "same-morning";

/// A warning for each day of the week whose people get a broadcast of another week on the same date.
#[must_use]
pub fn same_mornings(app: &App, week: &WeekReady) -> Vec<Finding> {
    let own = &week.week.name;
    let others = definition::weeks(&app.project).into_iter().filter(|name| name != own);
    // What is wrong in other weeks is said where they are checked.
    let others = others.filter_map(|name| definition::load(&app.project, &name, &mut Findings::new()));
    others.flat_map(|other| same_as(week, &other)).collect()
}

fn same_as(week: &WeekReady, other: &Week) -> Vec<Finding> {
    let mut found = Vec::new();
    for day in calendar::schedule(other, &mut Findings::new()) {
        let Some(ours) = week.days.iter().find(|ours| ours.day.date == day.date) else { continue };
        let Some(broadcast) = other.broadcasts.get(day.index) else { continue };
        let lists = broadcast.lists.as_ref().unwrap_or(&other.lists);
        let theirs = recipients::expand(&week.lists, lists, &mut Findings::new());
        let ours_too: HashSet<AddressKey> = people(&ours.expansion).collect();
        let both = people(&theirs).filter(|key| ours_too.contains(key)).count();
        if both > 0 {
            let message = format!(
                "\"{}\" of the week {} goes out on {} too, and {} would get both",
                broadcast.theme.value(),
                other.name,
                long_date(day.date),
                count(both, "recipient")
            );
            let help = format!("move one of the two: weekcast move {} DATE", day.date);
            found.push(Finding::warning(RULE, place(week, ours), message).help(help));
        }
    }
    found
}

fn people(expansion: &crate::model::Expansion) -> impl Iterator<Item = AddressKey> {
    expansion.recipients.keys()
}

fn place(week: &WeekReady, day: &DayReady) -> Place {
    let broadcast = week.week.broadcasts.get(day.day.index);
    let place = broadcast.map(|one| one.date.as_ref().map_or(&one.place, |(_, place)| place).clone());
    place.unwrap_or_else(|| Place::new(&week.week.source, 0..0))
}
