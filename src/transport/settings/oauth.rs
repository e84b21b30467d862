//! `[transport.oauth]`.

use crate::document::Table;
use crate::model::{Finding, Findings, Place, Text};
use crate::transport::settings::host::is_loopback;
use crate::transport::settings::password::{PasswordSource, secret_source};
use crate::transport::settings::provider::Provider;

/// How tokens are got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// A person signs in with the browser of this computer (RFC 6749 §4.1, RFC 7636, RFC 8252).
    Browser,
    /// A person signs in on another device, with a code (RFC 8628).
    Device,
    /// The application signs in by itself, with its secret (RFC 6749 §4.4).
    Client,
}

/// Who gives out tokens, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthSettings {
    /// The provider.
    pub provider: Provider,
    /// The way.
    pub grant: Grant,
    /// The application's number at the provider.
    pub client_id: String,
    /// Where its secret is kept, if it has one.
    pub client_secret: Option<PasswordSource>,
    /// The cache, relative to the project folder.
    pub token_file: String,
}

/// The cache where the settings name none; begins with a dot, so that nobody attaches it to anything.
const TOKEN_FILE: &str = ".weekcast-token.json";

impl OAuthSettings {
    /// Reads the table; every fault becomes a finding.
    pub(crate) fn read(mut table: Table, findings: &mut Findings) -> Option<Self> {
        let place = table.place().clone();
        let provider = provider(&mut table, findings);
        let flow = table.text("flow", findings);
        let client_id = table.required_text("client_id", findings);
        let client_secret = secret_source(&mut table, "client_secret", findings);
        let token_file = table.path("token_file", findings);
        table.finish(findings);
        let grant = grant(flow.as_ref(), findings)?;
        let settings = Self {
            provider: provider?,
            grant,
            client_id: client_id?.value().trim().to_owned(),
            client_secret,
            token_file: token_file.map_or_else(|| TOKEN_FILE.to_owned(), |text| text.value().trim().to_owned()),
        };
        settings.check(&flow.map_or(place, |text| text.place().clone()), findings);
        Some(settings)
    }

    fn check(&self, place: &Place, findings: &mut Findings) {
        let mut wrong = |message: &str, help: &str| {
            findings.push(Finding::error("oauth", place.clone(), message).help(help));
        };
        match self.grant {
            Grant::Client if self.client_secret.is_none() => wrong(
                "flow = \"client\" needs the application's secret",
                "add a line: client_secret = { env = \"…\" } (or { file | command = … })",
            ),
            Grant::Client if self.provider.own_scopes.is_empty() => {
                wrong("this provider has no sign-in for applications alone", "write flow = \"browser\"");
            }
            Grant::Device if self.provider.device_url.is_none() => {
                wrong("this provider gives out no codes for sending mail", "write flow = \"browser\"");
            }
            _ => {}
        }
    }
}

fn grant(flow: Option<&Text>, findings: &mut Findings) -> Option<Grant> {
    let Some(text) = flow else { return Some(Grant::Browser) };
    match text.value().trim() {
        "browser" => Some(Grant::Browser),
        "device" => Some(Grant::Device),
        "client" => Some(Grant::Client),
        other => {
            let finding = Finding::error("oauth", text.place().clone(), format!("`flow` cannot be \"{other}\""));
            findings.push(finding.help("write \"browser\", \"device\" or \"client\""));
            None
        }
    }
}

fn provider(table: &mut Table, findings: &mut Findings) -> Option<Provider> {
    let place = table.place().clone();
    let name = table.text("provider", findings);
    let tenant = table.text("tenant", findings);
    let mut url = |key| table.text(key, findings).and_then(|text| address(&text, findings));
    let (authorize_url, token_url, device_url) = (url("authorize_url"), url("token_url"), url("device_url"));
    let scopes = table.texts("scopes", findings);
    let scopes: Vec<String> = scopes.iter().flatten().map(|text| text.value().trim().to_owned()).collect();
    let mut wrong = |place: &Place, message: String, help: &str| {
        findings.push(Finding::error("oauth", place.clone(), message).help(help));
    };
    match name.as_ref().map(|text| (text.value().trim(), text.place())) {
        Some(("microsoft", at)) => {
            let label = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
            let tenant = tenant.as_ref().map(|text| text.value().trim()).filter(|tenant| tenant.chars().all(label));
            let Some(tenant) = tenant.filter(|tenant| !tenant.is_empty()) else {
                wrong(
                    at,
                    "Microsoft wants to know the organisation".to_owned(),
                    "add a line: tenant = \"board.example\"",
                );
                return None;
            };
            Some(Provider::microsoft(tenant))
        }
        Some(("google", _)) => Some(Provider::google()),
        Some((other, at)) => {
            let help =
                "write \"microsoft\" or \"google\", or leave it out and give authorize_url, token_url and scopes";
            wrong(at, format!("`provider` cannot be \"{other}\""), help);
            None
        }
        None => match (authorize_url, token_url) {
            (Some(authorize_url), Some(token_url)) if !scopes.is_empty() => {
                let own_scopes = scopes.clone();
                Some(Provider { authorize_url, token_url, device_url, scopes, own_scopes, extra: Vec::new() })
            }
            _ => {
                let message = "[transport.oauth] does not say who gives out the tokens".to_owned();
                wrong(&place, message, "add a line: provider = \"microsoft\", or authorize_url, token_url and scopes");
                None
            }
        },
    }
}

/// Secrets travel to these addresses: TLS, except to this computer itself.
fn address(text: &Text, findings: &mut Findings) -> Option<String> {
    let value = text.value().trim();
    let host = |rest: &str| rest.split(['/', '?', ':']).next().unwrap_or_default().to_owned();
    let good = match value.split_once("://") {
        Some(("https", rest)) => !host(rest).is_empty(),
        Some(("http", rest)) => is_loopback(&host(rest)),
        _ => false,
    };
    if good && oauth2::TokenUrl::new(value.to_owned()).is_ok() {
        return Some(value.to_owned());
    }
    let finding = Finding::error("oauth", text.place().clone(), format!("\"{value}\" is no https address"));
    findings.push(finding.help("write it as \"https://…\""));
    None
}
