//! Collects the runs of a part while a tree is written.

use crate::render::markdown::signs::{is_space, visible};
use crate::render::template::region::Run;
use crate::render::template::sentinel::{Mode, address_text, html, tag};

/// The runs so far.
#[derive(Debug, Default)]
pub(crate) struct Out {
    /// In order.
    pub(crate) runs: Vec<Run>,
}

impl Out {
    /// Appends something that is already as it should be.
    pub(crate) fn literal(&mut self, text: &str) {
        match self.runs.last_mut() {
            Some(Run::Literal(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.runs.push(Run::Literal(text.to_owned())),
        }
    }

    /// Appends a statement tag.
    pub(crate) fn statement(&mut self, tag: usize) {
        self.runs.push(Run::Statement(tag));
    }

    /// Appends words with values, for HTML.
    pub(crate) fn html(&mut self, text: &str) {
        self.split(text, |_| Mode::Html, |words| html(&visible(words)));
    }

    /// Appends words with values, for the text part.
    pub(crate) fn text(&mut self, text: &str) {
        self.split(text, |_| Mode::Text, |words| visible(words).replace(is_space, " "));
    }

    /// Appends an address with values, for HTML.
    pub(crate) fn html_address(&mut self, address: &str) {
        let mode = |first| if first { Mode::HtmlAddress } else { Mode::HtmlAddressPart };
        self.split(address, mode, |part| html(&address_text(part)));
    }

    /// Appends an address with values, for the text part.
    pub(crate) fn text_address(&mut self, address: &str) {
        let mode = |first| if first { Mode::TextAddress } else { Mode::TextAddressPart };
        self.split(address, mode, address_text);
    }

    fn split(&mut self, text: &str, mode: impl Fn(bool) -> Mode, escape: impl Fn(&str) -> String) {
        let mut start = 0;
        for (at, character) in text.char_indices() {
            if let Some(tag) = tag(character) {
                self.literal(&escape(&text[start..at]));
                self.runs.push(Run::Value(tag, mode(at == 0)));
                start = at + character.len_utf8();
            }
        }
        self.literal(&escape(&text[start..]));
    }
}
