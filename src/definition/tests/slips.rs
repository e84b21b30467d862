//! What happens to people who type TOML for the first time: each slip of the shipped week is one finding, at its place.

use super::{project, read, shipped};
use crate::definition::load;
use crate::model::Findings;

#[test]
fn each_slip_is_one_finding_at_its_place() {
    let title = "title = \"CSE awareness week\"";
    let theme = "theme = \"Training and guidance\"";
    let lang = "lang = \"en-GB\"";
    let monday = "[[broadcast]]\ntheme = \"Training";
    let friday_end = "not a reason to wait.\n'''\n";
    let friday = "body = '''\n## What we mean";
    let link = "practitioners\", note = \"Department for Education\" },";
    for (old, new, expected) in [
        (title, "title = \"CSE awareness week", "11:28 the text is not closed"),
        (title, "title = CSE awareness week\"", "11:9 the text of `title` has no quotation mark before it"),
        (theme, "theme = Training and guidance", "95:9 the text of `theme` has no quotation mark before it"),
        (theme, "theme = “Training and guidance”", "95:9 “ is used as a quotation mark; TOML needs straight ones"),
        (theme, "theme = \"Training and \"guidance\"\"", "95:24 something stands behind the value"),
        (theme, "theme = 'Children's guidance'", "95:19 something stands behind the value"),
        ("label = \"Internal\"", "label = “Internal”", "44:13 “ is used as a quotation mark; TOML needs straight ones"),
        (monday, "[[broadcast]\ntheme = \"Training", "94:1 the heading [[broadcast] has the wrong brackets"),
        (monday, "[broadcast]\ntheme = \"Training", "94:1 the heading [broadcast] has the wrong brackets"),
        (monday, "theme = \"Training", "94:1 `theme` and the keys below it stand in this [[broadcast]] already"),
        (monday, "[[brodcast]]\ntheme = \"Training", "94:3 unknown key `brodcast` in the file"),
        ("[week]", "[week", "10:1 the heading [week has the wrong brackets"),
        ("[signature]", "[week]", "37:1 the heading [week] stands here a second time"),
        ("[week]\n", "", "10:1 the file has no [week], and `title` stands below no heading"),
        ("[signature]\n", "", "37:1 `name` and the 7 keys below it are unknown in [week]"),
        ("starts = 2027-03-12", "starts = 12/03/2027", "14:10 12/03/2027 is neither a date, a time nor a number"),
        ("starts = 2027-03-12", "starts = 2027-02-30", "14:10 invalid date, expected day between 01 and 28"),
        (friday_end, "not a reason to wait.\n", "57:8 the text of `body` begins here and is never closed"),
        (friday_end, "not a reason to wait.\n''\n", "57:8 the text of `body` begins here and is never closed"),
        ("\"button\")\n'''", "\"button\")\n", "222:8 the text of `body` begins here and is never closed"),
        ("help.\n'''", "help.\n", "24:9 the text of `intro` begins here and is never closed"),
        ("## Six signs", "'''\n## Six signs", "57:8 the text of `body` has ''' inside, which ends it"),
        ("## Six signs", "## Six '''signs'''", "57:8 the text of `body` has ''' inside, which ends it"),
        (friday, "body =\n## What we mean", "57:1 the text of `body` ends with ''' but does not begin with it"),
        (friday, "body = ''\n## What we mean", "57:1 the text of `body` ends with ''' but does not begin with it"),
        (friday, "## What we mean", "59:1 the line is neither a heading, nor a key with a value, nor a comment"),
        (link, link.trim_end_matches(','), "87:3 missing comma between array elements, expected `,`"),
        ("Children's Society\"", "Children's Society", "88:3 a quotation mark is missing in this line"),
        ("lists = [\"everyone\"]", "lists = [\"everyone\"", "16:9 the [ that begins here is never closed"),
        ("links = [\n", "links =\n", "85:1 the list `links` ends with ] but does not begin with ["),
        ("{ text = \"The", "text = \"The", "88:3 this entry of `links` ends with } but does not begin with {"),
        ("date = 2027-03-18 }", "date = 2027-03-18", "15:17 the { that begins here is never closed"),
        (lang, "lang = \"en-GB\"\ntitle = \"again\"", "20:1 `title` stands here a second time"),
        (lang, "lang \"en-GB\"", "19:1 the line is neither a heading, nor a key with a value, nor a comment"),
        (lang, "lang =", "19:7 `lang` has no value"),
        (lang, "lang\u{A0}= \"en-GB\"", "19:5 a space stands here that is not the usual one (U+00A0)"),
        ("\nlang = ", "lang = ", "18:112 two lines of the file have become one"),
        ("logo.png", "pictures\\logo.png", "48:18 \\ begins an escape in \"…\", and this is none"),
        ("logo.png", "pictures\\flogo.png", "48:8 `logo` holds a control character: \\ begins an escape in \"…\""),
        ("# Monday", "Monday", "92:1 the line is neither a heading, nor a key with a value, nor a comment"),
    ] {
        let week = shipped();
        assert!(week.contains(old), "{old}");
        let broken = week.replacen(old, new, 1);
        for text in [broken.clone(), broken.replace('\n', "\r\n")] {
            let (week, findings) = read(text.as_bytes());
            let facts: Vec<String> = findings.iter().map(|finding| without_rule(finding)).collect();
            assert_eq!(facts, [expected], "{new}");
            let days = week.unwrap().broadcasts;
            assert_eq!(days.len(), if new.contains("[[brodcast") { 4 } else { 5 }, "{new}");
        }
    }
}

