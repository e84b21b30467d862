//! `install` and `uninstall` with programs of the system that the test stands in for: what is written, asked and read back,
//! and that nothing else is touched.
#![cfg(unix)]

use std::path::PathBuf;

use crate::support::fake_program::FakePrograms;
use crate::support::golden::assert_golden;
use crate::support::program::Invocation;
use crate::support::run::Run;
use crate::support::small_week::smtp_settings;
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

#[test]
fn what_is_installed_is_said_and_goes_again() {
    let computer = Computer::with_systemd();
    let name = computer.name();
    assert!(computer.programs.calls().is_empty() && computer.files("config").is_empty(), "a dry run does nothing");
    let mut said = computer.masked(&computer.run(&["install"]).succeeds().transcript());
    let calls = computer.programs.calls();
    let timers = format!("{name}.timer {name}-again.timer");
    let asked = |verb: &str| format!("systemctl --user {verb}");
    assert_eq!(
        calls[..3],
        [asked("daemon-reload"), asked(&format!("enable {timers}")), asked(&format!("restart {timers}"))]
    );
    assert!(calls[3].starts_with("systemctl --user show --property=") && calls[3].ends_with(&timers), "{calls:?}");
    let units = [format!("{name}-again.timer"), format!("{name}.service"), format!("{name}.timer")];
    assert_eq!(computer.files("config/systemd/user"), units);
    said += &computer.masked(&computer.run(&["install"]).succeeds().says("Written anew").transcript());
    said += &computer.masked(&computer.run(&["install", "--format", "json"]).succeeds().transcript());
    // Somebody else's file beside ours stays.
    std::fs::write(computer.config().join("systemd/user/other.timer"), "[Timer]\n").unwrap();
    computer.programs.calls();
    said += &computer.masked(&computer.run(&["uninstall"]).succeeds().transcript());
    assert_eq!(computer.programs.calls(), [asked(&format!("disable --now {timers}")), asked("daemon-reload")]);
    assert_eq!(computer.files("config/systemd/user"), ["other.timer"]);
    said += &computer.masked(&computer.run(&["uninstall"]).succeeds().transcript());
    assert!(computer.programs.calls().is_empty());
    assert!(!computer.workspace.path().join("weekcast.db").exists(), "no ledger is made for it");
    assert_golden("installed/systemd.txt", said);
}

#[test]
fn with_sudo_and_without_system_nothing_is_set_up_for_root() {
    let as_user = |number: u32| {
        Computer::new(Workspace::small_week(), |programs| {
            let timers = ON.replace("$5", "$4").replace("$6", "$5");
            programs.with("systemctl", &timers).with("launchctl", "exit 0").with("id", &format!("echo {number}"))
        })
    };
    let with_sudo = |computer: &Computer, line: &str| {
        computer.invoke(&line.split(' ').collect::<Vec<_>>()).env("SUDO_USER", "officer").run()
    };
    let root = as_user(0);
    for line in ["install", "install --dry-run", "install --acting-on launchd"] {
        let run = with_sudo(&root, line).exits(64).complains("for root alone");
        run.complains("sudo weekcast install --system --user officer").complains("weekcast install, without sudo");
    }
    assert!(root.files("config").is_empty() && root.programs.calls().iter().all(|call| call == "id -u"));
    // Files for another computer, the whole computer's schedule and what takes it away are as ever.
    with_sudo(&root, "install --print").succeeds();
    with_sudo(&root, "install --system --user officer --dry-run").succeeds().says("/etc/systemd/system");
    with_sudo(&root, "uninstall").succeeds();
    // sudo may also give another person's rights.
    with_sudo(&as_user(1000), "install").succeeds().says("It is on, as your own systemd says");
}

#[test]
fn where_systemd_cannot_be_asked_it_is_said_what_to_type() {
    let computer = Computer::with_systemd();
    let nobody = |computer: &Computer, arguments: &[&str]| computer.invoke(arguments).env("PATH", "/nonexistent").run();
    let run = nobody(&computer, &["install"]).exits(1).says("NOT on yet: there is no systemctl here");
    run.says("systemctl --user enable").says("loginctl enable-linger");
    assert_eq!(computer.files("config/systemd/user").len(), 3);
    // What enabling by hand leaves goes too.
    let wants = computer.config().join("systemd/user/timers.target.wants");
    std::fs::create_dir(&wants).unwrap();
    let timer = format!("{}.timer", computer.name());
    std::os::unix::fs::symlink(computer.config().join("systemd/user").join(&timer), wants.join(&timer)).unwrap();
    nobody(&computer, &["uninstall"]).exits(1).says("systemctl --user stop");
    assert_eq!(computer.files("config/systemd/user"), ["timers.target.wants"]);
    assert!(computer.files("config/systemd/user/timers.target.wants").is_empty());
}

