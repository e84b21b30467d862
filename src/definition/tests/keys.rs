//! Every key: what it may be, what not, and where that is said.

use super::{project, read, shown};
use crate::definition::load;
use crate::model::Findings;

/// A week with lines of its own in `[week]`, above and in its only day.
fn week(head: &str, above: &str, day: &str) -> String {
    format!("[week]\ntitle = \"T\"\nlists = [\"a\"]\n{head}\n{above}\n[[broadcast]]\ntheme = \"Th\"\n{day}\n")
}

const BODY: &str = "body = 'b'";

#[test]
fn values_of_a_week_are_checked() {
    for (head, expected) in [
        ("timezone = \"Europe/Londn\"", &["4:12 unknown-timezone there is no time zone \"Europe/Londn\""][..]),
        ("timezone = \"Europe/Paris\"", &[]),
        ("lang = \"en_GB\"", &["4:8 bad-language \"en_GB\" is no language tag"]),
        ("grace = \"3 hours\"", &[]),
        ("grace = 3", &["4:9 wrong-type `grace` is a whole number, but should be a string in quotation marks"]),
        ("grace = \"soon\"", &["4:9 wrong-type `grace` is \"soon\", which is no length of time"]),
        ("grace = \"400d\"", &["4:9 out-of-range `grace` is longer than a day"]),
        ("sign_off = 2", &[]),
        ("sign_off = 3", &["4:12 out-of-range `sign_off` is 3"]),
        ("sign_off = -1", &["4:12 out-of-range `sign_off` is -1"]),
        ("reading_age = 11", &[]),
        ("reading_age = 30", &["4:15 out-of-range `reading_age` is 30"]),
        ("sign_off = true", &["4:12 wrong-type `sign_off` is true or false, but should be a whole number"]),
        ("starts = \"2027-03-15\"", &[]),
        ("starts = 2027", &["4:10 wrong-type `starts` is a whole number, but should be a date such as 2027-03-15"]),
        ("awareness_day = { name = \"N\" }", &["4:17 missing-key `awareness_day` has no `date`"]),
        (
            "awareness_day = { name = \"N\", dat = 2027-01-01 }",
            &["4:31 unknown-key unknown key `dat` in `awareness_day`"],
        ),
        ("resources = { text = \"t\", url = \"u\" }", &[]),
        ("resources = \"https://x.example\"", &["4:13 wrong-type `resources` is a string, but should be a table"]),
        ("colour = \"red\"", &["4:1 unknown-key unknown key `colour` in [week]"]),
        ("subject = \"a\\nb\"", &["4:13 hidden-character `subject` holds a line end (U+000A)"]),
        ("intro = \"a\\u0000b\"", &["4:11 hidden-character `intro` holds a NUL character (U+0000)"]),
        ("intro = '''\na\n\tb “c”\n'''", &[]),
    ] {
        let (read_week, findings) = read(week(head, "", BODY).as_bytes());
        assert_eq!(findings, expected, "{head}");
        assert_eq!(read_week.unwrap().broadcasts.len(), 1, "{head}");
    }
}

#[test]
fn values_of_a_day_are_checked() {
    let long = "9:1 wrong-type `links` is a table, but should be a list of tables";
    for (day, expected) in [
        ("", &["6:1 missing-key [[broadcast]] has no `body`"][..]),
        ("body = ' '", &["8:8 blank `body` is blank"]),
        ("body = 'b'\nbody_file = \"x.md\"", &["9:1 body-twice the broadcast has both `body` and `body_file`"]),
        ("body = 'b'\nat = \"8:30\"\ndate = 2027-03-15", &[]),
        ("body = 'b'\nat = 830", &["9:6 wrong-type `at` is a whole number, but should be a time such as \"08:30\""]),
        ("body = 'b'\nlists = \"a\"", &[]),
        ("body = 'b'\nlists = []", &["9:1 empty-list `lists` names no list, so that nobody would get anything"]),
        (
            "body = 'b'\nlists = [\"a\", \"\", \"a\"]",
            &["9:15 blank `lists` holds a blank name", "9:19 duplicate-list the list \"a\" is named twice"],
        ),
        ("body = 'b'\nlinks = { text = \"t\", url = \"u\" }", &[long.replace("9:1 ", "9:9 ").leak()]),
        ("body = 'b'\nlinks = [{ text = \"t\" }]", &["9:10 missing-key this entry of `links` has no `url`"]),
        ("body = 'b'\nlinks = [\"u\"]", &["9:10 wrong-type `links` is a string, but should be a table"]),
        (
            "body = 'b'\nattachments = [{ name = \"n\" }]",
            &["9:16 missing-key this entry of `attachments` has no `file`"],
        ),
        (
            "body = 'b'\nattachments = [{ file = \"a\\tb.pdf\" }]",
            &["9:25 path-escape `file` holds a control character: \\ begins an escape in \"…\""],
        ),
        (
            "body = 'b'\nattachments = [{ file = \"a.pdf\", name = \"x\\r\\ny.pdf\" }]",
            &["9:43 hidden-character `name` holds a carriage return (U+000D)"],
        ),
    ] {
        let (read_week, findings) = read(week("", "", day).as_bytes());
        assert_eq!(findings, expected, "{day}");
        let read_week = read_week.unwrap();
        assert_eq!(read_week.broadcasts[0].theme.value(), "Th");
        assert_eq!(read_week.subject.value(), "{{ week.title }}: {{ broadcast.theme }}");
    }
}

