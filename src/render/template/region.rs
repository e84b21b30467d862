//! Runs of text and tags to a string: what is the same for all is rendered here and now, what mentions the recipient
//! becomes a slot.

use tera::{Context, Tera};

use crate::model::{Finding, Findings, Place};
use crate::render::template::fault::faults;
use crate::render::template::mapped::Mapped;
use crate::render::template::script::Script;
use crate::render::template::sentinel::{MOST, Mode, REFUSED, REFUSED_HELP, Refused, around, finish, literal, of_slot};
use crate::render::template::slot::{Filling, Slot, simple};
use crate::render::template::tag::TagKind;

/// A stretch of a part that is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Run {
    /// As it is.
    Literal(String),
    /// The value of a tag.
    Value(usize, Mode),
    /// A statement tag.
    Statement(usize),
}

/// Makes slots, and renders what needs none.
pub(crate) struct Regions<'e> {
    /// With everything but the recipient in its global context.
    pub(crate) engine: &'e Tera,
    /// What has to be merged.
    pub(crate) slots: Vec<Slot>,
}

impl Regions<'_> {
    /// The string of some runs of one text, with slots for what mentions the recipient.
    pub(crate) fn resolve(&mut self, script: &Script, runs: &[Run], findings: &mut Findings) -> String {
        let mut out = String::new();
        let mut prelude = Mapped::default();
        let mut at = 0;
        while let Some(run) = runs.get(at) {
            at += 1;
            match run {
                Run::Literal(text) => out.push_str(text),
                Run::Value(..) => {
                    out.push_str(&self.region(script, &prelude, &runs[at - 1..at], findings));
                }
                Run::Statement(tag) if script.is_set(*tag) => {
                    prelude = source(script, &prelude, &runs[at - 1..at]);
                }
                Run::Statement(tag) => {
                    let Some(length) = block(script, &runs[at - 1..]) else {
                        let place = script.text.at(script.tags[*tag].range.clone());
                        let finding =
                            Finding::error("template-block", place, "this stands without its counterpart here");
                        findings.push(finding.help(BLOCK_HELP));
                        continue;
                    };
                    out.push_str(&self.region(script, &prelude, &runs[at - 1..at - 1 + length], findings));
                    at += length - 1;
                }
            }
        }
        out
    }

    fn region(&mut self, script: &Script, prelude: &Mapped, runs: &[Run], findings: &mut Findings) -> String {
        let mentions = runs.iter().any(|run| match run {
            Run::Literal(_) => false,
            Run::Value(tag, _) | Run::Statement(tag) => script.names[*tag].mention_recipient(),
        });
        let source = source(script, prelude, runs);
        if mentions {
            return self.slot(script, runs, source, findings);
        }
        match self.engine.render_str(source.text(), &Context::new(), false) {
            Ok(rendered) => finish(&rendered).unwrap_or_else(|Refused| {
                findings.push(Finding::error("link-scheme", place(script, runs), REFUSED).help(REFUSED_HELP));
                String::new()
            }),
            Err(error) => {
                for fault in faults(&error, |_| Some(source.text())) {
                    let place = script.text.at(source.origin(fault.range));
                    findings.push(Finding::error(fault.rule, place, fault.message).maybe_help(fault.help));
                }
                String::new()
            }
        }
    }

    fn slot(&mut self, script: &Script, runs: &[Run], source: Mapped, findings: &mut Findings) -> String {
        let index = self.slots.len();
        if index >= MOST {
            let message = format!("more than {MOST} places are merged for each recipient");
            findings.push(Finding::error("template-syntax", script.text.place().clone(), message));
            return String::new();
        }
        let fast = match runs {
            [Run::Value(index, mode)] => {
                let tag = &script.tags[*index];
                let field = script.names[*index].paths.first().and_then(|path| path.steps.get(1));
                simple(&script.text.value()[tag.inner.clone()]).map(|(name, default)| Filling::Field {
                    name,
                    default,
                    mode: *mode,
                    range: field.map_or(tag.range.clone(), |(_, range)| range.clone()),
                })
            }
            _ => None,
        };
        let template = || Filling::Template { name: format!("slot-{index}.txt"), source };
        let filling = fast.unwrap_or_else(template);
        self.slots.push(Slot { text: script.text.clone(), filling });
        of_slot(index).to_string()
    }
}

/// The remedy for a block that Markdown tears apart.
pub(crate) const BLOCK_HELP: &str =
    "open and close it in the same paragraph, list item or cell, or on lines of their own";

fn place(script: &Script, runs: &[Run]) -> Place {
    runs.iter()
        .find_map(|run| match run {
            Run::Value(tag, _) | Run::Statement(tag) => Some(script.text.at(script.tags[*tag].range.clone())),
            Run::Literal(_) => None,
        })
        .unwrap_or_else(|| script.text.place().clone())
}

/// How many runs the block takes that begins with the first of them.
fn block(script: &Script, runs: &[Run]) -> Option<usize> {
    let mut open: Vec<&str> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let Run::Statement(tag) = run else { continue };
        match script.tags[*tag].word.as_str() {
            word @ ("if" | "for") => open.push(word),
            "endif" if open.last() == Some(&"if") => _ = open.pop(),
            "endfor" if open.last() == Some(&"for") => _ = open.pop(),
            "endif" | "endfor" => return None,
            _ => {}
        }
        if open.is_empty() {
            return (at > 0).then_some(at + 1);
        }
    }
    None
}

/// The template of a region: its tags as the officer wrote them, values marked, the rest as literals.
fn source(script: &Script, prelude: &Mapped, runs: &[Run]) -> Mapped {
    let mut source = prelude.clone();
    for run in runs {
        let tag = match run {
            Run::Literal(text) => {
                source.insert(&literal(text), 0..0);
                continue;
            }
            Run::Value(tag, _) | Run::Statement(tag) => &script.tags[*tag],
        };
        // Hyphens did their work before Markdown; here they would eat the line ends of the part.
        let (origin, inner) = (tag.range.start, &script.text.value()[tag.inner.clone()]);
        let mode = match run {
            Run::Value(_, mode) => Some(around(*mode)),
            _ => None,
        };
        let (open, close) = mode.unwrap_or_default();
        let (left, right) = if tag.kind == TagKind::Value { ("{{", "}}") } else { ("{%", "%}") };
        source.insert(&open, origin..origin);
        source.insert(left, origin..origin);
        source.copy(inner, tag.inner.start);
        source.insert(right, origin..origin);
        source.insert(&close, origin..origin);
    }
    source
}
