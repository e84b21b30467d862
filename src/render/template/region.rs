//! Runs of text and tags to a string: what is the same for all is rendered here and now, what mentions the recipient
//! becomes a slot.

use tera::{Context, Tera};

use crate::model::{Finding, Findings};
use crate::render::template::fault::faults;
use crate::render::template::mapped::Mapped;
use crate::render::template::script::Script;
use crate::render::template::sentinel::{MOST, Mode, around, finish, literal, of_slot};
use crate::render::template::slot::{Filling, Slot, simple};

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
                Run::Value(tag, _) => {
                    trim_before(script, *tag, &mut out);
                    out.push_str(&self.region(script, &prelude, &runs[at - 1..at], findings));
                }
                Run::Statement(tag) if script.is_set(*tag) => {
                    let range = script.tags[*tag].range.clone();
                    prelude.copy(&script.text.value()[range.clone()], range.start);
                }
                Run::Statement(tag) => {
                    let Some(length) = block(script, &runs[at - 1..]) else {
                        let place = script.text.at(script.tags[*tag].range.clone());
                        let finding =
                            Finding::error("template-block", place, "this stands without its counterpart here");
                        findings.push(finding.help(BLOCK_HELP));
                        continue;
                    };
                    trim_before(script, *tag, &mut out);
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
            Ok(rendered) => finish(&rendered),
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
            [Run::Value(tag, mode)] => {
                let tag = &script.tags[*tag];
                simple(&script.text.value()[tag.inner.clone()]).map(|(name, default)| Filling::Field {
                    name,
                    default,
                    mode: *mode,
                    range: tag.range.clone(),
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

/// `{{-`: the white space before the tag goes.
fn trim_before(script: &Script, tag: usize, out: &mut String) {
    if script.tags[tag].trims_before {
        out.truncate(out.trim_end().len());
    }
}

/// The template of a region: its tags as the officer wrote them, values marked, the rest as literals.
fn source(script: &Script, prelude: &Mapped, runs: &[Run]) -> Mapped {
    let mut source = prelude.clone();
    for run in runs {
        let tag = match run {
            Run::Literal(text) => {
                source.insert(&literal(text), 0);
                continue;
            }
            Run::Value(tag, _) | Run::Statement(tag) => &script.tags[*tag],
        };
        let origin = tag.range.start;
        let spelling = &script.text.value()[tag.range.clone()];
        if let Run::Value(_, mode) = run {
            // The marks stand outside of the tag, so its hyphens are carried by comments outside of the marks.
            let (open, close) = around(*mode);
            source.insert(if tag.trims_before { "{#- #}" } else { "" }, origin);
            source.insert(&open, origin);
            source.copy(spelling, origin);
            source.insert(&close, origin);
            source.insert(if tag.trims_after { "{# -#}" } else { "" }, origin);
        } else {
            source.copy(spelling, origin);
        }
    }
    source
}
