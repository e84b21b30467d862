//! Why there is no token, as facts.

use crate::transport::oauth::explain::explain;

/// What stands in the way of a sign-in. Never holds a token or a secret.
#[derive(Debug, thiserror::Error)]
pub enum OAuthError {
    /// Nobody has signed in yet, or the cache is another account's.
    #[error("nobody has signed in at {0} yet")]
    NotSignedIn(String),
    /// The provider said no.
    #[error("{provider} refused the sign-in: {}", explain(.code, .description))]
    Refused {
        /// Host of the provider.
        provider: String,
        /// `error` of RFC 6749 §5.2, such as `invalid_grant`.
        code: String,
        /// `error_description`, in the provider's words.
        description: String,
    },
    /// The provider cannot be reached, or its answer cannot be read.
    #[error("{provider} cannot be reached: {reason}")]
    Unreachable {
        /// Host of the provider.
        provider: String,
        /// Why, in words.
        reason: String,
    },
    /// The browser brought back something else than was sent out with it, or nothing in time.
    #[error("the browser's answer does not belong to this sign-in: {0}")]
    Browser(String),
    /// The cache of tokens cannot be read or written.
    #[error("the file \"{path}\" with the token cannot be {action}")]
    Store {
        /// The file.
        path: String,
        /// `read` or `written`.
        action: &'static str,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// Others may read the cache.
    #[error("the file \"{path}\" with the token can be read by others (mode {mode:o})")]
    Open {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
    },
    /// An address in the settings that the provider's client cannot use; found when the settings are read.
    #[error("\"{0}\" is no web address")]
    Address(String),
}

impl OAuthError {
    /// The next step.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotSignedIn(_) | Self::Browser(_) => "sign in: weekcast login",
            Self::Refused { code, .. } if code == "invalid_grant" => {
                "sign in anew: weekcast login; if it is refused again, show IT this answer"
            }
            Self::Refused { .. } => "show IT this answer, and [transport.oauth] in weekcast.toml",
            Self::Unreachable { .. } => "look whether this computer has a way to the internet, then try again",
            Self::Store { .. } => "look whether the disk is full, and who owns the file",
            Self::Open { .. } => "allow only its owner to read it: chmod 600 FILE",
            Self::Address(_) => "correct the address in [transport.oauth]",
        }
    }
}
