//! `install` and `uninstall` with programs of the system that the test stands in for: what is written, asked and read back,
//! and that nothing else is touched.
#![cfg(unix)]

mod afterwards;
mod other_systems;
mod set_up;

use std::path::PathBuf;

use crate::support::fake_program::FakePrograms;
use crate::support::program::Invocation;
use crate::support::run::Run;
use crate::support::workspace::Workspace;

/// What `systemctl show` says of two timers that are on.
const ON: &str = "case \"$*\" in *show*) for unit in \"$5\" \"$6\"; do \
                  [ \"$unit\" = \"$5\" ] || echo; echo \"Id=$unit\"; echo ActiveState=active; echo UnitFileState=enabled; \
                  echo \"NextElapseUSecRealtime=Mon 2027-03-15 08:30:00 UTC\"; done;; esac";

struct Computer {
    workspace: Workspace,
    programs: FakePrograms,
}

impl Computer {
    fn new(workspace: Workspace, programs: impl FnOnce(FakePrograms) -> FakePrograms) -> Self {
        let programs = programs(FakePrograms::new(&workspace.home()));
        Self { workspace, programs }
    }

    /// A computer on which systemd does as it is asked.
    fn with_systemd() -> Self {
        let lingers = "case \"$*\" in *Linger*) echo no;; esac";
        Self::new(Workspace::small_week(), |programs| {
            programs.with("systemctl", &ON.replace("$5", "$4").replace("$6", "$5")).with("loginctl", lingers)
        })
    }

    fn invoke(&self, arguments: &[&str]) -> Invocation {
        let config = self.config();
        let invocation = self.workspace.invoke(arguments.iter().copied());
        invocation.env("PATH", &self.programs.path()).env("XDG_CONFIG_HOME", &config.to_string_lossy())
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> Run {
        self.invoke(arguments).run()
    }

    fn config(&self) -> PathBuf {
        self.workspace.home().join("config")
    }

    /// The files in a folder below the home, sorted.
    fn files(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.workspace.home().join(folder)).into_iter().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// A text without what differs from run to run.
    fn masked(&self, text: &str) -> String {
        let home = self.workspace.home();
        let name = self.name();
        text.replace(&*home.to_string_lossy(), "HOME").replace(&name, "NAME")
    }

    /// What the scheduler calls the project.
    fn name(&self) -> String {
        let json = self.run(&["install", "--dry-run", "--format", "json"]).succeeds().json();
        json["name"].as_str().unwrap().to_owned()
    }
}
