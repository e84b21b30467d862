//! Programs of the system: `systemctl`, `schtasks`, `launchctl`, `loginctl`, `id`.

use std::io::ErrorKind;
use std::process::{Command, Stdio};

/// A program and its arguments.
pub(crate) type CommandLine = Vec<String>;

/// What came of starting one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ran {
    /// There is no such program.
    Missing,
    /// It said no, in its own words.
    Refused(String),
    /// It ended well, having said this.
    Well(String),
}

/// A command line of these words.
pub(crate) fn line<const N: usize>(words: [&str; N]) -> CommandLine {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Runs one to its end. Its words are English and its times UTC, so that they can be read again.
pub(crate) fn run(command: &CommandLine) -> Ran {
    let Some((program, arguments)) = command.split_first() else { return Ran::Missing };
    tracing::info!(program, "a program of the system is asked");
    let output = Command::new(program)
        .args(arguments)
        .envs([("LC_ALL", "C"), ("TZ", "UTC"), ("SYSTEMD_PAGER", ""), ("SYSTEMD_COLORS", "0")])
        .stdin(Stdio::null())
        .output();
    match output {
        Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ran::Missing,
        Err(cause) => Ran::Refused(cause.to_string()),
        Ok(output) if output.status.success() => Ran::Well(String::from_utf8_lossy(&output.stdout).into_owned()),
        Ok(output) => {
            let words = String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
            let status = output.status.to_string();
            Ran::Refused(if words.is_empty() { format!("{program} ended with {status}") } else { words })
        }
    }
}

/// Runs several, until one does not end well.
pub(crate) fn run_all(commands: &[CommandLine]) -> Ran {
    for command in commands {
        match run(command) {
            Ran::Well(_) => {}
            other => return other,
        }
    }
    Ran::Well(String::new())
}

/// As a person types it: words with anything but letters, digits and a few signs are quoted.
#[must_use]
pub fn shown(command: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-:=@+,\\".contains(c);
    let word = |word: &str| {
        if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("\"{word}\"") }
    };
    command.into_iter().map(|one| word(one.as_ref())).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Ran, line, run, shown};

    #[test]
    fn programs_that_are_not_there_are_told_from_those_that_refuse() {
        assert_eq!(run(&line(["weekcast-no-such-program"])), Ran::Missing);
        #[cfg(unix)]
        {
            assert_eq!(run(&line(["false"])), Ran::Refused("false ended with exit status: 1".to_owned()));
            assert_eq!(run(&line(["echo", "a b"])), Ran::Well("a b\n".to_owned()));
        }
        assert_eq!(shown(line(["schtasks", "/TN", "weekcast\\a", "my week"])), "schtasks /TN weekcast\\a \"my week\"");
    }
}
