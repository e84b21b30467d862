//! `send` at the limits of a server: what it lets through in a day, what it refuses as a policy, whom it cuts off.

use crate::support::run::Run;
use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

#[test]
fn one_policy_refusal_after_another_pauses_the_broadcast_and_leaves_nobody_refused() {
    let server = SmtpServer::with(at(Stage::EndOfData).replies("550 5.7.1 blocked by policy"));
    let people: String = (0..30).map(|number| format!("\"p{number}@board.example\", ")).collect();
    let lists = format!("[lists.front-line]\nmembers = [{people}]\n[lists.schools]\nmembers = [\"s@board.example\"]\n");
    let workspace = Workspace::small_week_to(server.port()).at(MONDAY_MORNING).recipients(&lists);
    let status = workspace.run(["send", "monday", "--yes", "--format", "json"]).exits(76).json();
    let counts = &status["broadcasts"][0]["counts"];
    assert_eq!((counts["refused"].as_u64(), counts["due"].as_u64()), (Some(0), Some(31)));
}

#[test]
fn a_day_that_the_daily_limit_spreads_over_several_begins_only_when_somebody_agrees() {
    let server = SmtpServer::takes_all();
    let mut workspace =
        Workspace::small_week().settings(&smtp_settings(server.port(), "daily_limit = 4")).at(MONDAY_MORNING);
    let plan = workspace.run(["plan", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(plan["broadcasts"][0]["daily_limit_at"], 4);
    assert_eq!(plan["broadcasts"][0]["done_at"], "2027-03-16T08:31:01+00:00");
    workspace.run(["plan"]).succeeds().says("lets 4 messages through in 24 hours");
    let refused = workspace.run(["send", "monday", "--yes"]).exits(76);
    refused.complains("goes to 6 recipients").complains("lets 4 of them through").complains("--over-days");
    workspace.run(["run", "--once"]).exits(76).complains("weekcast send monday --over-days");
    assert!(server.journal().recipients().is_empty());
    workspace.run(["send", "monday", "--yes", "--over-days"]).exits(75).says("accepted 4 of 6");
    // What has begun goes on without being asked again, as far as the limit lets it.
    workspace.set_now("2027-03-15T12:00:00Z");
    workspace.run(["send", "monday", "--yes"]).exits(75).says("accepted 4 of 6");
    workspace.set_now("2027-03-16T08:32:00Z");
    workspace.run(["send", "monday", "--yes"]).succeeds().says("accepted 6 of 6");
    assert_eq!(server.journal().recipients(), PEOPLE);
}

/// `proof monday` to readers at the board.
fn proof(workspace: &Workspace, readers: &[&str]) -> Run {
    let to = readers.iter().flat_map(|reader| ["--to".to_owned(), format!("{reader}@board.example")]);
    workspace.run(["proof".to_owned(), "monday".to_owned()].into_iter().chain(to))
}

#[test]
fn proofs_and_notices_count_towards_the_daily_limit_as_they_do_at_the_server() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("refused@*").replies("550 5.1.1 unknown"));
    let settings = smtp_settings(server.port(), "daily_limit = 8\nconnections = 1");
    let notify = format!("{settings}\n[notify]\nto = [\"officer@board.example\"]\n");
    let mut workspace = Workspace::small_week().settings(&notify).at("2027-03-14T12:00:00Z");
    proof(&workspace, &["lead", "sam", "refused"]).exits(1);
    workspace.set_now(MONDAY_MORNING);
    // Two proofs and six messages reach the limit; the notice is not held back by it.
    workspace.run(["run", "--once"]).succeeds().complains("accepted 6 of 6");
    assert_eq!(server.journal().recipients().len(), 9);
    assert!(server.journal().recipients().contains(&"officer@board.example".to_owned()));
    let run = proof(&workspace, &["lead"]).exits(75);
    run.complains(
        "daily limit lets 0 more of our messages through now, and the proof goes to 1 reader; nothing was sent",
    );
    // 24 hours after the proofs there is room for two, less the notice.
    workspace.set_now("2027-03-15T12:01:00Z");
    proof(&workspace, &["lead", "sam"]).exits(75).complains("lets 1 more").complains("or name fewer readers now");
    proof(&workspace, &["lead"]).succeeds();
    proof(&workspace, &["lead"]).exits(75);
    assert_eq!(server.journal().recipients().len(), 10);
}

#[test]
fn recipients_over_whom_the_connection_breaks_do_not_keep_the_others_waiting() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("asha@*").drops());
    server.add(at(Stage::Rcpt).to("ben@*").drops());
    let settings = smtp_settings(server.port(), "connections = 1");
    let workspace = Workspace::small_week().settings(&settings).at(MONDAY_MORNING);
    let run = workspace.run(["send", "monday", "--yes", "--patience", "20000"]).exits(75);
    run.says("accepted 4 of 6").says("2 to be tried again later");
    assert_eq!(server.journal().recipients(), PEOPLE[2..]);
}

#[test]
fn a_quota_is_the_senders_and_writes_nobody_off() {
    let full = "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException";
    let server = SmtpServer::with(at(Stage::EndOfData).to("chloe@*").replies(full));
    let settings = smtp_settings(server.port(), "connections = 1");
    let workspace = Workspace::small_week().settings(&settings).at(MONDAY_MORNING);
    let run = workspace.run(["send", "monday", "--yes"]).exits(75);
    run.says("accepted 2 of 6").says("4 still to be sent").says("Go on tomorrow");
}
