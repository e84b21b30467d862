//! What is read as it stands and was perhaps meant otherwise: bold words in place of a heading, an address that no link
//! uses.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use crate::model::Finding;
use crate::render::markdown::read::Reader;
use crate::render::markdown::tree::{Inline, has_statement, words};

/// The longest heading, in characters: what is longer is a sentence that matters.
const HEADING: usize = 80;

impl Reader<'_, '_> {
    /// A paragraph of a few bold words looks like a heading, but no screen reader takes it for one (WCAG 1.3.1).
    pub(crate) fn fake_heading(&mut self, inlines: &[Inline], range: &Range<usize>) {
        let [Inline::Strong(inner)] = inlines else { return };
        let words = words(inner);
        let words = words.trim();
        let is_sentence = words.ends_with(['.', '!', '?', ',', ';', '…']) || words.chars().count() > HEADING;
        let is_plain = inner.iter().all(|inline| matches!(inline, Inline::Text(_) | Inline::Emphasis(_)));
        if self.boxes > 0 || is_sentence || !is_plain || has_statement(inner) {
            return;
        }
        let text = self.source.text().get(range.clone()).unwrap_or_default();
        let place = self.place(&(range.start..range.start + text.trim_end().len()));
        let finding = Finding::warning("fake-heading", place, "bold words stand here in place of a heading");
        self.findings.push(finding.help("write ## before them, without the stars"));
    }

    /// `[1]: https://…` shows nothing by itself.
    pub(crate) fn unused(&mut self, events: &[(Event<'_>, Range<usize>)], definitions: Vec<Range<usize>>) {
        let text = self.source.text();
        let mut used: Vec<String> = Vec::new();
        for (event, _) in events {
            if let Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) = event
                && matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
            {
                used.push(folded(id));
            }
        }
        for range in definitions {
            let written = text.get(range.clone()).unwrap_or_default();
            let label = written.trim_start_matches('[').split("]:").next().unwrap_or_default();
            if !used.contains(&folded(label)) {
                let message = format!("no link uses this address, so that \"{}\" would be missing", label.trim());
                let range = range.start..range.start + written.trim_end().len();
                self.error("leftover-mark", &range, message, "write the link as [words](https://…)");
            }
        }
    }
}

/// Labels are compared without case, white space as one.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
