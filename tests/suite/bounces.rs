//! `bounces`: mail that came back, made of the corpus for the messages that a run really sent.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::golden::assert_golden;
use crate::support::small_week::{PEOPLE, WEEK};
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

/// The Message-ID and the address that the mails of the corpus are about.
const MESSAGE_ID: &str = "mfrggzdfmztwq2lknnwg23tpob.20270315@board.example";
const ADDRESS: &str = "asha@school.example";

const AFTERWARDS: &str = "2027-03-15T09:40:00Z";

/// The small week after its Monday went to the outbox.
fn sent() -> Workspace {
    let mut workspace = Workspace::small_week().at("2027-03-15T08:30:00Z");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.set_now(AFTERWARDS);
    workspace
}

/// A path in the project, as it is typed elsewhere.
fn at_home(workspace: &Workspace, name: &str) -> String {
    workspace.path().join(name).display().to_string()
}

/// The deliveries of Monday.
fn deliveries(workspace: &Workspace) -> Vec<Value> {
    let status = workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json();
    status["broadcasts"][0]["deliveries"].as_array().unwrap().clone()
}

fn delivery(workspace: &Workspace, address: &str) -> Value {
    deliveries(workspace).into_iter().find(|one| one["address"] == address).unwrap()
}

/// A mail of the corpus about the message that this address got.
fn about(workspace: &Workspace, name: &str, address: &str) -> String {
    let id = delivery(workspace, address)["message_id"].as_str().unwrap().to_owned();
    corpus(name).replace(MESSAGE_ID, &id).replace(ADDRESS, address)
}

fn corpus(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/bounces/{name}.eml"));
    fs::read_to_string(file).unwrap()
}

fn counts(workspace: &Workspace) -> Value {
    workspace.run(["status", "monday", "--format", "json"]).succeeds().json()["broadcasts"][0]["counts"].clone()
}

#[test]
fn a_folder_of_everything_is_read_once_and_noted() {
    let workspace = sent();
    let mails = [
        ("1-postfix", "postfix", PEOPLE[0]),
        ("2-delayed", "postfix_delayed", PEOPLE[1]),
        ("3-forwarded", "forwarded", PEOPLE[2]),
        ("4-complaint", "complaint", PEOPLE[3]),
        ("5-unsubscribe", "unsubscribe", PEOPLE[4]),
        ("6-out-of-office", "out_of_office", PEOPLE[5]),
        ("7-forged", "hostile_forged", PEOPLE[1]),
        ("8-answer", "answer", PEOPLE[5]),
    ];
    for (file, name, address) in mails {
        workspace.write(format!("back/{file}.eml"), about(&workspace, name, address));
    }
    let first = workspace.run(["bounces", &at_home(&workspace, "back")]).succeeds();
    let second = workspace.run(["bounces", &at_home(&workspace, "back")]).succeeds();
    let status = workspace.run(["status", "monday", "--recipients"]).succeeds();
    let transcripts = [first.transcript(), second.transcript(), status.transcript()].join("\n");
    // The names of files in the outbox end in a part of the Message-ID, which differs from run to run.
    let steady: String = transcripts.lines().map(|line| format!("{}\n", without_hash(line))).collect();
    assert_golden("bounces/story.txt", &steady);
    assert_eq!(counts(&workspace)["bounced"], 2);
    let ben = delivery(&workspace, PEOPLE[1]);
    assert!(ben.get("bounced_at").is_none(), "a forged report changes nothing: {ben}");
    workspace.run(["report"]).succeeds();
    let table = workspace.read("report/recipients.csv");
    let asha = table.lines().find(|line| line.contains("asha@")).unwrap();
    assert!(
        asha.contains("sent back: 5.1.1, there is no such mailbox") && asha.contains("2027-03-15T08:31:10"),
        "{asha}"
    );
    let plan = workspace.run(["plan", "tuesday"]).succeeds();
    plan.says("asked to unsubscribe").says("marked a message as unwanted");
}

/// `…_0123456789ab.eml` without its hash; columns that it widened stay as they are.
fn without_hash(line: &str) -> String {
    match line.find(".eml").filter(|end| line.contains("written to outbox/") && *end > 12) {
        Some(end) => format!("{}HASH{}", &line[..end - 12], &line[end..]),
        None => line.to_owned(),
    }
}

