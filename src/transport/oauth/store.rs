//! The cache of tokens: one file, for its owner only, replaced as a whole.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use crate::transport::oauth::error::OAuthError;
use crate::transport::oauth::tokens::Tokens;
use crate::transport::settings::OAuthSettings;

/// The cache of one account.
#[derive(Debug, Clone)]
pub struct TokenStore {
    path: PathBuf,
    owner: String,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    /// Whose tokens: provider, application and account. Those of another are no good.
    owner: String,
    access_token: String,
    refresh_token: Option<String>,
    expires_at: DateTime<Utc>,
}

impl TokenStore {
    /// The cache of an account, in the project folder.
    #[must_use]
    pub fn new(settings: &OAuthSettings, username: &str, project: &Path) -> Self {
        let owner = format!("{} {} {username}", settings.provider.token_url, settings.client_id);
        Self { path: project.join(&settings.token_file), owner }
    }

    /// What is kept, if it is this account's.
    ///
    /// # Errors
    /// [`OAuthError::Store`], [`OAuthError::Open`].
    pub fn load(&self) -> Result<Option<Tokens>, OAuthError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(self.fault("read", cause)),
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let about = std::fs::metadata(&self.path).map_err(|cause| self.fault("read", cause))?;
            let mode = about.permissions().mode() & 0o777;
            if mode & 0o077 != 0 {
                return Err(OAuthError::Open { path: self.path.display().to_string(), mode });
            }
        }
        // A damaged cache is as good as none: signing in makes a new one.
        let kept: Option<Kept> = serde_json::from_str(&text).ok();
        Ok(kept.filter(|kept| kept.owner == self.owner).map(|kept| Tokens {
            access: SecretString::from(kept.access_token),
            refresh: kept.refresh_token.map(SecretString::from),
            expires_at: kept.expires_at,
        }))
    }

    /// Keeps tokens. The file is replaced in one step, so that a crash leaves the old one or the new one.
    ///
    /// # Errors
    /// [`OAuthError::Store`].
    pub fn keep(&self, tokens: &Tokens) -> Result<(), OAuthError> {
        let kept = Kept {
            owner: self.owner.clone(),
            access_token: tokens.access.expose_secret().to_owned(),
            refresh_token: tokens.refresh.as_ref().map(|token| token.expose_secret().to_owned()),
            expires_at: tokens.expires_at,
        };
        let text = serde_json::to_string(&kept).map_err(|error| self.fault("written", error.into()))?;
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        let write = || -> std::io::Result<()> {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&beside)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&beside, &self.path)
        };
        write().map_err(|cause| self.fault("written", cause))
    }

    fn fault(&self, action: &'static str, cause: std::io::Error) -> OAuthError {
        OAuthError::Store { path: self.path.display().to_string(), action, cause }
    }
}
