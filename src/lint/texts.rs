//! The texts of a week that its recipients read, wherever they stand.

use crate::lint::subject::Subject;
use crate::model::{Broadcast, Text, Week};

/// The passages of the Markdown, and the lines around them; not the signature, which is about the sender.
pub(crate) fn written<'a>(subject: &Subject<'a>) -> Vec<&'a Text> {
    let mut texts: Vec<&Text> = passages(subject).collect();
    let week = subject.week;
    texts.push(&week.title);
    texts.extend(week.awareness_day.as_ref().map(|day| &day.name));
    texts.extend(week.resources.as_ref().map(|resources| &resources.text));
    texts.extend(week.broadcasts.iter().flat_map(lines));
    texts
}

/// The passages of the Markdown.
pub(crate) fn passages<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Text> {
    subject.prose.all().flat_map(|prose| &prose.passages).map(|passage| &passage.words)
}

/// The lines of a broadcast that are no Markdown.
fn lines(broadcast: &Broadcast) -> Vec<&Text> {
    let mut texts = vec![&broadcast.theme];
    texts.extend(broadcast.summary.iter().chain(&broadcast.subject));
    for link in &broadcast.links {
        texts.push(&link.text);
        texts.extend(&link.note);
    }
    texts.extend(broadcast.attachments.iter().filter_map(|attachment| attachment.title.as_ref()));
    texts
}

/// The lines of the signature.
pub(crate) fn signature(week: &Week) -> Vec<&Text> {
    let Some(signature) = &week.signature else { return Vec::new() };
    let mut texts = vec![&signature.name];
    for text in [&signature.role, &signature.organisation, &signature.location, &signature.email] {
        texts.extend(text);
    }
    texts.extend(signature.phones.iter().flat_map(|phone| phone.label.iter().chain([&phone.number])));
    texts
}

/// Words before a number that call it a telephone number.
const TELEPHONE: [&str; 7] = ["call", "phone", "tel", "ring", "mobile", "helpline", "fax"];
/// How far before it they stand, in bytes.
const NEAR: usize = 30;

/// Whether the words before an offset speak of telephoning.
pub(crate) fn names_telephone(text: &str, at: usize) -> bool {
    let before = before(text, at);
    before.split(|c: char| !c.is_alphabetic()).any(|word| TELEPHONE.iter().any(|name| word.starts_with(name)))
}

/// The last words before an offset, lower case.
pub(crate) fn before(text: &str, at: usize) -> String {
    let mut start = at.saturating_sub(NEAR);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..at).unwrap_or_default().to_lowercase()
}
