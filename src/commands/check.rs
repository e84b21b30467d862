//! `check`: every finding, in one pass, before anything is sent.

use crate::app::{
    App, Format, Mended, Prepared, Purpose, dropped_rows, exit_for, mend, opted_out_of, prepare, prepare_online,
};
use crate::exit::Exit;
use crate::lint::{Allowed, READERS, RULES};
use crate::model::{DistributionList, Severity, count};
use crate::output::{findings_as_json, findings_as_text, plain, readings_as_json, readings_as_text, table};

/// Pictures of the same content are one picture; so often they may differ again after the first was mended.
const PASSES: usize = 4;

/// Find every mistake in the week, the lists, the templates and the files at once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Let warnings count as errors
    #[arg(long)]
    strict: bool,
    /// Mend pictures first: too wide ones become narrower, others lose what they tell of people and places
    ///
    /// Each original is kept beside its picture, as NAME.original.EXT.
    #[arg(long)]
    fix: bool,

    /// Also ask each web address of the week whether it answers
    #[arg(long)]
    online: bool,

    /// List the rules, what they find and why, and check nothing
    #[arg(long, conflicts_with_all = ["strict", "online", "fix"])]
    rules: bool,
}

/// Checks.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    if args.rules {
        return rules(app);
    }
    let name = app.week_name()?;
    let mut prepared = prepare(app, &name, Purpose::Look);
    let mended = if args.fix { Some(fix(app, &name, &mut prepared)) } else { None };
    if args.online {
        prepared = prepare_online(app, &name);
    }
    match app.format {
        Format::Json => {
            let mut json = findings_as_json(&prepared.findings);
            if let Some(object) = json.as_object_mut() {
                object.insert("lists".to_owned(), readings_as_json(lists(&prepared)));
            }
            if let (Some(week), Some(object)) = (&prepared.week, json.as_object_mut()) {
                object.insert("dropped".to_owned(), serde_json::to_value(dropped_rows(week))?);
            }
            if let (Some(mended), Some(object)) = (&mended, json.as_object_mut()) {
                object.insert("fixed".to_owned(), serde_json::to_value(mended)?);
            }
            app.streams.json(&json)?;
        }
        Format::Text => {
            if let Some(mended) = &mended {
                app.streams.out(&fixed(mended, &prepared))?;
            }
            app.streams.out(&findings_as_text(&prepared.findings))?;
            app.streams.out(&readings_as_text(lists(&prepared)))?;
            app.streams.out(&closing(&name, &prepared))?;
            let out = prepared.week.as_ref().map_or(0, |week| opted_out_of(app, week));
            if out > 0 {
                app.streams.out(&format!(
                    "{} on its lists opted out and will be left out, though they are on a list; weekcast plan names them.\n",
                    count(out, "person")
                ))?;
            }
        }
    }
    let exit = exit_for(&prepared.findings);
    Ok(if args.strict && exit == Exit::Done && !prepared.findings.is_empty() { Exit::Data } else { exit })
}

/// The lists, where the week could be read.
fn lists(prepared: &Prepared) -> &[DistributionList] {
    prepared.week.as_ref().map_or(&[], |week| week.lists.as_slice())
}

/// Mends and looks again, until nothing is left to mend.
fn fix(app: &App, name: &str, prepared: &mut Prepared) -> Vec<Mended> {
    let mut all: Vec<Mended> = Vec::new();
    for _ in 0..PASSES {
        let (done, left): (Vec<_>, Vec<_>) = mend(app, prepared).into_iter().partition(|one| one.original.is_some());
        let more = !done.is_empty();
        all.extend(done);
        if !more {
            all.extend(left);
            break;
        }
        *prepared = prepare(app, name, Purpose::Look);
    }
    all
}

fn fixed(mended: &[Mended], prepared: &Prepared) -> String {
    let all_read = prepared.week.as_ref().is_some_and(|week| week.days.iter().all(|day| day.compiled.is_some()));
    match (mended, all_read) {
        ([], true) => return "nothing to fix: only pictures are mended, and they are in order\n\n".to_owned(),
        ([], false) => return "nothing fixed: only pictures are mended\n\n".to_owned(),
        _ => {}
    }
    let lines: String = mended.iter().map(|one| plain(&one.words()) + "\n").collect();
    format!("{lines}\n")
}

fn closing(name: &str, prepared: &Prepared) -> String {
    let errors = prepared.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = prepared.findings.len() - errors;
    let mut out = match (errors, warnings) {
        (0, 0) if prepared.week.as_ref().is_some_and(|week| week.is_all_dropped().is_some()) => {
            format!("{name}: every day was dropped, so nothing is to be sent\n")
        }
        (0, 0) => {
            let days = prepared.week.as_ref().map_or(0, |week| week.days.len());
            format!("{name}: {} checked, nothing found. Next: weekcast preview\n", count(days, "day"))
        }
        (0, warnings) => format!("{name}: no errors, {}. Next: weekcast preview\n", count(warnings, "warning")),
        (errors, warnings) => {
            let also = if warnings == 0 { String::new() } else { format!(" and {}", count(warnings, "warning")) };
            let what = if errors == 1 { "the error is" } else { "the errors are" };
            format!("{name}: {}{also}. Nothing is sent until {what} mended.\n", count(errors, "error"))
        }
    };
    let dropped = prepared.week.as_ref().map(dropped_rows).unwrap_or_default();
    dropped.iter().for_each(|row| out.push_str(&format!("{}\n", row.words())));
    prepared.allowed.iter().for_each(|allowed| out.push_str(&allowed_line(allowed)));
    out
}

fn allowed_line(allowed: &Allowed) -> String {
    let found = match allowed.count {
        0 => "nothing found, so it is not needed".to_owned(),
        found => count(found, "finding"),
    };
    format!("allowed: {} ({found}): {}\n", allowed.rule, plain(&allowed.reason))
}

/// Prints every rule.
fn rules(app: &mut App) -> anyhow::Result<Exit> {
    let own = RULES.iter().map(|rule| (rule.id, rule.severities, rule.allowable, rule.why));
    let readers = READERS.iter().map(|rule| (rule.id, rule.severities, false, rule.why));
    let mut all: Vec<_> = own.chain(readers).collect();
    all.sort_by_key(|(id, ..)| *id);
    let words = |severities: &[Severity]| severities.iter().map(|one| one.word()).collect::<Vec<_>>();
    match app.format {
        Format::Json => {
            let rule = |(id, severities, allowable, why): &(&str, &[Severity], bool, &str)| {
                let allowable = *allowable || severities.contains(&Severity::Warning);
                serde_json::json!({ "rule": id, "severities": words(severities), "allowable": allowable, "why": why })
            };
            let json = serde_json::json!({ "rules": all.iter().map(rule).collect::<Vec<_>>() });
            app.streams.json(&json)?;
        }
        Format::Text => {
            let row = |(id, severities, _, why): &(&str, &[Severity], bool, &str)| {
                vec![(*id).to_owned(), words(severities).join(", "), (*why).to_owned()]
            };
            let rows: Vec<Vec<String>> = all.iter().map(row).collect();
            app.streams.out(&table(&["rule", "finds", "why"], &rows, None))?;
        }
    }
    Ok(Exit::Done)
}
