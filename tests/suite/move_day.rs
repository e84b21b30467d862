//! `move DAY DATE`: what is written, what is refused, and that a moved day goes out once.

use crate::support::small_week::{PEOPLE, WEEK, smtp_settings};
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const FILE: &str = "broadcasts/march.toml";
const SUNDAY: &str = "2027-03-14T12:00:00Z";

fn workspace(server: &SmtpServer) -> Workspace {
    Workspace::small_week_to(server.port()).at(SUNDAY)
}

fn dates(workspace: &Workspace) -> Vec<(String, String)> {
    let json = workspace.run(["plan", "--format", "json"]).succeeds().json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    json["broadcasts"].as_array().unwrap().iter().map(|day| (text(&day["theme"]), text(&day["at"]))).collect()
}

#[test]
fn the_day_moves_and_every_other_day_stays() {
    let server = SmtpServer::takes_all();
    let workspace = workspace(&server);
    let dry = workspace.run(["move", "monday", "2027-03-18", "--at", "09:15", "--dry-run"]).succeeds();
    let dry = dry.says(
        "\"Training and guidance\" would move from Monday 15 March 2027, 08:30, to Thursday 18 March 2027, 09:15.",
    );
    dry.says(" + date = 2027-03-18\n")
        .says(" + at = \"09:15\"\n")
        .says(" + date = 2027-03-16\n")
        .says("Nothing was written.");
    assert_eq!(workspace.read(FILE), WEEK);
    assert!(workspace.names(".").iter().all(|name| !name.starts_with("weekcast.db")), "{:?}", workspace.names("."));
    let run = workspace.run(["move", "monday", "2027-03-18", "--at", "09:15"]).succeeds();
    let run = run.says("\"Listening to children\" now has its own date, so that it stays where it was.");
    run.says("Made anew with it, because they name the day after them or their place in the week: tuesday.");
    let first = WEEK.replacen("[[broadcast]]\n", "[[broadcast]]\ndate = 2027-03-18\nat = \"09:15\"\n", 1);
    let (head, last) = first.rsplit_once("[[broadcast]]\n").unwrap();
    assert_eq!(workspace.read(FILE), format!("{head}[[broadcast]]\ndate = 2027-03-16\n{last}"));
    assert_eq!(
        dates(&workspace),
        [
            ("Listening to children".to_owned(), "2027-03-16T08:30:00+00:00".to_owned()),
            ("Training and guidance".to_owned(), "2027-03-18T09:15:00+00:00".to_owned()),
        ]
    );
    // The folder holds nothing that could be taken for a week.
    assert_eq!(workspace.names("broadcasts"), ["march.toml"]);
    let history = workspace.run(["history", "thursday", "--format", "json"]).succeeds().json();
    assert_eq!(history["acts"][0]["kind"], "moved");
    assert_eq!(history["acts"][0]["detail"], "from 2027-03-15, 08:30 to 2027-03-18, 09:15");
}

