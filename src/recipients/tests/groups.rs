//! Lists made from lists, and what a day's lists come to.

use super::{addresses, names, project, read, shown};
use crate::document::ProjectFolder;
use crate::model::{Expansion, Findings};
use crate::recipients::{expand, load};

const PEOPLE: &str = r#"
[lists.staff]
members = [{ address = "a@x.example", name = "A", role = "staff" }, "b@x.example", "c@x.example"]
[lists.heads]
members = ["B Head <B@x.example>", { address = "a@x.example", role = "head", room = "7" }, "d@x.example"]
[lists.partners]
address = "partners@x.example"
[lists.out]
members = ["c@x.example", "partners@x.example"]
[lists.none]
members = []
"#;

fn come_to(groups: &str, wanted: &[&str]) -> (Expansion, Vec<String>) {
    let project = project(&[("recipients.toml", format!("{PEOPLE}{groups}").as_bytes())]);
    let mut findings = Findings::new();
    let lists = load(&project.project, &mut findings);
    let expansion = expand(&lists, &names(wanted), &mut findings);
    (expansion, shown(findings))
}

#[test]
fn people_count_once_in_the_order_in_which_they_are_found() {
    for (groups, wanted, expected) in [
        ("", &["staff", "heads"][..], "a@x.example b@x.example c@x.example d@x.example"),
        ("", &["heads", "staff"], "B@x.example a@x.example d@x.example c@x.example"),
        (
            "[lists.g]\ninclude = [\"staff\", \"partners\"]",
            &["g"],
            "a@x.example b@x.example c@x.example partners@x.example",
        ),
        ("[lists.g]\ninclude = [\"staff\", \"partners\"]\nexclude = [\"out\"]", &["g"], "a@x.example b@x.example"),
        (
            "[lists.g]\ninclude = [\"staff\"]\nexclude = [\"out\"]",
            &["g", "staff"],
            "a@x.example b@x.example c@x.example",
        ),
        ("[lists.g]\ninclude = [\"staff\"]\nexclude = [\"none\"]", &["g"], "a@x.example b@x.example c@x.example"),
        (
            "[lists.g]\ninclude = [\"staff\"]\nexclude = [\"h\"]\n[lists.h]\ninclude = [\"heads\"]\nexclude = [\"i\"]\n[lists.i]\nmembers = [\"A@X.example\"]",
            &["g"],
            "a@x.example c@x.example",
        ),
        (
            "[lists.g]\ninclude = [\"h\", \"staff\"]\n[lists.h]\ninclude = [\"staff\"]",
            &["g"],
            "a@x.example b@x.example c@x.example",
        ),
    ] {
        let (expansion, findings) = come_to(groups, wanted);
        assert_eq!(findings, Vec::<String>::new(), "{groups}");
        assert_eq!(addresses(&expansion).join(" "), expected, "{groups} {wanted:?}");
    }
}

#[test]
fn the_first_list_wins_and_later_ones_fill_in() {
    let (expansion, _) = come_to("", &["staff", "heads"]);
    let all: Vec<_> = expansion.recipients.iter().collect();
    let [a, b, ..] = all.as_slice() else { panic!("{expansion:?}") };
    assert_eq!((a.name(), a.fields.get("role").unwrap(), a.fields.get("room").unwrap()), (Some("A"), "staff", "7"));
    assert_eq!(b.name(), Some("B Head"));
    let lists: Vec<&str> = a.lists.iter().map(|name| name.0.as_str()).collect();
    assert_eq!(lists, ["staff", "heads"]);
}

#[test]
fn who_is_left_out_is_named_unless_another_list_has_them() {
    let group = "[lists.g]\ninclude = [\"staff\", \"partners\"]\nexclude = [\"out\"]";
    let excluded = |wanted: &[&str]| -> Vec<String> {
        let (expansion, _) = come_to(group, wanted);
        expansion.excluded.iter().map(|(who, list)| format!("{who} by {list}")).collect()
    };
    assert_eq!(excluded(&["g"]), ["c@x.example by out", "partners@x.example by out"]);
    assert_eq!(excluded(&["g", "staff"]), ["partners@x.example by out"]);
}

