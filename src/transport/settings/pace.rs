//! `connections`, `rate`, `daily_limit`.

use std::time::Duration;

use crate::document::Table;
use crate::model::{Finding, Findings};
use crate::transport::settings::data::{Pace, Profile, Rate};

/// Most connections side by side.
const MOST_CONNECTIONS: i64 = 20;

/// Reads the pace; what is not given comes from the profile.
pub(crate) fn pace(table: &mut Table, profile: Profile, findings: &mut Findings) -> Pace {
    let usual = profile.pace();
    let connections = number(table, "connections", 1..=MOST_CONNECTIONS, findings).unwrap_or(usual.connections);
    let rate = rate(table, findings).or(usual.rate);
    let daily_limit = number(table, "daily_limit", 1..=100_000_000, findings).or(usual.daily_limit);
    Pace { connections, rate, daily_limit }
}

/// Reads a whole number within bounds.
pub(crate) fn number<T: TryFrom<i64>>(
    table: &mut Table,
    key: &'static str,
    bounds: std::ops::RangeInclusive<i64>,
    findings: &mut Findings,
) -> Option<T> {
    let (number, place) = table.integer(key, findings)?;
    if bounds.contains(&number) {
        return T::try_from(number).ok();
    }
    let message = format!("`{key}` is {number}, but should be between {} and {}", bounds.start(), bounds.end());
    let help = if number < 1 {
        format!("leave the line out to take the usual {key}")
    } else {
        format!("write {key} = {} or less", bounds.end())
    };
    findings.push(Finding::error("wrong-value", place, message).help(help));
    None
}

fn rate(table: &mut Table, findings: &mut Findings) -> Option<Rate> {
    let text = table.text("rate", findings)?;
    let rate = parse(text.value());
    if rate.is_none() {
        let message = format!("`rate` is \"{}\", which is no number of messages in a time", text.value());
        let finding = Finding::error("wrong-value", text.place().clone(), message);
        findings.push(finding.help("write it as \"28/min\", \"5/s\" or \"1000/h\""));
    }
    rate
}

/// `28/min`, `5/s`, `1000/h`, with or without spaces and with the units written out.
fn parse(written: &str) -> Option<Rate> {
    let (messages, unit) = written.split_once('/')?;
    let messages: u32 = messages.trim().parse().ok().filter(|messages| *messages > 0)?;
    let seconds = match unit.trim().to_ascii_lowercase().as_str() {
        "s" | "sec" | "second" => 1,
        "m" | "min" | "minute" => 60,
        "h" | "hour" => 3_600,
        _ => return None,
    };
    Some(Rate { messages, per: Duration::from_secs(seconds) })
}
