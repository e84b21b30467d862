//! Each rule on small weeks, as a table; and what `[[allow]]` may drop.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Allowed, apply_allowed, run};
use crate::calendar::schedule;
use crate::document::{ProjectFolder, sample_week};
use crate::lint::{DaySubject, READERS, RULES, Subject};
use crate::model::{
    Address, AttachedFile, Digest, Expansion, Finding, Findings, Holiday, LinkAnswers, Material, Organisation, Picture,
    Place, Sender, Week, WeekProse,
};

/// What the days are rendered to.
#[derive(Default)]
struct Rendered {
    subject: Option<&'static str>,
    html: usize,
    attachment: usize,
    picture: u32,
}

fn material(rendered: &Rendered) -> Material {
    let bytes: Arc<[u8]> = vec![0; rendered.attachment].into();
    let file =
        |name: &str| AttachedFile { name: name.into(), title: None, media_type: "x/y".into(), bytes: bytes.clone() };
    let picture = Picture {
        content_id: "p".into(),
        file: "wide.png".into(),
        name: "wide.png".into(),
        media_type: "image/png",
        bytes: Arc::new([]),
        width: rendered.picture,
        height: 1,
        alt: "a".into(),
    };
    Material {
        html: vec!["x".repeat(rendered.html)],
        text: vec![],
        pictures: if rendered.picture > 0 { vec![picture] } else { vec![] },
        attachments: vec![file("big.pdf")],
        digest: Digest::over(vec![]),
        lang: "en-GB".into(),
    }
}

fn findings(week: &Week, rendered: &Rendered) -> Findings {
    let (expansion, material, mut findings) = (Expansion::default(), material(rendered), Findings::new());
    let days = schedule(week, &mut findings);
    let day = |day| DaySubject { day, expansion: &expansion, material: Some(&material), subject: rendered.subject };
    let days: Vec<DaySubject<'_>> = days.iter().map(day).collect();
    let sender = Sender {
        name: None,
        address: Address::parse("a@board.example").unwrap(),
        reply_to: None,
        message_id_domain: "board.example".into(),
        unsubscribe: None,
        place: Place::file("weekcast.toml"),
    };
    let holiday = |date: &str, name: &str| Holiday { date: date.parse().unwrap(), name: name.into() };
    let subject = Subject {
        project: &ProjectFolder::at("."),
        week,
        lists: &[],
        days: &days,
        holidays: &[holiday("2027-03-26", "Good Friday"), holiday("2027-03-29", "Easter Monday")],
        holidays_until: Some("2028-12-31".parse().unwrap()),
        school_holidays: &[],
        sender: &sender,
        organisation: &Organisation::default(),
        prose: &WeekProse::default(),
        answers: &LinkAnswers::new(),
    };
    run(&subject, &mut findings);
    findings
}

fn show(findings: Vec<Finding>) -> Vec<String> {
    let line = |f: &Finding| format!("{} {} {}", f.place.line_column().0, f.severity.word(), f.rule);
    findings.iter().map(line).collect()
}

/// A week with these lines in `[week]` and one broadcast for each date (empty: from the schedule).
fn week(head: &str, dates: &[&str]) -> Week {
    let day = |date: &&str| {
        let date = if date.is_empty() { String::new() } else { format!("date = {date}\n") };
        format!("[[broadcast]]\n{date}at = \"08:30\"\nsummary = \"s\"\n")
    };
    sample_week(&format!("[week]\nlists = [\"a\"]\n{head}\n{}", dates.iter().map(day).collect::<String>()))
}

