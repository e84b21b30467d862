//! `recipients`: the lists, one person's history, and opt-outs that every command keeps to. Erasure is in `recipients/`.

mod erasure;

use serde_json::{Value, json};

use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

fn on_monday(server: &SmtpServer) -> Workspace {
    Workspace::small_week_to(server.port()).at(MONDAY_MORNING)
}

/// The small week, sent to everybody, with a group and somebody who is excluded from it.
fn with_groups() -> Workspace {
    let workspace = Workspace::small_week();
    let lists = workspace.read("recipients.toml");
    workspace.file(
        "recipients.toml",
        format!(
            "{lists}\n[lists.everyone]\ninclude = [\"front-line\", \"schools\"]\nexclude = [\"out\"]\n\n[lists.out]\n\
             members = [\"ewa@board.example\"]\n"
        ),
    )
}

#[test]
fn the_lists_are_counted_with_their_opt_outs_and_findings() {
    let workspace =
        with_groups().edited("recipients.toml", "\"chloe@board.example\",\n", "\"chloe@board.example\", \"no\",\n");
    workspace.run(["recipients", "suppress", "femi@board.example"]).succeeds();
    workspace.run(["recipients", "suppress", "chloe@board.example", "--list", "schools"]).succeeds();
    let list = |name: &str, title: Option<&str>, kind: &str, [recipients, opted_out, findings]: [u32; 3]| {
        json!({ "name": name, "title": title, "kind": kind, "recipients": recipients, "opted_out": opted_out,
                "findings": findings })
    };
    let expected = json!({
        "lists": [
            list("front-line", Some("Front-line staff"), "members", [3, 0, 1]),
            list("schools", Some("Schools"), "members", [4, 2, 0]),
            list("everyone", None, "group", [5, 1, 0]),
            list("out", None, "members", [1, 0, 0]),
        ],
        "people": 6, "opted_out": 2, "forgotten": 0,
    });
    assert_eq!(workspace.run(["recipients", "list", "--format", "json"]).succeeds().json(), expected);
    workspace.run(["recipients", "list"]).succeeds().says("6 people in all").says("1 finding in the lists");
    std::fs::remove_file(workspace.path().join("recipients.toml")).unwrap();
    workspace.run(["recipients", "list"]).exits(66).complains("recipients.toml");
}

#[test]
fn a_person_is_shown_with_ways_days_and_outcomes() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ewa@*").replies("550 5.1.1 no such user"));
    let workspace = with_groups().settings(&smtp_settings(server.port(), "")).at(MONDAY_MORNING);
    workspace.run(["send", "monday", "--yes"]).exits(1);
    workspace.run(["recipients", "suppress", "ewa@board.example", "--reason", "left", "--by", "M. Example"]).succeeds();
    let shown = workspace.run(["recipients", "show", "EWA@board.example", "--format", "json"]).succeeds().json();
    let lists = json!([
        { "name": "schools", "title": "Schools", "file": "recipients.toml", "line": 14, "through": [], "excluded_by": null },
        { "name": "everyone", "title": null, "file": null, "line": null, "through": ["schools"], "excluded_by": "out" },
        { "name": "out", "title": null, "file": "recipients.toml", "line": 23, "through": [], "excluded_by": null },
    ]);
    assert_eq!(shown["lists"], lists);
    assert_eq!(
        (&shown["address"], &shown["forgotten"], &shown["week"]),
        (&json!("EWA@board.example"), &Value::Null, &json!("march"))
    );
    assert_eq!(shown["suppressed"]["reason"], "left");
    assert_eq!(shown["suppressed"]["source"], "M. Example");
    assert_eq!(shown["opt_outs"], json!([shown["suppressed"]]));
    let delivery = &shown["deliveries"][0];
    let expected = json!(["march", "monday", "2027-03-15", 1, "refused", "550 5.1.1 no such user", 1]);
    let fields = ["week", "day", "date", "edition", "state", "reply", "attempts"];
    assert_eq!(json!(fields.map(|field| delivery[field].clone())), expected);
    let days = shown["days"].as_array().unwrap();
    assert_eq!(days[0]["reason"], "refused: 550 5.1.1 no such user");
    assert_eq!(days[1]["reason"], "suppressed since Monday 15 March 2027: left");
    let text = workspace.run(["recipients", "show", "chloe@board.example"]).succeeds();
    text.says("through front-line and schools").says("One copy a day").says("already accepted");
    workspace.run(["recipients", "show", "zoe@board.example"]).succeeds().says("On no list");
    workspace.run(["recipients", "show", "zoe"]).exits(64).complains("no address");
}

