//! `[sender]`: From, Reply-To, the domain of Message-IDs and the way to unsubscribe.

use crate::document::Table;
use crate::model::{Address, Finding, Findings, Sender, Text, Unsubscribe};

/// Reads the table; `None` where the address of `from` is missing or wrong.
pub(crate) fn read(mut table: Table, findings: &mut Findings) -> Option<Sender> {
    let from = table.required_text("from", findings).and_then(|text| mailbox(&text, findings));
    let reply_to = table.text("reply_to", findings).and_then(|text| mailbox(&text, findings));
    let domain = table.text("message_id_domain", findings).and_then(|text| domain(&text, findings));
    let unsubscribe = table.texts("unsubscribe", findings).map(|texts| unsubscribe(&texts, findings));
    let place = table.place().clone();
    table.finish(findings);
    let (name, address) = from?;
    let message_id_domain = domain.unwrap_or_else(|| address.domain().to_owned());
    Some(Sender { name, address, reply_to, message_id_domain, unsubscribe, place })
}

/// `Name <address>` or a bare address.
pub(crate) fn mailbox(text: &Text, findings: &mut Findings) -> Option<(Option<String>, Address)> {
    let value = text.value().trim();
    let (name, address) = match value.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"').trim(), address),
        None => ("", value),
    };
    if name.chars().any(char::is_control) {
        let finding = Finding::error("name-control", text.place().clone(), "the name holds a control character");
        findings.push(finding.help("write the name on one line"));
        return None;
    }
    match Address::parse(address) {
        Ok(address) => Some((Some(name.to_owned()).filter(|name| !name.is_empty()), address)),
        Err(fault) => {
            let finding = Finding::error("bad-address", text.place().clone(), format!("\"{value}\": {fault}"));
            findings.push(finding.help("write it as \"Name <name@organisation.example>\""));
            None
        }
    }
}

fn domain(text: &Text, findings: &mut Findings) -> Option<String> {
    match Address::parse(&format!("x@{}", text.value().trim())) {
        Ok(address) => Some(address.domain().to_owned()),
        Err(fault) => {
            let finding = Finding::error("bad-address", text.place().clone(), format!("`message_id_domain`: {fault}"));
            findings.push(finding.help("write the organisation's own domain, such as \"board.example\""));
            None
        }
    }
}

fn unsubscribe(texts: &[Text], findings: &mut Findings) -> Unsubscribe {
    let mut ways = Unsubscribe::default();
    for text in texts {
        let uri = text.value().trim();
        let plain = uri.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b','));
        if plain && uri.starts_with("https://") && uri.len() > 8 {
            ways.https = Some(uri.to_owned());
            continue;
        }
        let address = uri.strip_prefix("mailto:").map(|rest| rest.split('?').next().unwrap_or_default());
        if plain && address.is_some_and(|address| Address::parse(address).is_ok()) {
            ways.mailto = Some(uri.to_owned());
            continue;
        }
        let message = format!("\"{uri}\" is no way to unsubscribe");
        let finding = Finding::error("link-scheme", text.place().clone(), message);
        findings
            .push(finding.help("write \"mailto:list@organisation.example?subject=Unsubscribe\" or an https address"));
    }
    ways
}
