//! `password`: never the password itself, always the place where it is kept.

use crate::document::{Table, Value};
use crate::model::{Finding, Findings, Text};

/// Where a password is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordSource {
    /// An environment variable.
    Env(String),
    /// A file that only its owner can read.
    File(String),
    /// A command that prints it.
    Command(String),
    /// An entry of the operating system's keyring.
    Keyring(String),
}

const WAYS: &str = "{ env = \"SMTP_PASSWORD\" }, { file = \"smtp-password.txt\" }, \
                    { command = \"…\" } or { keyring = \"…\" }";

/// Reads the source of the password.
pub(crate) fn password(table: &mut Table, findings: &mut Findings) -> Option<PasswordSource> {
    secret_source(table, "password", findings)
}

/// Reads the source of any secret.
pub(crate) fn secret_source(table: &mut Table, key: &'static str, findings: &mut Findings) -> Option<PasswordSource> {
    let place = table.key_place(key);
    let node = table.take(key)?;
    let place = place.unwrap_or_else(|| node.place.clone());
    if !matches!(node.value, Value::Table(_)) {
        let message = format!("`{key}` is written out, where everybody who gets this file can read it");
        let help =
            format!("say where it is kept: {key} = {WAYS}; and change the password, if the file has been shared");
        findings.push(Finding::error("literal-password", place, message).help(help));
        return None;
    }
    let mut source = table.nested(key, node, findings)?;
    let mut found: Vec<(&str, Text)> = Vec::new();
    let mut unreadable = false;
    for way in ["env", "file", "command", "keyring"] {
        let has = source.has(way);
        let text = if way == "file" { source.path(way, findings) } else { source.text(way, findings) };
        unreadable |= has && text.is_none();
        found.extend(text.map(|text| (way, text)));
    }
    source.finish(findings);
    match found.as_slice() {
        _ if unreadable => None,
        [(way, text)] => one(way, text, findings),
        several => {
            let message = match several {
                [] => format!("`{key}` does not say where it is kept"),
                [(first, _), (second, _), ..] => format!("`{key}` names both `{first}` and `{second}`"),
                [_] => return None,
            };
            findings.push(
                Finding::error("wrong-value", place, message).help(format!("give exactly one of {key} = {WAYS}")),
            );
            None
        }
    }
}

fn one(key: &str, text: &Text, findings: &mut Findings) -> Option<PasswordSource> {
    let value = text.value().trim();
    if value.is_empty() {
        findings.push(Finding::error("blank", text.place().clone(), format!("`{key}` is blank")));
        return None;
    }
    let value = value.to_owned();
    Some(match key {
        "env" => return variable(text, findings),
        "file" => PasswordSource::File(value),
        "command" => PasswordSource::Command(value),
        _ => PasswordSource::Keyring(value),
    })
}

/// The name of an environment variable; not its value, and not `$NAME`.
fn variable(text: &Text, findings: &mut Findings) -> Option<PasswordSource> {
    let written = text.value().trim();
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    if is_name(written) {
        return Some(PasswordSource::Env(written.to_owned()));
    }
    // The value may be the password itself, so the message does not repeat it.
    let bare = written.trim_start_matches('$').trim_matches(|c| c == '{' || c == '}' || c == '%');
    let help = if is_name(bare) && bare != written {
        format!("write the bare name: {{ env = \"{bare}\" }}")
    } else {
        "write the name of the variable, such as { env = \"SMTP_PASSWORD\" }, and put the password into the variable"
            .to_owned()
    };
    let message = "`env` is not the name of an environment variable";
    findings.push(Finding::error("wrong-value", text.place().clone(), message).help(help));
    None
}
