//! `weekcast.toml`: who sends, through what, and where the record is kept. The only place that reads the environment.

mod behind_root;
mod config_home;
mod error;
mod file;
mod notify;
mod organisation;
mod secret;
mod sender;

pub use behind_root::behind_root;
pub use config_home::config_home;
pub use error::SecretError;
pub use file::{SETTINGS_FILE, Settings, load};
pub use secret::{resolve, secret_file};
