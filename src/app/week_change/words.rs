//! What was changed, and what follows from it, in words or as JSON.

use serde::Serialize;

use crate::app::context::{App, Format};
use crate::app::ready::{DayReady, WeekReady};
use crate::app::week_change::effects::Effects;
use crate::app::week_change::order::{Change, DayChange};
use crate::app::week_change::rewritten::Rewritten;
use crate::model::{Day, Finding, list_of, long_date};
use crate::output::{findings_as_text, line_changes, plain};

/// The rule about the order of days in the file.
const ORDER: &str = "day-order";

/// Everything that there is to tell.
pub(crate) struct Told<'a> {
    pub(crate) week: &'a WeekReady,
    pub(crate) day: &'a DayReady,
    pub(crate) asked: &'a DayChange<'a>,
    pub(crate) rewritten: &'a Rewritten,
    pub(crate) effects: &'a Effects,
    /// Findings that the week did not have before.
    pub(crate) news: &'a [Finding],
}

#[derive(Serialize)]
struct Changed<'a> {
    week: &'a str,
    file: &'a str,
    theme: &'a str,
    change: &'static str,
    from: String,
    /// Nothing for a day that was dropped.
    to: Option<String>,
    written: bool,
    /// Days that got their own date as a key, so that they stay where they are.
    pinned: Vec<String>,
    /// Days whose text changed by it.
    texts_changed: Vec<&'a str>,
    /// Those of them, and the day itself, that had been signed off and must be signed again.
    sign_again: Vec<String>,
}

/// Tells it.
pub(crate) fn told(app: &mut App, told: &Told<'_>) -> anyhow::Result<()> {
    // That the file is no longer in the order of the dates is what was asked for, and is said in one line.
    let news: Vec<Finding> = told.news.iter().filter(|finding| finding.rule != ORDER).cloned().collect();
    if !news.is_empty() {
        app.streams.err(&findings_as_text(&news));
    }
    match app.format {
        Format::Json => Ok(app.streams.json(&as_json(told))?),
        Format::Text => Ok(app.streams.out(&as_text(told))?),
    }
}

fn as_json<'a>(told: &'a Told<'_>) -> Changed<'a> {
    let date = |index: &usize| told.rewritten.day(*index).map(|day| day.day.date.to_string());
    let signed = told.effects.touched.iter().filter(|day| !day.signed.is_empty() && day.sent.is_none());
    let after = told.rewritten.day(told.day.day.index).ok();
    let own = after.filter(|_| !told.effects.signed.is_empty()).map(|after| after.day.date.to_string());
    Changed {
        week: &told.week.week.name,
        file: &told.week.week.source.path,
        theme: told.week.theme(&told.day.day),
        change: match told.asked.change {
            Change::Move { .. } => "moved",
            Change::Drop { .. } => "dropped",
            Change::BringBack => "brought_back",
        },
        from: told.day.day.at.to_rfc3339(),
        to: after.map(|after| after.day.at.to_rfc3339()),
        written: !told.asked.dry_run,
        pinned: told.rewritten.pinned.iter().filter_map(|index| date(index).ok()).collect(),
        texts_changed: told.effects.touched.iter().map(|day| day.date.as_str()).collect(),
        sign_again: signed.map(|day| day.date.clone()).chain(own).collect(),
    }
}

fn as_text(told: &Told<'_>) -> String {
    let mut out = headline(told);
    let source = &told.week.week.source;
    let verb = if told.asked.dry_run { "Would be written" } else { "Written" };
    out.push_str(&format!("\n{verb} in {}:\n\n{}", source.path, line_changes(&source.text, &told.rewritten.text)));
    let pinned: Vec<String> = told.rewritten.pinned.iter().filter_map(|index| theme(told, *index)).collect();
    if !pinned.is_empty() {
        let (have, stay) = if pinned.len() == 1 { ("has its", "it stays") } else { ("have their", "they stay") };
        out.push_str(&format!("\n{} now {have} own date, so that {stay} where it was.\n", list_of(&pinned)));
        if pinned.len() > 1 {
            out = out.replace("they stay where it was", "they stay where they were");
        }
    }
    out.push_str(&others(told));
    if told.news.iter().any(|finding| finding.rule == ORDER) {
        out.push_str("\nThe days no longer stand in the order of their dates in the file. That does no harm; check will mention it.\n");
    }
    let next = if told.asked.dry_run {
        "Nothing was written.\n"
    } else {
        "Next: weekcast preview\nIf the file is open in your editor, load it again before you save.\n"
    };
    out.push_str(&format!("\n{next}"));
    out
}

fn headline(told: &Told<'_>) -> String {
    let when = |day: &Day| format!("{}, {}", long_date(day.date), day.at.format("%H:%M"));
    let theme = plain(told.week.theme(&told.day.day));
    let would = told.asked.dry_run;
    let old = when(&told.day.day);
    match &told.asked.change {
        Change::Move { .. } => {
            let new = told.rewritten.day(told.day.day.index).map(|day| when(&day.day)).unwrap_or_default();
            format!("\"{theme}\" {} from {old}, to {new}.\n", if would { "would move" } else { "moved" })
        }
        Change::Drop { reason } => {
            let why = reason.as_deref().map(|reason| format!(": {}", plain(reason))).unwrap_or_default();
            let verb = if would { "would be dropped" } else { "is dropped" };
            format!(
                "\"{theme}\" of {old}, {verb}{why}. It is not sent, and its text stays in the file.\nTo bring it back: \
                 weekcast drop {} --undo\n",
                told.day.day.date
            )
        }
        Change::BringBack => {
            let verb = if would { "would be" } else { "is" };
            format!("\"{theme}\" {verb} back in the week: it goes out on {old}.\n")
        }
    }
}

fn theme(told: &Told<'_>, index: usize) -> Option<String> {
    let broadcast = told.week.week.broadcasts.get(index)?;
    Some(format!("\"{}\"", plain(broadcast.theme.value())))
}

/// What follows for the other days, and for who signed them off.
fn others(told: &Told<'_>) -> String {
    let mut out = String::new();
    let to_come: Vec<String> =
        told.effects.touched.iter().filter(|day| day.sent.is_none()).map(|day| day.name.clone()).collect();
    if !to_come.is_empty() {
        out.push_str(&format!(
            "\nMade anew with it, because they name the day after them or their place in the week: {}.\n",
            list_of(&to_come)
        ));
    }
    let sent: Vec<String> =
        told.effects.touched.iter().filter(|day| day.sent.is_some()).map(|day| day.name.clone()).collect();
    if !sent.is_empty() {
        out.push_str(&format!(
            "\nAlready sent as it was: {}. What it says of the days after it can no longer be changed; resend \
             will ask for --changed.\n",
            list_of(&sent)
        ));
    }
    if told.week.week.sign_off > 0 {
        let own = told.rewritten.day(told.day.day.index).ok().map(|after| after.day.date.to_string());
        let mut again: Vec<String> = Vec::new();
        let mut push = |name: String, by: &[String]| {
            if !by.is_empty() {
                again.push(format!(
                    "  weekcast sign-off {name} --by NAME    (it was signed off by {})\n",
                    plain(&list_of(by))
                ));
            }
        };
        for day in told.effects.touched.iter().filter(|day| day.sent.is_none()) {
            push(day.name.clone(), &day.signed);
        }
        if let Some(own) = own {
            push(own, &told.effects.signed);
        }
        if !again.is_empty() {
            out.push_str(&format!("\nA sign-off is for the text as it was. To be signed again:\n{}", again.concat()));
        }
    }
    out
}
