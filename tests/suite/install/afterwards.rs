//! What other commands know of a schedule that was installed: the record, the doctor, and runs of a week with other times.

use crate::install::Computer;

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