#[test]
fn a_file_of_somebody_else_is_never_overwritten_or_removed() {
    let computer = Computer::with_systemd();
    let folder = computer.config().join("systemd/user");
    std::fs::create_dir_all(&folder).unwrap();
    let theirs = folder.join(format!("{}.timer", computer.name()));
    std::fs::write(&theirs, "[Timer]\nOnCalendar=daily\n").unwrap();
    computer.run(&["install"]).exits(74).complains("was not written by weekcast install");
    assert_eq!(computer.files("config/systemd/user").len(), 1);
    computer.run(&["uninstall"]).succeeds().says("Nothing of this project is installed");
    std::fs::remove_file(&theirs).unwrap();
    std::os::unix::fs::symlink("/dev/null", &theirs).unwrap();
    computer.run(&["install"]).exits(74);
    assert!(theirs.is_symlink());
}

#[test]
fn a_timer_that_is_not_on_is_not_called_installed() {
    let dead = ON.replace("$5", "$4").replace("$6", "$5").replace("ActiveState=active", "ActiveState=inactive");
    let computer = Computer::new(Workspace::small_week(), |programs| programs.with("systemctl", &dead));
    computer.run(&["install"]).exits(1).says("It is NOT on yet").says("is inactive");
    let computer = Computer::new(Workspace::small_week(), |programs| {
        programs.with("systemctl", "echo 'Failed to connect to bus: No medium found' >&2; exit 1")
    });
    computer.run(&["install"]).exits(1).says("No medium found");
}

#[test]
fn a_week_with_mistakes_or_one_that_is_over_is_not_installed() {
    let mut computer = Computer::with_systemd();
    computer.workspace.set_now("2027-04-30T09:00:00Z");
    computer.run(&["install"]).exits(65).complains("is over");
    computer.workspace.set_now("2027-03-01T09:00:00Z");
    let workspace = &computer.workspace;
    let week = workspace.read("broadcasts/march.toml").replace("\"schools\"]", "\"nobody\"]");
    workspace.write("broadcasts/march.toml", week);
    computer.run(&["install"]).exits(65).complains("nothing is written or sent");
    assert!(computer.files("config").is_empty());
}

#[test]
fn days_that_are_over_are_not_promised() {
    let mut computer = Computer::with_systemd();
    let lines = |computer: &Computer| -> Vec<String> {
        let said = computer.run(&["install"]).succeeds().stdout;
        said.lines().filter(|line| line.contains("(Europe/London)")).map(|line| line.trim().to_owned()).collect()
    };
    computer.workspace.set_now("2027-03-15T15:00:00Z");
    assert_eq!(
        lines(&computer),
        [
            "Monday 15 March 2027, 08:30 (Europe/London): this time has passed; what is left of the day is looked at until \
             Tuesday 16 March 2027, 08:30",
            "Tuesday 16 March 2027, 08:30 (Europe/London)",
        ]
    );
    computer.workspace.set_now("2027-03-16T08:29:00Z");
    assert_eq!(lines(&computer)[1], "Tuesday 16 March 2027, 08:30 (Europe/London)");
    // What was told a day before still counts as told.
    computer.run(&["run", "--once"]).exits(76).conceals("told other times");
    computer.workspace.set_now("2027-03-16T09:00:00Z");
    assert_eq!(lines(&computer)[0], "Monday 15 March 2027, 08:30 (Europe/London): over");
    let json = computer.run(&["install", "--format", "json"]).succeeds().json();
    let times = (&json["times"], &json["times_over"]);
    let both = serde_json::json!(["2027-03-15T08:30:00+00:00", "2027-03-16T08:30:00+00:00"]);
    assert_eq!(times, (&serde_json::json!([]), &both));
}

#[test]
fn what_a_scheduler_lacks_is_said_before() {
    let secret = "connections = 1\nusername = \"news\"\npassword = { env = \"BOARD_PASSWORD\" }\n";
    let settings = smtp_settings(2525, secret).replace("security = \"none\"", "security = \"starttls\"");
    let settings =
        format!("{}\n[notify]\nto = \"officer@board.example\"\n", settings.replace("127.0.0.1", "mail.board.example"));
    let computer = Computer::new(Workspace::small_week().settings(&settings), |programs| {
        programs.with("systemctl", "exit 1").with("loginctl", "echo yes")
    });
    let run = computer.run(&["install"]).exits(1).says("the password is BOARD_PASSWORD in the environment");
    assert!(
        !run.stdout.contains("nobody is told by e-mail") && !run.stdout.contains("enable-linger"),
        "{}",
        run.stdout
    );
}

#[test]
fn the_record_and_the_doctor_know_of_it() {
    let mut computer = Computer::with_systemd();
    let point = |computer: &Computer, status| {
        let whole = computer.run(&["doctor", "--format", "json"]).exits(status).json();
        let points = whole["points"].as_array().unwrap();
        let found = points.iter().find(|point| point["name"] == "schedule").unwrap();
        format!("{}: {}", found["finding"].as_str().unwrap(), found["says"].as_str().unwrap())
    };
    assert!(point(&computer, 0).starts_with("not_looked: nothing is installed"));
    computer.workspace.set_now("2027-03-15T08:31:00Z");
    computer.run(&["send", "monday", "--yes"]).succeeds();
    computer.run(&["install"]).succeeds();
    assert_eq!(
        point(&computer, 0),
        "good: your own systemd sends each day; it looks next on Monday 15 March 2027 at 08:30"
    );
    let week = computer.workspace.read("broadcasts/march.toml").replace("30 8 * * MON-FRI", "45 9 * * MON-FRI");
    computer.workspace.write("broadcasts/march.toml", week);
    assert!(point(&computer, 0).starts_with("care: your own systemd was told other times"), "{}", point(&computer, 0));
    computer.run(&["uninstall"]).succeeds();
    let history = computer.run(&["history"]).succeeds().stdout;
    assert!(history.contains("sending by the computer was installed"), "{history}");
    assert!(history.contains("sending by the computer was uninstalled"), "{history}");
    computer.run(&["recipients", "acts"]).succeeds().conceals("installed");
    computer.run(&["verify", "--format", "json"]).succeeds();
}

