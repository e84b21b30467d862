//! Why a secret cannot be had.

/// A password or key that the settings name but that is not there. Never holds the secret itself.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The environment variable is not set.
    #[error("the environment variable {0} that holds the password is not set")]
    Unset(String),
    /// The file cannot be read.
    #[error("the secret file \"{path}\" cannot be read")]
    File {
        /// The file.
        path: String,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// Others may read the file.
    #[error("the secret file \"{path}\" can be read by others (mode {mode:o}); allow only its owner: chmod 600 {path}")]
    Open {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
    },
    /// The command cannot be started or failed.
    #[error("the password command failed: {0}")]
    Command(String),
    /// Nothing came out.
    #[error("the password from {0} is empty")]
    Empty(&'static str),
    /// This build cannot ask a keyring.
    #[error(
        "this build cannot read the keyring; give the password as {{ env = … }}, {{ file = … }} or {{ command = … }}"
    )]
    Keyring,
}
