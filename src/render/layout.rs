//! The layouts: the built-in ones, and those of the project's `templates/` that replace or extend them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tera::{Context, Tera};

use crate::document::{FileFault, ProjectFolder, decode};
use crate::model::{Finding, Findings, Place, SourceFile, Text};
use crate::render::builtin::{BuiltIn, LIMIT};
use crate::render::layout_family::{self, Family, references};
use crate::render::layout_nesting;
use crate::render::layout_regions::{self, Prepared};
use crate::render::mentions::Mention;
use crate::render::template::engine::engine;
use crate::render::template::fault::{Fault, faults};
use crate::render::template::slot::Slot;

/// The templates that one part needs, with slots where they mention the recipient.
#[derive(Debug)]
pub(crate) struct Layout {
    /// `broadcast.html` or `broadcast.txt`.
    root: &'static str,
    prepared: BTreeMap<String, Prepared>,
}

impl Layout {
    /// Reads a layout and all that it extends and includes; slots are added to `slots`.
    pub(crate) fn load(
        project: &ProjectFolder,
        root: &'static str,
        slots: &mut Vec<Slot>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let errors = findings.errors();
        let (mut prepared, mut family) = (BTreeMap::new(), Family::new());
        let mut wanted: Vec<(String, Option<Place>)> = vec![(root.to_owned(), None)];
        while let Some((name, from)) = wanted.pop() {
            if prepared.contains_key(&name) {
                continue;
            }
            let Some(text) = source(project, &name, from, findings) else { continue };
            wanted.extend(references(&text).into_iter().map(|(name, place)| (name, Some(place))));
            layout_nesting::check(&text, findings);
            family.insert(name.clone(), text.clone());
            prepared.insert(name.clone(), layout_regions::prepare(&name, text, slots, findings));
        }
        layout_family::check(&family, root, findings);
        (findings.errors() == errors).then_some(Self { root, prepared })
    }

    /// The part with slots, and the engine that fills those of the layout.
    pub(crate) fn render(&self, context: Context, slots: &[Slot], findings: &mut Findings) -> Option<(String, Tera)> {
        let mut engine = engine(context);
        let templates = self.prepared.iter().map(|(name, prepared)| (name.as_str(), prepared.text.value()));
        let added =
            engine.add_raw_templates(templates).and_then(|()| engine.add_raw_templates(sources(slots, self.root)));
        let rendered = match added.and_then(|()| engine.render(self.root, &Context::new())) {
            Ok(rendered) => rendered,
            Err(error) => {
                let source = |name: &str| {
                    let own = self.prepared.get(name).map(|prepared| prepared.text.value());
                    own.or_else(|| slots.iter().filter_map(Slot::template).find(|(slot, _)| *slot == name).map(|s| s.1))
                };
                findings.extend(faults(&error, source).into_iter().map(|fault| self.finding(fault, slots)));
                return None;
            }
        };
        Some((rendered, engine))
    }

    /// The recipient's fields that the project's own templates look at.
    pub(crate) fn mentions(&self) -> Vec<Mention> {
        self.prepared.values().flat_map(|prepared| prepared.mentions.clone()).collect()
    }

    fn finding(&self, fault: Fault, slots: &[Slot]) -> Finding {
        // A slot's template has a name of its own and stands in the file that it was taken from.
        if let Some(place) = slots.iter().find_map(|slot| slot.place_in(&fault.template, fault.range.clone())) {
            return Finding::error(fault.rule, place, fault.message).maybe_help(fault.help);
        }
        let text = self.prepared.get(&fault.template).or_else(|| self.prepared.get(self.root)).map(|found| &found.text);
        let place = text.map_or_else(
            || Place::file(format!("templates/{}", self.root)),
            |text| text.at(words(text.value(), fault.range)),
        );
        Finding::error(fault.rule, place, fault.message).maybe_help(fault.help)
    }
}

/// A range without the white space that it begins with, such as the end of the line before.
fn words(text: &str, range: Range<usize>) -> Range<usize> {
    let blank = text.get(range.clone()).map_or(0, |found| found.len() - found.trim_start().len());
    if blank < range.len() { range.start + blank..range.end } else { range }
}

/// Names and sources of the templates of those slots that belong to a part; what they include is known there only.
fn sources<'s>(slots: &'s [Slot], root: &str) -> Vec<(&'s str, &'s str)> {
    let is_html = root.ends_with(".html");
    slots.iter().filter(|slot| slot.is_html() == is_html).filter_map(Slot::template).collect()
}

/// A template of the project, or the built-in one of that name.
fn source(project: &ProjectFolder, name: &str, from: Option<Place>, findings: &mut Findings) -> Option<Text> {
    let built_in = |layout: &BuiltIn| whole(SourceFile::new(format!("(builtin/{})", layout.name), layout.source));
    if let Some(layout) = BuiltIn::named(name).filter(|_| name.starts_with("builtin/")) {
        return Some(built_in(layout));
    }
    let path = format!("templates/{name}");
    let place = from.unwrap_or_else(|| Place::file(path.clone()));
    match project.read(&path, LIMIT) {
        Ok(bytes) => Some(whole(decode(&path, &bytes, findings)?)),
        Err(FileFault::Missing(_)) => {
            if let Some(layout) = BuiltIn::named(name) {
                return Some(built_in(layout));
            }
            let finding = Finding::error("file-missing", place, format!("there is no template \"{path}\""));
            findings.push(finding.help("put the file into the folder templates/, or correct its name"));
            None
        }
        Err(fault) => {
            findings.push(Finding::error("file-outside", place, fault.to_string()));
            None
        }
    }
}

fn whole(source: Arc<SourceFile>) -> Text {
    let value = source.text.clone();
    let length = value.len();
    Text::new(value, Place::new(&source, 0..length), vec![(0, 0)])
}
