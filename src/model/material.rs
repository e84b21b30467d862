//! What `render` hands to `compose`: the parts of a broadcast that are the same for everyone, and what is merged for one.

use std::sync::Arc;

use crate::model::digest::Digest;

/// Everything of a broadcast that does not depend on the recipient; encoded once.
#[derive(Debug, Clone)]
pub struct Material {
    /// The HTML between the merged values, in order of use by [`Piece::Fixed`].
    pub html: Vec<String>,
    /// The plain text between the merged values.
    pub text: Vec<String>,
    /// Pictures shown inside the message.
    pub pictures: Vec<Picture>,
    /// Files to download.
    pub attachments: Vec<AttachedFile>,
    /// The digest of the day.
    pub digest: Digest,
    /// Language tag of the week.
    pub lang: String,
}

/// One picture of the message (RFC 2392).
#[derive(Debug, Clone)]
pub struct Picture {
    /// Content-ID without angle brackets; derived from the content.
    pub content_id: String,
    /// The file, relative to the week's folder.
    pub file: String,
    /// Its file name, with the ending of what it is.
    pub name: String,
    /// Such as `image/png`; from the content, not from the name.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Alternative text, where it is first used.
    pub alt: String,
}

/// One attachment.
#[derive(Debug, Clone)]
pub struct AttachedFile {
    /// The name that the recipient sees.
    pub name: String,
    /// What it is, in words.
    pub title: Option<String>,
    /// Media type by content and name.
    pub media_type: String,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// A stretch of a part: the same for all, or merged for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Index into [`Material::html`] or [`Material::text`].
    Fixed(usize),
    /// Already escaped for its part.
    Merged(String),
}

/// One recipient's copy, not yet bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The subject line: one line, no control characters.
    pub subject: String,
    /// The HTML part.
    pub html: Vec<Piece>,
    /// The plain text part.
    pub text: Vec<Piece>,
}

impl Merged {
    /// The whole HTML part.
    #[must_use]
    pub fn html(&self, material: &Material) -> String {
        join(&self.html, &material.html)
    }

    /// The whole plain text part.
    #[must_use]
    pub fn text(&self, material: &Material) -> String {
        join(&self.text, &material.text)
    }
}

fn join(pieces: &[Piece], fixed: &[String]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Fixed(index) => fixed.get(*index).map_or("", String::as_str),
            Piece::Merged(value) => value,
        })
        .collect()
}