#[test]
fn a_run_says_when_the_week_has_other_times_than_the_computer_was_told() {
    let computer = Computer::with_systemd();
    let words = "told other times than the week has now";
    computer.run(&["run", "--once"]).succeeds().conceals(words);
    computer.run(&["install"]).succeeds();
    computer.run(&["run", "--once"]).succeeds().conceals(words);
    computer.run(&["move", "tuesday", "2027-03-17"]).succeeds().complains("To tell it the new ones: weekcast install");
    computer.run(&["run", "--once"]).succeeds().complains(words);
    computer.run(&["install"]).succeeds();
    let hint = "To tell it the new ones: weekcast install --week march";
    computer.run(&["drop", "monday", "--dry-run"]).succeeds().conceals(hint);
    computer.run(&["drop", "monday"]).succeeds().complains(hint);
    computer.run(&["drop", "monday", "--undo"]).succeeds().complains(hint);
    let workspace = &computer.workspace;
    let notify = format!("{}\n[notify]\nto = \"officer@board.example\"\n", workspace.read("weekcast.toml"));
    workspace.write("weekcast.toml", notify);
    let later = workspace.read("broadcasts/march.toml").replace("30 8 * * MON-FRI", "45 9 * * MON-FRI");
    workspace.write("broadcasts/march.toml", later);
    for _ in 0..2 {
        computer.run(&["run", "--once"]).succeeds().complains(words);
    }
    let notices = workspace.names("outbox");
    assert_eq!(notices.len(), 1, "{notices:?}");
    let notice = workspace.read(format!("outbox/{}", notices[0]));
    assert!(notice.contains("Subject: weekcast: the week march has other times"), "{notice}");
    computer.run(&["install"]).succeeds();
    computer.run(&["run", "--once"]).succeeds().conceals(words);
}

#[test]
fn task_scheduler_and_launchd_are_asked_in_their_own_words() {
    let query = "case \"$*\" in *Query*) [ -e \"$0.made\" ] || exit 1; echo '<Source>Written by weekcast install</Source>';; \
                 *Create*) touch \"$0.made\";; *Delete*) ;; esac";
    let computer = Computer::new(Workspace::small_week(), |programs| {
        programs.with("schtasks", query).with("whoami", "echo 'BOARD\\officer'").with("launchctl", "exit 0")
    });
    let name = computer.name();
    computer.programs.calls();
    // The paths are those of Linux here, which Task Scheduler does not take.
    computer.run(&["install", "--acting-on", "windows"]).exits(64).complains("no whole path");
    computer.run(&["uninstall", "--acting-on", "windows"]).succeeds().says("Nothing of this project is installed");
    computer.programs.calls();
    let windows = ["install", "--acting-on", "windows", "--program", "C:\\w\\weekcast.exe", "--folder", "C:\\w\\board"];
    computer.run(&windows).succeeds().says("It is on, as Task Scheduler says");
    let calls = computer.programs.calls();
    let tasks: Vec<&str> = calls.iter().filter_map(|call| call.split(" /TN ").nth(1)?.split(' ').next()).collect();
    let folder = "weekcast\\weekcast-board-";
    assert!(calls[0] == "whoami " && tasks.iter().all(|task| task.starts_with(folder)), "{calls:?}");
    assert!(calls[2].starts_with("schtasks /Create /F /TN ") && tasks[2].ends_with("-again"), "{calls:?}");
    computer.run(&["uninstall", "--acting-on", "windows"]).succeeds().says("-again\n");
    assert!(computer.programs.calls().iter().any(|call| call.starts_with("schtasks /Delete /F /TN weekcast\\")));
    computer.run(&["install", "--acting-on", "launchd"]).succeeds().says("It is on, as your own launchd says");
    let calls = computer.programs.calls();
    assert!(
        calls[0].starts_with("launchctl bootstrap gui/") && calls[0].ends_with(&format!("LaunchAgents/{name}.plist")),
        "{calls:?}"
    );
    assert!(calls[1].starts_with("launchctl print gui/") && calls[1].ends_with(&name), "{calls:?}");
    assert_eq!(computer.files("Library/LaunchAgents"), [format!("{name}.plist")]);
    computer.run(&["uninstall", "--acting-on", "launchd"]).succeeds();
    assert!(computer.files("Library/LaunchAgents").is_empty());
}
