//! Delivery status notifications (RFC 3464), also those that leave something out.

use crate::bounce::fields::{Fields, ids_in};
use crate::bounce::kind::{Action, Kind};
use crate::bounce::report::{MOST_RECIPIENTS, Reported, one_line};
use crate::bounce::status::{code_in, status_in};
use crate::model::EnhancedStatus;

/// What the groups of a report say: its kind, its recipients, and what may be our Message-ID; if there are recipients.
pub(crate) fn read(groups: &[Fields]) -> Option<(Kind, Vec<Reported>, Vec<String>)> {
    let recipients: Vec<Reported> =
        groups.iter().filter(|group| is_recipient(group)).take(MOST_RECIPIENTS).map(recipient).collect();
    // Gmail gives it in a field of its own.
    let first = |name: &str| groups.iter().find_map(|group| group.get(name)).map(xtext);
    let ids = ["original-envelope-id", "x-original-message-id"].into_iter().filter_map(first);
    let has = |wanted: Action| recipients.iter().any(|one| one.action == Some(wanted));
    let kind = match () {
        () if recipients.is_empty() => return None,
        () if has(Action::Failed) => Kind::Bounce,
        () if has(Action::Delayed) => Kind::Delayed,
        () if recipients.iter().any(|one| one.action.is_some()) => Kind::Delivered,
        () => Kind::Bounce,
    };
    Some((kind, recipients, ids.flat_map(|text| ids_or_bare(&text)).collect()))
}

/// Message-IDs in angle brackets, or the one that an envelope id is without them.
fn ids_or_bare(text: &str) -> Vec<String> {
    let ids = ids_in(text);
    if ids.is_empty() { vec![text.trim().to_owned()] } else { ids }
}

fn is_recipient(group: &Fields) -> bool {
    ["final-recipient", "original-recipient", "x-actual-recipient", "action"].iter().any(|name| group.has(name))
}

fn recipient(group: &Fields) -> Reported {
    let diagnostic = group.get("diagnostic-code").map(|text| one_line(without_type(text)));
    let words = diagnostic.as_deref().unwrap_or_default();
    let stated = group.get("status").and_then(status_in);
    let status = better(stated, status_in(words));
    let action = group.get("action").and_then(Action::from_word);
    let original = group.get("original-recipient").and_then(address);
    let reached = group.get("final-recipient").or_else(|| group.get("x-actual-recipient")).and_then(address);
    Reported {
        address: reached.or_else(|| original.clone()),
        original,
        action: action.or_else(|| status.and_then(usual)),
        status,
        code: code_in(words),
        diagnostic: diagnostic.filter(|words| !words.is_empty()),
    }
}

/// x.0.0 says nothing; the words of the remote system may, if they are of the same class.
fn better(stated: Option<EnhancedStatus>, said: Option<EnhancedStatus>) -> Option<EnhancedStatus> {
    match (stated, said) {
        (Some(stated), Some(said)) if (stated.subject, stated.detail) == (0, 0) && stated.class == said.class => {
            Some(said)
        }
        (stated, said) => stated.or(said),
    }
}

/// The action of a report that names none.
fn usual(status: EnhancedStatus) -> Option<Action> {
    match status.class {
        2 => Some(Action::Delivered),
        4 => Some(Action::Delayed),
        5 => Some(Action::Failed),
        _ => None,
    }
}

/// `rfc822; a@b.example` without its type; some write no type, or angle brackets.
fn address(text: &str) -> Option<String> {
    let bare = text.split_once(';').map_or(text, |(_, rest)| rest);
    let bare = bare.trim().trim_matches(['<', '>', '"']).trim();
    let bare = bare.split(" (").next().unwrap_or(bare).trim();
    (!bare.is_empty() && bare.len() <= 320).then(|| one_line(&xtext(bare)))
}

/// `smtp; 550 …` without its type.
fn without_type(text: &str) -> &str {
    match text.split_once(';') {
        Some((kind, rest)) if kind.trim().len() <= 16 && !kind.trim().contains(' ') => rest,
        _ => text,
    }
}

/// Decodes `+3D` (RFC 3461 §4); a plus sign that is none of it stays.
fn xtext(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('+') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let digits =
            after.get(1..3).filter(|two| two.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b)));
        // Plus-tags are commoner than xtext: only what must be written so is decoded (RFC 3461: "+" and "=").
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|octet| matches!(octet, b'+' | b'=')) {
            Some(octet) => {
                out.push(char::from(octet));
                rest = after.get(3..).unwrap_or_default();
            }
            None => {
                out.push('+');
                rest = after.get(1..).unwrap_or_default();
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{address, read, xtext};
    use crate::bounce::fields::Fields;
    use crate::bounce::kind::Kind;

    #[test]
    fn addresses_lose_type_brackets_and_encoding() {
        for (text, expected) in [
            ("rfc822;a@b.example", Some("a@b.example")),
            ("RFC822; <a@b.example>", Some("a@b.example")),
            ("a@b.example (gone)", Some("a@b.example")),
            ("rfc822; a+2Btag@b.example", Some("a+tag@b.example")),
            ("rfc822; a+tag@b.example", Some("a+tag@b.example")),
            ("utf-8; \u{e9}@b.example", Some("\u{e9}@b.example")),
            ("rfc822;", None),
        ] {
            assert_eq!(address(text).as_deref(), expected, "{text}");
        }
        assert_eq!(xtext("a+"), "a+");
    }

    #[test]
    fn what_is_left_out_is_inferred() {
        let kind = |text: &str| read(&Fields::groups(text.as_bytes(), 9)).map(|(kind, ..)| kind);
        assert_eq!(kind("Reporting-MTA: dns; a"), None);
        assert_eq!(kind("Final-Recipient: rfc822; a@b.example\nStatus: 4.4.1"), Some(Kind::Delayed));
        assert_eq!(kind("Final-Recipient: rfc822; a@b.example"), Some(Kind::Bounce));
        assert_eq!(kind("Action: relayed"), Some(Kind::Delivered));
        let ids =
            read(&Fields::groups(b"X-Original-Message-ID: <a@b>\nOriginal-Envelope-Id: c@d\n\nAction: failed", 9));
        assert_eq!(ids.unwrap().2, ["c@d", "a@b"]);
        let (.., ids) = read(&Fields::groups(b"X-Original-Message-ID: it was <a@b> (?)\n\nAction: failed", 9)).unwrap();
        assert_eq!(ids, ["a@b"]);
        let (_, recipients, _) =
            read(&Fields::groups(b"Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 no", 9)).unwrap();
        assert_eq!(recipients[0].status.unwrap().to_string(), "5.1.1");
    }
}
