//! What sets a correction and a proof apart: the mark before the subject, the banner, and that a layout shows it.

use tera::{Context, Map, Value};

use crate::model::{Finding, Findings, Place};
use crate::render::dates;
use crate::render::input::{Input, Mark};
use crate::render::layout_context::Texts;
use crate::render::words::{Words, in_language};

/// Puts the mark before the subject line; it holds no character that HTML escapes.
pub(crate) fn subject(input: &Input<'_>, words: &Words, parts: [&mut Texts; 2]) {
    let mark = match input.mark {
        Mark::None => return,
        Mark::Proof => format!("[{}] ", words.proof),
        Mark::Correction(_) => format!("{}: ", words.correction),
    };
    for texts in parts {
        texts.subject.insert_str(0, &mark);
    }
}

/// Adds `correction` or `proof` to one part.
pub(crate) fn insert(context: &mut Context, input: &Input<'_>, texts: &Texts, is_html: bool) {
    let Some(about) = about(input) else { return };
    let value = |text: &str| if is_html { Value::safe_string(text) } else { Value::from(text.to_owned()) };
    let about = match is_html {
        true => value(&in_language(&about, &input.week.lang, Words::of(&input.week.lang))),
        false => Value::from(about),
    };
    let Mark::Correction(correction) = input.mark else {
        context.insert_value("proof", about);
        return;
    };
    let mut fields = Map::from_iter([("about".into(), about), ("is_repeated".into(), Value::from(correction.repeat))]);
    let own = [("wrong", &texts.wrong), ("right", &texts.right), ("text", &texts.note)];
    let own = own.into_iter().filter(|(_, text)| !text.trim().is_empty());
    fields.extend(own.map(|(name, text)| (name.into(), value(text))));
    context.insert_value("correction", Value::from(fields));
}

/// A layout of the project's own that knows nothing of corrections would send the message without what it is for.
pub(crate) fn check(input: &Input<'_>, texts: &Texts, rendered: &str, is_html: bool, findings: &mut Findings) {
    let Some(about) = about(input) else { return };
    let about = if is_html { crate::render::template::sentinel::html(&about) } else { about };
    let own = [&texts.wrong, &texts.right, &texts.note];
    let shown = own.into_iter().map(|text| text.trim()).chain([about.as_str()]).all(|text| rendered.contains(text));
    if shown {
        return;
    }
    let (name, what) = (
        if is_html { "broadcast.html" } else { "broadcast.txt" },
        if matches!(input.mark, Mark::Proof) { "that a message is a proof" } else { "what a correction says" },
    );
    let place = Place::file(format!("templates/{name}"));
    let finding = Finding::error("template-mark", place, format!("this template does not show {what}"));
    findings.push(finding.help(format!(
        "add the blocks \"banner\" and \"correction\" to it: weekcast templates show {name} banner prints the one, \
         weekcast templates show {name} correction the other"
    )));
}

/// The sentence that says what it is.
fn about(input: &Input<'_>) -> Option<String> {
    let day = input.days.get(input.day)?;
    let (words, date) = (Words::of(&input.week.lang), dates::date(day.date, &input.week.lang));
    match input.mark {
        Mark::None => None,
        Mark::Proof => Some(words.proof_of(&date)),
        Mark::Correction(_) => Some(words.corrects(&date)),
    }
}
