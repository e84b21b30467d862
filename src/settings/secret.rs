//! Passwords from where the settings say, never from the settings themselves.

use std::path::Path;
use std::process::{Command, Stdio};

use secrecy::SecretString;

use crate::settings::error::SecretError;
use crate::transport::PasswordSource;

/// Fetches a password; relative files lie in the project folder.
///
/// # Errors
/// [`SecretError`], which names the source and never the secret.
pub fn resolve(source: &PasswordSource, project: &Path) -> Result<SecretString, SecretError> {
    let (secret, origin) = match source {
        PasswordSource::Env(name) => (variable(name)?, "the environment variable"),
        PasswordSource::File(path) => (secret_file(&project.join(path))?, "the file"),
        PasswordSource::Command(line) => (command(line, project)?, "the command"),
        PasswordSource::Keyring(_) => return Err(SecretError::Keyring),
    };
    let first = secret.lines().next().unwrap_or_default().to_owned();
    if first.is_empty() { Err(SecretError::Empty(origin)) } else { Ok(SecretString::from(first)) }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn variable(name: &str) -> Result<String, SecretError> {
    std::env::var(name).map_err(|_| SecretError::Unset(name.to_owned()))
}

/// The text of a file that only its owner may read.
///
/// # Errors
/// [`SecretError`] when it cannot be read, or others may read it.
pub fn secret_file(path: &Path) -> Result<String, SecretError> {
    let shown = path.display().to_string();
    let unreadable = |cause| SecretError::File { path: shown.clone(), cause };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path).map_err(unreadable)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(SecretError::Open { path: shown, mode });
        }
    }
    std::fs::read_to_string(path).map_err(unreadable)
}

fn command(line: &str, project: &Path) -> Result<String, SecretError> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let output = Command::new(shell)
        .args([flag, line])
        .current_dir(project)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| SecretError::Command(error.to_string()))?;
    if !output.status.success() {
        return Err(SecretError::Command(format!("it ended with {}", output.status)));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| SecretError::Command("it printed something that is not text".to_owned()))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::resolve;
    use crate::settings::error::SecretError;
    use crate::transport::PasswordSource::{Command, Env, File, Keyring};

    #[test]
    fn each_source_gives_its_first_line_or_says_what_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let secret = |source| resolve(&source, folder.path()).map(|secret| secret.expose_secret().to_owned());
        assert!(matches!(secret(Env("WEEKCAST_TEST_NO_SUCH_VARIABLE".into())), Err(SecretError::Unset(_))));
        assert!(matches!(secret(File("none".into())), Err(SecretError::File { .. })));
        assert!(matches!(secret(Keyring("x".into())), Err(SecretError::Keyring)));
        std::fs::write(folder.path().join("pw"), "correct horse\nnot this\n").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |mode| {
                let permissions = std::fs::Permissions::from_mode(mode);
                std::fs::set_permissions(folder.path().join("pw"), permissions).unwrap();
            };
            mode(0o644);
            assert!(matches!(secret(File("pw".into())), Err(SecretError::Open { mode: 0o644, .. })));
            mode(0o600);
            assert_eq!(secret(Command("cat pw".into())).unwrap(), "correct horse");
            assert!(matches!(secret(Command("exit 3".into())), Err(SecretError::Command(_))));
            assert!(matches!(secret(Command("true".into())), Err(SecretError::Empty(_))));
        }
        assert_eq!(secret(File("pw".into())).unwrap(), "correct horse");
    }
}