/// The days run from starts on in the file's order: moved before it, into it and behind it.
#[test]
fn wherever_a_day_goes_the_others_keep_their_dates() {
    let day = |name: &str| format!("[[broadcast]]\ntheme = \"{name}\"\nsummary = \"{name}.\"\nbody = \"Words.\"\n");
    let days: String = ["A", "B", "C", "D"].iter().map(|name| day(name)).collect();
    let week = format!(
        "[week]\ntitle = \"T\"\nschedule = \"30 8 * * MON-FRI\"\nstarts = 2027-03-15\nlists = [\"schools\"]\n{days}"
    );
    let before = ["A 2027-03-15", "B 2027-03-16", "C 2027-03-17", "D 2027-03-18"];
    for (which, theme) in [("monday", "A"), ("tuesday", "B"), ("wednesday", "C"), ("thursday", "D")] {
        for to in ["2027-03-19", "2027-03-24"] {
            let workspace = Workspace::small_week().week("march", &week).at(SUNDAY);
            workspace.run(["move", which, to]).succeeds();
            let mut expected: Vec<String> =
                before.iter().filter(|day| !day.starts_with(theme)).map(ToString::to_string).collect();
            expected.push(format!("{theme} {to}"));
            let found: Vec<String> =
                dates(&workspace).iter().map(|(theme, at)| format!("{theme} {}", &at[..10])).collect();
            assert_eq!(found, expected, "{which} to {to}");
            // And back again: nothing is left out of place.
            workspace.run(["move", to, &before.iter().find(|day| day.starts_with(theme)).unwrap()[2..]]).succeeds();
            let found: Vec<String> =
                dates(&workspace).iter().map(|(theme, at)| format!("{theme} {}", &at[..10])).collect();
            assert_eq!(found, before, "{which} to {to} and back");
        }
    }
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let server = SmtpServer::takes_all();
    let workspace = workspace(&server);
    let sunday_too = workspace.edited(FILE, "30 8 * * MON-FRI", "30 8 * * *");
    for (arguments, status, words) in [
        (
            vec!["monday", "2027-03-16"],
            64,
            "\"Listening to children\" goes out on Tuesday 16 March 2027, and two in one morning",
        ),
        (vec!["monday", "2027-03-15"], 64, "it goes out on 15 March 2027 at 08:30 already"),
        (vec!["monday", "2027-03-15", "--at", "08:30"], 64, "already, so there is nothing to move"),
        (vec!["monday", "2027-03-20"], 65, "Saturday 20 March 2027 is at a weekend"),
        (vec!["monday", "2027-03-26"], 65, "Friday 26 March 2027 is a day off: Good Friday"),
        (vec!["monday", "2027-03-28", "--at", "01:30"], 65, "does not exist: the clocks go forward"),
        (vec!["monday", "2027-05-17"], 65, "is outside the week"),
        (vec!["monday", "2027-03-12"], 65, "is outside the week"),
        (vec!["wednesday", "2027-03-18"], 64, "the week has no broadcast on a Wednesday"),
        (vec!["monday", "18 March"], 64, "write the date as 2027-03-18"),
        (vec!["monday", "2027-03-18", "--at", "9"], 64, "write the time as 09:15"),
    ] {
        let arguments = ["move"].iter().chain(&arguments).copied();
        sunday_too.run(arguments).exits(status).complains(words);
    }
    let mut late = sunday_too;
    let text = late.read(FILE);
    late.set_now("2027-03-15T09:00:00Z");
    late.run(["move", "monday", "2027-03-15", "--at", "08:45"])
        .exits(64)
        .complains("8:45 is over, so the broadcast could not");
    late.run(["move", "monday", "2027-03-15", "--at", "09:15"]).succeeds();
    late.write(FILE, text.replace("theme = \"Training", "them = \"Training"));
    late.run(["move", "monday", "2027-03-18"])
        .exits(65)
        .complains("unknown key `them`")
        .complains("so nothing is written");
    assert!(!late.read(FILE).contains("2027-03-18"));
}

#[test]
fn a_day_on_a_bank_holiday_can_be_moved_off_it_and_school_holidays_are_said() {
    let server = SmtpServer::takes_all();
    let workspace = workspace(&server)
        .edited(FILE, "starts = 2027-03-15", "starts = 2027-03-25")
        .edited("weekcast.toml", "holidays = \"england-and-wales\"\n", "school_holidays = \"school.toml\"\n")
        .file("school.toml", "[[holiday]]\nname = \"Easter holidays\"\nfrom = 2027-03-31\nto = 2027-04-09\n");
    workspace.run(["check"]).exits(65).says("Good Friday");
    let run = workspace.run(["move", "friday", "2027-03-31"]).succeeds();
    run.complains("Wednesday 31 March 2027 is in the school holidays: Easter holidays");
    workspace.run(["check"]).succeeds();
    // The clocks go forward between; the wall time stays.
    assert_eq!(dates(&workspace)[1].1, "2027-03-31T08:30:00+01:00");
}