#[test]
fn faulty_groups_are_pointed_at() {
    for (groups, wanted, expected) in [
        ("", &["staf"][..], &["w:1:1 unknown-list there is no list \"staf\""][..]),
        ("", &["none"], &["w:1:1 empty-list the list \"none\" is empty"]),
        ("[lists.g]\ninclude = [\"none\"]", &["g"], &["recipients:13:12 empty-list the list \"none\" is empty"]),
        ("[lists.g]\ninclude = [\"heds\"]", &[], &["recipients:13:12 unknown-list there is no list \"heds\""]),
        (
            "[lists.g]\ninclude = [\"staff\"]\nexclude = [\"staff\"]",
            &["g"],
            &["w:1:1 empty-list everybody in the list \"g\" is excluded"],
        ),
        ("[lists.g]\ninclude = []", &["g"], &["recipients:13:1 empty-list `include` names no list"]),
        (
            "[lists.g]\ninclude = [\"g\", \"staff\"]",
            &["g"],
            &["recipients:13:12 list-cycle the list \"g\" is made from itself"],
        ),
        (
            "[lists.g]\ninclude = [\"h\"]\n[lists.h]\ninclude = [\"staff\", \"i\"]\n[lists.i]\ninclude = [\"g\"]",
            &["h", "i", "g"],
            &["recipients:13:12 list-cycle the lists are made from each other in a circle: g → h → i → g"],
        ),
    ] {
        assert_eq!(come_to(groups, wanted).1, expected, "{groups} {wanted:?}");
    }
}

#[test]
fn what_made_a_list_faulty_is_not_told_twice() {
    for (toml, wanted, expected) in [
        (
            "[lists.a]\nmembers = [\"bad\"]\n",
            "a",
            "recipients:2:13 bad-address \"bad\" is not an address: an address has exactly one \"@\"",
        ),
        (
            "[lists.a]\nmembers = [\"x@y.example]\n",
            "a",
            "recipients:2:1 toml-syntax a quotation mark is missing in this line",
        ),
        ("[lists.a]\nmembers = [\"x@y.example\"]\n[lists.b\nmembers = [\"z@y.example\"]\n", "b", "recipients:3:1"),
    ] {
        let (lists, _) = read(toml, b"");
        let project = project(&[("recipients.toml", toml.as_bytes())]);
        let mut findings = Findings::new();
        assert_eq!(load(&project.project, &mut findings), lists);
        expand(&lists, &names(&[wanted]), &mut findings);
        let findings = shown(findings);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].starts_with(expected), "{findings:?}");
    }
}

#[test]
fn without_a_file_the_example_is_named_and_nothing_else() {
    let project = project(&[("recipients.example.toml", b"[lists.a]\nmembers = []\n")]);
    let mut findings = Findings::new();
    let lists = load(&project.project, &mut findings);
    expand(&lists, &names(&["a"]), &mut findings);
    let help: Vec<_> = findings.iter().filter_map(|finding| finding.help.clone()).collect();
    assert_eq!(help, ["copy recipients.example.toml to recipients.toml and put your own people in it"]);
}

/// A thousand groups in a chain, each of which includes the next one twice: neither deep nor slow.
#[test]
fn deep_and_doubled_groups_are_resolved_once_each() {
    let mut toml = String::from("[lists.n1000]\nmembers = [\"a@x.example\"]\n");
    for number in 0..1000 {
        toml.push_str(&format!("[lists.n{number}]\ninclude = [\"n{0}\", \"n{0}\"]\n", number + 1));
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("recipients.toml"), toml).unwrap();
    let mut findings = Findings::new();
    let lists = load(&ProjectFolder::at(folder.path()), &mut findings);
    let expansion = expand(&lists, &names(&["n0"]), &mut findings);
    assert_eq!(shown(findings), Vec::<String>::new());
    assert_eq!(addresses(&expansion), ["a@x.example"]);
}
