//! The attachments of one message, checked before anybody gets them.

use crate::document::ProjectFolder;
use crate::model::{AttachedFile, Attachment, Finding, Findings, Week};
use crate::render::files::kind::{self, Kind};
use crate::render::files::reading::{read, size_in_words};

/// The most bytes of one attachment.
const LIMIT: u64 = 20_000_000;

/// Reads the attachments of a broadcast.
pub(crate) fn attach(
    project: &ProjectFolder,
    week: &Week,
    attachments: &[Attachment],
    findings: &mut Findings,
) -> Vec<AttachedFile> {
    let mut attached: Vec<AttachedFile> = Vec::new();
    for attachment in attachments {
        let Some(file) = file(project, week, attachment, findings) else { continue };
        if attached.iter().any(|other| other.name.to_lowercase() == file.name.to_lowercase()) {
            let place = attachment.name.as_ref().unwrap_or(&attachment.file).place().clone();
            let message = format!("two attachments are called \"{}\"", file.name);
            findings.push(Finding::error("file-name", place, message).help("give one of them another name = \"…\""));
        }
        attached.push(file);
    }
    attached
}

fn file(
    project: &ProjectFolder,
    week: &Week,
    attachment: &Attachment,
    findings: &mut Findings,
) -> Option<AttachedFile> {
    let path = attachment.file.value();
    let place = attachment.file.place();
    let bytes = read(project, &week.folder, (path, "attachment", LIMIT), place, findings)?;
    let own = path.rsplit('/').next().unwrap_or(path);
    let name = attachment.name.as_ref().map_or(own, |name| name.value()).trim();
    let errors = findings.errors();
    let mut refuse = |rule, text: &crate::model::Text, message: String, help: String| {
        findings.push(Finding::error(rule, text.place().clone(), message).help(help));
    };
    let named = attachment.name.as_ref().unwrap_or(&attachment.file);
    for (text, name) in [(&attachment.file, own), (named, name)] {
        if let Some(danger) = kind::danger(name, &bytes) {
            refuse("file-type", text, danger, "attach a PDF, or put the file on the web and link to it".to_owned());
            return None;
        }
    }
    if name.is_empty() || name.chars().any(|c| c.is_control() || is_bidi(c) || "/\\:*?\"<>|".contains(c)) {
        let message = format!("\"{}\" cannot be the name of a file everywhere", name.escape_debug());
        refuse("file-name", named, message, "use letters, digits, spaces, hyphens and one ending".to_owned());
    }
    let (named_kind, real) = (kind::by_name(own), kind::by_content(&bytes));
    let agrees = named_kind.is_some_and(|kind| kind::agrees(kind, &bytes));
    if let (Some(kind), None, false) = (named_kind, real, agrees) {
        let message = format!("\"{own}\" is not a {} inside, though it is called so", kind.words);
        refuse("file-type", &attachment.file, message, "save it again in the format that its ending says".to_owned());
    }
    if kind::endings(own).first() != kind::endings(name).first() {
        let ending = kind::endings(own).into_iter().next().unwrap_or_default();
        let message = format!("the recipient's name \"{name}\" has another ending than \"{own}\"");
        refuse("file-name", named, message, format!("let it end in .{ending}"));
    }
    warn(attachment, (own, name), real.filter(|_| !agrees), findings);
    let kind = if agrees { named_kind } else { real };
    let media_type = kind.map_or("application/octet-stream", |kind| kind.media_type).to_owned();
    let title = attachment.title.as_ref().filter(|title| !title.is_blank()).map(|title| title.value().to_owned());
    (findings.errors() == errors).then(|| AttachedFile {
        name: name.to_owned(),
        title,
        media_type,
        bytes: bytes.into(),
    })
}

/// What is strange about a file and can be sent all the same; `real` is what it is where its name does not say so.
fn warn(attachment: &Attachment, (own, name): (&str, &str), real: Option<&Kind>, findings: &mut Findings) {
    if let Some(real) = real {
        let message = format!("\"{own}\" is a {} inside, which its ending does not say", real.words);
        let help = format!("save it again as what it should be, or let its name end in .{}", real.ending());
        findings.push(Finding::warning("file-kind", attachment.file.place().clone(), message).help(help));
    }
    if let Some(endings) = kind::two_endings(name) {
        let place = attachment.name.as_ref().unwrap_or(&attachment.file).place().clone();
        let help = "leave only the last ending; mail filters take two for a trick";
        let message = format!("\"{name}\" has two endings ({endings})");
        findings.push(Finding::warning("file-endings", place, message).help(help));
    }
}

fn is_bidi(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `PDF, 14 kB`: what an attachment is, for the list in the message.
pub(crate) fn description(file: &AttachedFile) -> String {
    let size = size_in_words(file.bytes.len() as u64);
    kind::by_name(&file.name).map_or(size.clone(), |kind| format!("{}, {size}", kind.words))
}
