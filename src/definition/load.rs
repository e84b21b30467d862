//! From the name of a week to the week.

use std::sync::Arc;

use crate::definition::{allow, broadcast, signature, week};
use crate::document::{FileFault, ProjectFolder, Table, decode, nearest, parse};
use crate::model::{Broadcast, Finding, Findings, Place, SourceFile, Week, count, list_of};

/// Where the weeks lie in the project folder.
const FOLDER: &str = "broadcasts";

/// The longest week file, in bytes.
const LIMIT: u64 = 4 * 1024 * 1024;

/// The names of the weeks in `broadcasts/`, sorted: files that end in `.toml` and do not begin with a dot.
#[must_use]
pub fn weeks(project: &ProjectFolder) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(project.join(FOLDER)) else { return Vec::new() };
    let mut names: Vec<String> = folder
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|file| !file.starts_with('.') && project.has(&format!("{FOLDER}/{file}")))
        .filter_map(|file| file.strip_suffix(".toml").map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// Reads `broadcasts/NAME.toml`. Everything that is wrong with it becomes a finding; the week comes back as far as it
/// can be understood, and `None` only if there is neither a `[week]` nor a `[[broadcast]]` to be had.
pub fn load(project: &ProjectFolder, name: &str, findings: &mut Findings) -> Option<Week> {
    let path = format!("{FOLDER}/{name}.toml");
    let bytes = match project.read(&path, LIMIT) {
        Ok(bytes) => bytes,
        Err(fault) => {
            findings.push(unreadable(project, name, &path, &fault));
            return None;
        }
    };
    let source = decode(&path, &bytes, findings)?;
    read(project, name, &source, findings)
}

/// The same for a text that stands in no file yet: what the week would be if its file were changed to it.
pub fn load_text(project: &ProjectFolder, name: &str, text: &str, findings: &mut Findings) -> Option<Week> {
    read(project, name, &SourceFile::new(format!("{FOLDER}/{name}.toml"), text), findings)
}

fn read(project: &ProjectFolder, name: &str, source: &Arc<SourceFile>, findings: &mut Findings) -> Option<Week> {
    let mut document = parse(source, findings);
    let folder = format!("{FOLDER}/{name}");
    let head = match document.table("week", findings) {
        Some(table) => Some(week::read(table, findings)),
        None => {
            document.require_as("week", "[week]");
            None
        }
    };
    let signature = signature::read(&mut document, findings);
    let tables = broadcasts(&mut document, findings);
    let listless = |head: &&week::Head| !head.lists_written || head.lists.as_ref().is_some_and(Vec::is_empty);
    if let Some(head) = head.as_ref().filter(listless) {
        findings.extend(nobody(head.title.place(), &tables));
    }
    let days: Vec<Broadcast> =
        tables.into_iter().map(|table| broadcast::read(project, &folder, table, findings)).collect();
    let allow = allow::read(&mut document, findings);
    document.finish(findings);
    if head.is_none() && days.is_empty() {
        return None;
    }
    let head = head.unwrap_or_else(|| week::absent(&Place::new(source, 0..0)));
    Some(Week {
        name: name.to_owned(),
        source: Arc::clone(source),
        folder,
        title: head.title,
        timezone: head.timezone,
        schedule: head.schedule,
        starts: head.starts,
        awareness_day: head.awareness_day,
        lists: head.lists.unwrap_or_default(),
        subject: head.subject,
        intro: head.intro,
        closing: head.closing,
        resources: head.resources,
        lang: head.lang,
        grace: head.grace,
        sign_off: head.sign_off,
        audience_change: head.audience_change,
        reading_age: head.reading_age,
        signature,
        broadcasts: days,
        allow,
    })
}

/// All `[[broadcast]]`. A single `[broadcast]` is reported and read as one day, so that its own faults show as well.
fn broadcasts(document: &mut Table, findings: &mut Findings) -> Vec<Table> {
    document.require_as("broadcast", "[[broadcast]]");
    document.tables("broadcast", findings)
}

/// Days that go to nobody, since neither they nor the week name a list.
fn nobody(title: &Place, days: &[Table]) -> Option<Finding> {
    let bare: Vec<&Table> = days.iter().filter(|day| !day.has("lists") && !day.is_broken("lists")).collect();
    let first = bare.first()?;
    let message = format!("[week] has no `lists`, so that {} goes to nobody", count(bare.len(), "broadcast"));
    let message = if bare.len() == 1 { message } else { message.replace(" goes ", " go ") };
    let finding = Finding::error("no-lists", title.clone(), message).label(first.place().clone(), "the first of them");
    Some(finding.help("add a line to [week]: lists = [\"…\"], with names of lists in recipients.toml"))
}

fn unreadable(project: &ProjectFolder, name: &str, path: &str, fault: &FileFault) -> Finding {
    let place = Place::file(path);
    if !matches!(fault, FileFault::Missing(_)) {
        return Finding::error(fault.rule(), place, fault.to_string());
    }
    let weeks = weeks(project);
    let known: Vec<String> = weeks.iter().map(|week| format!("\"{week}\"")).collect();
    let stem = name.strip_suffix(".toml").unwrap_or(name);
    let help = match (weeks.as_slice(), nearest(stem, weeks.iter().map(String::as_str))) {
        ([], _) => format!("make the file {path}; `weekcast init` writes one to start from"),
        (_, Some(near)) => format!("did you mean \"{near}\"?"),
        ([one], None) => format!("the only week there is \"{one}\""),
        (_, None) => format!("the weeks there are {}", list_of(&known)),
    };
    Finding::error(fault.rule(), place, format!("there is no week \"{name}\"")).help(help)
}
