//! What is wrong with one field of a cron expression, in plain words: the `cron` crate says it with a caret or not at
//! all, and reads some slips (`1-5` as Sunday to Thursday, a doubled star) without complaint.

use crate::calendar::cron_field::{DAYS, Field, Kind};
use crate::document::nearest;

/// A fault of a field, for a finding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) rule: &'static str,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Fault {
    pub(crate) fn new(rule: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { rule, message: message.into(), help: help.into() }
    }
}

/// The first fault of a field.
pub(crate) fn fault_of(field: &Field<'_>) -> Option<Fault> {
    let kind = field.kind;
    if let Some(odd) = field.text.chars().find(|c| !c.is_ascii_graphic()) {
        let help = match odd {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => "type the plain - of the keyboard".to_owned(),
            _ => kind.remedy(),
        };
        let message = format!("{odd:?} cannot stand in a schedule").replace('\'', "\"");
        return Some(Fault::new("cron-value", message, help));
    }
    if field.text == "*" || (field.text == "?" && matches!(kind, Kind::DayOfMonth | Kind::Weekday)) {
        return None;
    }
    let items: Vec<&str> = field.text.split(',').collect();
    if let Some(fault) = items.iter().find_map(|item| extension(kind, item)) {
        return Some(fault);
    }
    if kind == Kind::Weekday && items.iter().any(|item| ends(item).iter().any(|end| number(end))) {
        return Some(numbered_days(field.text, &items));
    }
    items.iter().find_map(|item| item_fault(kind, item))
}

fn number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The one or two ends of an item, without its step.
fn ends(item: &str) -> Vec<&str> {
    item.split('/').next().unwrap_or_default().split('-').collect()
}

/// `L`, `W` and `#`, which other cron dialects know.
fn extension(kind: Kind, item: &str) -> Option<Fault> {
    if !matches!(kind, Kind::DayOfMonth | Kind::Weekday) {
        return None;
    }
    let upper = item.to_ascii_uppercase();
    let known = kind.value(item).is_some();
    let stem = upper.trim_end_matches(['L', 'W']);
    let marked = stem.len() < upper.len() && (stem.is_empty() || number(stem) || kind.value(stem).is_some());
    if known || !(marked || upper.starts_with("L-") || item.contains('#')) {
        return None;
    }
    let help = "write the days themselves, or give each [[broadcast]] a `date`";
    Some(Fault::new(
        "cron-extension",
        format!("\"{item}\" is a form (L, W or #) that this schedule does not know"),
        help,
    ))
}

/// Digits as days: what they mean here, and what to write for either meaning.
fn numbered_days(text: &str, items: &[&str]) -> Fault {
    let named = |first_is_monday: bool| -> Option<String> {
        let day = |word: &str| {
            let number: usize = word.parse().ok()?;
            // crontab: 0 and 7 are Sunday, 1 is Monday. Quartz: 1 is Sunday.
            let index = if first_is_monday { (number <= 7).then_some(number % 7)? } else { number.checked_sub(1)? };
            DAYS.get(index).map(|_| index)
        };
        let item = |item: &&str| -> Option<String> {
            let (span, step) = item.split_once('/').map_or((*item, ""), |(span, _)| (span, &item[span.len()..]));
            match span.split_once('-') {
                None => day(span).map(|index| format!("{}{step}", DAYS[index])),
                Some((first, last)) => Some(format!("{}{step}", days_between(day(first)?, day(last)?))),
            }
        };
        items.iter().map(item).collect::<Option<Vec<_>>>().map(|items| items.join(","))
    };
    let help = match (named(true), named(false)) {
        (Some(monday), Some(sunday)) => {
            format!("write names: {monday} if you count from Monday, {sunday} if you count from Sunday")
        }
        (Some(one), None) | (None, Some(one)) => format!("write names: {one}"),
        (None, None) => Kind::Weekday.remedy(),
    };
    let message = format!("\"{text}\" names days by numbers, and 1 is Sunday in this dialect, not Monday");
    Fault::new("cron-weekday", message, help)
}

