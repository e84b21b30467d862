//! Bank holidays of England and Wales, Scotland and Northern Ireland, from the table in `bank_holidays.toml`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::Holiday;

/// The table, with its source and licence.
const TABLE: &str = include_str!("bank_holidays.toml");

/// The divisions that the table knows, by their names on GOV.UK.
const DIVISIONS: [&str; 3] = ["england-and-wales", "scotland", "northern-ireland"];

#[derive(serde::Deserialize)]
struct BankHolidays {
    covers_until: toml::value::Datetime,
    #[serde(flatten)]
    divisions: BTreeMap<String, toml::Value>,
}

/// Names of the divisions that [`holidays`] knows: for the hint of a misspelt one.
#[must_use]
pub fn divisions() -> &'static [&'static str] {
    &DIVISIONS
}

/// The bank holidays of a division by date, and the last date that the table covers (a whole year's end).
///
/// `None` for a division that it does not know.
#[must_use]
pub fn holidays(division: &str) -> Option<(Vec<Holiday>, NaiveDate)> {
    if !DIVISIONS.contains(&division) {
        return None;
    }
    let table: BankHolidays = toml::from_str(TABLE).ok()?;
    let until = table.covers_until.date?;
    let until = NaiveDate::from_ymd_opt(until.year.into(), until.month.into(), until.day.into())?;
    let mut days = Vec::new();
    for (date, name) in table.divisions.get(division)?.as_table()? {
        days.push(Holiday { date: date.parse().ok()?, name: name.as_str()?.to_owned() });
    }
    days.sort_by_key(|holiday| holiday.date);
    Some((days, until))
}

#[cfg(test)]
mod tests;