#[test]
fn teasers_stay_true() {
    let server = SmtpServer::takes_all();
    let workspace = workspace(&server);
    let teaser = |workspace: &Workspace| {
        workspace.run(["preview"]).succeeds();
        let folder = workspace.names("preview").into_iter().find(|name| name.starts_with("1-")).unwrap();
        let text = workspace.read(format!("preview/{folder}/message.txt"));
        // Two lines, if it is a long one.
        let words = text.replace("\n| ", " ");
        words.lines().find(|line| line.contains("Look out for")).map(str::to_owned)
    };
    assert!(teaser(&workspace).unwrap().contains("tomorrow's broadcast: Listening to children"));
    workspace.run(["move", "tuesday", "2027-03-19"]).succeeds();
    let moved = teaser(&workspace).unwrap();
    assert!(
        !moved.contains("tomorrow") && moved.contains("19 March") && moved.contains("Listening to children"),
        "{moved}"
    );
    // Over the other: now the second is the first, and names the other as tomorrow's.
    workspace.run(["move", "monday", "2027-03-22"]).succeeds();
    workspace.run(["move", "friday", "2027-03-18"]).succeeds();
    workspace.run(["move", "monday", "2027-03-19"]).succeeds();
    assert!(teaser(&workspace).unwrap().contains("tomorrow's broadcast: Training and guidance"));
}

#[test]
fn a_moved_day_goes_out_once_and_what_has_begun_stays_where_it_is() {
    let server = SmtpServer::takes_all();
    let mut workspace = workspace(&server);
    workspace.run(["move", "monday", "2027-03-18"]).succeeds();
    for now in ["2027-03-15T08:31:00Z", "2027-03-16T08:31:00Z", "2027-03-18T08:31:00Z", "2027-03-18T08:40:00Z"] {
        workspace.set_now(now);
        workspace.run(["run", "--once"]).succeeds();
    }
    let mut twice: Vec<&str> = PEOPLE.iter().chain(&PEOPLE).copied().collect();
    twice.sort_unstable();
    assert_eq!(server.journal().recipients(), twice);
    for day in ["tuesday", "thursday"] {
        let run = workspace.run(["move", day, "2027-03-19"]).exits(76);
        run.complains("the mail server has accepted 6 messages of it").complains("cannot be moved or dropped");
    }
    // By hand, too: the record knows the theme.
    let moved = workspace.edited(FILE, "date = 2027-03-18", "date = 2027-03-19").at("2027-03-19T08:31:00Z");
    let run = moved.run(["send", "friday", "--yes"]).exits(76);
    run.complains("\"Training and guidance\" was already sent to 6 recipients as 2027-03-18");
    // Even where another day has its date now.
    let swapped = moved.edited(FILE, "date = 2027-03-16", "date = 2027-03-18");
    swapped.run(["send", "friday", "--yes"]).exits(76).complains("was already sent to 6 recipients");
    assert_eq!(server.accepted().len(), 12);
}

#[test]
fn while_one_day_is_half_sent_nothing_changes_its_text() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").replies("450 4.2.0 later"));
    let mut workspace = workspace(&server);
    workspace.set_now("2027-03-15T08:31:00Z");
    workspace.run(["run", "--once"]).exits(75);
    let run = workspace.run(["move", "tuesday", "2027-03-18"]).exits(76);
    run.complains("monday's broadcast has begun to go out and 1 recipient is left").complains("weekcast send monday");
    workspace.run(["drop", "tuesday"]).exits(76).complains("its text would change by this");
    workspace
        .run(["move", "monday", "2027-03-18"])
        .exits(76)
        .complains("to go on where it stopped: weekcast send monday");
    assert_eq!(workspace.read(FILE), WEEK);
}

