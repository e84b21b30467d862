//! Whose fault is it: every fault at every stage of a delivery to one of three people, as one table that can be read.
//!
//! The real program sends over STARTTLS with a sign-in and one connection, once to a server with PIPELINING (RFC 2920) and
//! once to one without, to the same end. What Ben's delivery becomes, and what becomes of the two others, stands in
//! `tests/golden/faults/matrix.txt`, with the sentences that the user reads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

use crate::support::fault::{Fault, Place};
use crate::support::golden::assert_golden;
use crate::support::smtp_server::{Authority, Script, SmtpServer, Stage};
use crate::support::workspace::Workspace;

const CHOSEN: &str = "ben@board.example";

const LISTS: &str = "[lists.front-line]\nmembers = [\"asha@board.example\", \"ben@board.example\"]\n\
                     [lists.schools]\nmembers = [\"chloe@board.example\"]\n";

/// Cells that run side by side; most of them wait for a deadline.
const THREADS: usize = 24;

/// How long a server that hangs is waited for, and one that does not.
const SHORT: &str = "3000";
const LONG: &str = "50000";

/// What became of a cell.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    /// Ben's state, attempts charged, and the exit status.
    chosen: String,
    /// The states of the two others.
    others: String,
    sentence: String,
}

#[test]
fn every_fault_at_every_stage_has_the_outcome_in_the_table() {
    let authority = Authority::new("Example Board Authority");
    let faults = || Place::ALL.into_iter().flat_map(|place| Fault::ALL.map(|fault| (place, fault)));
    let cells: Vec<(Place, Fault, bool)> = [true, false]
        .into_iter()
        .flat_map(|pipelining| faults().map(move |(place, fault)| (place, fault, pipelining)))
        .collect();
    let next = AtomicUsize::new(0);
    let outcomes: Mutex<Vec<Option<Outcome>>> = Mutex::new(cells.iter().map(|_| None).collect());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((place, fault, pipelining)) = cells.get(index) else { return };
                    let outcome = place.can_have(*fault).then(|| outcome(*place, *fault, &authority, *pipelining));
                    outcomes.lock().unwrap()[index] = outcome;
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().unwrap();
    let (pipelined, in_lockstep) = outcomes.split_at(cells.len() / 2);
    assert_golden("faults/matrix.txt", report(pipelined));
    for ((place, fault), (pipelined, in_lockstep)) in faults().zip(pipelined.iter().zip(in_lockstep)) {
        assert_eq!(pipelined, in_lockstep, "{} at {}, with and without PIPELINING", fault.name(), place.name());
    }
}

fn outcome(place: Place, fault: Fault, authority: &Authority, pipelining: bool) -> Outcome {
    let script = Script::new().login("news", "right horse").tls(authority.certify("127.0.0.1", |_| ()));
    let script = if pipelining { script } else { script.without("PIPELINING") };
    let server = match place.rule(fault, CHOSEN) {
        Some(rule) => script.rule(rule).start(),
        None => script.start(),
    };
    let closed = place.closed_port(fault);
    let port = closed.as_ref().map_or(server.port(), |closed| closed.port());
    let workspace = Workspace::small_week_over_tls(port, authority).recipients(LISTS).at("2027-03-15T08:31:00Z");
    let patience = if fault.is_slow() { SHORT } else { LONG };
    let send = ["--patience", patience, "--format", "json", "send", "monday", "--yes"];
    let run = workspace.invoke(send).env("BOARD_PASSWORD", "right horse").run();
    let run = run.conceals("right horse").conceals("\u{1}");
    server.assert_no_violations();
    let status = workspace.run(["status", "monday", "--recipients", "--format", "json"]).succeeds().json();
    let named = format!("{} at {}", fault.name(), place.name());
    holds(&status, &server, &named);
    let (ben, state) = (delivery(&status, CHOSEN), state(&status, CHOSEN));
    let stopped = run.stderr.lines().find_map(|line| line.strip_prefix("Stopped before the end: "));
    let sentence = match stopped {
        Some(words) => format!("Stopped: {words}"),
        None => format!("(Ben) {}", ben["reply"].as_str().unwrap()),
    };
    let chosen = format!("{state} {}, {}", ben["attempts"], run.status);
    let (chosen, sentence) = if place == Place::At(Stage::Body) {
        either(fault, &chosen, &sentence)
    } else {
        (chosen, settled(&sentence, port))
    };
    let others = ["asha@board.example", "chloe@board.example"].map(|who| self::state(&status, who)).join(", ");
    Outcome { chosen, others, sentence }
}

