//! One recipient's copy as its page shows it, and where its files are.

use serde::Serialize;

use crate::model::count;
use crate::preview::header_words::purpose;
use crate::preview::source_lines::source_lines;
use crate::preview::week::{PreviewCopy, PreviewDay};
use crate::preview::words::octets;

/// Characters of a subject that phones show in their lists; widely reported as 35 to 40.
const PHONE: usize = 40;

/// Where a copy's files are, relative to the day's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::preview) struct CopyFiles {
    /// Its page.
    pub(in crate::preview) page: String,
    /// The HTML part.
    pub(in crate::preview) message: String,
    /// The HTML part with pictures off.
    pub(in crate::preview) without_pictures: String,
    /// Whether the HTML part is written for this copy; else it is word for word that of an earlier one.
    pub(in crate::preview) is_own: bool,
}

/// A copy in the list of copies.
#[derive(Debug, Clone, Serialize)]
pub(in crate::preview) struct CopyCard {
    pub(in crate::preview) address: String,
    name: String,
    why: String,
    pub(in crate::preview) files: CopyFiles,
}

/// A copy with everything in it.
#[derive(Debug, Serialize)]
pub(in crate::preview) struct CopyView<'a> {
    address: &'a str,
    name: &'a str,
    subject: &'a str,
    subject_length: String,
    is_cut: bool,
    size: String,
    text: &'a str,
    /// HTML; only of a copy with octets.
    source: Option<String>,
    headers: Vec<HeaderView<'a>>,
    files: &'a CopyFiles,
}

#[derive(Debug, Serialize)]
struct HeaderView<'a> {
    name: &'a str,
    value: &'a str,
    purpose: Option<&'static str>,
}

impl CopyCard {
    /// The copies of a day, with the names of their files.
    pub(in crate::preview) fn all(day: &PreviewDay) -> Vec<Self> {
        let mut cards: Vec<Self> = Vec::new();
        for (index, copy) in day.copies.iter().enumerate() {
            let earlier = day.copies[..index].iter().position(|other| other.html == copy.html);
            let files = match earlier.and_then(|earlier| cards.get(earlier)) {
                Some(card) => CopyFiles { page: page(index), is_own: false, ..card.files.clone() },
                None => CopyFiles {
                    page: page(index),
                    message: format!("{}message.html", prefix(index)),
                    without_pictures: format!("{}message-without-pictures.html", prefix(index)),
                    is_own: true,
                },
            };
            let name = copy.name.clone().unwrap_or_default();
            cards.push(Self { address: copy.address.clone(), name, why: copy.why.clone(), files });
        }
        cards
    }
}

fn page(index: usize) -> String {
    if index == 0 { "index.html".to_owned() } else { format!("copy-{}.html", index + 1) }
}

fn prefix(index: usize) -> String {
    if index == 0 { String::new() } else { format!("copy-{}-", index + 1) }
}

impl<'a> CopyView<'a> {
    pub(in crate::preview) fn new(copy: &'a PreviewCopy, card: &'a CopyCard) -> Self {
        let length = copy.subject.chars().count();
        let header = |(name, value): &'a (String, String)| HeaderView { name, value, purpose: purpose(name) };
        Self {
            address: &copy.address,
            name: copy.name.as_deref().unwrap_or_default(),
            subject: &copy.subject,
            subject_length: count(length, "character"),
            is_cut: length > PHONE,
            size: octets(copy.size),
            text: &copy.text,
            source: copy.eml.as_deref().map(source_lines),
            headers: copy.headers.iter().map(header).collect(),
            files: &card.files,
        }
    }
}
