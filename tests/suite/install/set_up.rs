//! What `install` writes, asks and reads back, and what it refuses.

use crate::install::{Computer, ON};
use crate::support::golden::assert_golden;
use crate::support::small_week::smtp_settings;
use crate::support::workspace::Workspace;

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
