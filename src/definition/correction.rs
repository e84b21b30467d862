//! Reading the file of a correction: TOML with its keys, or Markdown that is the correction as it stands.

use crate::definition::body;
use crate::definition::broadcast::{attachments, links};
use crate::definition::lines::{prose, visible};
use crate::document::{Hidden, ProjectFolder, Table, decode, parse};
use crate::model::{Correction, Finding, Findings, Place, Text, Week};

/// The longest file of a correction, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// Where the file of a correction lies: in the project, or wherever the officer keeps it.
#[derive(Debug, Clone)]
pub struct CorrectionFile {
    /// The folder that it may not lead out of.
    pub folder: ProjectFolder,
    /// Its path there, with `/`. The acts and the report call it so: of a file elsewhere they know the name alone, because
    /// where somebody keeps their files is nobody else's business.
    pub path: String,
    /// What findings call it, and by what it is found again to go on: the path in the project, or the whole one.
    pub shown: String,
}

/// Reads a correction of a day of a week. Everything that is wrong becomes a finding; `None` where nothing can be made of
/// it. A `body_file` is looked for in the week's own folder, like that of a broadcast.
pub fn load_correction(
    file: &CorrectionFile,
    project: &ProjectFolder,
    week: &Week,
    findings: &mut Findings,
) -> Option<Correction> {
    let is_toml = match file.path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("toml") => true,
        Some("md" | "markdown" | "txt") => false,
        _ => {
            let message = format!("\"{}\" is neither Markdown (.md, .txt) nor TOML (.toml)", file.shown);
            let finding = Finding::error("file-type", Place::file(&*file.shown), message);
            findings.push(finding.help("save the correction as plain text, with a name that ends in .md or .toml"));
            return None;
        }
    };
    let bytes = match file.folder.read(&file.path, LIMIT) {
        Ok(bytes) => bytes,
        Err(fault) => {
            findings.push(Finding::error(fault.rule(), Place::file(&*file.shown), fault.to_string()));
            return None;
        }
    };
    let source = decode(&file.shown, &bytes, findings)?;
    if is_toml {
        let errors = findings.errors();
        let correction = keys(parse(&source, findings), project, &week.folder, findings);
        return (findings.errors() == errors).then_some(correction).flatten();
    }
    let place = Place::new(&source, 0..source.text.len());
    let (value, map) = body::line_ends(&source.text);
    let text = Text::new(value, place.clone(), map);
    if text.is_blank() {
        let finding = Finding::error("blank", place, format!("{} is blank", file.shown));
        findings.push(finding.help("write into it what was wrong, and what is right"));
        return None;
    }
    let place = Place::new(&source, 0..0);
    visible("correction", &text, Hidden::Prose, findings).then(|| Correction {
        wrong: None,
        right: None,
        summary: None,
        body: Some(text),
        links: Vec::new(),
        attachments: Vec::new(),
        repeat: false,
        place,
    })
}

fn keys(mut table: Table, project: &ProjectFolder, folder: &str, findings: &mut Findings) -> Option<Correction> {
    let place = table.place().clone();
    let wrong = required_prose(&mut table, "wrong", findings);
    let right = required_prose(&mut table, "right", findings);
    let summary = prose(&mut table, "summary", findings);
    let has_body = table.has("body") || table.has("body_file");
    let body = has_body.then(|| body::read(project, folder, &mut table, findings)).filter(|body| !body.is_blank());
    let links = links(&mut table, findings);
    let attachments = attachments(&mut table, findings);
    let repeat = table.boolean("repeat", findings).unwrap_or_default();
    for key in ["body", "body_file"] {
        // Known, so that a misspelt one is told from a wrong one.
        table.take(key);
    }
    table.finish(findings);
    Some(Correction { wrong: Some(wrong?), right: Some(right?), summary, body, links, attachments, repeat, place })
}

fn required_prose(table: &mut Table, key: &'static str, findings: &mut Findings) -> Option<Text> {
    let text = table.required_text(key, findings)?;
    visible(key, &text, Hidden::Prose, findings).then_some(text)
}

#[cfg(test)]
mod tests;