/// `MON-FRI`, or a list where the range would run over Saturday, the end of this dialect's week.
fn days_between(first: usize, last: usize) -> String {
    if first <= last {
        return if first == last { DAYS[first].to_owned() } else { format!("{}-{}", DAYS[first], DAYS[last]) };
    }
    let days: Vec<&str> = (first..=last + 7).map(|index| DAYS[index % 7]).collect();
    days.join(",")
}

/// The fault of `value`, `first-last`, `*/step`, `first/step` or `first-last/step`.
fn item_fault(kind: Kind, item: &str) -> Option<Fault> {
    if item.is_empty() {
        return Some(Fault::new("cron-value", "a comma has nothing on one of its sides", kind.remedy()));
    }
    let (span, step) = item.split_once('/').map_or((item, None), |(span, step)| (span, Some(step)));
    if let Some(step) = step {
        let (_, most) = kind.limits();
        let good = number(step) && step.parse().is_ok_and(|step: u32| (1..=most).contains(&step));
        // "*/2" as a day of the week would count from a day that nobody sees; "JAN/2" is not in the dialect.
        let counts = span.contains('-') || (kind != Kind::Weekday && (span == "*" || number(span)));
        if !good || !counts {
            let message = format!("\"{item}\" is no step that a {} can have", kind.word());
            return Some(Fault::new("cron-value", message, kind.remedy()));
        }
    }
    if span == "*" && step.is_some() {
        return None;
    }
    let Some((first, last)) = span.split_once('-') else { return value_fault(kind, span) };
    if let Some(fault) = value_fault(kind, first).or_else(|| value_fault(kind, last)) {
        return Some(fault);
    }
    if number(first) != number(last) {
        let message = format!("\"{span}\" mixes a name with a number");
        return Some(Fault::new("cron-value", message, kind.remedy()));
    }
    let (from, to) = (kind.value(first)?, kind.value(last)?);
    (from > to).then(|| backwards(kind, span, (first, last), (from, to)))
}

fn backwards(kind: Kind, span: &str, words: (&str, &str), (from, to): (u32, u32)) -> Fault {
    if kind == Kind::Weekday {
        let message = format!("\"{span}\" runs over the end of the week, which is Saturday in this dialect");
        return Fault::new(
            "cron-range",
            message,
            format!("write {}", days_between(from as usize - 1, to as usize - 1)),
        );
    }
    let (least, most) = kind.limits();
    let name = |number: u32| match kind {
        Kind::Month if !words.0.bytes().all(|b| b.is_ascii_digit()) => {
            kind.names().iter().find(|(_, n)| *n == number).map_or_else(String::new, |(name, _)| (*name).to_owned())
        }
        _ => number.to_string(),
    };
    let part = |from: u32, to: u32, first: &str, last: &str| {
        if from == to { first.to_owned() } else { format!("{first}-{last}") }
    };
    let help = format!("write {},{}", part(from, most, words.0, &name(most)), part(least, to, &name(least), words.1));
    Fault::new("cron-range", format!("\"{span}\" runs backwards"), help)
}

fn value_fault(kind: Kind, word: &str) -> Option<Fault> {
    if kind.value(word).is_some() {
        return None;
    }
    let message = format!("\"{word}\" is no {}", kind.word());
    let help = if kind != Kind::Weekday && Kind::Weekday.names().iter().any(|(name, _)| name.eq_ignore_ascii_case(word))
    {
        "five fields are minute, hour, day of the month, month, day of the week; six begin with the seconds".to_owned()
    } else {
        let near = nearest(word, kind.names().iter().map(|(name, _)| *name)).filter(|_| !number(word));
        near.map_or_else(|| kind.remedy(), |near| format!("did you mean {near}?"))
    };
    Some(Fault::new("cron-value", message, help))
}
