//! `[dkim]` of `weekcast.toml`.

use crate::document::Table;
use crate::model::{Address, Finding, Findings, Text};

/// Who signs, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DkimSettings {
    /// `d=`, in lower case; the domain of `From`, or one above it, or DMARC does not count the signature.
    pub domain: Option<Text>,
    /// `s=`: the key's name in the DNS, below `_domainkey`.
    pub selector: Text,
    /// A file with the private key in PEM form, below the project folder or absolute.
    pub key_file: Text,
}

impl DkimSettings {
    /// Reads the table; every fault becomes a finding.
    pub fn read(mut table: Table, findings: &mut Findings) -> Option<Self> {
        let domain = table.text("domain", findings).filter(|text| is_domain(text, findings));
        let selector = table.required_text("selector", findings).filter(|text| is_selector(text, findings));
        let key_file = table.required_text("key_file", findings);
        table.finish(findings);
        Some(Self { domain, selector: selector?, key_file: key_file? })
    }

    /// `d=` for a sender of this domain.
    #[must_use]
    pub fn domain_for(&self, sender: &str) -> String {
        self.domain.as_ref().map_or(sender, |domain| domain.value().trim()).to_ascii_lowercase()
    }

    /// A finding where the signature would not count for the domain of `From` (RFC 7489 §3.1.1, relaxed).
    pub fn check_alignment(&self, sender: &str, findings: &mut Findings) {
        let Some(domain) = &self.domain else { return };
        let (own, sender) = (self.domain_for(sender), sender.to_ascii_lowercase());
        if sender == own || sender.ends_with(&format!(".{own}")) {
            return;
        }
        let message =
            format!("the messages are signed for {own}, but come from {sender}, so the signature counts for nothing");
        let finding = Finding::error("dkim", domain.place().clone(), message);
        findings.push(finding.help(format!("write domain = \"{sender}\", or leave the line out")));
    }
}

fn is_domain(text: &Text, findings: &mut Findings) -> bool {
    let Err(fault) = Address::parse(&format!("x@{}", text.value().trim())) else { return true };
    let finding = Finding::error("dkim", text.place().clone(), format!("`domain`: {fault}"));
    findings.push(finding.help("write the domain of the sender's address, such as \"board.example\""));
    false
}

/// Labels of letters, digits and hyphens (RFC 6376 §3.1).
fn is_selector(text: &Text, findings: &mut Findings) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if text.value().split('.').all(label) {
        return true;
    }
    let message = format!("`selector` is \"{}\", which cannot stand in the DNS", text.value());
    let finding = Finding::error("dkim", text.place().clone(), message);
    findings.push(finding.help("write the name that IT gave the key, such as \"weekcast2027\""));
    false
}
