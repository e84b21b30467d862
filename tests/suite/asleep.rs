//! `run` stays while its machine sleeps and its clock is set: what is a little late goes out, what is very late is held with
//! the ways out of it, nothing goes twice, and nothing is left without a word.

use std::sync::Arc;

use weekcast::exit::Exit;
use weekcast::model::Held;

use crate::support::simulation::{Dozing, Event, instant, run_week};
use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::SmtpServer;
use crate::support::workspace::Workspace;

const MONDAY: &str = "2027-03-15";
const TUESDAY: &str = "2027-03-16";

/// Runs the small week to its end; the dates that went out with their times, what was held, and the status.
fn ran(
    server: &SmtpServer,
    clock: &Arc<Dozing>,
    after: &mut dyn FnMut(&Event),
) -> (Vec<String>, Vec<(String, Held)>, Exit) {
    let workspace = Workspace::small_week_to(server.port());
    let ran = run_week(&workspace, "march", clock, false, after);
    let sent = ran.sent().into_iter().map(|(date, at)| format!("{date} at {}", at.format("%F %R"))).collect();
    (sent, ran.held(), ran.exit.clone().unwrap())
}

/// How many copies each of the six people got; the same for all.
#[track_caller]
fn copies(server: &SmtpServer) -> usize {
    let recipients = server.journal().recipients();
    let each = recipients.len() / PEOPLE.len();
    let mut expected: Vec<String> = PEOPLE.iter().flat_map(|who| vec![(*who).to_owned(); each]).collect();
    expected.sort();
    assert_eq!(recipients, expected);
    each
}

#[test]
fn woken_at_half_past_ten_it_sends_the_day() {
    let server = SmtpServer::takes_all();
    let clock = Dozing::at("2027-03-15T07:00:00Z").asleep("2027-03-15T08:00:00Z", "2027-03-15T10:30:00Z");
    let (sent, held, exit) = ran(&server, &clock, &mut |_| ());
    assert_eq!(sent, ["2027-03-15 at 2027-03-15 10:30", "2027-03-16 at 2027-03-16 08:30"]);
    assert_eq!((held, exit, copies(&server)), (vec![], Exit::Done, 2));
}

#[test]
fn woken_at_four_it_holds_the_day_and_says_so() {
    let server = SmtpServer::takes_all();
    let clock = Dozing::at("2027-03-15T07:00:00Z").asleep("2027-03-15T08:00:00Z", "2027-03-15T16:00:00Z");
    let (sent, held, exit) = ran(&server, &clock, &mut |_| ());
    assert_eq!(sent, ["2027-03-16 at 2027-03-16 08:30"]);
    assert_eq!((held, exit, copies(&server)), (vec![(MONDAY.to_owned(), Held::Late)], Exit::Held, 1));
}

#[test]
fn woken_the_next_day_it_sends_that_day_alone() {
    let server = SmtpServer::takes_all();
    let clock = Dozing::at("2027-03-15T07:00:00Z").asleep("2027-03-15T08:00:00Z", "2027-03-16T08:45:00Z");
    let (sent, held, exit) = ran(&server, &clock, &mut |_| ());
    assert_eq!(sent, ["2027-03-16 at 2027-03-16 08:45"]);
    assert_eq!((held, exit, copies(&server)), (vec![(MONDAY.to_owned(), Held::Late)], Exit::Held, 1));
}

#[test]
fn woken_after_the_week_it_sends_nothing_and_names_every_day() {
    let server = SmtpServer::takes_all();
    for to in ["2027-03-17T08:30:00Z", "2028-03-15T08:30:00Z"] {
        let clock = Dozing::at("2027-03-15T07:00:00Z").asleep("2027-03-15T08:00:00Z", to);
        let (sent, held, exit) = ran(&server, &clock, &mut |_| ());
        assert_eq!(sent, Vec::<String>::new());
        assert_eq!(held, [(MONDAY.to_owned(), Held::Late), (TUESDAY.to_owned(), Held::Late)]);
        assert_eq!(exit, Exit::Held);
    }
    assert!(server.commands().is_empty());
}

