//! The addresses and scopes of the providers.
//!
//! Microsoft: "Authenticate an IMAP, POP or SMTP connection using OAuth" (learn.microsoft.com); Google: "OAuth 2.0 Mechanism"
//! (developers.google.com/gmail). Their device code flow cannot ask for mail at Google.

/// Where tokens come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// The page where a person signs in.
    pub authorize_url: String,
    /// Where tokens are given out.
    pub token_url: String,
    /// Where device codes are given out, if at all.
    pub device_url: Option<String>,
    /// What is asked for when a person signs in.
    pub scopes: Vec<String>,
    /// What is asked for when the application signs in by itself.
    pub own_scopes: Vec<String>,
    /// More parameters of the sign-in page.
    pub extra: Vec<(&'static str, &'static str)>,
}

impl Provider {
    /// Microsoft 365 of an organisation, given as a domain or a number.
    pub(crate) fn microsoft(tenant: &str) -> Self {
        let at = |path: &str| format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/{path}");
        Self {
            authorize_url: at("authorize"),
            token_url: at("token"),
            device_url: Some(at("devicecode")),
            scopes: vec!["https://outlook.office.com/SMTP.Send".to_owned(), "offline_access".to_owned()],
            own_scopes: vec!["https://outlook.office365.com/.default".to_owned()],
            extra: Vec::new(),
        }
    }

    /// Google Workspace.
    pub(crate) fn google() -> Self {
        Self {
            authorize_url: "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
            token_url: "https://oauth2.googleapis.com/token".to_owned(),
            device_url: None,
            scopes: vec!["https://mail.google.com/".to_owned()],
            own_scopes: Vec::new(),
            // Without these Google gives no refresh token.
            extra: vec![("access_type", "offline"), ("prompt", "consent")],
        }
    }

    /// The host that gives out the tokens, for people.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.token_url.split_once("://").map_or(self.token_url.as_str(), |(_, rest)| rest);
        rest.split(['/', '?']).next().unwrap_or(rest)
    }
}
