//! Who has root's rights for one command.

/// The person behind sudo or doas, who works as root now; `None` where nobody says so.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the folder that reads the environment")]
pub fn behind_root() -> Option<String> {
    let named = |variable| std::env::var(variable).ok().filter(|name| !name.is_empty() && name != "root");
    ["SUDO_USER", "DOAS_USER"].into_iter().find_map(named)
}