#[test]
fn a_clock_set_back_sends_nothing_twice() {
    for to in ["2027-03-15T07:30:00Z", "2027-03-14T08:31:00Z", "2026-03-15T08:31:00Z"] {
        let server = SmtpServer::takes_all();
        let clock = Dozing::at("2027-03-15T07:00:00Z");
        let setter = Arc::clone(&clock);
        let mut once = true;
        let (sent, held, exit) = ran(&server, &clock, &mut |event| {
            if matches!(event, Event::Sent(date, _) if date == MONDAY) && std::mem::take(&mut once) {
                setter.set(to);
            }
        });
        assert_eq!(sent.last().map(String::as_str), Some("2027-03-16 at 2027-03-16 08:30"), "{to}");
        assert_eq!((sent.len(), held, exit, copies(&server)), (2, vec![], Exit::Done, 2), "{to}");
    }
}

#[test]
fn a_clock_set_forward_holds_what_it_passed_and_set_right_again_it_sends_the_rest() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port());
    let clock = Dozing::at("2028-03-15T08:30:00Z");
    let wrong = run_week(&workspace, "march", &clock, true, &mut |_| ());
    assert_eq!((wrong.sent(), wrong.held().len()), (vec![], 2));
    clock.set("2027-03-15T08:30:00Z");
    let right = run_week(&workspace, "march", &clock, false, &mut |_| ());
    let dates: Vec<String> = right.sent().into_iter().map(|(date, _)| date).collect();
    assert_eq!((dates, right.exit, copies(&server)), (vec![MONDAY.to_owned(), TUESDAY.to_owned()], Ok(Exit::Done), 2));
    assert!(clock_is(&clock, "2027-03-16T08:30:00Z"));
}

fn clock_is(clock: &Arc<Dozing>, at: &str) -> bool {
    use weekcast::clock::Clock as _;
    clock.now() == instant(at)
}

#[test]
fn a_task_scheduler_that_runs_late_does_the_same_and_offers_three_ways() {
    let server = SmtpServer::takes_all();
    let mut workspace = Workspace::small_week_to(server.port()).at("2027-03-15T16:00:00Z");
    let run = workspace.run(["run", "--once"]).exits(76);
    let run = run.complains("monday: held, because its time is over by more than the week's grace");
    let run = run.complains("weekcast send monday --late").complains("weekcast move monday DATE");
    run.complains("weekcast drop monday");
    let status = workspace.run(["status"]).succeeds().says("monday: held, because its time is over");
    status.says("weekcast send monday --late").says("weekcast move monday DATE").says("weekcast drop monday");
    let json = workspace.run(["status", "--format", "json"]).succeeds().json();
    let days = &json["broadcasts"];
    assert_eq!((&days[0]["state"], &days[0]["held"]), (&"held".into(), &"late".into()));
    assert_eq!((&days[1]["state"], &days[1]["held"]), (&"planned".into(), &serde_json::Value::Null));
    let refused = workspace.run(["send", "monday", "--yes"]).exits(76).complains("it is held, because that is over");
    refused.complains("send it now: weekcast send monday --late; send it on another date: weekcast move monday DATE;");
    workspace.run(["report"]).succeeds();
    let page = workspace.read("report/index.html");
    for command in ["weekcast send 2027-03-15 --late", "weekcast move 2027-03-15 DATE", "weekcast drop 2027-03-15"] {
        assert!(page.contains(command), "{command}");
    }
    // Each time the reason is recorded once only.
    workspace.set_now("2027-03-15T17:00:00Z");
    workspace.run(["run", "--once"]).exits(76);
    let history = workspace.run(["history", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(history["acts"].as_array().map(Vec::len), Some(1));
    assert!(server.commands().is_empty());
}
