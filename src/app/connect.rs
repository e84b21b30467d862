//! From the settings to a way to the server: the secret is fetched here, when it is needed, and nowhere else.

use std::path::Path;
use std::sync::Arc;

use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::ready::WeekReady;
use crate::exit::Exit;
use crate::settings::{self, Settings};
use crate::transport::{
    Connector, Credentials, Deadlines, Destination, OAuthClient, OAuthSettings, Secret, Security, SignIn, SmtpSettings,
    TokenSource, TokenStore, Trust,
};

/// The connector of a week's settings, its password fetched.
///
/// # Errors
/// [`Fault`] 78 when the password cannot be had or the certificates cannot be read.
pub fn connector(app: &App, week: &WeekReady) -> anyhow::Result<Connector> {
    connection_of(app, &week.settings)
}

/// As [`connector`], without a week.
///
/// # Errors
/// As [`connector`].
pub(crate) fn connection_of(app: &App, settings: &Settings) -> anyhow::Result<Connector> {
    match &settings.transport.destination {
        Destination::Outbox { folder } => Ok(Connector::outbox(app.project.join(folder), folder)),
        Destination::Smtp(smtp) => {
            let credentials = credentials(app, smtp)?;
            let trust = trust(app, smtp)?;
            let made = Connector::smtp(smtp, credentials, &trust, deadlines(app, smtp)?);
            Ok(made.map_err(|error| Fault::new(Exit::Config, error.to_string()))?)
        }
    }
}

/// Those of the standard. Nobody may shorten them for a real server, where giving up early makes second copies.
fn deadlines(app: &App, smtp: &SmtpSettings) -> Result<Deadlines, Fault> {
    match app.patience {
        None => Ok(Deadlines::default()),
        Some(patience) if smtp.is_on_this_computer() => Ok(Deadlines::default().at_most(patience)),
        Some(_) => Err(Fault::new(Exit::Usage, "--patience is for tests against a mail server on this computer")
            .help("leave it out: a server that is given up early may have the message")),
    }
}

fn credentials(app: &App, smtp: &SmtpSettings) -> Result<Option<Credentials>, Fault> {
    if let (Some(username), Some(oauth)) = (&smtp.username, &smtp.oauth) {
        let client = oauth_client(app, oauth)?;
        let store = TokenStore::new(oauth, username, app.project.root());
        let secret = Secret::Token(Arc::new(TokenSource::new(client, store, Arc::clone(&app.clock))));
        return Ok(Some(Credentials { username: username.clone(), secret, mechanism: SignIn::XOAuth2 }));
    }
    let (Some(username), Some(source)) = (&smtp.username, &smtp.password) else { return Ok(None) };
    let secret = settings::resolve(source, app.project.root()).map_err(|error| {
        Fault::new(Exit::Config, error.to_string()).help("`password` in [transport] says where the password is")
    })?;
    Ok(Some(Credentials { username: username.clone(), secret: Secret::Fixed(secret), mechanism: smtp.sign_in }))
}

/// A client of the provider that the settings name, the application's secret fetched.
///
/// # Errors
/// [`Fault`] 78 when the secret cannot be had.
pub(crate) fn oauth_client(app: &App, oauth: &OAuthSettings) -> Result<OAuthClient, Fault> {
    let fetch = |source| {
        settings::resolve(source, app.project.root()).map_err(|error| {
            let help = "`client_secret` in [transport.oauth] says where the secret is";
            Fault::new(Exit::Config, error.to_string()).help(help)
        })
    };
    let secret = oauth.client_secret.as_ref().map(fetch).transpose()?;
    let made = OAuthClient::new(oauth, secret.as_ref());
    made.map_err(|error| Fault::new(Exit::Config, error.to_string()).help(error.help()))
}

fn trust(app: &App, smtp: &SmtpSettings) -> Result<Trust, Fault> {
    let Some(file) = &smtp.ca_file else { return Ok(Trust::System) };
    let path = app.project.root().join(Path::new(file.value()));
    let pem = std::fs::read(&path)
        .map_err(|error| Fault::new(Exit::Config, format!("`ca_file` \"{}\" cannot be read: {error}", file.value())))?;
    Trust::from_pem(&pem).map_err(|error| Fault::new(Exit::Config, error.to_string()))
}

/// The way in words: `the folder outbox/`, `smtp.board.example:587 with STARTTLS`. Needs no secret.
#[must_use]
pub fn describe(week: &WeekReady) -> String {
    match &week.settings.transport.destination {
        Destination::Outbox { folder } => format!("the folder {}/", folder.trim_end_matches('/')),
        Destination::Smtp(smtp) => {
            let how = match smtp.security {
                Security::StartTls => "with STARTTLS",
                Security::Tls => "with TLS",
                Security::None => "without encryption, on this computer",
            };
            format!("{}:{} {how}", smtp.host, smtp.port)
        }
    }
}