#[test]
fn dates_are_judged_together() {
    let schedule = "schedule = \"0 9 * * MON-FRI\"";
    let starts = "starts = 2027-03-12";
    let awareness = |date: &str| format!("awareness_day = {{ name = \"Day\", date = {date} }}");
    for (head, dates, expected) in [
        (starts, &["2027-03-12", "2027-03-15"][..], &[][..]),
        (starts, &["2027-03-15", "2027-03-15"], &["9 error duplicate-date"]),
        (&format!("{schedule}\n{starts}"), &["", "2027-03-12"], &["9 error duplicate-date"]),
        (starts, &["2027-03-15"; 3], &["9 error duplicate-date", "13 error duplicate-date"]),
        (starts, &["2027-03-11", "2027-03-25"], &["5 error date-outside-week"]),
        (starts, &["2027-03-26"], &["5 error bank-holiday", "5 error date-outside-week"]),
        ("", &["2026-03-15", "2027-03-15", "2027-03-16"], &["5 error date-outside-week", "5 error weekend"]),
        ("", &["2027-03-15", "2027-04-15"], &["5 error date-outside-week"]),
        (&awareness("2027-03-18"), &["2027-03-05", "2027-03-18", "2027-03-25"], &[]),
        (&awareness("2027-03-18"), &["2027-03-04", "2027-03-18"], &["5 error date-outside-week"]),
        (
            &format!("{starts}\n{}", awareness("2027-03-12")),
            &["2027-03-12", "2027-03-22"],
            &["10 error date-outside-week"],
        ),
        (starts, &["2027-03-13", "2027-03-14"], &["5 error weekend", "9 error weekend"]),
        (&format!("schedule = \"0 9 * * SAT\"\n{starts}"), &["2027-03-13", "2027-03-14"], &["10 error weekend"]),
        (&format!("schedule = \"0 9 * * sunday-Saturday\"\n{starts}"), &["2027-03-13", "2027-03-14"], &[]),
        (&format!("schedule = \"0 9 * * *\"\n{starts}"), &["2027-03-13"], &["6 error weekend"]),
        ("", &["2029-01-02", "2029-01-03"], &["5 warning holidays-run-out"]),
        (&awareness("2027-03-18"), &["2027-03-17"], &["3 warning awareness-day"]),
        (&awareness("2027-03-14"), &["2027-03-12"], &[]),
        (&awareness("2027-03-14"), &["2027-03-10"], &["3 warning awareness-day"]),
        (&awareness("2027-03-29"), &["2027-03-26"], &["5 error bank-holiday"]),
    ] {
        let found = show(findings(&week(head, dates), &Rendered::default()).sorted());
        assert_eq!(found, expected, "{head} {dates:?}");
    }
}

#[test]
fn what_the_message_comes_to_is_judged() {
    let capitals = "IMPORTANT: READ TODAY about CSE";
    let long = "x123456789 x123456789 x123456789 x123456789 x123456789 x123456789 x123456789 x9";
    for (rendered, expected) in [
        (Rendered::default(), &[][..]),
        (Rendered { subject: Some(&long[..78]), ..Rendered::default() }, &[]),
        (Rendered { subject: Some(long), ..Rendered::default() }, &["4 warning subject-length"]),
        (Rendered { subject: Some(capitals), ..Rendered::default() }, &["4 warning subject-capitals"]),
        (Rendered { subject: Some("STOP AND READ THIS"), ..Rendered::default() }, &["4 warning subject-capitals"]),
        (Rendered { subject: Some("NSPCC and CEOP on CSE"), ..Rendered::default() }, &[]),
        (Rendered { subject: Some("CSE, NSPCC"), ..Rendered::default() }, &[]),
        (Rendered { html: 80_000, picture: 1_200, attachment: 5_700_000, ..Rendered::default() }, &[]),
        (Rendered { html: 80_001, ..Rendered::default() }, &["5 warning html-size"]),
        (Rendered { html: 100_000, ..Rendered::default() }, &["5 warning html-size"]),
        (Rendered { html: 100_001, ..Rendered::default() }, &["5 error html-size"]),
        (Rendered { picture: 1_201, ..Rendered::default() }, &["5 warning picture-width"]),
        (Rendered { attachment: 6_000_000, ..Rendered::default() }, &["3 warning message-size"]),
        (Rendered { attachment: 14_700_000, ..Rendered::default() }, &["3 error message-size"]),
    ] {
        let week = sample_week(
            "[week]\nlists = [\"a\"]\n[[broadcast]]\ntheme = \"T\"\nbody = \"![a](wide.png)\"\nsummary = \"s\"\n\
             date = 2027-03-15\nat = \"08:30\"\n",
        );
        assert_eq!(show(findings(&week, &rendered).sorted()), expected);
    }
}

