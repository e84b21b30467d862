//! Each command line of the README, given in its order to one project whose mail server refuses one and loses the answer to
//! another.

use crate::guide::fenced;
use crate::support::small_week::{NAME, WEEK, smtp_settings};
use crate::support::smtp_server::{Script, Stage, at};
use crate::support::workspace::Workspace;

/// What a line of the README needs besides itself.
struct Given {
    line: &'static str,
    /// The time of day, if it is another than before.
    at: Option<&'static str>,
    /// For those who cannot be asked.
    more: &'static [&'static str],
    status: i32,
}

const fn given(line: &'static str) -> Given {
    Given { line, at: None, more: &[], status: 0 }
}

/// Lines that are tried elsewhere in the suite, because they stay until they are stopped, need more than a project, or ask this
/// computer's own scheduler.
const ELSEWHERE: [&str; 5] =
    ["cargo run --release -- demo", "cd my-broadcasts", "./tests/run", "weekcast preview --serve", "weekcast install"];

const INIT: &[&str] =
    &["--organisation=Board", "--sender-address=training@board.example", "--title=Our week", "--first-day=2027-03-15"];

const WINDOWS: &str = "weekcast install --out schedule --for windows --program \"C:\\Program Files\\weekcast\\weekcast.exe\" \
                       --folder \"C:\\Broadcasts\" --user \"BOARD\\officer\"";

const COMMANDS: &[Given] = &[
    Given { at: Some("2027-03-01T09:00:00Z"), more: INIT, ..given("weekcast init my-broadcasts") },
    given("weekcast check"),
    given("weekcast preview"),
    given("weekcast plan"),
    given("weekcast rehearse"),
    given("weekcast proof monday --to lead@board.example"),
    given("weekcast sign-off monday --by \"First Last\""),
    Given { at: Some("2027-03-15T08:31:00Z"), more: &["--yes"], status: 1, ..given("weekcast send monday") },
    Given { more: &["--once"], ..given("weekcast run") },
    Given { at: Some("2027-03-16T16:00:00Z"), more: &["--yes"], ..given("weekcast send tuesday --late") },
    given("weekcast move wednesday 2027-03-24"),
    given("weekcast drop thursday --reason \"The speaker is ill\""),
    given(WINDOWS),
    given("weekcast status monday --recipients"),
    Given { more: &["--yes"], status: 1, ..given("weekcast resend monday") },
    Given { more: &["--yes"], status: 1, ..given("weekcast resend monday --new") },
    given("weekcast resolve monday --as accepted"),
    Given { more: &["--yes"], ..given("weekcast resolve monday --as resend") },
    given("weekcast bounces returned/"),
    given("weekcast report"),
    given("weekcast history"),
    given("weekcast verify"),
    given("weekcast correct monday --file correction.toml --dry-run"),
    Given { more: &["--yes"], ..given("weekcast correct monday --file correction.toml") },
    given("weekcast recipients list"),
    given("weekcast recipients show asha@board.example"),
    given("weekcast recipients suppress asha@board.example --reason \"asked by telephone\" --by \"M. Example\""),
    Given { more: &["--yes"], ..given("weekcast recipients forget asha@board.example") },
];

#[test]
fn each_command_line_of_the_guide_does_what_it_says() {
    let server = Script::new()
        .rule(at(Stage::Rcpt).to("ben@*").first_for_each(1).replies("550 5.1.1 no such user"))
        .rule(at(Stage::AfterAccept).to("dev@*").nth(1).drops())
        .start();
    let settings = smtp_settings(server.port(), "connections = 1");
    let day =
        |theme: &str| format!("\n[[broadcast]]\ntheme = \"{theme}\"\nsummary = \"What helps.\"\nbody = \"Words.\"\n");
    let week = [WEEK.to_owned(), day("Online safety"), day("Working together")].concat();
    let mut workspace = Workspace::small_week().week(NAME, &week).settings(&settings);
    workspace.write(
        "returned/away.eml",
        "From: ben@board.example\nSubject: Automatic reply\nAuto-Submitted: auto-replied\n\n",
    );
    let (_, correction) =
        fenced().into_iter().find(|(_, lines)| lines[0].starts_with("wrong = ")).expect("it is there");
    workspace.write("correction.toml", correction.join("\n"));
    for command in COMMANDS {
        if let Some(now) = command.at {
            workspace.set_now(now);
        }
        let mut arguments = words(command.line);
        arguments.extend(command.more.iter().map(|word| (*word).to_owned()));
        // A person stands in the project's folder.
        let run = workspace.invoke(&arguments[1..]).inside("").run();
        run.exits(command.status);
        // What follows in the guide is about the week as it was.
        if [" move ", " drop "].iter().any(|word| command.line.contains(word)) {
            workspace.write(format!("broadcasts/{NAME}.toml"), &week);
        }
    }
}

#[test]
fn no_command_line_of_the_guide_is_left_out_of_the_test() {
    let lines = fenced().into_iter().filter(|(word, _)| word.is_empty()).flat_map(|(_, lines)| lines);
    let commands: Vec<&str> = lines.filter(|line| words(line).len() > 1 || line.starts_with("./")).collect();
    let commands: Vec<&str> = commands.into_iter().filter(|line| !line.starts_with(' ') && is_command(line)).collect();
    for line in &commands {
        let known = ELSEWHERE.contains(line) || COMMANDS.iter().any(|command| command.line == *line);
        assert!(known, "the README gives a command that no test gives: {line}");
    }
    for line in ELSEWHERE.into_iter().chain(COMMANDS.iter().map(|command| command.line)) {
        assert!(commands.contains(&line), "the README no longer gives: {line}");
    }
}

fn is_command(line: &str) -> bool {
    ["weekcast ", "cargo ", "cd ", "./"].iter().any(|start| line.starts_with(start))
}

/// The words of a command line, with what stands between double quotation marks as one.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("there is always one").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