#[test]
fn what_only_went_into_the_folder_is_not_called_accepted_by_a_server() {
    let workspace = Workspace::small_week().at("2027-03-15T08:31:00Z");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    let show = ["recipients", "show", "asha@board.example"];
    let words = "already written to the outbox on Monday 15 March 2027; nothing was sent";
    let shown = workspace.run(show).succeeds().says(words).says("written to the outbox, not sent");
    shown.conceals("mail server").conceals("  accepted");
    let json = workspace.run(show.iter().chain(&["--format", "json"])).succeeds().json();
    assert_eq!((&json["days"][0]["has"], &json["days"][0]["gets"]), (&json!(true), &json!(false)), "{json}");
    let delivery = &json["deliveries"][0];
    assert_eq!((&delivery["state"], &delivery["only_in_folder"]), (&json!("accepted"), &json!(true)), "{json}");
    workspace.run(["plan", "monday"]).succeeds().says(words).conceals("mail server");
    workspace.run(["preview", "monday"]).succeeds();
    let page = workspace.read("preview/1-monday-2027-03-15/index.html");
    assert!(page.contains("6 copies written to the outbox and sent to nobody") && !page.contains("by the mail server"));
    let again = ["resend", "monday", "--only", "asha@board.example", "--yes"];
    workspace.run(again).exits(64).complains("was written to the folder outbox/ already").conceals("mail server");
    workspace.run(["report"]).succeeds();
    let rows = workspace.read("report/recipients.csv");
    assert!(
        rows.contains("written to the outbox and sent to nobody") && !rows.contains("by the mail server"),
        "{rows}"
    );
}

#[test]
fn whoever_opted_out_is_mailed_by_no_command() {
    let server = SmtpServer::takes_all();
    let mut workspace = on_monday(&server);
    workspace.run(["recipients", "suppress", "Ben@Board.example", "--reason", "asked us"]).succeeds();
    workspace.run(["send", "monday", "--dry-run"]).succeeds().says("5 recipients");
    workspace.run(["rehearse"]).succeeds().says("Caught 10 messages, as planned");
    let status = workspace.run(["send", "monday", "--yes", "--format", "json"]).succeeds().json();
    let counts = &status["broadcasts"][0]["counts"];
    assert_eq!((&counts["accepted"], &counts["suppressed"], &counts["due"]), (&json!(5), &json!(1), &json!(0)));
    workspace.run(["resend", "monday", "--yes"]).succeeds();
    workspace.run(["resend", "monday", "--new", "--yes"]).succeeds();
    workspace.run(["resend", "monday", "--in-doubt", "--yes"]).succeeds();
    for refused in [&["--only", "ben@board.example"][..], &["--all", "--only", "ben@board.example"]] {
        let arguments = ["resend", "monday", "--yes"].iter().chain(refused);
        workspace.run(arguments).exits(65).complains("asked not to be mailed").complains("--lift ben@board.example");
    }
    assert_eq!(server.accepted().len(), 5);
    workspace.run(["resend", "monday", "--all", "--yes"]).succeeds();
    workspace.set_now("2027-03-16T08:31:00Z");
    workspace.run(["run", "--once"]).succeeds();
    assert_eq!(server.accepted().len(), 15);
    assert!(server.journal().recipients().iter().all(|one| one != "ben@board.example"));
}

