//! The command line itself: help texts as golden files, the table of exit statuses, formats, closed pipes.

use crate::support::golden::{assert_golden, no_leftovers};
use crate::support::small_week::NAME;
use crate::support::workspace::Workspace;

pub const COMMANDS: &[&str] = &[
    "init",
    "check",
    "preview",
    "plan",
    "rehearse",
    "proof",
    "sign-off",
    "send",
    "resend",
    "correct",
    "run",
    "move",
    "drop",
    "install",
    "uninstall",
    "status",
    "recipients",
    "resolve",
    "bounces",
    "login",
    "doctor",
    "explain",
    "report",
    "history",
    "verify",
    "templates",
    "demo",
    "completions",
    "man",
];

#[test]
fn help_texts_are_as_written_down() {
    let workspace = Workspace::new();
    let mut names = vec!["weekcast.txt".to_owned()];
    assert_golden("help/weekcast.txt", &workspace.run(["--help"]).succeeds().stdout);
    for command in COMMANDS.iter().copied() {
        let name = format!("{command}.txt");
        assert_golden(&format!("help/{name}"), &workspace.run([command, "--help"]).succeeds().stdout);
        names.push(name);
    }
    for action in ["list", "show", "suppress", "import", "forget", "purge", "acts"] {
        let name = format!("recipients-{action}.txt");
        let help = workspace.run(["recipients", action, "--help"]).succeeds().stdout;
        assert_golden(&format!("help/{name}"), &help);
        names.push(name);
    }
    no_leftovers("help", &names);
}

#[test]
fn the_readme_prints_the_table_of_exit_statuses() {
    let readme = include_str!("../../README.md");
    for (_, status, meaning) in weekcast::exit::Exit::TABLE {
        let row = format!("| {status} | {meaning} |");
        assert!(readme.contains(&row), "README lacks {row}");
    }
}

#[test]
fn days_can_be_named_in_five_ways() {
    let workspace = Workspace::small_week().at("2027-03-16T07:00:00Z");
    for (name, date) in [
        ("monday", "2027-03-15"),
        ("Mon", "2027-03-15"),
        ("2027-03-16", "2027-03-16"),
        ("2", "2027-03-16"),
        ("today", "2027-03-16"),
        ("next", "2027-03-15"),
    ] {
        let json = workspace.run(["plan", name, "--format", "json"]).succeeds().json();
        assert_eq!(json["broadcasts"][0]["date"], date, "{name}");
    }
    workspace.run(["plan", "friday"]).exits(64).complains("Monday 15 March 2027");
    workspace.run(["plan", "someday"]).exits(64);
}

#[test]
fn each_shell_gets_a_script_that_knows_every_command() {
    let workspace = Workspace::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = workspace.run(["completions", shell]).succeeds().stdout;
        let missing: Vec<&str> = COMMANDS.iter().copied().filter(|command| !script.contains(command)).collect();
        assert!(missing.is_empty() && script.contains("weekcast"), "{shell}: {missing:?}");
    }
    workspace.run(["completions", "cmd"]).exits(64);
}

#[test]
fn each_command_has_a_manual_page() {
    let workspace = Workspace::new();
    let folder = workspace.path().join("man");
    workspace.run(["man", &folder.to_string_lossy()]).succeeds().says("pages written");
    let pages = workspace.names("man");
    let missing: Vec<&str> =
        COMMANDS.iter().copied().filter(|command| !pages.contains(&format!("weekcast-{command}.1"))).collect();
    assert!(missing.is_empty() && pages.contains(&"weekcast.1".to_owned()), "{missing:?}");
    assert_golden("man/weekcast-explain.1", workspace.read("man/weekcast-explain.1"));
    no_leftovers("man", &["weekcast-explain.1"]);
    for page in pages {
        let Some(shown) = rendered(&folder.join(&page)) else { return };
        assert!(shown.contains("SYNOPSIS") && shown.contains("weekcast"), "{page}: {shown}");
    }
}

/// A page as man(1) shows it, which must not complain; nothing where there is no man(1).
fn rendered(page: &std::path::Path) -> Option<String> {
    let output = std::process::Command::new("man").arg("--warnings").arg("-l").arg(page).output();
    let Ok(output) = output else {
        eprintln!("skipped: manual pages: there is no man(1)");
        return None;
    };
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && complaints.is_empty(), "{}: {complaints}", page.display());
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn where_pages_were_written_is_said_to_scripts() {
    let workspace = Workspace::small_week();
    for (command, index) in [("preview", "preview/index.html"), ("report", "report/index.html")] {
        let json = workspace.run([command, "--format", "json"]).succeeds().json();
        assert_eq!((&json["week"], &json["index"]), (&NAME.into(), &index.into()));
        assert!(workspace.path().join(index).is_file());
    }
}

#[test]
fn replies_are_explained() {
    let workspace = Workspace::new();
    let mut all = String::new();
    for words in
        [vec!["5.7.133"], vec!["550 5.1.1 user unknown"], vec!["421"], vec!["250", "2.0.0", "queued"], vec!["354"]]
    {
        let arguments = ["explain"].into_iter().chain(words);
        all += &workspace.run(arguments).succeeds().transcript();
    }
    let json = workspace.run(["explain", "5.7.57", "--format", "json"]).succeeds().json();
    assert_eq!((&json["status"], &json["outcome"]), (&"5.7.57".into(), &"refused".into()));
    assert_golden("explain/replies.txt", all);
    workspace.run(["explain", "hello"]).exits(64).complains("holds no code of a mail server");
}

#[test]
fn the_log_holds_times_steps_and_rows_and_nobody() {
    let server = crate::support::smtp_server::SmtpServer::takes_all();
    let mut workspace = Workspace::small_week_to(server.port());
    workspace.set_now("2027-03-15T08:31:00Z");
    let log = workspace.path().join("weekcast.log").to_string_lossy().into_owned();
    workspace.run(["--log", &log, "send", "monday", "--yes"]).succeeds();
    let text = workspace.read("weekcast.log");
    let steps: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once(' ')?.1.trim_start())).collect();
    assert!(text.lines().all(|line| line.starts_with("2027-03-15T08:31:")), "{text}");
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(steps.first(), Some(&format!("begun command=\"send\" version=\"{version}\"").as_str()), "{text}");
    assert_eq!(steps.last(), Some(&"ended status=0"), "{text}");
    let mut rows: Vec<&str> = steps.iter().filter_map(|step| step.strip_prefix("accepted row=")).collect();
    rows.sort_unstable();
    assert_eq!(rows, ["1", "2", "3", "4", "5", "6"], "{text}");
    assert!(!text.contains('@') && !text.contains("Training") && !text.contains('\u{1b}'), "{text}");
    // The next run goes on below.
    workspace.run(["--log", &log, "status"]).succeeds();
    assert!(workspace.read("weekcast.log").starts_with(&text));
    workspace.run(["--log", "no/such/folder", "status"]).exits(74).complains("cannot be written");
}

#[test]
fn quiet_leaves_out_news_and_verbose_tells_each_step() {
    let workspace = Workspace::small_week();
    let loud = workspace.run(["preview"]).succeeds().complains("Preview written: ");
    let quiet = workspace.run(["preview", "--quiet"]).succeeds();
    assert_eq!((quiet.stdout, quiet.stderr), (loud.stdout, String::new()));
    workspace.run(["plan", "--verbose"]).succeeds().complains("the week is read days=2 findings=0");
    workspace.run(["plan", "--verbose", "--quiet"]).exits(64);
    workspace.run(["plan", "friday", "--quiet"]).exits(64).complains("the week has no broadcast on a Friday");
}
