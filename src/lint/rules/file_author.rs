//! `file-author`: documents and pictures name the person who made them, and the telephone or camera, without showing it.

use crate::lint::files::{MessageFile, each};
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::media;
use crate::model::{Finding, Findings, Severity, list_of};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "file-author",
    severities: &[Severity::Warning],
    allowable: false,
    why: "documents and pictures name the person who made them, and the telephone or camera, without showing it",
    check,
};

/// The remedy for a picture; nobody need understand what metadata is.
pub(in crate::lint::rules) const PICTURE: &str = "weekcast check --fix takes it out and keeps the original";

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let known = known(subject);
    each(subject, findings, |file| look(file, &known));
}

fn look(file: &MessageFile<'_>, known: &[String]) -> Option<Finding> {
    let traces = media::traces(file.bytes);
    let authors = media::people(file.bytes);
    let people = authors.iter().chain(&traces.author).filter(|name| !known.contains(&name.to_lowercase()));
    let people: Vec<String> = people.map(|name| format!("\"{name}\"")).collect();
    let told: Vec<String> = match people.as_slice() {
        [] => None,
        [one] => Some(format!("its author {one}")),
        several => Some(format!("its authors {}", list_of(several))),
    }
    .into_iter()
    .chain(traces.device.iter().map(|device| format!("the device \"{device}\"")))
    .collect();
    let help = match file.bytes {
        bytes if media::PictureFormat::of(bytes).is_some() => PICTURE,
        [b'%', b'P', b'D', b'F', ..] => {
            "empty the author under File, Properties (in Word: File, Info) and make the PDF again, or do so in Acrobat"
        }
        _ => "in Word, Excel or PowerPoint: File, Info, Check for Issues, Inspect Document, Remove All; then save it",
    };
    let message = format!("\"{}\" names {}", file.name, list_of(&told));
    (!told.is_empty()).then(|| Finding::warning(RULE.id, file.place.clone(), message).help(help))
}

/// Who is named in the message anyway, in lower case.
fn known(subject: &Subject<'_>) -> Vec<String> {
    let signature = subject.week.signature.as_ref();
    let organisation = signature.and_then(|signature| signature.organisation.as_ref());
    let texts = [signature.map(|signature| &signature.name), organisation].into_iter().flatten();
    let names = texts.map(|text| text.value()).chain(subject.sender.name.as_deref());
    names.map(|name| name.trim().to_lowercase()).collect()
}
