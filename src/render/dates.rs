//! Dates and times as words, in the language of the week.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

const ENGLISH_DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WELSH_DAYS: [&str; 7] =
    ["Dydd Llun", "Dydd Mawrth", "Dydd Mercher", "Dydd Iau", "Dydd Gwener", "Dydd Sadwrn", "Dydd Sul"];
const WELSH_MONTHS: [&str; 12] = [
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
];

/// The first letters of the days, as calendars write them.
const ENGLISH_SHORT: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WELSH_SHORT: [&str; 7] = ["Llun", "Maw", "Mer", "Iau", "Gwe", "Sad", "Sul"];

/// The words of a language; `None` where we do not know them and ISO 8601 stands instead.
fn names(lang: &str) -> Option<(&'static [&'static str; 7], &'static [&'static str; 12])> {
    match lang.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "en" => Some((&ENGLISH_DAYS, &ENGLISH_MONTHS)),
        "cy" => Some((&WELSH_DAYS, &WELSH_MONTHS)),
        _ => None,
    }
}

/// `Thursday 18 March 2027`.
pub(crate) fn date(date: NaiveDate, lang: &str) -> String {
    match names(lang) {
        Some(_) => format!("{} {}", day_and_month(date, lang), date.year()),
        None => date.format("%Y-%m-%d").to_string(),
    }
}

/// `Thursday 18 March`.
pub(crate) fn day_and_month(date: NaiveDate, lang: &str) -> String {
    match names(lang) {
        Some((_, months)) => format!("{} {} {}", weekday(date, lang), date.day(), months[date.month0() as usize]),
        None => date.format("%Y-%m-%d").to_string(),
    }
}

/// `Thursday`; English where we do not know the language.
pub(crate) fn weekday(date: NaiveDate, lang: &str) -> &'static str {
    let days = names(lang).map_or(&ENGLISH_DAYS, |(days, _)| days);
    days[date.weekday().num_days_from_monday() as usize]
}

/// `Thu`; `None` where we do not know the language.
pub(crate) fn short_weekday(date: NaiveDate, lang: &str) -> Option<&'static str> {
    let (days, _) = names(lang)?;
    let short = if *days == WELSH_DAYS { WELSH_SHORT } else { ENGLISH_SHORT };
    short.get(date.weekday().num_days_from_monday() as usize).copied()
}

/// `8:30am`, `noon`, `5pm`, as GOV.UK writes times; on the 24-hour clock in other languages.
pub(crate) fn time(time: NaiveTime, lang: &str) -> String {
    if !lang.to_ascii_lowercase().starts_with("en") {
        return time.format("%H:%M").to_string();
    }
    let (is_afternoon, hour) = time.hour12();
    let half = if is_afternoon { "pm" } else { "am" };
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "noon".to_owned(),
        (_, 0) => format!("{hour}{half}"),
        (_, minute) => format!("{hour}:{minute:02}{half}"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveTime};

    #[test]
    fn dates_and_times_are_words_of_the_week_s_language() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 18).unwrap();
        assert_eq!(super::date(day, "en-GB"), "Thursday 18 March 2027");
        assert_eq!(super::date(day, "cy"), "Dydd Iau 18 Mawrth 2027");
        assert_eq!(super::date(day, "fr"), "2027-03-18");
        assert_eq!(super::day_and_month(day, "en"), "Thursday 18 March");
        assert_eq!(super::short_weekday(day, "en"), Some("Thu"));
        assert_eq!(super::short_weekday(day, "cy-GB"), Some("Iau"));
        assert_eq!(super::short_weekday(day, "fr"), None);
        for (hour, minute, words) in [
            (8, 30, "8:30am"),
            (0, 0, "midnight"),
            (12, 0, "noon"),
            (17, 0, "5pm"),
            (12, 5, "12:05pm"),
            (0, 1, "12:01am"),
        ] {
            assert_eq!(super::time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap(), "en-GB"), words);
        }
        assert_eq!(super::time(NaiveTime::from_hms_opt(8, 30, 0).unwrap(), "cy"), "08:30");
    }
}
