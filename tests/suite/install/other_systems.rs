//! Task Scheduler and launchd, by programs that stand in for theirs.

use crate::install::Computer;
use crate::support::workspace::Workspace;

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
