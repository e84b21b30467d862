//! Every way in which an officer may have written a day, and what is written to it.

use std::collections::BTreeMap;

use super::{DayEdit, DropEdit, edited};
use crate::definition::load_text;
use crate::document::ProjectFolder;
use crate::model::{Findings, Week};

const HEAD: &str = "[week]\ntitle = \"T\"\nlists = [\"a\"]\n";

fn week(text: &str) -> Week {
    let folder = tempfile::tempdir().unwrap();
    let mut findings = Findings::new();
    let week = load_text(&ProjectFolder::at(folder.path()), "w", text, &mut findings).unwrap();
    assert_eq!(findings.errors(), 0, "{text}\n{:?}", findings.sorted());
    week
}

/// The text below the head after the change of its last day; it must still be a week, and without the change the same.
#[track_caller]
fn changed(days: &str, edit: &DayEdit) -> String {
    let text = format!("{HEAD}{days}");
    let week_before = week(&text);
    assert_eq!(edited(&week_before, &BTreeMap::new()), text);
    let out = edited(&week_before, &BTreeMap::from([(week_before.broadcasts.len() - 1, edit.clone())]));
    let after = week(&out);
    let day = after.broadcasts.last().unwrap();
    if let Some(date) = edit.date {
        assert_eq!(day.date.as_ref().map(|(date, _)| *date), Some(date), "{out}");
    }
    if let Some(at) = edit.at {
        assert_eq!(day.at.as_ref().map(|(at, _)| *at), Some(at), "{out}");
    }
    if let Some(dropped) = &edit.dropped {
        let reason = day.dropped.as_ref().map(|dropped| dropped.reason.as_ref().map(|text| text.value().to_owned()));
        assert_eq!(reason, if let DropEdit::Set(reason) = dropped { Some(reason.clone()) } else { None }, "{out}");
    }
    out.strip_prefix(HEAD).unwrap().to_owned()
}

fn to_thursday() -> DayEdit {
    DayEdit { date: "2027-03-18".parse().ok(), at: "09:15:00".parse().ok(), dropped: None }
}

#[test]
fn dates_and_times_are_written_where_they_belong() {
    const REST: &str = "theme = \"x\"\nbody = 'b'\n";
    for (days, expected) in [
        ("[[broadcast]] # Monday [[x]]\n", "[[broadcast]] # Monday [[x]]\ndate = 2027-03-18\nat = \"09:15\"\n"),
        ("  [[broadcast]]\n", "  [[broadcast]]\n  date = 2027-03-18\n  at = \"09:15\"\n"),
        ("[[broadcast]]\r\n", "[[broadcast]]\r\ndate = 2027-03-18\r\nat = \"09:15\"\r\n"),
        (
            "[[broadcast]]\ndate = 2027-03-15   # a Monday\n",
            "[[broadcast]]\ndate = 2027-03-18   # a Monday\nat = \"09:15\"\n",
        ),
        (
            "[[broadcast]]\nat = 08:30:00 # early\ndate='2027-03-15'\n",
            "[[broadcast]]\nat = 09:15:00 # early\ndate='2027-03-18'\n",
        ),
        ("[[broadcast]]\nat = '08:30'\n", "[[broadcast]]\ndate = 2027-03-18\nat = '09:15'\n"),
    ] {
        assert_eq!(changed(&format!("{days}{REST}"), &to_thursday()), format!("{expected}{REST}"));
    }
    let other = "[[broadcast]]\ntheme = \"y\"\nbody = 'c'\n\n# the second\n\n";
    assert_eq!(
        changed(&format!("{other}[[broadcast]]\n{REST}# the end"), &to_thursday()),
        format!("{other}[[broadcast]]\ndate = 2027-03-18\nat = \"09:15\"\n{REST}# the end")
    );
}

#[test]
fn a_day_between_braces_is_changed_between_them() {
    let text = "[signature]\nname = \"N\"\n";
    let week = |day: &str| format!("{text}[[broadcast]]\ntheme = \"x\"\nbody = 'b'\n{day}");
    assert_eq!(changed(&week(""), &to_thursday()).matches("date = ").count(), 1);
    let inline = format!("broadcast = [{{ theme = \"x\", body = 'b' }}]\n{HEAD}");
    let before = super::tests::week(&inline);
    let out = edited(&before, &BTreeMap::from([(0, to_thursday())]));
    assert!(
        out.starts_with("broadcast = [{ date = 2027-03-18, at = \"09:15\", theme = \"x\", body = 'b' }]\n"),
        "{out}"
    );
    let drop = DayEdit { dropped: Some(DropEdit::Set(None)), ..DayEdit::default() };
    let dropped = edited(&before, &BTreeMap::from([(0, drop)]));
    assert!(dropped.starts_with("broadcast = [{ dropped = true, theme"), "{dropped}");
    let undo = DayEdit { dropped: Some(DropEdit::Undo), ..DayEdit::default() };
    assert_eq!(
        edited(&super::tests::week(&dropped), &BTreeMap::from([(0, undo.clone())])).replace("{  ", "{ "),
        inline
    );
    let last = inline.replace("body = 'b' }", "body = 'b', dropped = true }");
    assert_eq!(edited(&super::tests::week(&last), &BTreeMap::from([(0, undo)])), inline);
}

#[test]
fn dropping_and_bringing_back_leaves_the_file_as_it_was() {
    let day = "[[broadcast]]\ntheme = \"x\"\nbody = 'b'\n";
    let reason = Some("the speaker is \"ill\" \\ away".to_owned());
    for reason in [reason, None] {
        let drop = DayEdit { dropped: Some(DropEdit::Set(reason)), ..DayEdit::default() };
        let dropped = changed(day, &drop);
        let undo = DayEdit { dropped: Some(DropEdit::Undo), ..DayEdit::default() };
        assert_eq!(changed(&dropped, &undo), day);
        let again = DayEdit { dropped: Some(DropEdit::Set(Some("other".into()))), ..DayEdit::default() };
        assert!(changed(&dropped, &again).contains("dropped = \"other\"\n"));
    }
    let undo = DayEdit { dropped: Some(DropEdit::Undo), ..DayEdit::default() };
    let remark = day.replace("body", "dropped = true # ill\nbody");
    assert_eq!(changed(&remark, &undo), day.replace("body", " # ill\nbody"));
}
