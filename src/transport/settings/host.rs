//! `host` and `hello_name`: names and addresses of servers.

use std::net::IpAddr;

use rustls::pki_types::ServerName;

use crate::document::Table;
use crate::model::{Finding, Findings, Text};

/// Reads `host` into A-labels or an address without brackets.
pub(crate) fn host(table: &mut Table, findings: &mut Findings) -> Option<String> {
    let text = table.required_text("host", findings)?;
    let written = text.value().trim();
    if let Some(host) = name(written.trim_start_matches('[').trim_end_matches(']')) {
        return Some(host);
    }
    let finding =
        Finding::error("wrong-value", text.place().clone(), format!("\"{written}\" is not the name of a server"));
    findings.push(finding.help(remedy(written)));
    None
}

/// Whether a host is this computer by its name alone; what the name resolves to is looked at again when connecting.
pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.parse::<IpAddr>().map(|address| address.to_canonical().is_loopback());
    address.unwrap_or_else(|_| host == "localhost" || host.ends_with(".localhost"))
}

/// Whether a host is client submission of Microsoft 365, whose limits hold whether or not the settings name the profile.
/// Direct send (`….mail.protection.outlook.com`) and high volume mail have others.
pub(crate) fn is_m365(host: &str) -> bool {
    ["smtp.office365.com", "smtp-legacy.office365.com", "smtp-mail.outlook.com"].contains(&host)
}

/// Reads `hello_name`: a full domain name or an address in brackets (RFC 5321 §4.1.3).
pub(crate) fn hello_name(table: &mut Table, findings: &mut Findings) -> Option<String> {
    let text = table.text("hello_name", findings)?;
    let read = |text: &Text| {
        let written = text.value().trim();
        if let Some(inner) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let address = inner.strip_prefix("IPv6:").unwrap_or(inner).parse::<IpAddr>().ok()?;
            return Some(match address {
                IpAddr::V4(address) => format!("[{address}]"),
                IpAddr::V6(address) => format!("[IPv6:{address}]"),
            });
        }
        name(written).filter(|name| name.contains('.') && name.parse::<IpAddr>().is_err())
    };
    let hello = read(&text);
    if hello.is_none() {
        let message = format!("`hello_name` is \"{}\", which is not a full name", text.value());
        let finding = Finding::error("wrong-value", text.place().clone(), message);
        findings.push(finding.help("write a name such as \"mail.board.example\", or leave the line out"));
    }
    hello
}

fn name(written: &str) -> Option<String> {
    if written.parse::<IpAddr>().is_ok() {
        return Some(written.to_owned());
    }
    let ascii = idna::domain_to_ascii(written).ok()?.to_ascii_lowercase();
    let ascii = ascii.trim_end_matches('.').to_owned();
    (!ascii.is_empty() && ServerName::try_from(ascii.as_str()).is_ok()).then_some(ascii)
}

fn remedy(written: &str) -> String {
    let bare = written.split_once("://").map_or(written, |(_, rest)| rest);
    let bare = bare.split('/').next().unwrap_or_default();
    match bare.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() && name(host).is_some() => {
            format!("write host = \"{host}\" and port = {port}, as two lines")
        }
        _ if bare != written && name(bare).is_some() => format!("write host = \"{bare}\""),
        _ => "write the name alone, such as host = \"smtp.board.example\"".to_owned(),
    }
}
