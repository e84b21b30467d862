//! `message-size`: large messages are refused by mail servers and fill mailboxes.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Material, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "message-size",
    severities: &[Severity::Error, Severity::Warning],
    allowable: false,
    why: "large messages are refused by mail servers and fill mailboxes",
    check,
};

/// Bytes on the wire from which it is said.
const LARGE: usize = 8_000_000;
/// Bytes on the wire that many servers refuse; Exchange Online takes 25 MB by default for some, 36 MB for others.
const TOO_LARGE: usize = 20_000_000;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for day in subject.days {
        let (Some(material), Some(broadcast)) = (day.material, subject.broadcast(day)) else { continue };
        let text: usize = material.html.iter().chain(&material.text).map(String::len).sum();
        let size = text + files(material).map(|(_, bytes)| on_the_wire(bytes)).sum::<usize>();
        if size <= LARGE {
            continue;
        }
        let message = format!("the message has {} MB", megabytes(size));
        let finding = if size > TOO_LARGE {
            Finding::error(
                RULE.id,
                broadcast.place.clone(),
                format!("{message}; {} MB is the most", megabytes(TOO_LARGE)),
            )
        } else {
            Finding::warning(RULE.id, broadcast.place.clone(), message)
        };
        let largest = files(material).max_by_key(|(_, bytes)| *bytes);
        findings.push(finding.maybe_help(largest.map(|(name, bytes)| {
            format!("make \"{name}\" smaller ({} MB in the message), or link to it", megabytes(on_the_wire(bytes)))
        })));
    }
}

fn files(material: &Material) -> impl Iterator<Item = (&str, usize)> {
    let pictures = material.pictures.iter().map(|picture| (picture.name.as_str(), picture.bytes.len()));
    pictures.chain(material.attachments.iter().map(|file| (file.name.as_str(), file.bytes.len())))
}

/// Base64 makes four characters of three bytes, and a line end after each 76 (RFC 2045 §6.8).
fn on_the_wire(bytes: usize) -> usize {
    let encoded = bytes.div_ceil(3) * 4;
    encoded + encoded.div_ceil(76) * 2
}

fn megabytes(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / 1e6)
}
