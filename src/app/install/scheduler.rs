//! The scheduler of this computer: where its files lie, and what it is asked in which order.

use std::path::{Path, PathBuf};

use crate::app::fault::Fault;
use crate::app::install::program::{CommandLine, line, shown};
use crate::exit::Exit;
use crate::scheduler::{Kind, TASK_FOLDER, label_file, task_names, unit_files};
use crate::settings;

/// Which scheduler, for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheduler {
    /// Which.
    pub kind: Kind,
    /// For the whole computer, or for the person alone who installs it.
    pub system: bool,
}

impl Scheduler {
    /// That of the system which this program was made for. The one place that asks.
    #[must_use]
    pub fn of_this_computer(system: bool) -> Self {
        let kind = if cfg!(windows) {
            Kind::Windows
        } else if cfg!(target_os = "macos") {
            Kind::Launchd
        } else {
            Kind::Systemd
        };
        Self { kind, system }
    }

    /// What it is called, with whose it is.
    #[must_use]
    pub fn title(self) -> String {
        match (self.kind, self.system) {
            (Kind::Windows, _) => "Task Scheduler".to_owned(),
            (kind, true) => format!("{} of this computer", kind.title()),
            (kind, false) => format!("your own {}", kind.title()),
        }
    }

    /// What a person types to tell it the times of a week.
    pub(crate) fn install_command(self, week: &str) -> String {
        let words: &[&str] =
            if self.system { &["sudo", "weekcast", "install", "--system"] } else { &["weekcast", "install"] };
        shown(words.iter().chain(&["--week", week]))
    }

    /// The folder of its files; `None` for Task Scheduler, which keeps them itself.
    ///
    /// # Errors
    /// [`Fault`] where nobody's home folder is known.
    pub(crate) fn folder(self) -> Result<Option<PathBuf>, Fault> {
        let no_home = || Fault::new(Exit::Io, "your home folder is not known, so there is no place for the timer");
        Ok(Some(match (self.kind, self.system) {
            (Kind::Windows, _) => return Ok(None),
            (Kind::Systemd, true) => PathBuf::from("/etc/systemd/system"),
            (Kind::Systemd, false) => settings::config_home().ok_or_else(no_home)?.join("systemd/user"),
            (Kind::Launchd, true) => PathBuf::from("/Library/LaunchDaemons"),
            (Kind::Launchd, false) => std::env::home_dir().ok_or_else(no_home)?.join("Library/LaunchAgents"),
        }))
    }

    /// The names of the files of a project, whether they are there or not.
    pub(crate) fn file_names(self, name: &str) -> Vec<String> {
        match self.kind {
            Kind::Systemd => unit_files(name).into(),
            Kind::Launchd => vec![label_file(name)],
            Kind::Windows => task_names(name).iter().map(|task| format!("{task}.xml")).collect(),
        }
    }

    /// What switches it on, once the files are in `folder`.
    pub(crate) fn switch_on(self, name: &str, folder: &Path) -> Vec<CommandLine> {
        let [_, timer, again] = unit_files(name);
        match self.kind {
            Kind::Systemd => vec![
                self.systemctl(&["daemon-reload"]),
                self.systemctl(&["enable", &timer, &again]),
                // Not `--now`: timers that run already would keep their old times.
                self.systemctl(&["restart", &timer, &again]),
            ],
            Kind::Windows => task_names(name)
                .iter()
                .map(|task| {
                    let file = folder.join(format!("{task}.xml")).to_string_lossy().into_owned();
                    line(["schtasks", "/Create", "/F", "/TN", &full_name(task), "/XML", &file])
                })
                .collect(),
            Kind::Launchd => {
                let file = folder.join(label_file(name)).to_string_lossy().into_owned();
                vec![line(["launchctl", "bootstrap", &self.domain(folder), &file])]
            }
        }
    }

    /// What switches off what is there, before its files go; also before new ones are switched on, where that is needed.
    pub(crate) fn switch_off(self, name: &str, folder: &Path) -> Vec<CommandLine> {
        let [_, timer, again] = unit_files(name);
        match self.kind {
            Kind::Systemd => vec![self.systemctl(&["disable", "--now", &timer, &again])],
            Kind::Windows => task_names(name)
                .iter()
                .map(|task| line(["schtasks", "/Delete", "/F", "/TN", &full_name(task)]))
                .collect(),
            Kind::Launchd => vec![line(["launchctl", "bootout", &format!("{}/{name}", self.domain(folder))])],
        }
    }

    /// What a person types to stop what could not be switched off, once the files are gone.
    pub(crate) fn stop_by_hand(self, name: &str, folder: &Path) -> Vec<CommandLine> {
        let [_, timer, again] = unit_files(name);
        match self.kind {
            Kind::Systemd => vec![self.systemctl(&["stop", &timer, &again])],
            Kind::Windows | Kind::Launchd => self.switch_off(name, folder),
        }
    }

