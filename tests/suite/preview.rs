//! `preview`: what is shown is what is sent, byte for byte, the `Date` line apart.

use crate::support::small_week::{MONDAY, NAME, RECIPIENTS, WEEK, smtp_settings};
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

fn without_date(message: &str) -> String {
    message.lines().filter(|line| !line.starts_with("Date: ")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_previewed_message_is_the_one_that_the_server_gets() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week().settings(&smtp_settings(server.port(), "")).at("2027-03-15T08:40:00Z");
    workspace.run(["preview", "--as", "ben@board.example"]).succeeds().says("index.html");
    let previewed = workspace.read("preview/1-monday-2027-03-15/message.eml");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    let sent = server.accepted();
    let sent = sent.iter().find(|message| message.recipient == "ben@board.example").unwrap().text();
    assert!(previewed.contains("Dear Ben,"), "{previewed}");
    assert_eq!(without_date(&previewed), without_date(&sent));
}

#[test]
fn each_day_has_a_page_and_a_message() {
    let workspace = Workspace::small_week();
    workspace.run(["preview"]).succeeds();
    for file in ["index.html", "message.html", "message.txt", "message.eml"] {
        for day in ["1-monday-2027-03-15", "2-tuesday-2027-03-16"] {
            assert!(!workspace.read(format!("preview/{day}/{file}")).is_empty(), "{day}/{file}");
        }
    }
    let index = workspace.read("preview/index.html");
    assert!(index.contains("Training and guidance") && index.contains("Listening to children"));
}

#[test]
fn who_gets_nothing_has_no_preview() {
    Workspace::small_week().run(["preview", "--as", "zoe@board.example"]).exits(65).complains("gets none");
}

#[test]
fn a_foreign_folder_is_left_alone() {
    let workspace = Workspace::small_week().file("preview/holiday.txt", "mine");
    workspace.run(["preview"]).exits(74).complains("is not from an earlier preview").complains("folder with --out");
    assert_eq!(workspace.read("preview/holiday.txt"), "mine");
    assert_eq!(workspace.names("preview"), ["holiday.txt"]);
}

/// What a reader sees of a page: the text between the tags, white space as one space.
fn words(page: &str) -> String {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let text: String = body.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).fold(
        String::new(),
        |mut all, text| {
            all.push(' ');
            all.push_str(text);
            all
        },
    );
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("{from} is not in {page}"));
    page[start..].split(to).next().unwrap()
}

#[test]
fn the_copies_of_the_unusual_are_shown_too() {
    let workspace = Workspace::small_week();
    workspace.run(["preview", "monday"]).succeeds();
    let folder = "preview/1-monday-2027-03-15";
    let page = workspace.read(format!("{folder}/index.html"));
    let copies = words(part(&page, "<nav class=\"copies\"", "</nav>"));
    assert_eq!(
        copies,
        "Asha Example first of Front-line staff; has no first_name Chloe Example first of Schools; the longest name"
    );
    let mut files = workspace.names(folder);
    files.sort();
    // Both greet a colleague, so the message is written once.
    let expected =
        ["copy-2.html", "index.html", "message-without-pictures.html", "message.eml", "message.html", "message.txt"];
    assert_eq!(files, expected);
    let other = words(&workspace.read(format!("{folder}/copy-2.html")));
    assert!(other.contains("to Chloe Example &lt; chloe@board.example &gt;"), "{other}");
}

#[test]
fn who_gets_it_and_who_does_not_is_said() {
    let lists = RECIPIENTS.to_owned()
        + "\n[lists.all]\ninclude = [\"front-line\", \"schools\"]\nexclude = [\"away\"]\n\n[lists.away]\nmembers = [\"ewa@board.example\"]\n";
    let week = WEEK.replace("lists = [\"front-line\", \"schools\"]", "lists = [\"all\"]\nsign_off = 2");
    let workspace = Workspace::small_week().recipients(&lists).week(NAME, &week);
    workspace.run(["preview"]).succeeds();
    let page = words(&workspace.read("preview/1-monday-2027-03-15/index.html"));
    for expected in [
        "Goes to 5 recipients Front-line staff 3 recipients Schools 3 recipients",
        "1 person is on more than one list, and gets one copy.",
        "Gets nothing: 1 Who, and why ewa@board.example excluded by the list &quot;away&quot;",
        "Sign-off waits for 2 people",
    ] {
        assert!(page.contains(expected), "{expected:?} is not in {page}");
    }
}

#[test]
fn a_day_that_was_sent_says_how_it_stands() {
    let workspace = Workspace::small_week().at(MONDAY);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.run(["preview"]).succeeds();
    let page = words(&workspace.read("preview/1-monday-2027-03-15/index.html"));
    for expected in [
        "Sending has begun: 6 copies written to the outbox and sent to nobody.",
        "Goes to 6 recipients",
        "Gets nothing: 0",
        "Now sent",
    ] {
        assert!(page.contains(expected), "{expected:?} is not in {page}");
    }
}

#[test]
fn findings_stand_at_their_lines() {
    let theme = "Training and guidance, and everything else that anybody could possibly want to know of it";
    let week = WEEK.replace("Training and guidance", theme);
    let workspace = Workspace::small_week().week(NAME, &week);
    workspace.run(["preview"]).succeeds();
    let page = workspace.read("preview/1-monday-2027-03-15/index.html");
    let findings = words(part(&page, "<section class=\"card pad wide\" id=\"findings\"", "</section>"));
    assert!(findings.contains("broadcasts/march.toml, line"), "{findings}");
    assert!(findings.contains(&format!("theme = &quot;{theme}&quot;")), "{findings}");
    assert!(workspace.read("preview/index.html").contains("1-monday-2027-03-15/index.html#findings"));
    let other = words(&workspace.read("preview/2-tuesday-2027-03-16/index.html"));
    assert!(other.contains("Nothing to mend on this day."), "{other}");
}
