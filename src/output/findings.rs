//! Findings for people, in rustc's form, and for scripts, as `check --format json` promises.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::document::masked;
use crate::model::{Finding, Place, Severity};
use crate::output::plain::plain;

/// A source of more bytes than this is shown by its lines only.
const LARGE: usize = 64 * 1024;

/// The findings with carets, one after another; styled for a terminal (strip with anstream).
#[must_use]
pub fn findings_as_text(findings: &[Finding]) -> String {
    let renderer = Renderer::styled();
    let mut out = String::new();
    for finding in findings {
        let finding = &*light(finding);
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(plain(&finding.message)).id(finding.rule);
        let mut group = if finding.place.source.text.is_empty() {
            title.element(Origin::path(finding.place.source.path.as_str()))
        } else {
            title.element(snippet(&finding.place, AnnotationKind::Primary, None, same_file(finding)))
        };
        for label in finding.labels.iter().filter(|label| label.place.source != finding.place.source) {
            group = group.element(snippet(&label.place, AnnotationKind::Context, Some(&label.text), Vec::new()));
        }
        if let Some(help) = &finding.help {
            group = group.element(Level::HELP.message(plain(help)));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// Where a file is large, only the lines that are shown: the renderer walks through all that it is given.
fn light(finding: &Finding) -> Cow<'_, Finding> {
    let large = |place: &Place| place.source.text.len() > LARGE;
    if !large(&finding.place) && !finding.labels.iter().any(|label| large(&label.place)) {
        return Cow::Borrowed(finding);
    }
    let mut finding = finding.clone();
    let places = finding.labels.iter_mut().map(|label| &mut label.place).chain([&mut finding.place]);
    places.filter(|place| large(place)).for_each(|place| *place = place.excerpt());
    Cow::Owned(finding)
}

fn same_file(finding: &Finding) -> Vec<(Range<usize>, &str)> {
    let own = finding.labels.iter().filter(|label| label.place.source == finding.place.source);
    own.map(|label| (first_line(&label.place), label.text.as_str())).collect()
}

fn snippet<'a>(
    place: &'a Place,
    kind: AnnotationKind,
    label: Option<&'a str>,
    others: Vec<(Range<usize>, &'a str)>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let mut annotation = kind.span(first_line(place));
    if let Some(label) = label {
        annotation = annotation.label(label);
    }
    Snippet::source(masked(&place.source.text))
        .line_start(place.source.first_line)
        .path(place.source.path.as_str())
        .annotation(annotation)
        .annotations(others.into_iter().map(|(range, text)| AnnotationKind::Context.span(range).label(text)))
}

/// A span over many lines (a whole body) is shown at its first line only, so that the finding stays readable.
fn first_line(place: &Place) -> Range<usize> {
    let text = &place.source.text;
    let mut start = place.range.start.min(text.len());
    let mut end = place.range.end.clamp(start, text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let length = text[start..end].find(['\n', '\r']).unwrap_or(end - start);
    start..start + length
}

/// The JSON of `check`: paths relative to the project folder, lines and columns from 1.
#[must_use]
pub fn findings_as_json(findings: &[Finding]) -> serde_json::Value {
    #[derive(Serialize)]
    struct One<'a> {
        rule: &'a str,
        severity: &'a str,
        file: &'a str,
        line: usize,
        column: usize,
        message: &'a str,
        help: Option<&'a str>,
    }
    let all: Vec<One<'_>> = findings
        .iter()
        .map(|finding| {
            let (line, column) = finding.place.line_column();
            One {
                rule: finding.rule,
                severity: finding.severity.word(),
                file: &finding.place.source.path,
                line,
                column,
                message: &finding.message,
                help: finding.help.as_deref(),
            }
        })
        .collect();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    serde_json::json!({ "findings": all, "errors": errors, "warnings": findings.len() - errors })
}