#[test]
fn tables_of_a_week_are_checked() {
    for (above, expected) in [
        ("[signature]\nrole = \"r\"", &["5:1 missing-key [signature] has no `name`"][..]),
        (
            "[signature]\nname = \"n\"\nphones = [\"1\"]",
            &["7:11 wrong-type `phones` is a string, but should be a table"],
        ),
        (
            "[signature]\nname = \"A\u{202E}\"",
            &["6:10 hidden-character `name` holds an invisible mark that turns the direction of writing (U+202E)"],
        ),
        ("[[allow]]\nrule = \"weekend\"\nreason = \"asked for\"", &[]),
        ("[[allow]]\nrule = \"weekend\"", &["5:1 missing-key [[allow]] has no `reason`"]),
        (
            "[allow]\nrule = \"weekend\"\nreason = \"r\"",
            &["5:1 wrong-type `allow` is a table, but should be a list of tables"],
        ),
        ("[organisation]\nname = \"x\"", &["5:2 unknown-key unknown key `organisation` in the file"]),
    ] {
        let (read_week, findings) = read(week("", above, BODY).as_bytes());
        assert_eq!(findings, expected, "{above}");
        assert!(read_week.is_some());
    }
}

#[test]
fn what_is_missing_is_said_once_and_the_rest_is_kept() {
    let (read_week, findings) = read(b"[week]\n[[broadcast]]\nbody = 'b'\nlinks = 1\n[[broadcast]]\n");
    assert_eq!(
        findings,
        [
            "1:1 missing-key [week] has no `title`",
            "1:1 no-lists [week] has no `lists`, so that 2 broadcasts go to nobody",
            "2:1 missing-key [[broadcast]] has no `theme`",
            "4:9 wrong-type `links` is a whole number, but should be a list of tables",
            "5:1 missing-key [[broadcast]] has no `body`",
            "5:1 missing-key [[broadcast]] has no `theme`",
        ]
    );
    let read_week = read_week.unwrap();
    assert_eq!((read_week.title.value(), read_week.broadcasts.len()), ("", 2));
    assert_eq!(read_week.broadcasts[0].theme.value(), "", "empty means: reported");
    assert_eq!(
        read(b""),
        (
            None,
            vec![
                "1:1 missing-key the file has no [[broadcast]]".to_owned(),
                "1:1 missing-key the file has no [week]".to_owned(),
            ]
        )
    );
}

#[test]
fn a_body_in_a_file_of_its_own_keeps_its_places() {
    let text = week("", "", "body_file = \"monday.md\"");
    let (_folder, project) = project(text.as_bytes());
    let body = project.join("broadcasts/w/monday.md");
    let load = || {
        let mut findings = Findings::new();
        let week = load(&project, "w", &mut findings).unwrap();
        (week.broadcasts[0].body.clone(), findings)
    };
    let (text, findings) = load();
    assert_eq!(text.value(), "");
    assert_eq!(shown(findings), ["8:13 file-missing there is no file \"broadcasts/w/monday.md\""]);

    std::fs::write(&body, "\u{FEFF}# Héllo\r\n\r\n{{ x }}\r\n").unwrap();
    let (text, findings) = load();
    assert_eq!(text.value(), "# Héllo\n\n{{ x }}\n");
    let at = text.value().find("{{").unwrap();
    assert_eq!(text.at(at..at + 7).line_column(), (3, 1));
    assert_eq!(text.at(at..at + 7).source.path, "broadcasts/w/monday.md");
    assert_eq!((findings.errors(), findings.warnings()), (0, 1));

    std::fs::write(&body, " \r\n").unwrap();
    assert_eq!(shown(load().1), ["8:13 blank broadcasts/w/monday.md is blank"]);
    std::fs::write(&body, b"caf\xE9").unwrap();
    assert_eq!(shown(load().1), ["1:4 encoding the file is not UTF-8 from here on"]);
    std::fs::write(&body, "a\u{7}").unwrap();
    assert_eq!(shown(load().1), ["1:2 hidden-character `body_file` holds a control character (U+0007)"]);
}
