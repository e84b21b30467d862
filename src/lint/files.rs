//! The files of a message, each with the place at which the officer names it.

use crate::lint::subject::{DaySubject, Subject};
use crate::model::{Broadcast, Finding, Findings, Picture, Place};

/// A picture or an attachment.
pub(in crate::lint) struct MessageFile<'a> {
    /// Its name.
    pub(in crate::lint) name: &'a str,
    /// Its content.
    pub(in crate::lint) bytes: &'a [u8],
    /// Where it is named: the same place for all days that share it, so that it is said once.
    pub(in crate::lint) place: Place,
}

/// The files of a day, pictures first; none where it could not be rendered.
pub(in crate::lint) fn files<'a>(subject: &Subject<'a>, day: &DaySubject<'a>) -> Vec<MessageFile<'a>> {
    let (Some(material), Some(broadcast)) = (day.material, subject.broadcast(day)) else { return Vec::new() };
    let shown = material.pictures.iter().map(|picture| MessageFile {
        name: &picture.name,
        bytes: &picture.bytes,
        place: picture_place(subject, broadcast, picture),
    });
    let attached = material.attachments.iter().map(|file| MessageFile {
        name: &file.name,
        bytes: &file.bytes,
        place: attachment_place(broadcast, &file.name),
    });
    shown.chain(attached).collect()
}

/// Where a picture is used.
pub(in crate::lint) fn picture_place(subject: &Subject<'_>, broadcast: &Broadcast, picture: &Picture) -> Place {
    let week = subject.week;
    let logo = week.signature.as_ref().and_then(|signature| signature.logo.as_ref());
    let texts = [Some(&broadcast.body), week.intro.as_ref(), week.closing.as_ref(), logo];
    let spaced = picture.file.replace(' ', "%20");
    let found = texts.into_iter().flatten().find_map(|text| {
        let file = [&picture.file, &spaced].into_iter().find(|file| text.value().contains(*file))?;
        let at = text.value().find(file)?;
        Some(text.at(at..at + file.len()))
    });
    found.unwrap_or_else(|| broadcast.body.place().clone())
}

fn attachment_place(broadcast: &Broadcast, name: &str) -> Place {
    let own = broadcast.attachments.iter().find(|attachment| {
        let file = attachment.file.value();
        let base = file.rsplit('/').next().unwrap_or(file);
        attachment.name.as_ref().map_or(base, |name| name.value()).trim() == name
    });
    own.map_or_else(|| broadcast.place.clone(), |attachment| attachment.file.place().clone())
}

/// Adds what `look` says of each file of each day.
pub(in crate::lint) fn each(
    subject: &Subject<'_>,
    findings: &mut Findings,
    look: impl Fn(&MessageFile<'_>) -> Option<Finding>,
) {
    for day in subject.days {
        findings.extend(files(subject, day).iter().filter_map(&look));
    }
}
