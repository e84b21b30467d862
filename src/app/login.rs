//! `login`: a person signs in at the provider, the tokens are kept, and the mail server is shown the first one.

use std::sync::Arc;

use chrono::SecondsFormat;
use serde::Serialize;

use crate::app::connect::{connection_of, oauth_client};
use crate::app::context::{App, Format};
use crate::app::fault::Fault;
use crate::app::hand_over::block_on;
use crate::exit::Exit;
use crate::settings::Settings;
use crate::transport::{
    BrowserSignIn, Destination, Grant, OAuthClient, OAuthError, OAuthSettings, TokenStore, Tokens, sign_in_by_device,
};

/// Signs in as the settings say; `device` asks for a code although they say browser. `open` shows a page, if it can.
///
/// # Errors
/// [`Fault`] where the settings have no OAuth, the provider refuses, or the mail server does not take the token.
pub fn login(app: &mut App, settings: &Settings, device: bool, open: &dyn Fn(&str) -> bool) -> anyhow::Result<Exit> {
    let Destination::Smtp(smtp) = &settings.transport.destination else {
        let fault = Fault::new(Exit::Usage, "mail goes to the folder outbox/, which needs no sign-in");
        return Err(fault.help("set up [transport] with kind = \"smtp\" first").into());
    };
    let (Some(username), Some(oauth)) = (&smtp.username, &smtp.oauth) else {
        let fault = Fault::new(Exit::Usage, "[transport] in weekcast.toml has no [transport.oauth]");
        return Err(fault.help("login is for Microsoft 365 and Google; a password needs none").into());
    };
    let signed_in = sign_in(app, (username, oauth), device, open)?;
    let connector = Arc::new(connection_of(app, settings)?);
    let domain = username.rsplit_once('@').map_or("localhost", |(_, domain)| domain).to_owned();
    let checked = block_on(async { Ok(connector.check(&domain).await) })?;
    match checked {
        Ok(()) => {
            let taken_by = connector.describe();
            match app.format {
                Format::Text => app.streams.out(&format!("{taken_by} takes the sign-in.\n"))?,
                Format::Json => app.streams.json(&signed_in.taken_by(taken_by))?,
            }
            Ok(Exit::Done)
        }
        Err(failure) => {
            let words = crate::send::words(&failure);
            let help = "show IT this answer: the account must be allowed to send by SMTP with OAuth";
            Err(Fault::new(Exit::Unavailable, format!("the mail server did not take the sign-in: {words}"))
                .help(help)
                .into())
        }
    }
}

/// `login --format json`.
#[derive(Debug, Serialize)]
pub(crate) struct SignedIn {
    account: String,
    provider: String,
    /// When the token ends, RFC 3339.
    expires_at: String,
    /// Whether it is renewed by itself.
    renewed: bool,
    /// The server that was shown the token.
    taken_by: Option<String>,
}

impl SignedIn {
    /// Adds the server.
    pub(crate) fn taken_by(self, server: String) -> Self {
        Self { taken_by: Some(server), ..self }
    }
}

/// Gets the tokens of an account and keeps them.
///
/// # Errors
/// [`Fault`] where the provider refuses, or the tokens cannot be kept.
pub(crate) fn sign_in(
    app: &mut App,
    (username, oauth): (&str, &OAuthSettings),
    device: bool,
    open: &dyn Fn(&str) -> bool,
) -> anyhow::Result<SignedIn> {
    let client = oauth_client(app, oauth)?;
    let grant = if device { Grant::Device } else { oauth.grant };
    if grant == Grant::Device && oauth.provider.device_url.is_none() {
        let fault = Fault::new(Exit::Usage, format!("{} gives out no codes for mail", oauth.provider.host()));
        return Err(fault.help("sign in with the browser: weekcast login").into());
    }
    let tokens = block_on(async { Ok(tokens(app, (&client, oauth, grant), username, open).await) })?;
    let tokens = tokens.map_err(|error| fault(&error))?;
    TokenStore::new(oauth, username, app.project.root()).keep(&tokens).map_err(|error| fault(&error))?;
    let until = tokens.expires_at.with_timezone(&chrono_tz::Europe::London).format("%-d %B %Y, %H:%M");
    let renewed = tokens.refresh.is_some() || grant == Grant::Client;
    let lasting = if renewed {
        "it is renewed by itself".to_owned()
    } else {
        format!("it is good until {until}, and the provider gave nothing to renew it with")
    };
    let provider = oauth.provider.host().to_string();
    let words = format!("Signed in as {username} at {provider}; {lasting}.\n");
    match app.format {
        Format::Text => app.streams.out(&words)?,
        Format::Json => app.streams.note(&words),
    }
    let expires_at = tokens.expires_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    Ok(SignedIn { account: username.to_owned(), provider, expires_at, renewed, taken_by: None })
}

async fn tokens(
    app: &mut App,
    (client, oauth, grant): (&OAuthClient, &OAuthSettings, Grant),
    username: &str,
    open: &dyn Fn(&str) -> bool,
) -> Result<Tokens, OAuthError> {
    let clock = Arc::clone(&app.clock);
    let now = || clock.now();
    match grant {
        Grant::Client => client.as_application(now()),
        Grant::Device => {
            let show = |code: &crate::transport::DeviceCode| {
                app.streams.err(&format!("Open {} on any device, and type this code: {}\n", code.page, code.code));
            };
            sign_in_by_device(client, now, show).await
        }
        Grant::Browser => {
            let waiting = BrowserSignIn::begin(client, username).await?;
            let how =
                if open(&waiting.page) { "Your browser shows the page of" } else { "Open this page to sign in at" };
            app.streams.err(&format!("{how} {}:\n{}\n", oauth.provider.host(), waiting.page));
            waiting.finish(now).await
        }
    }
}

fn fault(error: &OAuthError) -> Fault {
    let exit = match error {
        OAuthError::Store { .. } | OAuthError::Open { .. } => Exit::Io,
        OAuthError::Address(_) => Exit::Config,
        _ => Exit::Unavailable,
    };
    Fault::new(exit, error.to_string()).help(error.help())
}
