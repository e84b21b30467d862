//! The answer to one message is not called into doubt by what befalls the next: a busy server puts one off at the dot, and
//! says 421 or hangs up when the next begins, whether or not its envelope came in the same write (RFC 2920 §3.1). Only where
//! a 250 follows the refusal and then the connection breaks, nobody can tell the answer to MAIL from an acceptance that came
//! late, and that is doubt.

use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{Rule, Script, Stage, at};
use crate::support::workspace::Workspace;

/// Ben is the second of six; the third MAIL is Chloe's.
fn befalls_chloe(stage: Stage, fault: &str) -> Rule {
    let occasion = if stage == Stage::Mail { at(stage).nth(3) } else { at(stage).to("chloe@*").nth(1) };
    match fault {
        "421" => occasion.replies("421 4.3.2 too busy"),
        "451" => occasion.replies("451 4.7.0 too many messages, slow down"),
        "drop" => occasion.drops(),
        "reset" => occasion.resets(),
        _ => occasion.talks_garbage(),
    }
}

/// Sends to a server that answers Ben's dot so, and fails Chloe so; Ben's state, and what is known of it.
fn bens_state(reply: &str, stage: Stage, fault: &str) -> (String, String) {
    let script = Script::new().rule(befalls_chloe(stage, fault));
    let server = script.rule(at(Stage::EndOfData).to("ben@*").replies(reply)).start();
    let settings = smtp_settings(server.port(), "connections = 1");
    let workspace = Workspace::small_week().settings(&settings).at("2027-03-15T08:31:00Z");
    workspace.run(["send", "monday", "--yes", "--patience", "50000"]);
    let status = workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json();
    let deliveries = status["broadcasts"][0]["deliveries"].as_array().unwrap();
    let copies = server.journal().recipients();
    for (delivery, who) in deliveries.iter().zip(PEOPLE) {
        let number = copies.iter().filter(|recipient| *recipient == who).count();
        assert_eq!(number, usize::from(delivery["state"] == "accepted"), "{who}, {fault} at {stage:?}: {status:#}");
    }
    server.assert_no_violations();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&deliveries[1]["state"]), text(&deliveries[1]["reply"]))
}

#[test]
fn what_befalls_the_next_message_says_nothing_of_this_one() {
    let answers = [("250 2.0.0 taken", "accepted"), ("450 4.2.0 later", "deferred"), ("550 5.7.1 no", "refused")];
    let stages = [Stage::Mail, Stage::Rcpt, Stage::Data];
    let wrong: Mutex<Vec<String>> = Mutex::default();
    thread::scope(|scope| {
        for fault in ["421", "451", "drop", "reset", "garbage"] {
            let wrong = &wrong;
            scope.spawn(move || {
                for ((reply, expected), stage) in answers.iter().flat_map(|answer| stages.map(|stage| (answer, stage)))
                {
                    let (state, words) = bens_state(reply, stage, fault);
                    let blind =
                        state == "in_doubt" && stage != Stage::Mail && fault != "451" && *expected != "accepted";
                    if state != *expected && !blind {
                        wrong.lock().unwrap().push(format!("{reply}, then {fault} at {stage:?}: {state}: {words}"));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
