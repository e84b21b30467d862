//! `init`: a first week from answers, and next year's from this one; what is there is never overwritten.

use crate::support::golden::{assert_golden, no_leftovers};
use crate::support::small_week::smtp_settings;
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

const ANSWERS: [&str; 15] = [
    "init",
    "--organisation",
    "Exampleshire Safeguarding (Children) Board",
    "--sender-name",
    "Rowan \"Ro\" Example",
    "--sender-address",
    "training@board.example",
    "--title",
    "Awareness week",
    "--first-day",
    "2027-03-24",
    "--awareness-day",
    "National Awareness Day",
    "--lists",
    "front-line, schools",
];

#[test]
fn a_first_week_passes_check_at_once() {
    let workspace = Workspace::new();
    let run = workspace.run(ANSWERS).succeeds();
    assert_golden("init/said.txt", run.transcript());
    let files = ["broadcasts/awareness-week-2027.toml", "recipients.toml", "weekcast.toml"];
    for file in files {
        assert_golden(&format!("init/{}", file.trim_start_matches("broadcasts/")), workspace.read(file));
    }
    no_leftovers("init", &["said.txt", "awareness-week-2027.toml", "recipients.toml", "weekcast.toml"]);
    let json = workspace.run(["check", "--format", "json"]).succeeds().json();
    let rules: Vec<&str> =
        json["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
    // The introduction, and each day's theme, summary and body.
    assert_eq!(rules, ["still-to-write"; 16]);
    let plan = workspace.run(["plan", "--format", "json"]).succeeds().json();
    let dates: Vec<&str> =
        plan["broadcasts"].as_array().unwrap().iter().map(|day| day["date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2027-03-24", "2027-03-25", "2027-03-30", "2027-03-31", "2027-04-01"]);
}

/// Looking and rehearsing may come before the texts; nothing leaves with the words of `init` in it, and nobody signs them.
#[test]
fn the_words_of_init_do_not_go_out() {
    let server = SmtpServer::takes_all();
    let mut workspace = Workspace::new();
    workspace.run(ANSWERS).succeeds();
    workspace.write("weekcast.toml", smtp_settings(server.port(), ""));
    workspace.set_now("2027-03-24T08:31:00Z");
    workspace.run(["rehearse"]).succeeds();
    workspace.run(["preview"]).succeeds();
    let send = ["send", "1", "--yes"];
    workspace.run(send).exits(65).complains("\"Write here:\", still stand").complains("weekcast check shows the lines");
    workspace.run(["sign-off", "1", "--by", "Rowan"]).exits(65).complains("still to be written");
    let status = workspace.run(["run", "--once", "--format", "json"]).exits(76).json();
    assert_eq!(status["broadcasts"][0]["held"], "still_to_write", "{status}");
    workspace.run(["status", "1"]).succeeds().says("words that init left to be replaced");
    assert!(server.commands().is_empty());
    // Written, the first day waits for the second: its theme is in the first one's message.
    let week = workspace.read("broadcasts/awareness-week-2027.toml");
    let (first, others) = week.split_once("# Day 2").unwrap();
    workspace.write("broadcasts/awareness-week-2027.toml", first.replace("Write here:", "") + "# Day 2" + others);
    workspace.run(send).exits(65);
    workspace.write("broadcasts/awareness-week-2027.toml", week.replace("Write here:", ""));
    workspace.run(send).succeeds();
}

#[cfg(unix)]
#[test]
fn lists_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let workspace = Workspace::new();
    workspace.run(ANSWERS).succeeds();
    let mode = std::fs::metadata(workspace.path().join("recipients.toml")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn nothing_is_overwritten() {
    let workspace = Workspace::new();
    workspace.run(ANSWERS).succeeds();
    let own = "[lists.own]\nmembers = [\"asha@board.example\"]\n";
    workspace.write("recipients.toml", own);
    workspace.write("broadcasts/awareness-week-2027.toml", "mine");
    let again = ANSWERS.map(|word| if word == "front-line, schools" { "own" } else { word });
    workspace.run(again).exits(74).complains("is there already and was left as it is");
    assert_eq!(workspace.read("broadcasts/awareness-week-2027.toml"), "mine");
    workspace.run(ANSWERS).exits(64).complains("there is no list \"front-line\"; there are own");
    std::fs::remove_file(workspace.path().join("broadcasts/awareness-week-2027.toml")).unwrap();
    // The settings are known, and the lists that are there.
    workspace
        .run(["init", "--week", "other", "--title", "Other", "--first-day", "2027-09-06", "--days", "1"])
        .succeeds()
        .says("recipients.toml was there and was left as it is")
        .says("weekcast.toml was there and was left as it is");
    assert_eq!(workspace.read("recipients.toml"), own);
    workspace.run(["check", "--week", "other"]).succeeds();
}

#[test]
fn where_nobody_can_be_asked_everything_that_is_missing_is_named() {
    let workspace = Workspace::new();
    workspace
        .run(["init", "--title", "Week"])
        .exits(64)
        .complains("add --organisation, --sender-address and --first-day");
    for (flag, value, words) in [
        ("--first-day", "15/03/2027", "\"15/03/2027\" is no date"),
        ("--days", "0", "write 1 to 10"),
        ("--time", "8.30", "write it as 08:30"),
        ("--sender-address", "me", "\"me\" is no address"),
        ("--week", "../week", "\"../week\" is no name for a file"),
        ("--lists", " , ", "at least one list is needed"),
    ] {
        let mut words_of = ANSWERS.to_vec();
        match words_of.iter().position(|word| *word == flag) {
            Some(at) => words_of[at + 1] = value,
            None => words_of.extend([flag, value]),
        }
        workspace.run(words_of).exits(64).complains(words);
    }
    assert_eq!(workspace.names(""), Vec::<String>::new());
}

#[test]
fn next_years_week_keeps_every_word_and_remark() {
    let workspace = Workspace::small_week().file("broadcasts/march/flow.pdf", "pdf");
    let old = workspace
        .read("broadcasts/march.toml")
        .replace("\nlang =", "\nsign_off = 1 # of March 15 and 15 March\nlang =");
    workspace.write("broadcasts/march.toml", &old);
    workspace.run(["init", "--from", "march"]).exits(64).complains("--first-day is missing");
    workspace
        .run(["init", "--from", "march", "--first-day", "2028-03-13"])
        .succeeds()
        .says("broadcasts/march-2028.toml written, with 1 file of the old week")
        .says("Monday 13 March 2028: Training and guidance\n  Tuesday 14 March 2028")
        .says("sign-offs are not carried over")
        .says("line 10 may still speak of them");
    assert_eq!(workspace.read("broadcasts/march-2028.toml"), old.replace("2027-03-15", "2028-03-13"));
    assert_eq!(workspace.read("broadcasts/march-2028/flow.pdf"), "pdf");
    workspace.run(["check", "--week", "march-2028"]).succeeds();
    workspace.run(["init", "--from", "march", "--first-day", "2028-03-20"]).exits(74);
    let easter = ["init", "--from", "march", "--first-day", "2028-04-13", "--week", "easter", "--title", "Easter"];
    workspace.run(easter).succeeds().complains("Friday 14 April 2028 is a day off: Good Friday");
    assert!(workspace.read("broadcasts/easter.toml").starts_with("[week]\ntitle = \"Easter\"\n"));
    workspace.write("broadcasts/broken.toml", "[week]\n");
    workspace.run(["init", "--from", "broken", "--first-day", "2028-03-20"]).exits(65).complains("mend them first");
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_each_question_is_asked_until_it_is_answered() {
    let workspace = Workspace::new();
    let Some(mut terminal) = crate::support::terminal::Terminal::of(&workspace, "init") else { return };
    for answer in ["Board", "", "board", "training@board.example", "Our week", "15 March", "2027-03-15", "2"] {
        terminal.answers(": ", answer);
    }
    terminal.types("\n\n\n");
    let (shown, status) = terminal.ends();
    assert_eq!(status, 0, "{shown}");
    for words in ["\"board\" is no address", "\"15 March\" is no date", "[Board]", "[08:30]", "[front-line]"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let week = workspace.read("broadcasts/our-week-2027.toml");
    assert!(week.contains("date = 2027-03-16") && !week.contains("date = 2027-03-17"), "{week}");
    workspace.run(["check"]).succeeds();
}