#[test]
fn whoever_opted_out_is_no_example() {
    let workspace = Workspace::small_week();
    let example = |path: &str| workspace.read(path).contains("To: Ben Example <ben@board.example>");
    workspace.run(["recipients", "suppress", "asha@board.example"]).succeeds();
    workspace.run(["preview"]).succeeds();
    assert!(example("preview/1-monday-2027-03-15/message.eml"));
    workspace.run(["report"]).succeeds();
    assert!(example("report/1-monday-2027-03-15.eml"));
    workspace.run(["preview", "--as", "asha@board.example"]).succeeds();
    assert!(!example("preview/1-monday-2027-03-15/message.eml"), "asked for by name");
}

#[test]
fn somebody_who_opts_out_while_a_day_is_under_way_is_left_out_of_the_rest() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").first_for_each(1).replies("450 4.2.0 later"));
    let mut workspace = on_monday(&server);
    workspace.run(["send", "monday", "--yes"]).exits(75);
    workspace.run(["recipients", "suppress", "ben@board.example"]).succeeds();
    workspace.set_now("2027-03-15T08:45:00Z");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    assert_eq!(server.accepted().len(), 5);
    // Lifted, they can be sent to by name; nothing does it by itself.
    workspace.run(["recipients", "suppress", "ben@board.example", "--lift"]).succeeds().says("may be mailed again");
    workspace.run(["resend", "monday", "--yes"]).succeeds();
    assert_eq!(server.accepted().len(), 5);
    workspace.run(["resend", "monday", "--only", "ben@board.example", "--yes"]).succeeds();
    assert_eq!(server.accepted().len(), 6);
}