    /// Links by which its files are switched on, where it makes such links.
    pub(crate) fn links(self, name: &str, folder: &Path) -> Vec<PathBuf> {
        let [_, timer, again] = unit_files(name);
        match self.kind {
            Kind::Systemd => [timer, again].map(|unit| folder.join("timers.target.wants").join(unit)).into(),
            Kind::Windows | Kind::Launchd => Vec::new(),
        }
    }

    /// What it is asked when the files are gone.
    pub(crate) fn forget(self) -> Vec<CommandLine> {
        match self.kind {
            Kind::Systemd => vec![self.systemctl(&["daemon-reload"])],
            Kind::Windows | Kind::Launchd => Vec::new(),
        }
    }

    /// What tells how it stands.
    pub(crate) fn look(self, name: &str, folder: &Path) -> CommandLine {
        let [_, timer, again] = unit_files(name);
        match self.kind {
            Kind::Systemd => self.systemctl(&[
                "show",
                "--property=Id,ActiveState,UnitFileState,NextElapseUSecRealtime",
                &timer,
                &again,
            ]),
            Kind::Windows => line(["schtasks", "/Query", "/TN", &full_name(name), "/XML"]),
            Kind::Launchd => line(["launchctl", "print", &format!("{}/{name}", self.domain(folder))]),
        }
    }

    /// What a person types on the computer that sends, for files that were made elsewhere.
    #[must_use]
    pub fn by_hand(self, name: &str) -> Vec<String> {
        let put = |folder: &str, files: String| format!("put {files} into {folder}");
        let files = self.file_names(name).join(", ");
        let mut lines = Vec::new();
        let folder = match (self.kind, self.system) {
            (Kind::Systemd, true) => "/etc/systemd/system",
            (Kind::Systemd, false) => "~/.config/systemd/user",
            (Kind::Launchd, true) => "/Library/LaunchDaemons",
            (Kind::Launchd, false) => "~/Library/LaunchAgents",
            (Kind::Windows, _) => "",
        };
        if !folder.is_empty() {
            lines.push(put(folder, files));
        }
        let domain = if self.system { "system" } else { "gui/$(id -u)" };
        match self.kind {
            Kind::Launchd => lines.push(format!("launchctl bootstrap {domain} {folder}/{}", label_file(name))),
            _ => lines.extend(self.switch_on(name, Path::new("")).iter().map(shown)),
        }
        lines
    }

    /// What is to be known besides, about files that were made elsewhere.
    #[must_use]
    pub fn remark(self) -> &'static str {
        match self.kind {
            Kind::Systemd if self.system => "",
            Kind::Systemd => "and once: loginctl enable-linger, so that it runs while nobody is signed in\n",
            Kind::Windows => {
                "in a window that was opened as administrator. The tasks run whether somebody is signed in or not, and keep no \
                 password (S4U):\nthey have the network and the mail server, but neither shares of other computers nor the \
                 account's keyring. For a project on a\nshare, add /RU DOMAIN\\NAME /RP *, which asks for the password. Wake \
                 timers must be allowed in the power options.\n"
            }
            Kind::Launchd => {
                "The times are those of the week's zone, to which the Mac's clock must be set; install on the Mac itself needs \
                 no such care.\nlaunchd wakes no Mac: what it slept over is started when it wakes.\n"
            }
        }
    }

    fn systemctl(self, arguments: &[&str]) -> CommandLine {
        let whose: &[&str] = if self.system { &["systemctl"] } else { &["systemctl", "--user"] };
        whose.iter().chain(arguments).map(|word| (*word).to_owned()).collect()
    }

    /// launchd's name for whose jobs they are.
    fn domain(self, folder: &Path) -> String {
        if self.system {
            return "system".to_owned();
        }
        // Whoever owns the folder in the home is whoever installs.
        format!("gui/{}", owner(folder).unwrap_or_default())
    }
}

/// Whose a file is, by number; `None` where there are no such numbers.
#[cfg_attr(not(unix), expect(unused_variables, reason = "elsewhere people have no numbers"))]
pub(crate) fn owner(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    return std::fs::metadata(path).ok().map(|about| std::os::unix::fs::MetadataExt::uid(&about));
    #[cfg(not(unix))]
    None
}

/// A task with its folder.
fn full_name(task: &str) -> String {
    format!("{TASK_FOLDER}\\{task}")
}

#[cfg(test)]
mod tests {
    use super::Scheduler;

    #[test]
    fn the_computer_s_own_wants_an_administrator() {
        let of = |system| Scheduler::of_this_computer(system).install_command("our week");
        assert_eq!(of(false), "weekcast install --week \"our week\"");
        assert_eq!(of(true), "sudo weekcast install --system --week \"our week\"");
    }
}
