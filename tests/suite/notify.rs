//! `[notify]`: who looks after the week is told by e-mail, once, and nobody else hears of it.

use crate::support::small_week::{NAME, PEOPLE, WEEK, smtp_settings};
use crate::support::smtp_server::{Accepted, Gate, SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const OFFICER: &str = "officer@board.example";
const MONDAY: &str = "2027-03-15T08:31:00Z";

fn settings(port: u16) -> String {
    format!("{}\n[notify]\nto = [\"Morgan Example <{OFFICER}>\"]\n", smtp_settings(port, "connections = 1"))
}

fn workspace(server: &SmtpServer, now: &str) -> Workspace {
    Workspace::small_week().settings(&settings(server.port())).at(now)
}

/// The notices, in their order.
fn notices(server: &SmtpServer) -> Vec<Accepted> {
    server.accepted().into_iter().filter(|message| message.recipient == OFFICER).collect()
}

/// The broadcasts' recipients, sorted.
fn people(server: &SmtpServer) -> Vec<String> {
    server.journal().recipients().into_iter().filter(|recipient| recipient != OFFICER).collect()
}

fn subject(message: &Accepted) -> String {
    let text = message.text();
    text.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap().to_owned()
}

fn body(message: &Accepted) -> String {
    let parsed = mail_parser::MessageParser::default().parse(message.bytes.as_slice()).unwrap();
    parsed.body_text(0).unwrap().into_owned()
}

#[test]
fn a_day_that_is_done_is_told_once_with_counts_and_nobodys_address() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").replies("550 5.1.1 <ben@board.example> unknown"));
    let workspace = workspace(&server, MONDAY);
    workspace.run(["run", "--once"]).exits(1);
    for _ in 0..2 {
        workspace.run(["run", "--once"]).succeeds();
    }
    let notices = notices(&server);
    assert_eq!(notices.len(), 1);
    assert_eq!(people(&server).len(), 5);
    let (text, body) = (notices[0].text(), body(&notices[0]));
    assert_eq!(subject(&notices[0]), "weekcast: Monday 15 March is done");
    assert!(text.contains("\r\nTo: Morgan Example <officer@board.example>\r\n"), "{text}");
    assert!(text.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{text}");
    assert!(!text.contains("List-") && !text.contains("Precedence"), "{text}");
    assert!(body.contains("the mail server accepted 5 of 6 recipients"), "{body}");
    assert!(body.contains("Besides: 1 refused by the server."), "{body}");
    assert!(PEOPLE.iter().all(|person| !text.contains(person)), "{text}");
    let history = workspace.run(["history"]).succeeds().stdout;
    assert!(history.contains("told by e-mail") && history.contains("done: edition 1"), "{history}");
    assert!(!history.contains(OFFICER), "{history}");
    server.assert_no_violations();
}

#[test]
fn a_day_put_off_is_told_when_it_is_done_and_not_before() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").nth(1).replies("450 4.2.0 later"));
    let mut workspace = workspace(&server, MONDAY);
    workspace.run(["run", "--once"]).exits(75);
    assert!(notices(&server).is_empty());
    workspace.set_now("2027-03-15T08:45:00Z");
    workspace.run(["run", "--once"]).succeeds();
    let notices = notices(&server);
    assert_eq!(notices.iter().map(subject).collect::<Vec<_>>(), ["weekcast: Monday 15 March is done"]);
    assert!(body(&notices[0]).contains("accepted 6 of 6"), "{}", body(&notices[0]));
}

#[test]
fn a_held_day_is_told_once_with_what_to_type() {
    let server = SmtpServer::takes_all();
    let workspace = workspace(&server, "2027-03-15T16:00:00Z");
    for _ in 0..3 {
        workspace.run(["run", "--once"]).exits(76);
    }
    let notices = notices(&server);
    assert_eq!(notices.iter().map(subject).collect::<Vec<_>>(), ["weekcast: Monday 15 March is held"]);
    let body = body(&notices[0]);
    assert!(body.contains("is held, because") && body.contains("weekcast send monday --late"), "{body}");
    assert!(people(&server).is_empty());
}

