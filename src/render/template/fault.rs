//! What the template engine complains of, in the officer's words and at the officer's place.

use std::ops::Range;

use tera::{Error, ErrorKind};

use crate::document::nearest;

/// One complaint with the byte range of the template's source that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// `template-syntax` or `template-field`.
    pub(crate) rule: &'static str,
    /// The template it is in; empty where the engine does not say.
    pub(crate) template: String,
    /// Bytes of that template's source.
    pub(crate) range: Range<usize>,
    /// The fact.
    pub(crate) message: String,
    /// One remedy.
    pub(crate) help: Option<String>,
}

/// All complaints of one error; `source` gives the text of a template by its name.
pub(crate) fn faults<'s>(error: &Error, source: impl Fn(&str) -> Option<&'s str>) -> Vec<Fault> {
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            vec![fault("template-syntax", report.filename(), report.span().range.clone(), report.message())]
        }
        ErrorKind::RenderingError(report) => {
            vec![fault("template-field", report.filename(), report.span().range.clone(), report.message())]
        }
        // Unknown filters, tests, functions and templates come as text only, one report after the other (Tera 2.4).
        ErrorKind::Msg(text) => {
            let found: Vec<Fault> = text.split("error: ").filter_map(|report| read_report(report, &source)).collect();
            if found.is_empty() {
                vec![fault("template-syntax", "", 0..0, text.lines().next().unwrap_or(text))]
            } else {
                found
            }
        }
        other => vec![fault("template-syntax", "", 0..0, &other.to_string())],
    }
}

/// `Unknown filter `x`⏎ --> name:line:column⏎ | …⏎ | ^^^`.
fn read_report<'s>(report: &str, source: &impl Fn(&str) -> Option<&'s str>) -> Option<Fault> {
    let mut lines = report.lines();
    let message = lines.next()?;
    let mut locus = lines.next()?.trim().strip_prefix("--> ")?.rsplitn(3, ':');
    let column: usize = locus.next()?.parse().ok()?;
    let line: usize = locus.next()?.parse().ok()?;
    let template = locus.next()?;
    let width = report.lines().nth(4).map_or(1, |carets| carets.matches('^').count().max(1));
    let text = source(template)?;
    let start_of_line: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let offset = |column: usize| {
        let rest = text.get(start_of_line..).unwrap_or_default();
        start_of_line + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
    };
    Some(fault("template-syntax", template, offset(column - 1)..offset(column - 1 + width), message))
}

fn fault(rule: &'static str, template: &str, range: Range<usize>, message: &str) -> Fault {
    let (message, help) = reword(message);
    Fault { rule, template: template.to_owned(), range, message, help }
}

/// The engine's sentence in our form, and a remedy where it offers one.
fn reword(message: &str) -> (String, Option<String>) {
    let name = message.split('`').nth(1).unwrap_or_default().to_owned();
    if let Some((_, names)) = message.split_once(" Available ").and_then(|(_, list)| list.split_once(": ")) {
        let names: Vec<&str> = names.split(", ").collect();
        let help = nearest(&name, names.iter().copied()).map(|near| format!("write \"{near}\""));
        return (format!("there is no \"{name}\" here"), help.or(Some(format!("one of: {}", names.join(", ")))));
    }
    let (message, help) = match message {
        m if m.contains("is not defined") || m.contains("is undefined") && !name.is_empty() => {
            (format!("there is no \"{name}\" here"), Some("give a default: {{ … or \"…\" }}".to_owned()))
        }
        m if m.contains("undefined") => {
            ("this has no value here".to_owned(), Some("give a default: {{ … or \"…\" }}".to_owned()))
        }
        m if m.starts_with("This content would be ignored") => (
            "this stands outside of the blocks, so it would not be shown".to_owned(),
            Some("put it into one of the blocks; weekcast templates list names them".to_owned()),
        ),
        m if m.starts_with("Unknown filter") => {
            let help = nearest(&name, FILTERS).map(|near| format!("write \"| {near}\""));
            (
                format!("there is no filter \"{name}\""),
                help.or(Some(format!("the filters are: {}", FILTERS.join(", ")))),
            )
        }
        m if m.starts_with("Unknown template") => {
            (format!("there is no template \"{name}\""), Some("put the file into the folder templates/".to_owned()))
        }
        m if m.starts_with("Unknown") => (format!("there is no {} \"{name}\"", kind(m)), None),
        m if m.starts_with("Found ") && m.contains(" but expected") => {
            let found = m.trim_start_matches("Found ").split(" but expected").next().unwrap_or_default();
            (format!("{} does not belong here", found.replace('`', "\"")), None)
        }
        m => (lower_first(m).trim_end_matches('.').replace('`', "\""), None),
    };
    (message, help)
}

fn kind(message: &str) -> &str {
    message.split_whitespace().nth(1).unwrap_or("name")
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

/// The filters that make sense in a message; the engine has a few more.
const FILTERS: [&str; 16] = [
    "upper",
    "lower",
    "capitalize",
    "title",
    "trim",
    "truncate",
    "replace",
    "default",
    "length",
    "first",
    "last",
    "join",
    "split",
    "round",
    "int",
    "pluralize",
];

#[cfg(test)]
mod tests {
    use super::faults;
    use crate::render::template::engine::engine;

    fn of(source: &'static str) -> Vec<(String, String, Option<String>)> {
        let mut tera = engine(tera::Context::new());
        let error = match tera.add_raw_template("a.txt", source) {
            Err(error) => error,
            Ok(()) => {
                let mut context = tera::Context::new();
                context.insert("week", &std::collections::BTreeMap::from([("title", "t")]));
                tera.render("a.txt", &context).unwrap_err()
            }
        };
        let found = faults(&error, |_| Some(source));
        found.into_iter().map(|f| (source[f.range].to_owned(), f.message, f.help)).collect()
    }

    #[test]
    fn complaints_point_at_the_word_and_offer_the_nearest_name() {
        for (source, at, message, help) in [
            ("é\n {{ wek }}", "wek", "there is no \"wek\" here", "write \"week\""),
            ("é {{ week.titel }}", "titel", "there is no \"titel\" here", "write \"title\""),
            ("é\né {{ week.title | uper }}", "uper", "there is no filter \"uper\"", "write \"| upper\""),
        ] {
            assert_eq!(of(source), [(at.to_owned(), message.to_owned(), Some(help.to_owned()))], "{source}");
        }
        let two = of("{{ week.title | aa }}\n{{ week.title | bb }}");
        assert_eq!(two.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["aa", "bb"]);
        assert_eq!(of("{% if %}").len(), 1);
    }
}
