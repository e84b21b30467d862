//! For unit tests: a week from a few lines of TOML, with the places that a real file would have. It reads only what the
//! tests of `calendar` and `lint` need, so that these parts do not depend on `definition`.

use crate::document::parse::parse;
use crate::document::table::Table;
use crate::model::{Allow, AwarenessDay, Broadcast, Findings, ListName, Place, SourceFile, Text, Week};

/// Reads a week; panics on anything that it does not know.
pub(crate) fn sample_week(toml: &str) -> Week {
    let mut findings = Findings::new();
    let source = SourceFile::new("broadcasts/week.toml", toml);
    let mut file = parse(&source, &mut findings);
    let f = &mut findings;
    let mut week = file.table("week", f).expect("[week]");
    let broadcasts = file.tables("broadcast", f).into_iter().map(|table| broadcast(table, f)).collect();
    let allow = |table: &mut Table, f: &mut Findings| Allow {
        rule: table.text("rule", f).expect("rule"),
        reason: table.text("reason", f).expect("reason"),
    };
    let read = Week {
        name: "week".into(),
        folder: "broadcasts/week".into(),
        title: week.text("title", f).unwrap_or_else(|| plain(&source, "Week")),
        timezone: week
            .text("timezone", f)
            .map_or(chrono_tz::Europe::London, |zone| zone.value().parse().expect("zone")),
        schedule: week.text("schedule", f),
        starts: week.date("starts", f),
        awareness_day: week.table("awareness_day", f).map(|mut table| AwarenessDay {
            name: table.text("name", f).expect("name"),
            date: table.date("date", f).expect("date"),
        }),
        lists: lists(&mut week, f).unwrap_or_default(),
        subject: week.text("subject", f).unwrap_or_else(|| plain(&source, "Subject")),
        intro: week.text("intro", f),
        closing: None,
        resources: None,
        lang: "en-GB".into(),
        grace: std::time::Duration::from_secs(3 * 3600),
        sign_off: 0,
        audience_change: 20,
        reading_age: 16,
        signature: None,
        broadcasts,
        allow: file.tables("allow", f).iter_mut().map(|table| allow(table, f)).collect(),
        source,
    };
    week.finish(f);
    file.finish(f);
    assert!(findings.is_empty(), "{findings:?}");
    read
}

fn plain(source: &std::sync::Arc<SourceFile>, text: &str) -> Text {
    Text::synthetic(text, Place::new(source, 0..0))
}

fn lists(table: &mut Table, findings: &mut Findings) -> Option<Vec<(ListName, Place)>> {
    let names = table.texts("lists", findings)?;
    Some(names.iter().map(|name| (ListName(name.value().to_owned()), name.place().clone())).collect())
}

fn broadcast(mut table: Table, findings: &mut Findings) -> Broadcast {
    let f = findings;
    let place = table.place().clone();
    let read = Broadcast {
        date: table.date("date", f),
        at: table.time("at", f),
        theme: table.text("theme", f).unwrap_or_else(|| plain(&place.source, "Theme")),
        summary: table.text("summary", f),
        subject: table.text("subject", f),
        body: table.text("body", f).unwrap_or_else(|| plain(&place.source, "Body")),
        links: Vec::new(),
        attachments: Vec::new(),
        lists: lists(&mut table, f),
        dropped: None,
        place,
    };
    table.finish(f);
    read
}
