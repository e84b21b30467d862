//! `connections`, `rate`, `daily_limit`.

use std::time::Duration;

use crate::document::Table;
use crate::model::{Finding, Findings, Place};
use crate::transport::settings::data::{Pace, Profile, Rate};

/// Most connections side by side.
const MOST_CONNECTIONS: i64 = 20;

/// Reads the pace; what is not given comes from the profile.
pub(crate) fn pace(table: &mut Table, profile: Profile, findings: &mut Findings) -> Pace {
    let usual = profile.pace();
    let connections = number::<usize>(table, "connections", 1..=MOST_CONNECTIONS, findings);
    let rate = rate(table, findings);
    let daily_limit = number(table, "daily_limit", 1..=100_000_000, findings);
    if profile == Profile::M365 {
        let mut too_fast = |place: &Place, limit: &str, help: &str| {
            let message = format!("Microsoft 365 takes {limit} from an account, and turns away what goes beyond");
            findings.push(Finding::warning("too-fast", place.clone(), message).help(help));
        };
        if let Some((_, place)) = connections.as_ref().filter(|(connections, _)| *connections > 3) {
            too_fast(place, "3 connections", "write connections = 3, or leave the line out");
        }
        let most = Duration::from_secs(60) / 30;
        if let Some((_, place)) = rate.as_ref().filter(|(rate, _)| rate.interval() < most) {
            too_fast(place, "30 messages a minute", "write rate = \"28/min\", or leave the line out");
        }
    }
    Pace {
        connections: connections.map_or(usual.connections, |(connections, _)| connections),
        rate: rate.map(|(rate, _)| rate).or(usual.rate),
        daily_limit: daily_limit.map(|(limit, _)| limit).or(usual.daily_limit),
    }
}

/// Reads a whole number within bounds, with its place.
pub(crate) fn number<T: TryFrom<i64>>(
    table: &mut Table,
    key: &'static str,
    bounds: std::ops::RangeInclusive<i64>,
    findings: &mut Findings,
) -> Option<(T, Place)> {
    let (number, place) = table.integer(key, findings)?;
    if bounds.contains(&number) {
        return Some((T::try_from(number).ok()?, place));
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

fn rate(table: &mut Table, findings: &mut Findings) -> Option<(Rate, Place)> {
    let text = table.text("rate", findings)?;
    if let Some(rate) = parse(text.value()) {
        return Some((rate, text.place().clone()));
    }
    let message = format!("`rate` is \"{}\", which is no number of messages in a time", text.value());
    let finding = Finding::error("wrong-value", text.place().clone(), message);
    findings.push(finding.help("write it as \"28/min\", \"5/s\" or \"1000/h\""));
    None
}

/// `28/min`, `5/s`, `1000/h`, with or without spaces and with the units written out.
fn parse(written: &str) -> Option<Rate> {
    let (messages, unit) = written.split_once('/')?;
    let messages: u32 = messages.trim().parse().ok().filter(|messages| (1..=1_000_000).contains(messages))?;
    let seconds = match unit.trim().to_ascii_lowercase().as_str() {
        "s" | "sec" | "second" => 1,
        "m" | "min" | "minute" => 60,
        "h" | "hour" => 3_600,
        _ => return None,
    };
    Some(Rate { messages, per: Duration::from_secs(seconds) })
}