#[test]
fn lists_and_summaries_are_asked_of_every_day() {
    let week = sample_week(
        "[week]\n[[broadcast]]\nsummary = \" \"\n[[broadcast]]\nlists = []\n[[broadcast]]\nlists = [\"a\"]\nsummary = \"s\"\n",
    );
    let found = show(findings(&week, &Rendered::default()).sorted());
    let lint: Vec<&String> =
        found.iter().filter(|line| !line.contains(" no-date") && !line.contains(" no-time")).collect();
    assert_eq!(lint, ["3 warning summary-missing", "4 error no-lists", "4 warning summary-missing"]);
}

#[test]
fn allowing_drops_warnings_and_such_errors_as_let_it() {
    let toml = |allow: &str| {
        format!(
            "[week]\nlists = [\"a\"]\n[[broadcast]]\ndate = 2027-03-13\nat = \"08:30\"\n[[broadcast]]\ndate = 2027-03-13\nat = \"09:30\"\n{allow}"
        )
    };
    let allow = |rule: &str, reason: &str| format!("[[allow]]\nrule = \"{rule}\"\nreason = \"{reason}\"\n");
    let all = [
        "3 warning summary-missing",
        "4 error weekend",
        "6 warning summary-missing",
        "7 error duplicate-date",
        "7 error weekend",
    ];
    let without =
        |rule: &str| all.iter().filter(|line| !line.ends_with(rule)).map(ToString::to_string).collect::<Vec<_>>();
    for (rule, reason, dropped, count, said) in [
        ("weekend", " a market on Saturday ", "weekend", Some(2), None),
        ("summary-missing", "short notes", "summary-missing", Some(2), None),
        ("html-size", "long, and we know", "nothing", Some(0), None),
        ("duplicate-date", "why not", "nothing", None, Some("allow-refused: \"duplicate-date\" cannot be allowed")),
        ("weekend", " ", "nothing", None, Some("blank: \"weekend\" is allowed without a reason")),
        ("weeknd", "x", "nothing", None, Some("allow-unknown: there is no rule \"weeknd\"")),
    ] {
        let week = sample_week(&toml(&allow(rule, reason)));
        let (kept, allowed) = apply_allowed(&week, findings(&week, &Rendered::default()));
        let (entries, rest): (Vec<_>, Vec<_>) =
            kept.sorted().into_iter().partition(|f| f.rule.starts_with("allow-") || f.rule == "blank");
        assert_eq!(show(rest), without(dropped), "{rule}");
        let entry = entries.first().map(|f| format!("{}: {}", f.rule, f.message));
        assert_eq!(entry.as_deref(), said);
        let expected =
            count.map(|count| Allowed { rule: rule.into(), why: why(rule), reason: reason.trim().into(), count });
        assert_eq!(allowed, expected.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_warning_of_a_rule_with_errors_is_allowed_but_its_error_stays() {
    let toml = "[week]\nlists = [\"a\"]\n[[broadcast]]\nsummary = \"s\"\ndate = 2027-03-15\nat = \"08:30\"\n\
                [[allow]]\nrule = \"html-size\"\nreason = \"known\"\n";
    let week = sample_week(toml);
    for (html, kept) in [(90_000, 0), (103_000, 1)] {
        let (left, _) = apply_allowed(&week, findings(&week, &Rendered { html, ..Rendered::default() }));
        assert_eq!(left.len(), kept, "{html}");
    }
}

#[test]
fn every_rule_is_named_once_and_has_its_reason() {
    let own = RULES.iter().map(|rule| (rule.id, rule.severities, rule.why));
    let all: Vec<_> = own.chain(READERS.iter().map(|rule| (rule.id, rule.severities, rule.why))).collect();
    let ids: BTreeSet<&str> = all.iter().map(|(id, ..)| *id).collect();
    assert_eq!(ids.len(), all.len(), "a name is used twice");
    let mut reasons = BTreeMap::new();
    for (id, severities, why) in all {
        assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
        assert!(!severities.is_empty() && why.len() > 15 && !why.ends_with('.'), "{id}: {why}");
        assert_eq!(reasons.insert(why, id), None, "{id} has another's reason");
    }
}

/// Why a rule is one.
fn why(rule: &str) -> &'static str {
    let own = RULES.iter().find(|own| own.id == rule).map(|own| own.why);
    own.or_else(|| READERS.iter().find(|own| own.id == rule).map(|own| own.why)).unwrap_or_default()
}