#[test]
fn a_day_that_is_held_again_after_somebody_acted_is_told_again() {
    let server = SmtpServer::takes_all();
    let workspace = workspace(&server, MONDAY).edited("broadcasts/march.toml", "[week]\n", "[week]\nsign_off = 1\n");
    let thrice = |expected: usize| {
        for _ in 0..3 {
            workspace.run(["run", "--once"]).exits(76);
        }
        assert_eq!(notices(&server).len(), expected);
    };
    thrice(1);
    workspace.run(["sign-off", "monday", "--by", "Rowan Example", "--yes"]).succeeds();
    let edited = workspace.read("broadcasts/march.toml").replace("Please **book early**.", "Please book now.");
    workspace.write("broadcasts/march.toml", edited);
    thrice(2);
}

#[test]
fn trouble_with_the_server_is_told_by_the_run_that_reaches_it() {
    let server = SmtpServer::with(at(Stage::Connect).nth(1).replies("554 5.3.2 not now"));
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut workspace = Workspace::small_week().settings(&settings(closed)).at(MONDAY);
    for _ in 0..2 {
        workspace.run(["run", "--once"]).exits(69).complains("cannot be reached");
    }
    workspace.write("weekcast.toml", settings(server.port()));
    workspace.set_now("2027-03-15T09:00:00Z");
    let _ = workspace.run(["run", "--once"]);
    workspace.set_now("2027-03-15T09:15:00Z");
    let _ = workspace.run(["run", "--once"]);
    let subjects: Vec<String> = notices(&server).iter().map(subject).collect();
    assert_eq!(subjects, ["weekcast: Monday 15 March was in trouble", "weekcast: Monday 15 March is done"]);
    assert!(body(&notices(&server)[0]).contains("the mail server could not be reached"));
    assert_eq!(people(&server), PEOPLE);
}

#[test]
fn trouble_that_lets_the_notice_through_is_told_at_once() {
    let server = SmtpServer::with(at(Stage::Mail).nth(2).replies("550 5.7.60 not allowed to send as"));
    let workspace = workspace(&server, MONDAY);
    workspace.run(["run", "--once"]).exits(78);
    // The settings do not fit the server, so the server is not asked again by the same run.
    assert!(notices(&server).is_empty());
    let refusing = SmtpServer::with(at(Stage::EndOfData).to("*@board.example").nth(1).replies("552 5.3.4 too large"));
    let workspace = self::workspace(&refusing, MONDAY);
    workspace.run(["run", "--once"]).exits(65);
    let notices = notices(&refusing);
    assert_eq!(notices.iter().map(subject).collect::<Vec<_>>(), ["weekcast: Monday 15 March is in trouble"]);
    assert!(body(&notices[0]).contains("Make the message smaller"), "{}", body(&notices[0]));
}

#[test]
fn a_week_with_mistakes_is_told_once_a_day() {
    let server = SmtpServer::takes_all();
    let mut workspace = workspace(&server, MONDAY).edited(
        "broadcasts/march.toml",
        "lists = [\"front-line\", \"schools\"]",
        "lists = [\"nobody\"]",
    );
    for _ in 0..2 {
        workspace.run(["run", "--once"]).exits(65);
    }
    assert_eq!(notices(&server).iter().map(subject).collect::<Vec<_>>(), ["weekcast: the week march cannot be sent"]);
    assert!(body(&notices(&server)[0]).contains("1 error"), "{}", body(&notices(&server)[0]));
    workspace.set_now("2027-03-16T08:31:00Z");
    workspace.run(["run", "--once"]).exits(65);
    assert_eq!(notices(&server).len(), 2);
}

