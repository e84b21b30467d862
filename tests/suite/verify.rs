//! `verify` and `history`: one changed octet in a board pack or in the record of acts is named.

use std::fs;
use std::path::Path;

use crate::support::small_week::{BEFORE_MONDAY, MONDAY};
use crate::support::workspace::Workspace;

const MANIFEST: &str = ".weekcast-report";

/// Monday was signed off and sent, Tuesday is signed off: four acts.
fn reported() -> Workspace {
    let mut workspace = Workspace::small_week().at(BEFORE_MONDAY);
    workspace.run(["sign-off", "monday", "--by", "Rowan Example", "--yes"]).succeeds();
    workspace.run(["sign-off", "tuesday", "--by", "Rowan Example", "--yes"]).succeeds();
    workspace.set_now(MONDAY);
    workspace.run(["send", "monday", "--yes"]).succeeds();
    workspace.run(["report"]).succeeds();
    workspace
}

fn in_ledger(workspace: &Workspace, sql: &str) {
    let ledger = rusqlite::Connection::open(workspace.path().join("weekcast.db")).unwrap();
    assert_eq!(ledger.execute(sql, []).unwrap(), 1, "{sql}");
}

#[test]
fn a_pack_and_a_record_as_they_were_written_are_sound() {
    let workspace = reported();
    let run = workspace.run(["verify"]).succeeds();
    run.says("5 files, each as it was written").says("4 acts, none changed, missing or added").says("up to act 4");
    let json = workspace.run(["verify", "--format", "json"]).succeeds().json();
    assert_eq!((json["sound"].as_bool(), json["record"]["holds_pack"].as_bool()), (Some(true), Some(true)));
    let page = workspace.read("report/index.html");
    assert!(page.contains(json["record"]["hash"].as_str().unwrap()), "the end of the record stands on the page");
    // A later act leaves the earlier pack proven.
    workspace.run(["send", "tuesday", "--yes", "--early"]).succeeds();
    workspace.run(["verify"]).succeeds().says("up to act 4");
    assert!(workspace.run(["history", "--format", "json"]).json()["acts"].as_array().unwrap().len() > 4);
}

#[test]
fn one_changed_octet_in_any_file_of_a_pack_is_named() {
    let workspace = reported();
    let names = workspace.names("report");
    assert_eq!(names.len(), 6, "{names:?}");
    for name in &names {
        let place = workspace.path().join("report").join(name);
        let good = fs::read(&place).unwrap();
        for index in [0, good.len() / 2, good.len() - 1] {
            let mut bad = good.clone();
            bad[index] ^= 1;
            fs::write(&place, &bad).unwrap();
            let run = workspace.run(["verify"]).exits(1).says(&format!("{name}: changed since it was written"));
            run.says("none changed, missing or added");
        }
        fs::write(&place, &good).unwrap();
    }
    workspace.run(["verify"]).succeeds();
    fs::remove_file(workspace.path().join("report/days.csv")).unwrap();
    workspace.write("report/more.txt", "more");
    let run = workspace.run(["verify"]).exits(1).says("days.csv: missing");
    run.says("more.txt: not of this pack").conceals("changed since");
}

#[test]
fn one_changed_act_in_the_ledger_is_named() {
    for (sql, words) in [
        (
            "UPDATE act SET detail = replace(detail, 'Rowan', 'Robin') WHERE id = 1",
            "act 1 (15 March 2027, 08:20, signed off)",
        ),
        ("UPDATE act SET at = at - 1 WHERE id = 3", "act 3 (15 March 2027, 08:30, sending began) is not the one"),
        (
            "UPDATE act SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE id = 4",
            "act 4 (15 March 2027, 08:30, sending ended)",
        ),
        ("DELETE FROM act WHERE id = 2", "act 2 is missing"),
        ("DELETE FROM act WHERE id = 4", "act 4 is missing"),
        ("INSERT INTO act (at, kind, detail) VALUES (0, 'held', '')", "act 5 (1 January 1970, 01:00, held) was put in"),
    ] {
        let workspace = reported();
        in_ledger(&workspace, sql);
        workspace.run(["verify"]).exits(1).says(words).says("each as it was written");
        workspace.run(["history"]).succeeds().complains("warning: the record was changed").complains(words);
        // A report made from it says so.
        workspace.run(["report"]).succeeds();
        assert!(workspace.read("report/index.html").contains("The record of acts was changed after it was written"));
    }
}

#[test]
fn a_record_written_anew_is_found_by_an_earlier_pack() {
    let workspace = reported();
    let earlier = workspace.path().join("earlier");
    fs::rename(workspace.path().join("report"), &earlier).unwrap();
    for name in ["weekcast.db", "weekcast.db-wal", "weekcast.db-shm", "weekcast.db.lock"] {
        drop(fs::remove_file(workspace.path().join(name)));
    }
    // The same acts, at another time, in another ledger: nothing in it is wrong by itself.
    workspace.run(["sign-off", "tuesday", "--by", "Rowan Example", "--yes"]).succeeds();
    let run = workspace.run(["verify", earlier.to_str().unwrap()]).exits(1);
    run.says("none changed, missing or added").says("It is not the record that the pack was made of");
}

#[test]
fn a_pack_is_checked_where_there_is_no_project() {
    let workspace = reported();
    let pack = Path::new(&workspace.home()).join("pack");
    fs::rename(workspace.path().join("report"), &pack).unwrap();
    fs::remove_dir_all(workspace.path()).unwrap();
    fs::create_dir(workspace.path()).unwrap();
    workspace.run(["verify", pack.to_str().unwrap()]).succeeds().says("There is no ledger here");
    let run = workspace.invoke(["verify", pack.to_str().unwrap()]).inside("").run().succeeds();
    run.says("5 files, each as it was written");
    workspace.invoke(["verify"]).inside("").run().exits(66).complains("no weekcast project");
    workspace.run(["verify", "nowhere"]).exits(66).complains("holds no board pack");
    assert_eq!(workspace.names(""), Vec::<String>::new(), "nothing was made");
    fs::write(pack.join(MANIFEST), "# something else\n").unwrap();
    let run = workspace.run(["verify", pack.to_str().unwrap()]).exits(1);
    run.says(".weekcast-report: changed since it was written");
}

#[test]
fn history_tells_the_acts_of_a_week_or_a_day() {
    let workspace = reported();
    let run = workspace.run(["history"]).succeeds();
    run.says("signed off").says("by Rowan Example, for 6 recipients").complains("The record ends with act 4, ");
    let json = workspace.run(["history", "tuesday", "--format", "json"]).succeeds().json();
    let acts = json["acts"].as_array().unwrap();
    assert_eq!((acts.len(), &acts[0]["number"], &acts[0]["date"]), (1, &2.into(), &"2027-03-16".into()));
    let all = workspace.run(["history", "--format", "json"]).succeeds().json();
    assert_eq!(all["acts"][0]["hash"], acts[0]["before"]);
    assert_eq!(all["acts"][3]["hash"], all["head"]["hash"]);
    Workspace::small_week().run(["history"]).succeeds().says("Nothing is on record.");
}