#[test]
fn proposals_are_carried_out_when_a_person_says_so() {
    let workspace = sent();
    workspace.write("back/1.eml", about(&workspace, "qmail", PEOPLE[0]));
    let proposed = workspace.run(["bounces", &at_home(&workspace, "back"), "--format", "json"]).succeeds().json();
    assert_eq!(proposed["proposals"][0]["address"], PEOPLE[0]);
    assert_eq!(proposed["suppressed"], serde_json::json!([]));
    // The mail was read before; the proposal stands until it is carried out.
    let done =
        workspace.run(["bounces", &at_home(&workspace, "back"), "--suppress", "--format", "json"]).succeeds().json();
    assert_eq!(done["suppressed"][0]["reason"], "the address does not work (5.2.1)");
    let after =
        workspace.run(["bounces", &at_home(&workspace, "back"), "--suppress", "--format", "json"]).succeeds().json();
    assert_eq!((&after["suppressed"], &after["proposals"]), (&serde_json::json!([]), &serde_json::json!([])));
    workspace.run(["plan", "tuesday"]).succeeds().says("the address does not work (5.2.1)");
}

#[test]
fn a_full_mailbox_is_proposed_in_its_third_week() {
    let mut workspace = Workspace::small_week();
    let mut proposed = Vec::new();
    for (name, date) in [("march", "2027-03-15"), ("spring", "2027-03-22"), ("april", "2027-04-05")] {
        workspace = workspace.week(name, &WEEK.replace("2027-03-15", date)).at(&format!("{date}T08:35:00Z"));
        workspace.run(["send", "monday", "--yes", "--week", name]).succeeds();
        let status = workspace.run(["status", "monday", "--week", name, "--recipients", "--format", "json"]).json();
        let id = status["broadcasts"][0]["deliveries"][0]["message_id"].as_str().unwrap().to_owned();
        // Twice in one week counts once.
        for time in ["08:31:10", "08:32:00"] {
            let mail = corpus("zimbra").replace(MESSAGE_ID, &id).replace(ADDRESS, PEOPLE[0]).replace("08:31:10", time);
            workspace.write(format!("back/{name}-{}.eml", time.replace(':', "-")), mail);
        }
        let read = workspace.run(["bounces", &at_home(&workspace, "back"), "--format", "json"]).succeeds().json();
        proposed.push(read["proposals"].as_array().unwrap().clone());
    }
    assert_eq!((proposed[0].len(), proposed[1].len(), proposed[2].len()), (0, 0, 1), "{proposed:#?}");
    assert_eq!(proposed[2][0]["reason"], "messages of 3 weeks came back (5.2.2)");
}

#[test]
fn a_report_settles_a_doubt() {
    let server = SmtpServer::with(at(Stage::EndOfData).to("asha@*").drops());
    server.add(at(Stage::EndOfData).to("ben@*").drops());
    server.add(at(Stage::EndOfData).to("chloe@*").drops());
    let mut workspace = Workspace::small_week_to(server.port()).at("2027-03-15T08:30:00Z");
    workspace.run(["send", "monday", "--yes"]).exits(1);
    workspace.set_now(AFTERWARDS);
    assert_eq!((&counts(&workspace)["in_doubt"], &counts(&workspace)["accepted"]), (&Value::from(3), &Value::from(3)));
    workspace.write("back/1.eml", about(&workspace, "postfix_delivered", PEOPLE[0]));
    workspace.write("back/2.eml", about(&workspace, "gmail", PEOPLE[1]));
    workspace.write("back/3.eml", about(&workspace, "postfix_delayed", PEOPLE[2]));
    let run = workspace.run(["bounces", &at_home(&workspace, "back")]).succeeds();
    run.says("no longer in doubt: accepted").says("no longer in doubt: accepted, then sent back");
    let counts = counts(&workspace);
    assert_eq!((&counts["in_doubt"], &counts["accepted"], &counts["bounced"]), (&1.into(), &5.into(), &1.into()));
    assert_eq!(delivery(&workspace, PEOPLE[2])["state"], "in_doubt", "late is not arrived");
    workspace.run(["report"]).succeeds();
    let page = workspace.read("report/index.html");
    assert!(page.contains("doubt settled: by a report of the mail system"), "{page}");
}

#[test]
fn a_guess_changes_nothing_unless_it_is_asked_for() {
    let workspace = sent();
    workspace.write("back/1.eml", about(&workspace, "exchange_55", PEOPLE[5]));
    let run = workspace.run(["bounces", &at_home(&workspace, "back"), "--format", "json"]).succeeds().json();
    let row = &run["reports"][0];
    assert_eq!((&row["matched"], &row["recipients"][0]["matched_by"]), (&Value::from(false), &Value::from("guess")));
    assert_eq!(counts(&workspace)["bounced"], 0);
    // A mail that was only guessed at counts as not dealt with yet.
    workspace.run(["bounces", &at_home(&workspace, "back"), "--guess"]).succeeds().says("; sent back");
    assert_eq!(counts(&workspace)["bounced"], 1);
    let again =
        workspace.run(["bounces", &at_home(&workspace, "back"), "--guess", "--format", "json"]).succeeds().json();
    assert_eq!(again["reports"][0]["seen_before"], true);
}

