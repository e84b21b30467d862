//! The texts of a week that are neither Markdown nor template: theme, summary, titles, links, signature.

use crate::model::{Broadcast, Finding, Findings, Signature, Text, Week};
use crate::render::markdown::{address, leftover};

/// Marks that would be shown as they are, and links that lead nowhere.
pub(crate) fn check(week: &Week, broadcast: &Broadcast, findings: &mut Findings) {
    let mut texts: Vec<&Text> = vec![&week.title, &broadcast.theme];
    texts.extend(&broadcast.summary);
    texts.extend(week.awareness_day.as_ref().map(|day| &day.name));
    for link in &broadcast.links {
        texts.push(&link.text);
        texts.extend(&link.note);
        url(&link.url, findings);
        blank(&link.text, findings);
    }
    if let Some(resources) = &week.resources {
        texts.push(&resources.text);
        url(&resources.url, findings);
        blank(&resources.text, findings);
    }
    for attachment in &broadcast.attachments {
        texts.extend(attachment.name.iter().chain(&attachment.title));
    }
    texts.extend(week.signature.iter().flat_map(signature));
    for text in texts {
        leftover::check_plain(text, findings);
    }
}

fn signature(signature: &Signature) -> Vec<&Text> {
    let mut texts = vec![&signature.name];
    for text in [&signature.role, &signature.organisation, &signature.location, &signature.email, &signature.logo_alt] {
        texts.extend(text);
    }
    for phone in &signature.phones {
        texts.extend(phone.label.iter().chain([&phone.number]));
    }
    texts
}

fn blank(text: &Text, findings: &mut Findings) {
    if text.is_blank() {
        let finding = Finding::error("link-text", text.place().clone(), "the link has no words");
        findings.push(finding.help("write what it leads to"));
    }
}

fn url(text: &Text, findings: &mut Findings) {
    let place = || text.place().clone();
    if text.value().contains("{{") || text.value().contains("{%") {
        let finding = Finding::error("leftover-mark", place(), "this address is no template");
        findings.push(finding.help("write the whole address, or put the link into the body"));
    } else if let Err(message) = address::whole(text.value()) {
        findings
            .push(Finding::error("link-scheme", place(), message).help("begin the address with https:// or mailto:"));
    } else if text.value().trim().contains(char::is_whitespace) {
        let finding = Finding::error("link-scheme", place(), "the address holds a space");
        findings.push(finding.help("copy the address from the browser again"));
    }
}