#[test]
fn a_run_that_dies_at_the_notice_does_not_repeat_it_and_before_it_tells_it_later() {
    for stage in [Stage::AfterAccept, Stage::Rcpt] {
        let gate = Gate::new();
        let server = SmtpServer::with(at(stage).to(OFFICER).nth(1).holds(&gate));
        // A day that is held is looked at by each run anew.
        let workspace = workspace(&server, "2027-03-15T16:00:00Z");
        let running = workspace.spawn(["run", "--once"]);
        gate.wait_for_arrivals(1);
        running.kill();
        gate.open();
        for _ in 0..2 {
            workspace.run(["run", "--once"]).exits(76);
        }
        assert_eq!(notices(&server).len(), 1, "{stage:?}");
    }
}

#[test]
fn a_notice_that_was_not_taken_is_tried_again_and_one_that_is_refused_is_not() {
    let later = SmtpServer::with(at(Stage::Rcpt).to(OFFICER).nth(1).replies("450 4.2.1 later"));
    let mut workspace = workspace(&later, MONDAY);
    // The day went well, and the status says so.
    workspace.run(["run", "--once"]).succeeds().complains("could be told of it by e-mail");
    assert!(notices(&later).is_empty(), "not again in the same run");
    workspace.set_now("2027-03-15T08:45:00Z");
    workspace.run(["run", "--once"]).succeeds();
    workspace.run(["run", "--once"]).succeeds();
    assert_eq!(notices(&later).len(), 1);
    let never = SmtpServer::with(at(Stage::Rcpt).to(OFFICER).replies("550 5.1.1 unknown"));
    let workspace = self::workspace(&never, MONDAY);
    for _ in 0..3 {
        workspace.run(["run", "--once"]).succeeds();
    }
    let asked = never.commands().iter().filter(|seen| seen.line.starts_with(&format!("RCPT TO:<{OFFICER}>"))).count();
    assert_eq!(asked, 1);
}

#[test]
fn a_held_day_that_could_not_be_told_is_told_when_the_server_answers_again() {
    let server = SmtpServer::with(at(Stage::Rcpt).to(OFFICER).nth(1).replies("450 4.2.1 later"));
    let mut workspace = workspace(&server, "2027-03-15T16:00:00Z");
    let running = workspace.spawn(["run"]);
    running.waits_to_complain("could be told of it by e-mail");
    running.signal("TERM");
    running.wait().exits(76);
    workspace.set_now("2027-03-16T08:31:00Z");
    workspace.run(["run", "--once"]).exits(76);
    let mut subjects: Vec<String> = notices(&server).iter().map(subject).collect();
    subjects.sort();
    assert_eq!(subjects, ["weekcast: Monday 15 March is held", "weekcast: Tuesday 16 March is done"]);
}

#[test]
fn a_rehearsal_and_a_person_who_sends_tell_nobody() {
    let server = SmtpServer::takes_all();
    let workspace = workspace(&server, MONDAY);
    workspace.run(["rehearse"]).succeeds().says("as planned");
    assert!(workspace.names("rehearsal/caught").iter().all(|name| !name.contains("officer")));
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.run(["run", "--once"]).succeeds();
    assert!(notices(&server).is_empty());
}

#[test]
fn in_a_project_of_several_weeks_the_commands_name_the_week() {
    let server = SmtpServer::takes_all();
    let other = WEEK.replace("2027-03-", "2027-06-");
    let workspace = workspace(&server, "2027-03-15T16:00:00Z").week("other", &other);
    let held = workspace.run(["run", "--once", "--week", NAME]).exits(76);
    let command = format!("weekcast --week {NAME} send monday --late");
    held.complains(&command);
    let told = notices(&server);
    assert!(body(&told[0]).contains(&command), "{}", body(&told[0]));
    workspace.run(["status", "--week", NAME]).succeeds().says(&command);
    workspace.run(["status", "--week", NAME, "--format", "json"]).succeeds().json();
    let late = format!("weekcast --week {NAME} status monday");
    workspace.run(["move", "monday", "2027-03-16", "--week", NAME]).exits(64);
    workspace.run(["send", "monday", "--week", NAME, "--yes"]).exits(76).complains(&command);
    workspace.run(["send", "monday", "--late", "--week", NAME, "--yes"]).succeeds();
    workspace.run(["drop", "monday", "--week", NAME]).exits(76).complains(&late);
}
