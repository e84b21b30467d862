//! `[transport]` from the officer's file, with everything that is wrong in it in one pass.

use std::path::{Component, Path};

use crate::document::{Table, nearest};
use crate::model::{Finding, Findings, Place, Text};
use crate::transport::settings::data::{Destination, Profile, Security, SignIn, SmtpSettings, TransportSettings};
use crate::transport::settings::host::{hello_name, host, is_loopback, is_m365};
use crate::transport::settings::oauth::OAuthSettings;
use crate::transport::settings::pace::{number, pace};
use crate::transport::settings::password::{PasswordSource, password};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Outbox,
    Smtp,
}

impl TransportSettings {
    /// Reads the table. Keys of the other kind are read and checked too, so that `kind` can be switched to `"outbox"` for
    /// a trial and back. When an error was found, the value is only good for looking further.
    pub fn read(mut table: Table, findings: &mut Findings) -> Self {
        let kind_given = table.has("kind");
        let kind = choice(&mut table, "kind", &[("outbox", Kind::Outbox), ("smtp", Kind::Smtp)], findings);
        let folder = folder(&mut table, findings);
        let has_host = table.has("host");
        if !kind_given && has_host {
            let message = "[transport] has a `host`, but no `kind`, so mail would go to the outbox";
            let place = table.key_place("host").unwrap_or_else(|| table.place().clone());
            findings.push(Finding::error("missing-key", place, message).help("add a line: kind = \"smtp\""));
        }
        let wanted = kind == Some(Kind::Smtp) || has_host;
        let host = if wanted { host(&mut table, findings) } else { None };
        let profiles = [("m365", Profile::M365), ("relay", Profile::Relay)];
        let profile = choice(&mut table, "profile", &profiles, findings)
            .unwrap_or(if host.as_deref().is_some_and(is_m365) { Profile::M365 } else { Profile::Relay });
        let smtp = server(&mut table, host, profile, findings);
        let pace = pace(&mut table, profile, findings);
        if !wanted {
            // Asked for, so that a misspelt `host` is recognised.
            let _ = table.take("host");
        }
        table.finish(findings);
        let destination = match (kind, smtp) {
            (Some(Kind::Smtp), Some(smtp)) => Destination::Smtp(Box::new(smtp)),
            _ => Destination::Outbox { folder: folder.unwrap_or_else(|| Self::OUTBOX.to_owned()) },
        };
        Self { destination, pace }
    }
}

/// `None` without a host; everything else is read and checked nevertheless.
fn server(table: &mut Table, host: Option<String>, profile: Profile, findings: &mut Findings) -> Option<SmtpSettings> {
    let (security, port) = security_and_port(table, host.as_deref(), findings);
    let has_oauth = table.has("oauth");
    let oauth = table.table("oauth", findings).and_then(|table| OAuthSettings::read(table, findings)).map(Box::new);
    let (username, sign_in, password) = sign_in(table, has_oauth, findings);
    let ca_file = table.path("ca_file", findings).filter(|text| not_blank("ca_file", text, findings));
    let hello_name = hello_name(table, findings);
    Some(SmtpSettings { host: host?, port, security, username, sign_in, password, oauth, ca_file, hello_name, profile })
}

fn security_and_port(table: &mut Table, host: Option<&str>, findings: &mut Findings) -> (Security, u16) {
    let port: Option<u16> = number(table, "port", 1..=65_535, findings).map(|(port, _)| port);
    let place = table.key_place("security").unwrap_or_else(|| table.place().clone());
    let ways = [("starttls", Security::StartTls), ("tls", Security::Tls), ("none", Security::None)];
    let given = choice(table, "security", &ways, findings);
    // Port 465 alone says TLS from the first octet (RFC 8314 §3.3); waiting there for a banner would hang.
    let usual = if port == Some(465) { Security::Tls } else { Security::StartTls };
    let security = given.unwrap_or(usual);
    if let Some(host) = host.filter(|host| security == Security::None && !is_loopback(host)) {
        let message = format!("security = \"none\" would send messages and password to \"{host}\" for all to read");
        let finding = Finding::error("no-encryption", place, message);
        findings.push(
            finding.help("write security = \"starttls\", or \"tls\" for port 465; \"none\" is for this computer only"),
        );
    } else if let Some(better) = mismatch(security, port) {
        let message = "port and security seldom belong together like this";
        findings.push(Finding::warning("port-and-security", place, message).help(better));
    }
    (security, port.unwrap_or_else(|| security.usual_port()))
}

