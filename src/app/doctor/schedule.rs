//! Whether the computer sends by itself: what `install` has set up, and for which times.

use crate::app::context::App;
use crate::app::doctor::point::Point;
use crate::app::install::{ScheduleStanding, schedule_standing};
use crate::app::prepare::{Purpose, prepare};
use crate::exit::Exit;

const NAME: &str = "schedule";

/// The point; nothing where no week can be read, which is said elsewhere.
pub(crate) fn point(app: &App) -> Option<Point> {
    let name = app.week_name().ok()?;
    let week = prepare(app, &name, Purpose::Look).week?;
    Some(match schedule_standing(app, &week) {
        Err(fault) => Point::care(NAME, fault.to_string(), "give the project's folder another name"),
        Ok(ScheduleStanding::Nothing) => {
            Point::not_looked(NAME, "nothing is installed, so each day is sent by a person or by weekcast run")
        }
        Ok(ScheduleStanding::On(scheduler, next)) => {
            let next = next.map(|at| {
                let at = at.with_timezone(&week.week.timezone).format("%A %-d %B %Y at %H:%M");
                format!("; it looks next on {at}")
            });
            Point::good(NAME, format!("{} sends each day{}", scheduler.title(), next.unwrap_or_default()))
        }
        Ok(ScheduleStanding::OtherTimes(scheduler)) => {
            let says = format!("{} was told other times than \"{name}\" has now", scheduler.title());
            Point::care(NAME, says, format!("tell it anew: {}", scheduler.install_command(&name)))
        }
        Ok(ScheduleStanding::Off(scheduler, why)) => {
            let says = format!("it is written for {}, but not on: {why}", scheduler.title());
            Point::bad(NAME, Exit::Remains, says, format!("switch it on: {}", scheduler.install_command(&name)))
        }
    })
}
