//! `move DAY DATE`: a day goes out on another date; every other day stays where it is.

use chrono::{NaiveDate, NaiveTime};

use crate::app::{App, Change, DayChange, change_day};
use crate::exit::Exit;
use crate::model::DayName;

/// Send a day on another date
///
/// The date is written into the week's file; every other day stays where it is. What the days say of each other, such as
/// "look out for tomorrow's broadcast", is made anew. A day that has begun to go out cannot be moved.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// monday, 2027-03-15, 1, today or next
    day: DayName,
    /// The new date, such as 2027-03-18
    #[arg(value_parser = date)]
    date: NaiveDate,
    /// Another time of day, such as 09:15
    #[arg(long, value_name = "HH:MM", value_parser = time)]
    at: Option<NaiveTime>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Moves.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let change = Change::Move { date: args.date, at: args.at };
    change_day(app, &DayChange { day: &args.day, change, dry_run: args.dry_run })
}

fn date(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| "write the date as 2027-03-18".to_owned())
}

fn time(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| "write the time as 09:15".to_owned())
}
