//! Opt-outs from everything, from lists and from groups, and people who were forgotten.

use std::collections::BTreeMap;

use super::OptOuts;
use crate::model::{
    Address, AddressKey, DistributionList, Kind, ListKind, ListName, Place, Pseudonyms, Recipient, Suppression,
};

fn name(text: &str) -> ListName {
    ListName(text.into())
}

fn key(text: &str) -> AddressKey {
    AddressKey::from_stored(format!("{text}@board.example"))
}

fn list(title: &str, kind: ListKind) -> DistributionList {
    DistributionList {
        name: name(title),
        title: None,
        kind,
        reading: None,
        bad_rows: Vec::new(),
        place: Place::file("recipients.toml"),
    }
}

fn members(title: &str, people: &[&str]) -> DistributionList {
    let person = |who: &&str| Recipient {
        address: Address::parse(&format!("{who}@Board.example")).unwrap(),
        lists: Vec::new().into(),
        fields: BTreeMap::new().into(),
        kind: Kind::Individual,
        place: Place::file("recipients.toml"),
    };
    list(title, ListKind::Members(people.iter().map(person).collect()))
}

fn group(title: &str, include: &[&str], exclude: &[&str]) -> DistributionList {
    let names = |names: &[&str]| names.iter().map(|one| (name(one), Place::file("recipients.toml"))).collect();
    list(title, ListKind::Group { include: names(include), exclude: names(exclude) })
}

fn opt_out(key: AddressKey, list: Option<&str>) -> Suppression {
    Suppression {
        key,
        list: list.map(name),
        reason: "asked".into(),
        source: "the officer".into(),
        since: chrono::DateTime::UNIX_EPOCH,
    }
}

fn lists() -> [DistributionList; 6] {
    [
        members("staff", &["a", "b"]),
        members("schools", &["B", "c"]),
        group("all", &["staff", "schools"], &[]),
        group("but", &["all", "staff"], &["schools"]),
        group("round", &["round", "other"], &[]),
        group("other", &["round", "staff"], &[]),
    ]
}

/// What an opt-out of `who` from lists means on a day: the reason's list if they get nothing, and which they left if they
/// get it all the same.
fn day(who: &str, from: &[&str], to: &[&str]) -> (Option<String>, String) {
    let opted = from.iter().map(|from| opt_out(key(who), Some(from))).collect();
    let to: Vec<ListName> = to.iter().map(|one| name(one)).collect();
    let opt_outs = OptOuts::of_day(opted, &[0; 32], &lists(), &to);
    let out = opt_outs.of(&key(who)).map(|one| one.list.as_ref().unwrap().to_string());
    let partly: Vec<String> = opt_outs.partly(&key(who)).iter().map(ToString::to_string).collect();
    (out, partly.join(" "))
}

#[test]
fn an_opt_out_from_a_list_takes_away_that_way_only() {
    let gets = |partly: &str| (None, partly.to_owned());
    let nothing = |list: &str| (Some(list.to_owned()), String::new());
    for (who, from, to, expected) in [
        ("a", &["staff"][..], &["staff"][..], nothing("staff")),
        ("a", &["schools"], &["staff"], gets("")),
        ("a", &["staff"], &["schools"], gets("")),
        ("b", &["staff"], &["staff", "schools"], gets("staff")),
        ("b", &["staff"], &["all"], gets("staff")),
        ("b", &["staff", "schools"], &["all"], nothing("staff")),
        ("b", &["staff", "all"], &["all"], nothing("all")),
        ("b", &["all"], &["all"], nothing("all")),
        ("b", &["all"], &["all", "staff"], gets("all")),
        ("b", &["all"], &["staff"], gets("")),
        ("b", &["schools"], &["but"], gets("")),
        ("a", &["all"], &["but"], gets("all")),
        ("a", &["staff"], &["but"], nothing("staff")),
        ("a", &["staff"], &["round"], nothing("staff")),
        ("a", &["other"], &["round", "staff"], gets("other")),
        ("a", &["gone"], &["staff"], gets("")),
    ] {
        assert_eq!(day(who, from, to), expected, "{who} from {from:?} on a day to {to:?}");
    }
}

#[test]
fn everything_wins_over_a_list_and_a_forgotten_person_is_known_by_the_address() {
    let secret = [7; 32];
    let forgotten = Pseudonyms::new(&secret).of(&key("c"));
    let opted = vec![opt_out(key("b"), Some("staff")), opt_out(key("b"), None), opt_out(forgotten.clone(), None)];
    let opt_outs = OptOuts::of_day(opted, &secret, &lists(), &[name("all")]);
    assert_eq!(opt_outs.of(&key("b")).map(|one| one.list.clone()), Some(None));
    assert!(opt_outs.partly(&key("b")).is_empty());
    assert!(opt_outs.of(&key("c")).is_some() && opt_outs.of(&forgotten).is_some());
    assert!(opt_outs.of(&key("a")).is_none());
    assert!(OptOuts::none().of(&key("b")).is_none());
}