#[test]
fn a_report_about_another_address_or_with_an_unknown_message_id_changes_nothing() {
    let workspace = sent();
    let other = about(&workspace, "postfix", PEOPLE[0]).replace(PEOPLE[0], "stranger@elsewhere.example");
    workspace.write("back/1.eml", other);
    workspace.write("back/2.eml", about(&workspace, "hostile_forged", PEOPLE[1]));
    let unknown = workspace.run(["bounces", &at_home(&workspace, "back"), "--format", "json"]).succeeds().json();
    assert!(unknown["reports"].as_array().unwrap().iter().all(|report| report["matched"] == false), "{unknown:#}");
    assert_eq!(counts(&workspace)["bounced"], 0);
    assert_eq!(unknown["proposals"], serde_json::json!([]));
}

#[test]
fn mbox_and_maildir_are_read_like_files() {
    let workspace = sent();
    let bounce = about(&workspace, "postfix", PEOPLE[0]);
    let quoted = bounce.replace("\nFrom ", "\n>From ");
    let late = about(&workspace, "exim_delayed", PEOPLE[1]);
    workspace
        .write("back.mbox", format!("From MAILER-DAEMON Mon Mar 15 08:31:10 2027\n{quoted}\nFrom x Mon\n{late}\n"));
    let mbox = workspace.run(["bounces", &at_home(&workspace, "back.mbox"), "--format", "json"]).succeeds().json();
    assert_eq!((&mbox["read"], &mbox["reports"][0]["file"]), (&2.into(), &"back.mbox#1".into()));
    assert_eq!(counts(&workspace)["bounced"], 1);
    // The same mail, with the line ends of a mailbox.
    workspace.write("maildir/new/1.host", bounce.replace('\n', "\r\n"));
    workspace.write("maildir/cur/2.host:2,S", about(&workspace, "postfix", PEOPLE[2]));
    workspace.write("maildir/tmp/3.host", about(&workspace, "postfix", PEOPLE[3]));
    let maildir = workspace.run(["bounces", &at_home(&workspace, "maildir"), "--format", "json"]).succeeds().json();
    let seen = |at: usize| maildir["reports"][at]["seen_before"].clone();
    assert_eq!((&maildir["read"], seen(0), seen(1)), (&2.into(), false.into(), true.into()));
    assert_eq!(counts(&workspace)["bounced"], 2);
}

#[test]
fn a_dry_run_needs_no_project_and_leaves_no_trace() {
    let workspace = Workspace::new();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bounces");
    let run = workspace.run(["bounces", corpus.to_str().unwrap(), "--dry-run", "--format", "json"]).succeeds();
    let all = run.json();
    assert_eq!(all["read"], fs::read_dir(&corpus).unwrap().count());
    assert!(all["reports"].as_array().unwrap().iter().all(|report| report["matched"] == false));
    let table = workspace.run(["bounces", corpus.to_str().unwrap(), "--dry-run"]).succeeds();
    table.conceals("\u{1b}").conceals("\u{202e}").says("nothing was changed (--dry-run)");
    assert_eq!(workspace.names(""), Vec::<String>::new());
}

#[test]
fn what_is_not_there_and_who_holds_the_ledger_are_said() {
    let workspace = sent();
    workspace.run(["bounces", &at_home(&workspace, "nowhere")]).exits(66).complains("there is no file or folder \"");
    workspace.run(["bounces"]).exits(64).complains("there is no [bounces] in weekcast.toml");
    workspace.run(["bounces", "imap://a@imap.board.example/"]).exits(64).complains("is not the address of a mailbox");
    workspace.write("back/1.eml", about(&workspace, "postfix", PEOPLE[0]));
    let lock = fs::File::open(workspace.path().join("weekcast.db.lock")).unwrap();
    lock.lock().unwrap();
    workspace.run(["bounces", &at_home(&workspace, "back")]).exits(75);
    drop(lock);
    assert_eq!(counts(&workspace)["bounced"], 0);
    workspace.run(["bounces", &at_home(&workspace, "back")]).succeeds();
}