fn without_rule(finding: &str) -> String {
    let mut words = finding.splitn(3, ' ');
    let place = words.next().unwrap_or_default();
    format!("{place} {}", words.nth(1).unwrap_or_default())
}

#[test]
fn tabs_and_encodings_are_read() {
    let week = shipped();
    let tabs = week.replacen("lang = \"en-GB\"", "\tlang\t=\t\"en-GB\"", 1);
    assert_eq!(read(tabs.as_bytes()).1, Vec::<String>::new());
    let wide: Vec<u8> =
        "\u{FEFF}".chars().chain(week.chars()).collect::<String>().encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [[b"\xEF\xBB\xBF", week.as_bytes()].concat(), wide, week.replace('\n', "\r").into_bytes()] {
        let (read_week, findings) = read(&bytes);
        assert_eq!(read_week.map(|week| week.broadcasts.len()), Some(5));
        assert!(matches!(findings.as_slice(), [one] if one.contains(" encoding ")), "{findings:?}");
    }
}

#[test]
fn many_slips_at_once_are_all_shown() {
    let mut week = shipped();
    for (old, new) in [
        ("title = \"CSE awareness week\"", "title = \"CSE awareness week"),
        ("lang = \"en-GB\"", "lang = en-GB"),
        ("someone who can help.\n'''", "someone who can help.\n"),
        ("[signature]", "[signature"),
        ("email = ", "mail = "),
        ("not a reason to wait.\n'''", "not a reason to wait.\n"),
        ("[[broadcast]]\ntheme = \"Training", "[[broadcast]\ntheme = \"Training"),
        ("theme = \"Schools resources\"", "theme = “Schools resources”"),
        ("date = 2027-03-18                    #", "at = \"half past eight\" #"),
        ("{{ recipient.first_name or \"colleague\" }}", "{{ recipient.first_name or }}"),
    ] {
        assert!(week.contains(old), "{old}");
        week = week.replacen(old, new, 1);
    }
    let (read_week, findings) = read(week.as_bytes());
    let places: Vec<&str> = findings.iter().map(|finding| finding.split(' ').next().unwrap()).collect();
    assert_eq!(places, ["11:28", "19:8", "24:9", "37:1", "47:1", "57:8", "94:1", "136:9", "219:6"], "{findings:#?}");
    // A fault in a text below all of that is still found at its own place.
    let body = &read_week.unwrap().broadcasts[4].body;
    let at = body.value().find("{{ recipient").unwrap();
    let place = body.at(at..at + 4);
    assert_eq!(
        place.source.text[place.range.start..].lines().next(),
        week[week.rfind("{{ recipient").unwrap()..].lines().next()
    );
}

/// Any line of the shipped week deleted, and any mark of TOML: never more than one finding.
#[test]
fn a_deleted_line_or_mark_is_never_more_than_one_finding() {
    let week = shipped();
    let check = |name: String, text: String| {
        let (_folder, project) = project(text.as_bytes());
        let mut findings = Findings::new();
        load(&project, "w", &mut findings);
        for finding in findings.iter() {
            assert!(finding.place.source.text.get(finding.place.range.clone()).is_some(), "{name}: {finding:?}");
            assert!(
                finding.help.is_some() || finding.rule == "wrong-type" || finding.rule == "blank",
                "{name}: {}",
                finding.message
            );
        }
        assert!(findings.len() <= 1, "{name}: {:#?}", super::shown(findings));
    };
    let mut offset = 0;
    for (number, line) in week.split_inclusive('\n').enumerate() {
        let mut text = week.clone();
        text.replace_range(offset..offset + line.len(), "");
        check(format!("line {}", number + 1), text);
        offset += line.len();
    }
    // Every fifth of some thousand, which meets each kind of mark many times.
    for (at, mark) in week.char_indices().filter(|(_, c)| "\"'[]{}=,\n#".contains(*c)).step_by(5) {
        let mut text = week.clone();
        text.remove(at);
        check(format!("{mark:?} at {at}"), text);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    /// Whatever a file holds, reading it ends and every place lies in it.
    #[test]
    fn nothing_breaks_the_reader(text in "([a-z]|[\\[\\]{}=,\"'#\\\\ \n\r\té“]|'''|\"\"\"|\\[\\[a\\]\\]|\nb = ){0,60}") {
        let source = crate::model::SourceFile::new("w.toml", text);
        let mut findings = Findings::new();
        crate::document::parse(&source, &mut findings).finish(&mut findings);
        for finding in findings.iter() {
            assert!(source.text.get(finding.place.range.clone()).is_some(), "{finding:?}");
        }
    }
}
