//! One `[[broadcast]]`.

use crate::definition::lines::{line, prose, required_line};
use crate::definition::{body, names};
use crate::document::{ProjectFolder, Table};
use crate::model::{Attachment, Broadcast, Findings, Link, Text};

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
