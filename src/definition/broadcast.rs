//! One `[[broadcast]]`.

use crate::definition::lines::{line, prose, required_line, visible};
use crate::definition::{body, names};
use crate::document::{Hidden, ProjectFolder, Table, Value};
use crate::model::{Attachment, Broadcast, Dropped, Finding, Findings, Link, Place, Text};

/// Reads one day; what is faulty in it is left out, what is required and missing is an empty text.
pub(crate) fn read(project: &ProjectFolder, folder: &str, mut table: Table, findings: &mut Findings) -> Broadcast {
    let place = table.place().clone();
    let date = table.date("date", findings);
    let at = table.time("at", findings);
    let theme =
        required_line(&mut table, "theme", findings).unwrap_or_else(|| Text::synthetic(String::new(), place.clone()));
    let broadcast = Broadcast {
        date,
        at,
        theme,
        summary: prose(&mut table, "summary", findings),
        subject: line(&mut table, "subject", findings).filter(|subject| !subject.is_blank()),
        body: body::read(project, folder, &mut table, findings),
        links: links(&mut table, findings),
        attachments: attachments(&mut table, findings),
        lists: names::read(&mut table, findings),
        dropped: dropped(&mut table, findings),
        place,
    };
    table.finish(findings);
    broadcast
}

pub(crate) fn links(broadcast: &mut Table, findings: &mut Findings) -> Vec<Link> {
    let mut links = Vec::new();
    for mut table in broadcast.tables("links", findings) {
        let text = required_line(&mut table, "text", findings);
        let url = required_line(&mut table, "url", findings);
        let note = line(&mut table, "note", findings);
        table.finish(findings);
        if let (Some(text), Some(url)) = (text, url) {
            links.push(Link { text, url, note });
        }
    }
    links
}

pub(crate) fn attachments(broadcast: &mut Table, findings: &mut Findings) -> Vec<Attachment> {
    let mut attachments = Vec::new();
    for mut table in broadcast.tables("attachments", findings) {
        let file = if table.has("file") { table.path("file", findings) } else { table.required_text("file", findings) };
        let name = line(&mut table, "name", findings);
        let title = line(&mut table, "title", findings);
        table.finish(findings);
        attachments.extend(file.map(|file| Attachment { file, name, title }));
    }
    attachments
}

/// `dropped = "why"`, or `true` where nobody said why. A broken value drops the day all the same: that it is sent although
/// somebody meant to drop it would be the worse mistake, and the finding stops both.
fn dropped(broadcast: &mut Table, findings: &mut Findings) -> Option<Dropped> {
    let key = broadcast.key_place("dropped");
    let node = broadcast.take("dropped")?;
    let start = key.map_or(node.place.range.start, |key| key.range.start);
    let place = Place::new(&node.place.source, start..node.place.range.end);
    let reason = match node.value {
        Value::Boolean(false) => return None,
        Value::Boolean(true) => None,
        Value::Text(text) if text.is_blank() => {
            let finding = Finding::error("blank", text.place().clone(), "`dropped` is blank");
            findings.push(finding.help("write why the day is dropped, or dropped = true"));
            None
        }
        Value::Text(text) => Some(text).filter(|text| visible("dropped", text, Hidden::Line, findings)),
        other => {
            let message = format!("`dropped` is {}, but should be the reason in quotation marks", other.kind());
            let finding = Finding::error("wrong-type", node.place, message);
            findings.push(finding.help("write dropped = \"why the day is not sent\", or take the line out"));
            None
        }
    };
    Some(Dropped { reason, place })
}