fn mismatch(security: Security, port: Option<u16>) -> Option<&'static str> {
    match (security, port) {
        (Security::StartTls, Some(465)) => Some("port 465 is for security = \"tls\""),
        (Security::Tls, Some(587 | 25)) => Some("port 587 is for security = \"starttls\"; \"tls\" is on port 465"),
        _ => None,
    }
}

fn sign_in(
    table: &mut Table,
    has_oauth: bool,
    findings: &mut Findings,
) -> (Option<String>, SignIn, Option<PasswordSource>) {
    let (has_username, has_password) = (table.has("username"), table.has("password"));
    let auth_place = table.key_place("auth");
    let username = table.text("username", findings).filter(|text| usable(text, findings));
    let ways = [("password", SignIn::Password), ("xoauth2", SignIn::XOAuth2)];
    let usual = if has_oauth { SignIn::XOAuth2 } else { SignIn::Password };
    let sign_in = choice(table, "auth", &ways, findings).unwrap_or(usual);
    let password_place = table.key_place("password");
    let password = password(table, findings);
    let mut incomplete = |place: Place, message: &str, help: &str| {
        findings.push(Finding::error("missing-key", place, message).help(help));
    };
    if let Some(place) = password_place.as_ref().filter(|_| has_oauth) {
        let message = "`password` and [transport.oauth] are two ways to sign in";
        incomplete(place.clone(), message, "keep one of them; Microsoft 365 and Google want [transport.oauth]");
    }
    match &username {
        Some(text) if !has_password && !has_oauth => {
            let help = "add a line: password = { env = \"SMTP_PASSWORD\" } (or { file | command | keyring = … })";
            incomplete(text.place().clone(), "there is a `username`, but no `password`", help);
        }
        None if !has_username => {
            if let Some(place) = password_place.or(auth_place) {
                incomplete(place, "there is a sign-in, but no `username`", "add a line: username = \"…\"");
            }
        }
        _ => {}
    }
    (username.map(|text| text.value().trim().to_owned()), sign_in, password)
}

pub(crate) fn not_blank(key: &str, text: &Text, findings: &mut Findings) -> bool {
    if text.is_blank() {
        findings.push(Finding::error("blank", text.place().clone(), format!("`{key}` is blank")));
    }
    !text.is_blank()
}

pub(crate) fn usable(text: &Text, findings: &mut Findings) -> bool {
    let fault = if text.is_blank() {
        "`username` is blank"
    } else if text.value().chars().any(char::is_control) {
        "`username` holds a control character"
    } else {
        return true;
    };
    let finding = Finding::error("wrong-value", text.place().clone(), fault);
    findings.push(finding.help("write the account's name, or leave out both `username` and `password`"));
    false
}

/// The outbox: a folder inside the project, because everything in it is personal data.
fn folder(table: &mut Table, findings: &mut Findings) -> Option<String> {
    let text = table.path("folder", findings)?;
    let written = text.value().trim();
    let parts = Path::new(written).components();
    let names: Vec<&str> = parts
        .map(|part| match part {
            Component::Normal(name) => name.to_str().unwrap_or_default(),
            Component::CurDir => ".",
            _ => "",
        })
        .filter(|name| *name != ".")
        .collect();
    let inside = !names.is_empty() && names.iter().all(|name| !name.is_empty());
    if inside && !written.contains(['\\', ':']) {
        return Some(names.join("/"));
    }
    let message = format!("`folder` is \"{written}\", which is not a folder inside the project");
    let finding = Finding::error("wrong-value", text.place().clone(), message);
    findings.push(finding.help("write a name such as folder = \"outbox\""));
    None
}

/// A value out of a few words.
pub(crate) fn choice<T: Copy>(
    table: &mut Table,
    key: &'static str,
    values: &[(&'static str, T)],
    findings: &mut Findings,
) -> Option<T> {
    let text = table.text(key, findings)?;
    let written = text.value().trim();
    if let Some((_, value)) = values.iter().find(|(word, _)| *word == written) {
        return Some(*value);
    }
    let words = || values.iter().map(|(word, _)| *word);
    let help = match nearest(written, words()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("write one of {}", words().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")),
    };
    let message = format!("`{key}` cannot be \"{written}\"");
    findings.push(Finding::error("wrong-value", text.place().clone(), message).help(help));
    None
}