#[test]
fn sign_offs_of_the_day_as_it_was_are_shown_as_changed() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week().settings(&smtp_settings(server.port(), "")).at(SUNDAY);
    let mut workspace = workspace.edited(FILE, "[week]\n", "[week]\nsign_off = 1\n");
    for day in ["monday", "tuesday"] {
        workspace.run(["sign-off", day, "--by", "Rowan Example", "--yes"]).succeeds();
    }
    let run = workspace.run(["move", "tuesday", "2027-03-18"]).succeeds();
    let run = run.says("A sign-off is for the text as it was. To be signed again:");
    run.says("weekcast sign-off monday --by NAME    (it was signed off by Rowan Example)")
        .says("weekcast sign-off 2027-03-18 --by NAME");
    workspace.set_now("2027-03-18T08:31:00Z");
    let run = workspace.run(["send", "thursday", "--yes"]).exits(76);
    run.complains("thursday's broadcast changed since Rowan Example signed it off on 14 March 2027, 12:00: time");
    workspace.run(["report"]).succeeds();
    let page = workspace.read("report/index.html");
    assert!(page.matches("no longer: the content changed since").count() == 2, "{page}");
    workspace.run(["sign-off", "thursday", "--by", "Rowan Example", "--yes"]).succeeds();
    workspace.run(["send", "thursday", "--yes"]).succeeds();
}

/// The program's clock begins anew at `--now` with each command, so that a quick command may have an earlier instant than
/// the slow one before it; a computer's clock is set back, too.
#[test]
fn a_clock_that_was_set_back_parts_no_sign_off_from_its_day() {
    let mut workspace = Workspace::small_week().at(SUNDAY).edited(FILE, "[week]\n", "[week]\nsign_off = 1\n");
    workspace.run(["sign-off", "tuesday", "--by", "Rowan Example", "--yes"]).succeeds();
    workspace.set_now("2027-03-14T11:00:00Z");
    workspace.run(["move", "tuesday", "2027-03-18"]).succeeds();
    workspace.set_now("2027-03-18T08:31:00Z");
    let run = workspace.run(["send", "thursday", "--yes"]).exits(76);
    run.complains("thursday's broadcast changed since Rowan Example signed it off on 14 March 2027, 12:00: time");
    let history = workspace.run(["history", "thursday"]).succeeds();
    history.says("signed off").says("moved to this date");
    workspace.set_now("2027-03-14T10:00:00Z");
    workspace.run(["sign-off", "thursday", "--by", "Sam Example", "--yes"]).succeeds();
    workspace.set_now("2027-03-18T08:31:00Z");
    workspace.run(["send", "thursday", "--yes"]).succeeds();
}

#[test]
fn a_file_from_windows_stays_one() {
    let workspace = Workspace::small_week().at(SUNDAY);
    let windows = format!("\u{feff}{}", WEEK.replace('\n', "\r\n"));
    workspace.write(FILE, &windows);
    workspace.run(["move", "monday", "2027-03-18"]).succeeds();
    let moved = workspace.read(FILE);
    assert_eq!(moved.matches("\r\ndate = 2027-03-").count(), 2);
    assert!(moved.starts_with("\u{feff}[week]\r\n") && moved.matches('\n').count() == moved.matches("\r\n").count());
    workspace.run(["move", "thursday", "2027-03-15"]).succeeds();
    assert_eq!(workspace.read(FILE).replace("date = 2027-03-15\r\n", "").replace("date = 2027-03-16\r\n", ""), windows);
    let utf16: Vec<u8> = windows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    workspace.write(FILE, utf16);
    workspace.run(["drop", "monday", "--format", "json"]).succeeds();
    workspace.run(["drop", "monday", "--undo"]).succeeds();
    let bytes = std::fs::read(workspace.path().join(FILE)).unwrap();
    assert_eq!(bytes, windows.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
}

#[test]
fn scripts_get_the_change_as_json() {
    let workspace = Workspace::small_week().at(SUNDAY);
    let json = workspace.run(["move", "monday", "2027-03-18", "--format", "json"]).succeeds().json();
    assert_eq!(
        json,
        serde_json::json!({
            "week": "march", "file": FILE, "theme": "Training and guidance", "change": "moved",
            "from": "2027-03-15T08:30:00+00:00", "to": "2027-03-18T08:30:00+00:00", "written": true,
            "pinned": ["2027-03-16"], "texts_changed": ["2027-03-16"], "sign_again": []
        })
    );
}
