//! Where a person's own settings of the system lie.

use std::path::PathBuf;

/// `XDG_CONFIG_HOME` where it is a whole path, or else `.config` in the home folder (XDG Base Directory Specification);
/// `None` where there is no home folder.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the folder that reads the environment")]
pub fn config_home() -> Option<PathBuf> {
    let given = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    given.or_else(|| std::env::home_dir().map(|home| home.join(".config")))
}
