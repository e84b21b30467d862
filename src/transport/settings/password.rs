//! `password`: never the password itself, always the place where it is kept.

use crate::document::{Table, Value};
use crate::model::{Finding, Findings, Text};
use crate::transport::settings::data::PasswordSource;

const WAYS: &str = "password = { env = \"SMTP_PASSWORD\" }, { file = \"smtp-password.txt\" }, \
                    { command = \"…\" } or { keyring = \"…\" }";

/// Reads the source of the password.
pub(crate) fn password(table: &mut Table, findings: &mut Findings) -> Option<PasswordSource> {
    let place = table.key_place("password");
    let node = table.take("password")?;
    let place = place.unwrap_or_else(|| node.place.clone());
    if !matches!(node.value, Value::Table(_)) {
        let message = "`password` is written out, where everybody who gets this file can read it";
        let help = format!("say where it is kept: {WAYS}; and change the password, if the file has been shared");
        findings.push(Finding::error("literal-password", place, message).help(help));
        return None;
    }
    let mut source = table.nested("password", node, findings)?;
    let mut found: Vec<(&str, Text)> = Vec::new();
    let mut unreadable = false;
    for key in ["env", "file", "command", "keyring"] {
        let has = source.has(key);
        let text = if key == "file" { source.path(key, findings) } else { source.text(key, findings) };
        unreadable |= has && text.is_none();
        found.extend(text.map(|text| (key, text)));
    }
    source.finish(findings);
    match found.as_slice() {
        _ if unreadable => None,
        [(key, text)] => one(key, text, findings),
        several => {
            let message = match several {
                [] => "`password` does not say where the password is kept".to_owned(),
                [(first, _), (second, _), ..] => format!("`password` names both `{first}` and `{second}`"),
                [_] => return None,
            };
            findings.push(Finding::error("wrong-value", place, message).help(format!("give exactly one of {WAYS}")));
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
