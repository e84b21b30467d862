//! The fields that a template may look at, by name; the README's table of them is made from here.

use std::ops::Range;

use crate::document::nearest;
use crate::model::{Finding, Place};
use crate::render::template::expression::Path;

/// Every table of fields with its fields. What is absent in a week (no next day, no awareness day) is still a known
/// name. `recipient` is not here: its fields are those of the lists.
pub(crate) const FIELDS: [(&str, &[&str]); 12] = [
    ("", &["week", "broadcast", "signature", "organisation", "sender", "next", "previous", "recipient"]),
    ("week", &["name", "title", "awareness_day", "starts", "ends", "days", "lang", "timezone", "resources", "lists"]),
    ("week.awareness_day", &["name", "date"]),
    ("week.resources", &["text", "url"]),
    ("broadcast", DAY),
    ("next", DAY),
    ("previous", DAY),
    ("signature", &["name", "role", "organisation", "location", "phones", "email"]),
    ("signature.phones", &[]),
    ("organisation", &["name", "website", "colour"]),
    ("sender", &["name", "address", "reply_to"]),
    ("broadcast.lists", &[]),
];

const DAY: &[&str] = &["theme", "summary", "date", "at", "weekday", "number", "count", "lists", "short_date"];

/// A name that nothing has.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unknown {
    /// Which step of the path it is.
    step: usize,
    /// The nearest known name, if one is near.
    nearest: Option<&'static str>,
    /// What there is instead.
    known: &'static [&'static str],
}

/// The first step of a path that no field has; `None` for paths of the recipient and of the template's own names.
fn unknown(path: &Path, locals: &[String]) -> Option<Unknown> {
    let root = path.root();
    if locals.iter().any(|local| local == root) || root == "loop" || root == "recipient" {
        return None;
    }
    let mut table = String::new();
    for (step, (name, _)) in path.steps.iter().enumerate() {
        let known = FIELDS.iter().find(|(at, _)| *at == table)?.1;
        if known.is_empty() {
            return None;
        }
        if !known.contains(&name.as_str()) {
            return Some(Unknown { step, nearest: nearest(name, known.iter().copied()), known });
        }
        table = if table.is_empty() { name.clone() } else { format!("{table}.{name}") };
    }
    None
}

/// The finding for a path that looks at a field which nothing has.
pub(crate) fn finding(path: &Path, locals: &[String], place: impl Fn(Range<usize>) -> Place) -> Option<Finding> {
    let unknown = unknown(path, locals)?;
    let (name, range) = path.steps.get(unknown.step)?;
    let before: Vec<&str> = path.steps[..unknown.step].iter().map(|step| step.0.as_str()).collect();
    let message = match before.join(".") {
        root if root.is_empty() => format!("there is no \"{name}\" here"),
        table => format!("\"{table}\" has no \"{name}\""),
    };
    let help = match unknown.nearest {
        Some(near) => format!("write \"{near}\""),
        None => format!("one of: {}", unknown.known.join(", ")),
    };
    Some(Finding::error("template-field", place(range.clone()), message).help(help))
}

#[cfg(test)]
mod tests {
    use super::unknown;
    use crate::render::template::expression::of_tag;
    use crate::render::template::tag::scan;

    #[test]
    fn misspelt_names_are_found_at_any_depth() {
        let check = |inner: &str| {
            let text = format!("{{{{{inner}}}}}");
            let names = of_tag(&text, &scan(&text).0[0]);
            unknown(&names.paths[0], &["mine".into()]).map(|unknown| (unknown.step, unknown.nearest))
        };
        assert_eq!(check("week.title"), None);
        assert_eq!(check("week.titel"), Some((1, Some("title"))));
        assert_eq!(check("broadcst.theme"), Some((0, Some("broadcast"))));
        assert_eq!(check("week.awareness_day.nmae"), Some((2, Some("name"))));
        assert_eq!(check("zzzzzz"), Some((0, None)));
        assert_eq!(check("mine.x"), None);
        assert_eq!(check("recipient.anything"), None);
    }
}
