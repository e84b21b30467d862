//! Inlines the author's style sheets of a document, and of the templates that are filled in for each recipient.

use std::collections::BTreeMap;
use std::ops::Range;

use css_inline::{CSSInliner, InlineOptions};
use tera::Tera;

use crate::render::inline::edit::{declarations, edit};
use crate::render::inline::marked::{MARK, Marked, Target};
use crate::render::inline::markup::{Item, items};
use crate::render::template::slot::{Filling, Slot};

/// Changes of one text, ascending.
type Edits = Vec<(Range<usize>, String)>;

/// The document with the author's styles in its elements, if it has a style sheet of an author; slots and their templates
/// in the engines follow.
///
/// # Errors
/// What the inliner or the engine says.
pub(crate) fn inline(document: String, slots: &mut [Slot], engines: [&mut Tera; 2]) -> Result<String, String> {
    let Some(marked) = Marked::of(&document, slots) else { return Ok(document) };
    let options = InlineOptions::default().load_remote_stylesheets(false);
    let inlined = CSSInliner::new(options).inline(&marked.copy).map_err(|error| error.to_string())?;
    let styles = styles(&inlined);
    let mut edits: BTreeMap<Option<usize>, Edits> = BTreeMap::new();
    for (number, Target { slot, tag }) in marked.targets.iter().enumerate() {
        let Some(style) = styles.get(&number).filter(|style| !style.is_empty()) else { continue };
        let template = slot.and_then(|index| slots.get(index)).and_then(Slot::template);
        let text = template.map_or(document.as_str(), |(_, source)| source);
        edits.entry(*slot).or_default().push(edit(text, tag, style));
    }
    let mut out = document;
    let [html, text] = engines;
    for (slot, mut edits) in edits {
        // A slot that stands in two places is laid open twice and changed once.
        edits.sort_by_key(|(range, _)| range.start);
        edits.dedup_by_key(|(range, _)| range.start);
        match slot {
            None => edits.iter().rev().for_each(|(range, new)| out.replace_range(range.clone(), new)),
            Some(index) => {
                if let Some(slot) = slots.get_mut(index) {
                    refill(slot, &edits, html, text)?;
                }
            }
        }
    }
    Ok(out)
}

/// The declarations that each numbered element of an inlined copy got.
fn styles(inlined: &str) -> BTreeMap<usize, String> {
    let value = |range: &Range<usize>| inlined.get(range.clone()).unwrap_or_default();
    let starts =
        items(inlined).into_iter().filter_map(|item| if let Item::Start(tag) = item { Some(tag) } else { None });
    starts
        .filter_map(|tag| {
            let number = value(&tag.attribute(MARK)?.value).parse().ok()?;
            Some((number, declarations(value(&tag.attribute("style")?.value))))
        })
        .collect()
}

fn refill(slot: &mut Slot, edits: &Edits, html: &mut Tera, text: &mut Tera) -> Result<(), String> {
    let is_html = slot.is_html();
    let Filling::Template { name, source } = &mut slot.filling else { return Ok(()) };
    *source = source.edited(edits);
    let engine = if is_html { html } else { text };
    engine.add_raw_template(name, source.text()).map_err(|error| error.to_string())
}
