//! `members` and `address` in `recipients.toml`.

use super::read;
use crate::model::{Kind, Recipient};

/// The people of the first list.
fn people(toml: &str) -> (Vec<Recipient>, Vec<String>) {
    let (lists, findings) = read(toml, b"");
    let people = lists.first().map(|list| list.kind.people().iter().collect());
    (people.unwrap_or_default(), findings)
}

#[test]
fn every_form_of_a_member_is_read() {
    let (people, findings) = people(
        r#"[lists.a]
title = "A"
members = [
  "Asha Example <asha@board.example>",
  "bo@board.example",
  '"Example, Cerys" <Cerys@Board.example>',
  "Example, Dev <dev@board.example>",
  { address = " ewa@board.example ", name = " Ewa ", first_name = "Ewa", floor = 3, keys = true, blank = " " },
  "Siân O’Hara-Núñez <s@münchen.example>",
]"#,
    );
    assert_eq!(findings, Vec::<String>::new());
    let found: Vec<_> = people.iter().map(|one| (one.address.as_str(), one.name().unwrap_or("-"))).collect();
    assert_eq!(
        found,
        [
            ("asha@board.example", "Asha Example"),
            ("bo@board.example", "-"),
            ("Cerys@board.example", "Example, Cerys"),
            ("dev@board.example", "Example, Dev"),
            ("ewa@board.example", "Ewa"),
            ("s@xn--mnchen-3ya.example", "Siân O’Hara-Núñez"),
        ]
    );
    let fields: Vec<_> = people[4].fields.iter().collect();
    assert_eq!(fields, [("first_name", "Ewa"), ("floor", "3"), ("keys", "true")]);
    assert_eq!(people[0].place.line_column(), (4, 3));
}

#[test]
fn a_list_address_is_a_list() {
    let (people, findings) = people("[lists.a]\naddress = \"partners@board.example\"\n");
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!((people[0].kind, people[0].name()), (Kind::List, None));
}

#[test]
fn faulty_members_are_pointed_at() {
    let long = format!("{{ address = \"a@b.example\", note = \"{}\" }}", "x".repeat(10_001));
    for (member, expected) in [
        (
            "\"Asha <asha@board>\"",
            "2:18 bad-address \"asha@board\" is not an address: \"board\" has no ending such as .org",
        ),
        (
            "\"Asha asha@board.example\"",
            "2:12 bad-address \"Asha asha@board.example\" is not an address: the address holds a space or control character",
        ),
        ("\"Asha <asha@board.example\"", "2:17 bad-address the < before the address has no > behind it"),
        ("\"a@b.example; c@b.example\"", "2:12 bad-address there are several addresses in one entry"),
        ("\"\"", "2:12 bad-address the address is empty"),
        ("\"Asha <>\"", "2:18 bad-address the address is empty"),
        (
            "\"A <a\\u200B@b.example>\"",
            "2:16 bad-address \"a\u{FFFD}@b.example\" is not an address: it holds an invisible character (U+200B)",
        ),
        (
            "\"A <a@b.example\\r\\nBcc: x@y.example>\"",
            "2:26 bad-address \"a@b.example\u{FFFD}\u{FFFD}Bcc: x@y.example\" is not an address: it holds a carriage return (U+000D)",
        ),
        ("\"A\\r\\nBcc: x <a@b.example>\"", "2:13 name-control the name holds a carriage return (U+000D)"),
        (
            "\"\\u202Egnp.exe <a@b.example>\"",
            "2:12 name-control the name holds an invisible mark that turns the direction of writing (U+202E)",
        ),
        ("{ adress = \"a@b.example\" }", "2:11 missing-key the member has no `address`"),
        ("{ address = 5 }", "2:23 wrong-type `address` is a whole number, but should be a string in quotation marks"),
        (
            "{ address = \"a@b.example\", born = 2020-01-01 }",
            "2:45 wrong-type `born` is a date, but a merge field is text",
        ),
        ("{ address = \"a@b.example\", at = { x = 1 } }", "2:43 wrong-type `at` is a table, but a merge field is text"),
        (
            "{ address = \"a@b.example\", lists = \"x\" }",
            "2:38 reserved-field `lists` cannot be a merge field: recipient.lists is something else",
        ),
        ("{ address = \"a@b.example\", role = \"a\\tb\" }", "2:47 field-control `role` holds a tab (U+0009)"),
        (
            "{ address = \"a@b.example\", name = \"a\\u0000\" }",
            "2:47 name-control the name holds a NUL character (U+0000)",
        ),
        (long.as_str(), "2:46 field-too-long `note` has more than 10000 characters"),
        ("3", "2:11 wrong-type a member is a whole number, but should be \"Name <address>\" or a table"),
    ] {
        let (people, findings) = people(
            &format!("[lists.a]\nmembers = [{member}]\n").replace("[lists.a]\nmembers = [", "[lists.a]\nmembers =["),
        );
        assert_eq!(findings, [format!("recipients:{expected}")], "{member}");
        assert!(people.is_empty(), "{member}");
    }
}

#[test]
fn slips_and_repetitions_are_warnings_and_lose_nobody() {
    let (people, findings) = people(
        "[lists.a]\nmembers = [\n\"asha@gmial.com\",\n{ address = \"Asha@GMIAL.com\", name = \"Asha\", role = \"r\" },\n]\n",
    );
    assert_eq!(
        findings,
        [
            "recipients:3:7 address-typo \"gmial.com\" looks like a slip of the finger",
            "recipients:4:14 duplicate-member Asha@gmial.com is in this list already",
            "recipients:4:19 address-typo \"GMIAL.com\" looks like a slip of the finger",
        ]
    );
    assert_eq!(people.len(), 1);
    assert_eq!((people[0].name(), people[0].fields.get("role").unwrap()), (Some("Asha"), "r"));
}

#[test]
fn a_list_says_in_one_way_who_is_in_it() {
    for (list, expected) in [
        ("title = \"x\"", "1:1 list-kind [lists.a] does not say who is in it"),
        ("members = []\naddress = \"a@b.example\"", "3:1 list-kind a list has either `members` or `address`, not both"),
        ("members = []\nexclude = [\"a\"]", "3:1 list-kind `exclude` goes with `include`, but the list has `members`"),
        (
            "address = \"a@b.example\"\nsheet = \"s\"",
            "3:1 list-kind `sheet` goes with `file`, but the list has `address`",
        ),
        ("address = \"a@b.example\"\ntitle = \"a\\nb\"", "3:11 hidden-character `title` holds a line end (U+000A)"),
        ("member = [\"a@b.example\"]", "2:1 unknown-key unknown key `member` in [lists.a]"),
        ("members = [\"a@b.example\"", "2:11 toml-syntax the [ that begins here is never closed"),
        ("members = \"a@b.example", "2:23 toml-syntax the text is not closed"),
    ] {
        let (lists, findings) = read(&format!("[lists.a]\n{list}\n"), b"");
        assert_eq!(findings, [format!("recipients:{expected}")], "{list}");
        assert_eq!(lists.len(), 1);
    }
}

#[test]
fn too_many_findings_of_one_kind_are_summed_up() {
    let members: String = (0..332).map(|number| format!("\"bad{number}\",\n")).collect();
    let (_, findings) = read(&format!("[lists.a]\nmembers = [\n{members}]\n"), b"");
    assert_eq!(findings.len(), 21);
    assert_eq!(
        findings[20],
        "recipients:23:2 bad-address and 312 more of the same kind in recipients.toml, from here on"
    );
}
