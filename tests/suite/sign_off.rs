//! Sign-offs: by content and by audience, one or two people, named when they no longer count.

use crate::support::small_week::{NAME, PEOPLE, smtp_settings};
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";
const WEEK_FILE: &str = "broadcasts/march.toml";

fn week_of(people: u8, server: &SmtpServer) -> Workspace {
    let workspace = Workspace::small_week().settings(&smtp_settings(server.port(), "")).at(MONDAY_MORNING);
    workspace.edited(WEEK_FILE, "[week]\n", &format!("[week]\nsign_off = {people}\n"))
}

fn state(workspace: &Workspace) -> String {
    let status = workspace.run(["status", "monday", "--format", "json"]).succeeds().json();
    status["broadcasts"][0]["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_day_waits_for_its_sign_off_and_goes_with_it() {
    assert_eq!(format!("broadcasts/{NAME}.toml"), WEEK_FILE);
    let server = SmtpServer::takes_all();
    let workspace = week_of(1, &server);
    workspace.run(["send", "monday", "--yes"]).exits(76).complains("is not signed off").complains("weekcast sign-off");
    workspace.run(["run", "--once"]).exits(76).complains("not signed off as it is now");
    let run = workspace.run(["sign-off", "monday", "--by", " Rowan  Example ", "--yes"]).succeeds();
    run.complains("to:       6 recipients").says("signed off by Rowan Example on 15 March 2027, 08:31");
    assert_eq!(state(&workspace), "signed_off");
    workspace.run(["sign-off", "monday", "--by", "rowan example", "--yes"]).exits(64).complains("already");
    // Other days are not touched by it.
    workspace.run(["send", "tuesday", "--yes", "--early"]).exits(76).complains("tuesday's broadcast is not signed off");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    assert_eq!(server.journal().recipients(), PEOPLE);
    workspace.run(["sign-off", "monday", "--by", "Sam", "--yes"]).exits(64).complains("already been sent");
    workspace.run(["report"]).succeeds();

    assert!(workspace.read("report/index.html").contains("Rowan Example"));
}

#[test]
fn two_people_are_two_and_a_change_is_named() {
    let server = SmtpServer::takes_all();
    let workspace = week_of(2, &server);
    workspace.run(["sign-off", "monday", "--by", "Rowan", "--yes"]).succeeds().says("A second person has to sign");
    workspace.run(["send", "monday", "--yes"]).exits(76).complains("signed off by Rowan on").complains("second person");
    workspace.run(["sign-off", "monday", "--by", "ROWAN", "--yes"]).exits(64).complains("another person's");
    workspace.run(["sign-off", "monday", "--by", "Sam", "--yes"]).succeeds();
    assert_eq!(state(&workspace), "signed_off");
    let changed = workspace.edited(WEEK_FILE, "theme = \"Training and", "theme = \"New: Training and");
    let run = changed.run(["send", "monday", "--yes"]).exits(76);
    run.complains("changed since Sam signed it off on 15 March 2027, 08:31: subject and theme")
        .complains("put it back as it was");
    assert_eq!(state(&changed), "held");
    let back = changed.edited(WEEK_FILE, "theme = \"New: Training", "theme = \"Training");
    back.run(["send", "monday", "--yes"]).succeeds();
}

#[test]
fn who_joined_and_left_since_is_shown_and_a_great_change_wants_another_look() {
    let server = SmtpServer::takes_all();
    let workspace = week_of(1, &server);
    workspace.run(["sign-off", "monday", "--by", "Rowan", "--yes"]).succeeds();
    let text = workspace.read("recipients.toml");
    let one = text.lines().find(|line| line.contains("asha@board.example")).unwrap().to_owned();
    let joined = one.replace("asha@board.example", "zara@board.example");
    let more = workspace.edited("recipients.toml", &one, &format!("{one}\n{joined}"));
    let run = more.run(["send", "monday", "--yes", "--dry-run"]).succeeds();
    drop(run);
    more.run(["send", "monday", "--yes"]).succeeds().complains("1 joined (zara@board.example)");
    let again = week_of(1, &server).edited(WEEK_FILE, "sign_off = 1\n", "sign_off = 1\naudience_change = 10\n");
    again.run(["sign-off", "monday", "--by", "Rowan", "--yes"]).succeeds();
    let more = again.edited("recipients.toml", &one, &joined);
    let run = more.run(["send", "monday", "--yes"]).exits(76).complains("changed by more than 10 %");
    run.complains("1 joined (zara@board.example) and 1 left (asha@board.example)").complains("--lists-changed");
    more.run(["run", "--once"]).exits(76).complains("its lists changed much");
    more.run(["send", "monday", "--yes", "--lists-changed"]).succeeds();
}

#[test]
fn the_preview_says_who_signed_and_what_changed_since() {
    let server = SmtpServer::takes_all();
    let workspace = week_of(2, &server);
    let page = |workspace: &Workspace| {
        workspace.run(["preview"]).succeeds();
        workspace.read("preview/1-monday-2027-03-15/index.html")
    };
    assert!(page(&workspace).contains("waits for 2 people"));
    workspace.run(["sign-off", "monday", "--by", "Rowan <b>", "--yes"]).succeeds();
    assert!(page(&workspace).contains("by Rowan &lt;b&gt; on 15 March 2027, 08:31; a second person has to sign"));
    let changed = workspace.edited(WEEK_FILE, "book early", "book soon");
    assert!(
        page(&changed)
            .contains("counts no more: since Rowan &lt;b&gt; signed on 15 March 2027, 08:31, this changed: body")
    );
}

#[test]
fn who_is_forgotten_leaves_the_sign_offs_too() {
    let server = SmtpServer::takes_all();
    let workspace = week_of(1, &server);
    workspace.run(["sign-off", "monday", "--by", "Rowan", "--yes"]).succeeds();
    let holds = |workspace: &Workspace| {
        let files = ["weekcast.db", "weekcast.db-wal"].map(|file| std::fs::read(workspace.path().join(file)));
        files.into_iter().flatten().any(|bytes| bytes.windows(18).any(|part| part == b"asha@board.example"))
    };
    assert!(holds(&workspace));
    workspace.run(["recipients", "forget", "asha@board.example", "--yes"]).succeeds();
    assert!(!holds(&workspace));
    let run = workspace.run(["send", "monday", "--yes"]).succeeds();
    drop(run);
    assert_eq!(server.journal().recipients(), PEOPLE[1..]);
}