/// A server that strikes in the body does so before or after the client has written the dot, which is nobody's to choose:
/// both ends are right, and the table shows both.
fn either(fault: Fault, chosen: &str, sentence: &str) -> (String, String) {
    let ends = match fault {
        Fault::Closing => &["pending 0, 75"][..],
        Fault::Later => &["deferred 1, 75"],
        Fault::No => &["refused 1, 1"],
        Fault::Hang => &["in doubt 1, 1"],
        Fault::Drop | Fault::Reset | Fault::Garbage | Fault::Slow => &["deferred 1, 75", "in doubt 1, 1"],
    };
    assert!(ends.contains(&chosen), "{} in the body: {chosen}: {sentence}", fault.name());
    let places = ["while the message was being sent", "at the end of the message"];
    let sentence =
        places.iter().fold(sentence.to_owned(), |words, place| words.replace(place, "in or after the message"));
    (if ends.len() == 1 { ends[0].to_owned() } else { "def. or doubt 1".to_owned() }, sentence)
}

/// The port differs from run to run; and a server that resets at once does so before or after the client has noticed that
/// it was connected.
fn settled(sentence: &str, port: u16) -> String {
    let sentence = sentence.replace(&format!(":{port}"), ":PORT");
    let early =
        "the server cannot be reached: 127.0.0.1:PORT cannot be reached: Connection reset by peer (os error 104)";
    sentence.replace(early, "the connection broke at the greeting: the server broke the connection off")
}

fn delivery<'a>(status: &'a Value, address: &str) -> &'a Value {
    let deliveries = status["broadcasts"][0]["deliveries"].as_array().unwrap();
    deliveries.iter().find(|delivery| delivery["address"] == address).unwrap()
}

fn state(status: &Value, address: &str) -> String {
    delivery(status, address)["state"].as_str().unwrap().replace('_', " ")
}

/// What holds in every cell: the ledger and the server's own journal tell the same story, and nobody has two copies.
fn holds(status: &Value, server: &SmtpServer, named: &str) {
    let journal = server.journal().recipients();
    for who in ["asha@board.example", CHOSEN, "chloe@board.example"] {
        let copies = journal.iter().filter(|recipient| *recipient == who).count();
        let state = state(status, who);
        let fits = match state.as_str() {
            "accepted" => copies == 1,
            "in doubt" => copies <= 1,
            _ => copies == 0,
        };
        assert!(fits, "{named}: {who} is {state}, and the server has {copies}");
    }
}

fn report(outcomes: &[Option<Outcome>]) -> String {
    let table = |title: &str, cell: &dyn Fn(&Outcome) -> String| {
        let width = outcomes.iter().flatten().map(|outcome| cell(outcome).len()).max().unwrap_or(0);
        let row = |name: &str, cells: &[String]| {
            let cells: String = cells.iter().map(|cell| format!("  {cell:width$}")).collect();
            format!("{name:13}{cells}").trim_end().to_owned() + "\n"
        };
        let mut text = format!("{title}\n\n{}", row("", &Fault::ALL.map(|fault| fault.name().to_owned())));
        for (place, outcomes) in Place::ALL.iter().zip(outcomes.chunks(Fault::ALL.len())) {
            let cells: Vec<String> =
                outcomes.iter().map(|outcome| outcome.as_ref().map_or_else(|| "-".to_owned(), cell)).collect();
            text.push_str(&row(place.name(), &cells));
        }
        text + "\n"
    };
    let mut text = table(
        "Ben's state, the attempts charged to him, and the exit status; def. or doubt: deferred if the server struck before \
         the dot was written, otherwise in doubt:",
        &|outcome| outcome.chosen.clone(),
    );
    text.push_str(&table("Asha, who comes before him, and Chloe, who comes after:", &|outcome| outcome.others.clone()));
    text.push_str("What the user reads:\n");
    for (place, outcomes) in Place::ALL.iter().zip(outcomes.chunks(Fault::ALL.len())) {
        text.push_str(&format!("\n{}\n", place.name()));
        for (fault, outcome) in Fault::ALL.iter().zip(outcomes) {
            let Some(outcome) = outcome else { continue };
            text.push_str(&format!("  {:8} {}\n", fault.name(), outcome.sentence));
        }
    }
    text
}

#[test]
fn nobody_is_less_patient_with_a_real_server() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port()).at("2027-03-15T08:31:00Z");
    let workspace = workspace.edited("weekcast.toml", "host = \"127.0.0.1\"", "host = \"smtp.board.example\"");
    let workspace = workspace.edited("weekcast.toml", "security = \"none\"", "security = \"starttls\"");
    let run = workspace.run(["send", "monday", "--yes", "--patience", "1000"]).exits(64);
    run.complains("--patience is for tests against a mail server on this computer");
}