#[test]
fn a_list_does_not_lift_an_opt_out_and_check_and_plan_say_so() {
    let workspace = Workspace::small_week();
    workspace.run(["recipients", "suppress", "gina@board.example"]).succeeds().says("stands on no list");
    let workspace = workspace.edited(
        "recipients.toml",
        "\"chloe@board.example\",",
        "\"chloe@board.example\", \"gina@board.example\",",
    );
    workspace.run(["check"]).succeeds().says("1 person on its lists opted out");
    let plan = workspace.run(["plan", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(plan["broadcasts"][0]["recipients"], 6);
    assert_eq!(plan["broadcasts"][0]["skipped"][0]["address"], "gina@board.example");
    workspace.run(["plan"]).succeeds().says("until it is taken back: weekcast recipients suppress --lift");
    workspace.run(["recipients", "suppress", "gina@board.example"]).succeeds().says("already");
    workspace.run(["recipients", "suppress", "gina@board.example", "--lift"]).succeeds();
    workspace.run(["recipients", "suppress", "gina@board.example", "--lift"]).succeeds().says("was not opted out");
    let plan = workspace.run(["plan", "monday", "--format", "json"]).succeeds().json();
    assert_eq!(plan["broadcasts"][0]["recipients"], 7);
}

#[test]
fn an_opt_out_from_one_list_leaves_the_other_ways_open() {
    let server = SmtpServer::takes_all();
    let workspace = on_monday(&server);
    for address in ["chloe@board.example", "dev@board.example"] {
        workspace.run(["recipients", "suppress", address, "--list", "schools"]).succeeds();
    }
    workspace
        .run(["recipients", "suppress", "dev@board.example", "--list", "school"])
        .exits(64)
        .complains("--list schools");
    let plan = workspace.run(["plan", "monday", "--format", "json"]).succeeds().json();
    let day = &plan["broadcasts"][0];
    assert_eq!(day["kept"], json!([{ "address": "chloe@board.example", "out_of": ["schools"] }]));
    let reason = "suppressed from the list \"schools\" since Monday 15 March 2027: asked not to be mailed";
    assert_eq!(day["skipped"], json!([{ "address": "dev@board.example", "reason": reason }]));
    workspace.run(["plan"]).succeeds().says("Opted out of one list, and due through another");
    let shown = workspace.run(["recipients", "show", "chloe@board.example"]).succeeds();
    shown.says("yes, through front-line, although opted out of schools");
    workspace.run(["send", "monday", "--yes"]).succeeds();
    let expected: Vec<&str> = PEOPLE.into_iter().filter(|one| *one != "dev@board.example").collect();
    assert_eq!(server.journal().recipients(), expected);
}

#[test]
fn a_doubt_stays_a_doubt_when_the_person_opts_out() {
    let server = SmtpServer::with(at(Stage::AfterAccept).to("dev@*").nth(1).drops());
    let workspace = on_monday(&server);
    workspace.run(["send", "monday", "--yes"]).exits(1);
    for scope in [&["--list", "schools"][..], &[]] {
        workspace.run(["recipients", "suppress", "dev@board.example"].iter().chain(scope)).succeeds();
        workspace.run(["resend", "monday", "--in-doubt", "--yes"]).exits(1).says("1 in doubt");
        workspace.run(["recipients", "suppress", "dev@board.example", "--lift"]).succeeds();
    }
    assert_eq!(server.accepted().len(), 6);
}

#[test]
fn opt_outs_go_out_and_come_in_as_a_file() {
    let workspace = Workspace::small_week();
    workspace.run(["recipients", "suppress", "ben@board.example", "--reason", "=cmd", "--by", "M. Example"]).succeeds();
    workspace.run(["recipients", "suppress", "dev@board.example", "--list", "schools"]).succeeds();
    let file = workspace.path().join("opt-outs-personal-data.csv");
    let file = file.to_str().unwrap();
    workspace.run(["recipients", "suppress", "--export", file]).succeeds().complains("personal data");
    workspace.run(["recipients", "suppress", "--export", file]).exits(74).complains("is there already");
    assert!(std::fs::read_to_string(file).unwrap().contains("\"'=cmd\""));
    let other = Workspace::small_week();
    let import = |workspace: &Workspace, more: &[&str]| {
        let arguments = ["recipients", "import", file, "--format", "json"].into_iter().chain(more.iter().copied());
        let json = workspace.run(arguments).succeeds().json();
        ["new", "changed", "unchanged"].map(|what| json[what].as_u64().unwrap())
    };
    assert_eq!(import(&workspace, &[]), [0, 0, 2]);
    assert_eq!(import(&other, &["--dry-run"]), [2, 0, 0]);
    assert!(!other.path().join("weekcast.db").exists(), "a dry run makes no ledger");
    assert_eq!((import(&other, &[]), import(&other, &[])), ([2, 0, 0], [0, 0, 2]));
    let shown = other.run(["recipients", "show", "ben@board.example", "--format", "json"]).succeeds().json();
    assert_eq!(
        (&shown["suppressed"]["reason"], &shown["suppressed"]["source"]),
        (&json!("=cmd"), &json!("M. Example"))
    );
    other.write("bad.csv", "address,list\nasha@board.example,\nnobody,\nchloe@board.example,school\n");
    let bad = other.path().join("bad.csv");
    let bad = other.run(["recipients", "import", bad.to_str().unwrap()]).exits(65);
    bad.says("nothing was read").complains("bad.csv:3:1").complains("did you mean \"schools\"");
    let acts = other.run(["recipients", "acts", "--format", "json"]).succeeds().json();
    assert_eq!(acts["acts"].as_array().unwrap().len(), 1, "what changes nothing is no act");
    other.run(["recipients", "import", "missing.csv"]).exits(66);
}

#[test]
fn while_a_sender_holds_the_ledger_nothing_is_changed() {
    let workspace = Workspace::small_week();
    workspace.run(["recipients", "suppress", "ben@board.example"]).succeeds();
    workspace.write("o.csv", "address\nasha@board.example\n");
    let file = workspace.path().join("o.csv");
    let _held = weekcast::ledger::Lock::acquire(&workspace.path().join("weekcast.db")).unwrap();
    for arguments in [
        &["suppress", "asha@board.example"][..],
        &["suppress", "ben@board.example", "--lift"],
        &["import", file.to_str().unwrap()],
        &["forget", "asha@board.example", "--yes"],
    ] {
        workspace.run(["recipients"].iter().chain(arguments)).exits(75).complains("another weekcast");
    }
    workspace.run(["recipients", "show", "ben@board.example"]).succeeds().says("opted out of");
}
